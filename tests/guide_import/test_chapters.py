"""Where one chapter of an article ends and the next begins."""

import pytest

from careers.roles.models import Item
from tests.guide_import.articles import draft, items


@pytest.mark.parametrize("heading", ["How to overcome these challenges", "Coping with the early hours"])
def test_what_helps_against_challenges_is_none_of_them_however_its_heading_says_so(heading):
    article = draft(
        f"# Baker\n\n## Challenges\n\n### Early hours\n\nUp at two.\n\n### {heading}\n\n- Naps: sleep at noon.\n",
        "baker.md",
    )
    assert items(article, Item.Kind.CHALLENGE) == [("Early hours", "Up at two.")]
    assert items(article, Item.Kind.RESPONSE) == [("Naps", "sleep at noon.")]
