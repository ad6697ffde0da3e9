"""Words of a menu, and steps that look like them."""

from careers.guide_import.draft import Outcome
from tests.cases import each

from .articles import draft, outcomes


@each(
    "article_text, first",
    [
        ("## How to become a harbour pilot\n\n1. Register\n2. Study\n", "Register"),
        ("## How to become a harbour pilot\n\nStep 1: Log in\n\nStep 2: Study\n", "Log in"),
        ("## Responsibilities\n\n1) Search\n2) Steer\n", "Search"),
    ],
)
def test_a_numbered_step_is_no_link_of_a_menu(article_text, first):
    article = draft(f"# Harbour Pilot\n\n{article_text}", role="Harbour Pilot")
    assert outcomes(article)[first][0] == Outcome.ITEM


def test_words_of_a_menu_are_left_out_as_bullets():
    article = draft("# Harbour Pilot\n\n## Responsibilities\n\n- Steering ships\n- Register\n", role="Harbour Pilot")
    assert outcomes(article)["Register"] == (Outcome.LEFT_OUT, "navigation")
