"""The pictures of links: what they are of, who gets one, and that they cost little."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from careers.roles.figures.summary import summarise_guides
from portal import share_images
from portal.share_images import SITE_FACTS, share_image, wrap
from portal.views.share_images import guide_facts, posting_facts
from tests import factories
from tests.cases import each
from tests.occupations.published import linked, official_outlook, official_pay, soc_occupation

pytestmark = pytest.mark.django_db


def pixels(content):
    with Image.open(BytesIO(content)) as image:
        assert image.format == "PNG"
        assert image.size == (1200, 630)
        return image.convert("RGB").tobytes()


def ink_columns(content):
    """(first, last) column in which something is darker than the paper, below the stripe at the top."""
    with Image.open(BytesIO(content)) as image:
        grey = image.convert("L").crop((0, 20, 1200, 630)).point(lambda value: 255 if value < 200 else 0)
        left, _, right, _ = grey.getbbox()
        return left, right


@each(
    "title, facts",
    [
        ("Baker", "Crumb & Co"),
        ("x" * 120, "y" * 400),
        ("Wide words " * 20, "Facts " * 100),
        ("Développeur·se C# – Łódź, Αθήνα, Москва", "€41.50 to ₹60 an hour"),
        ("", ""),
        ("a\nb\tc", "d\u00a0e"),
    ],
)
def test_words_stay_within_the_picture_and_the_file_is_small(title, facts):
    content = share_image(title, facts)
    pixels(content)
    left, right = ink_columns(content)
    assert left >= share_images.MARGIN
    assert right <= share_images.WIDTH - share_images.MARGIN + 2
    assert len(content) < 40_000


def test_the_same_words_give_the_same_file_and_others_another():
    first = share_image("Baker", "Crumb & Co")
    share_images.draw.cache_clear()
    assert share_image("Baker", "Crumb & Co") == first
    assert share_image("Baker", "Crumb & Sons") != first
    assert share_image("Cook", "Crumb & Co") != first


@each("title", ["数据工程师", "مهندس بيانات", "🦊 Fox keeper", "a\x00b"])
def test_words_the_font_cannot_draw_give_the_picture_of_the_site(title):
    assert share_image(title, "Facts") == share_image() == share_image("Baker", title)


def test_a_site_whose_name_cannot_be_drawn_goes_without(settings):
    named = share_image("Baker", "Facts")
    settings.SITE_NAME = "求人"
    assert share_image("Baker", "Facts") != named


def test_what_has_no_room_ends_in_dots():
    lines, is_whole = wrap("word " * 100, share_images.font("Regular", 36), 2)
    assert (len(lines), is_whole) == (2, False)
    assert lines[-1].endswith("…")
    assert wrap("word word", share_images.font("Regular", 36), 2) == (["word word"], True)


def test_a_job_s_picture_names_employer_place_and_pay():
    posting = factories.PostingFactory(
        employer__name="Pebblegate Bank", workplace="remote", pay_min=80_000, pay_max=90_000, pay_currency="EUR",
        pay_period="year",
    )  # fmt: skip
    factories.PostingPlaceFactory(posting=posting, city="Frankfurt")
    factories.RemoteCountryFactory(posting=posting)
    posting.refresh_from_db()
    assert posting_facts(posting) == "Pebblegate Bank · Frankfurt (remote in Germany) · €80,000 to €90,000 a year"
    posting.places.all().delete()
    assert posting_facts(posting) == "Pebblegate Bank · Remote in Germany · €80,000 to €90,000 a year"


def test_a_guide_s_picture_gives_official_figures_with_place_and_year():
    role = factories.RoleFactory()
    assert guide_facts(summarise_guides([role.pk])[role.pk]) == SITE_FACTS
    linked(role, "15-2051.00")
    published = soc_occupation("15-2051")
    official_pay(published, median=120_230)
    official_outlook(published, growth_percent="33.5")
    facts = guide_facts(summarise_guides([role.pk])[role.pk])
    assert facts == "Median pay $120,230 a year, United States, 2025 · growth +33.5%, 2024 to 2034"


@each("trait", ["draft", "in_review", "scheduled", "withdrawn", "rejected"])
def test_a_job_that_is_not_public_has_no_picture(client, trait):
    assert client.get(f"/share/jobs/{factories.PostingFactory(**{trait: True}).pk}.png").status_code == 404


@each("trait", ["draft", "archived"])
def test_a_guide_that_is_not_public_has_no_picture(client, trait):
    assert client.get(f"/share/guides/{factories.RoleFactory(**{trait: True}).slug}.png").status_code == 404


def test_a_client_that_has_the_picture_is_told_so_where_no_page_is_kept(as_group):
    editor = as_group("editor")
    first = editor.get("/share/site.png")
    assert first.status_code == 200
    assert editor.get("/share/site.png", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_kept_with_its_tag_until_content_changes(client, monkeypatch):
    posting = factories.PostingFactory(title="Baker")
    address = f"/share/jobs/{posting.pk}.png"
    first = client.get(address)
    assert first["Cache-Control"].startswith("public")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(queries) == 1
    with monkeypatch.context() as patched:  # another query string is another page, and no other drawing
        patched.setattr(share_images, "draw_mark", lambda *place: pytest.fail("It was drawn again."))
        assert client.get(f"{address}?x=1").content == first.content
    posting.title = "Cook"
    posting.save()
    assert pixels(client.get(address).content) != pixels(first.content)
