"""What goes out with every page."""

import pytest

from portal.accept_encoding import accepted_encodings
from tests.cases import each
from tests.factories import PostingFactory

pytestmark = pytest.mark.django_db
PAGES = ["/", "/roles/", "/jobs/", "/resources/", "/search/?q=a", "/nothing/"]


@each("path", PAGES)
def test_public_pages_allow_no_inline_code_and_no_other_host(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "http" not in policy


@each("path", PAGES)
def test_pages_are_neither_sniffed_framed_nor_leak_addresses(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@each("path", PAGES)
def test_readers_get_no_cookie(client, path):
    assert not client.get(path).cookies


def test_https_brings_hsts_and_a_redirect(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    assert client.get("/jobs/")["Location"] == "https://testserver/jobs/"
    assert "max-age=31536000" in client.get("/jobs/", secure=True)["Strict-Transport-Security"]


def test_pages_are_compressed_for_browsers_that_ask(client):
    PostingFactory.create_batch(5)
    plain = client.get("/jobs/")
    packed = client.get("/jobs/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


@each(
    "header, encoding",
    [
        ("gzip;q=0", None),
        ("gzip; q=0.000, identity", None),
        ("GZIP ; Q=0", None),
        ("*;q=0", None),
        ("br, gzip;q=0, *;q=0.1", None),
        ("", None),
        ("gzip;q=0.1", "gzip"),
        ("deflate;q=0, GZIP", "gzip"),
    ],
)
def test_no_page_is_compressed_for_who_refuses_it(client, header, encoding):
    """Rendered, kept, and one that is not kept."""
    answers = [
        client.get(path, headers={"accept-encoding": header}) for path in ("/jobs/", "/jobs/", "/search/?q=x", "/x/")
    ]
    assert {answer.get("Content-Encoding") for answer in answers} == {encoding}


def test_refused_encodings_are_gone_before_anything_compresses(settings):
    layers = settings.MIDDLEWARE
    compressing = ["whitenoise.middleware.WhiteNoiseMiddleware", "django.middleware.gzip.GZipMiddleware"]
    assert all(
        layers.index("portal.accept_encoding.AcceptEncodingMiddleware") < layers.index(layer) for layer in compressing
    )


@each(
    "header, accepted",
    [
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br, gzip, *"),
        ("gzip;q=0;q=1, br", "br"),
        (", ,gzip", "gzip"),
        ("x;y=0, gzip;q=00", "x, gzip"),
    ],
)
def test_only_accepted_encodings_are_left(header, accepted):
    assert accepted_encodings(header) == accepted


@pytest.mark.ignore_template_errors
def test_the_admin_has_a_policy_of_its_own_without_other_hosts(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy.split("; ")
    assert "http" not in policy
