"""The choice boxes of the admin say what the theme's own would say."""

import pytest
from bs4 import BeautifulSoup
from unfold import widgets as theme

from careers.core.admin import widgets as boxes

CHOICES = [("", "—"), ("a", "Salt & <pepper>"), ('"b"', "Quoted"), (3, "A number")]
OURS_AND_THEIRS = [
    (boxes.FastSelect, theme.UnfoldAdminSelectWidget),
    (boxes.FastSearchSelect, theme.UnfoldAdminSelect2Widget),
    (boxes.FastSearchSelectMultiple, theme.UnfoldAdminSelect2MultipleWidget),
]


def drawn(widget, value):
    box = BeautifulSoup(
        widget(choices=CHOICES).render("kind", value, {"id": "id_kind", "required": True}), "lxml"
    ).select
    (select,) = box("select")
    return select.attrs, [(option.attrs, option.text) for option in box("option")]


@pytest.mark.parametrize(("ours", "theirs"), OURS_AND_THEIRS)
@pytest.mark.parametrize("value", [None, "", "a", '"b"', 3, "3", "none of them"], ids=repr)
def test_a_box_offers_and_has_chosen_what_the_theme_would(ours, theirs, value):
    value = [value] if ours.allow_multiple_selected and value is not None else value
    assert drawn(ours, value) == drawn(theirs, value)


def test_of_many_several_are_chosen():
    _, options = drawn(boxes.FastSearchSelectMultiple, ["a", 3])
    assert [text for attributes, text in options if "selected" in attributes] == ["Salt & <pepper>", "A number"]
