"""Pages of occupations as their tests read them."""

import re

from tests.markup import words_of
from tests.occupations.published import onet_occupation


def support_specialists():
    """An occupation that no combined code ever held."""
    return onet_occupation(
        "15-1232.00",
        "Support Specialists",
        description="Help people.",
        release__version="29.3",
        release__source__reference_period="May 2025",
    )


def text(response):
    """The words of a page, without markup."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([,.;)])", r"\1", words_of(body))


def show(client, occupation):
    response = client.get(occupation.get_absolute_url())
    assert response.status_code == 200
    return response


def page(client, occupation):
    return text(show(client, occupation))
