import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.core.models import WebAddressField
from careers.core.urls import host_name, http_url, validate_public_url


def clean(address):
    return WebAddressField(max_length=1000).clean(address, None)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "https://10.0.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "https://printer.local/",
        "https://intranet/",
        "https://exam\u202eple.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://",
    ],
)
def test_addresses_that_visitors_cannot_or_should_not_open_are_refused(address):
    with pytest.raises(ValidationError):
        clean(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c#d",
        "http://sub.example.org:8080/",
        "https://8.8.8.8/",
        "https://пример.рф/",
        "https://example.org/wiki/A_(b)",
    ],
)
def test_addresses_of_the_web_are_accepted(address):
    assert clean(address) == address


@given(st.text(max_size=60))
def test_any_text_is_refused_in_words_or_accepted(text):
    with contextlib.suppress(ValidationError):
        assert validate_public_url(text) is None


def test_what_is_no_web_address_is_not_linked():
    assert http_url("javascript:alert(1)") == ""
    assert host_name("https://www.example.com/jobs") == "example.com"
