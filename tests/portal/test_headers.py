"""What goes out with every page."""

import pytest

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


@pytest.mark.ignore_template_errors
def test_the_admin_has_a_policy_of_its_own_without_other_hosts(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in policy
    assert "http" not in policy
