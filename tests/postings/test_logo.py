"""Logos: what is accepted, what is refused and why, and what readers see when the file is gone."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from careers.postings.models import Employer
from careers.postings.models.employer import LOGO_BYTES, LOGO_PIXELS, validate_logo
from tests import factories
from tests.admin_pages import filled
from tests.cases import each

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EMPLOYERS = "/admin/postings/employer/"


def picture(kind="PNG", name="logo.png", size=(40, 40)):
    content = BytesIO()
    Image.new("RGB", size).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def png_head(width, height):
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def refusal(upload):
    with pytest.raises(ValidationError) as refused:
        validate_logo(upload)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "A.JPEG"), ("WEBP", "Überlogo 日本.webp")]
)
def test_png_jpeg_and_webp_are_accepted(kind, name):
    upload = picture(kind, name)
    validate_logo(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_an_svg_is_refused_whatever_its_name(name):
    assert refusal(SimpleUploadedFile(name, SCRIPT))


@each("name", ["logo.html", "logo.pdf", "logo.gif", "logo", ".png", "logo.png.svg"])
def test_a_picture_under_a_name_that_serves_as_something_else_is_refused(name):
    assert refusal(picture(name=name)) == "Choose a file whose name ends in .png, .jpg, .jpeg or .webp."


def test_a_picture_of_another_kind_is_named():
    assert refusal(picture("GIF")) == "This is a GIF image. Choose a PNG, JPEG or WebP file."


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBP", b"\0" * 999])
def test_what_only_starts_like_a_picture_is_refused(content):
    assert (
        refusal(SimpleUploadedFile("logo.png", content))
        == "This file is not an image. Choose a PNG, JPEG or WebP file."
    )


def test_too_many_bytes_are_refused_before_they_are_read():
    whole = SimpleUploadedFile("logo.png", picture().read().ljust(LOGO_BYTES + 1, b"\0"))
    assert refusal(whole) == "The logo is 512 kB. Choose a file of at most 512 kB."
    validate_logo(SimpleUploadedFile("logo.png", picture().read().ljust(LOGO_BYTES, b"\0")))


@pytest.mark.parametrize("size", [(LOGO_PIXELS + 1, 1), (1, LOGO_PIXELS + 1)])
def test_too_many_pixels_a_side_are_refused(size):
    assert "at most 2000 pixels per side" in refusal(picture(size=size))
    validate_logo(picture(size=(LOGO_PIXELS, 1)))


@pytest.mark.parametrize("side", [10_000, 30_000])
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(side):
    assert "too large" in refusal(SimpleUploadedFile("logo.png", png_head(side, side)))


class TestAdmin:
    pytestmark = pytest.mark.ignore_template_errors

    @pytest.fixture
    def send(self, as_group):
        def post(upload):
            client = as_group("editor")
            data = filled(client, f"{EMPLOYERS}add/") | {"name": "Example Ltd", "logo": upload}
            return client.post(f"{EMPLOYERS}add/", data)

        return post

    def test_a_logo_is_kept_and_served_as_a_picture(self, send, client):
        assert send(picture()).status_code == 302
        answer = client.get(Employer.objects.get().logo_url)
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        b"".join(answer.streaming_content)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("logo.svg", SCRIPT),
            ("logo.png", SCRIPT),
            ("logo.pdf", None),
            ("logo.png", png_head(10_000, 10_000)),
            ("logo.png", png_head(30_000, 30_000)),
        ],
    )
    def test_a_file_that_is_no_logo_is_refused_in_the_form(self, send, name, content):
        answer = send(SimpleUploadedFile(name, content or picture().read()))
        assert answer.status_code == 200
        assert "logo" in answer.context["adminform"].form.errors
        assert not Employer.objects.exists()

    def test_a_name_without_an_accepted_ending_is_told_those_that_are(self, send):
        for name in ("logo", "logo.pdf", "logo.gif"):
            errors = send(picture(name=name)).context["adminform"].form.errors["logo"]
            assert errors == ["Choose a file whose name ends in .png, .jpg, .jpeg or .webp."], name

    def test_an_employer_whose_file_is_gone_is_told_so_and_can_be_cleared(self, as_group):
        employer = factories.EmployerFactory(logo="logos/gone.png")
        client = as_group("editor")
        address = f"{EMPLOYERS}{employer.pk}/change/"
        data = filled(client, address)
        refused = client.post(address, data)
        assert "no longer exists" in str(refused.context["adminform"].form.errors["logo"])
        assert client.post(address, data | {"logo-clear": "on"}).status_code == 302
        employer.refresh_from_db()
        assert not employer.logo


@pytest.mark.django_db
def test_readers_see_the_logo_or_initials_but_never_a_broken_picture(client):
    posting = factories.PostingFactory(employer__name="Example Ltd", employer__logo=picture())
    pages = [posting.get_absolute_url(), posting.employer.get_absolute_url(), "/jobs/"]
    source = f'src="{posting.employer.logo.url}"'
    assert all(source in client.get(page).content.decode() for page in pages)
    posting.employer.logo.storage.delete(posting.employer.logo.name)
    for page in pages:
        shown = client.get(page).content.decode()
        assert 'aria-hidden="true">EL</span>' in shown
        assert "/media/" not in shown
