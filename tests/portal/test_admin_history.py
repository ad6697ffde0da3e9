"""The history of a row: one line for each change, and the page of a version says what restoring it would change."""

import re

import pytest

from careers.core.admin.change_words import describe_change
from careers.core.diff import FieldChange, diff_lines
from careers.roles.models import Role
from tests import factories
from tests.admin_pages import complete
from tests.cases import each
from tests.portal.test_admin_forms import page
from tests.portal.test_admin_versions import POSTING, saved, version_page

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_each_change_is_one_line_that_says_who_did_what(admin):
    posting = complete(draft=True, title="Baker", pay_min=None, pay_max=None)
    saved(admin, posting, title="Cook", pay_min="60000", pay_max="65000", pay_currency="EUR", pay_period="year")
    line = admin.get(page(POSTING, "history", posting.pk)).text.split('id="change-history"')[1].split("</li>")[0]
    words = " ".join(re.sub(r"<[^>]*>", " ", line.split("<details")[0]).split())
    changed = (
        "changed Title to “Cook”, Pay from to “60,000”, Pay to to “65,000”, Pay currency to “EUR” and 1 more field."
    )
    assert re.search(rf", \d\d:\d\d \w+ {re.escape(changed)}$", words), words


@each(
    "kind, changes, words",
    [
        ("+", [], "created it"),
        ("-", [], "deleted it"),
        ("~", [], "saved it without changes"),
        ("~", [("pay", "", "65,000"), ("closing day", "1 Dec 2026", "")], "changed Pay to “65,000”; cleared Closing day"),
        ("~", [("text", "a", "b" * 50)], "changed Text"),
        ("~", [(f"f{n}", "", "x") for n in range(6)], "changed F0 to “x”, F1 to “x”, F2 to “x”, F3 to “x” and 2 more fields"),
    ],
)  # fmt: skip
def test_a_change_in_words(kind, changes, words):
    assert describe_change(kind, [FieldChange(*change, []) for change in changes]) == words


def test_unchanged_text_is_folded():
    before = "\n".join(f"Line {number}." for number in range(20))
    lines = diff_lines(before, before.replace("Line 10.", "Line ten."))
    assert [(line.change, line.text) for line in lines] == [
        ("folded", "9 unchanged lines"),
        ("kept", "Line 9."),
        ("removed", "Line 10."),
        ("added", "Line ten."),
        ("kept", "Line 11."),
        ("folded", "8 unchanged lines"),
    ]
    assert diff_lines(before, before) == []


def test_of_a_long_line_the_words_that_differ_are_marked_and_the_rest_is_folded():
    before = " ".join(f"word{number}" for number in range(60))
    after = before.replace("word30", "another thing")
    removed, added = diff_lines(before, after)
    assert removed.parts == (
        (False, "word0 word1 word2 word3 word4 … word25 word26 word27 word28 word29 "),
        (True, "word30 "),
        (False, "word31 word32 word33 word34 word35 … word55 word56 word57 word58 word59"),
    )
    assert added.parts[1] == (True, "another thing ")
    assert (removed.text, added.text) == (before, after)


@each(
    "before, after",
    [
        ("A short line.", "A short word."),
        ("one two three four five six seven eight", "a b c d e f g h"),
        ("x " * 500, "x " * 499),
    ],
)
def test_lines_that_are_short_long_or_unlike_are_shown_whole(before, after):
    assert [line.parts for line in diff_lines(before, after)] == [(), ()]


# -- Restoring shows what will change first


def test_the_page_of_a_version_shows_what_restoring_changes_and_reading_it_changes_nothing(admin):
    posting = complete(draft=True, title="Baker")
    version = posting.history.first()
    saved(admin, posting, title="Cook")
    shown = admin.get(version_page(posting, version))
    [change] = shown.context["version"].changes
    assert (change.label, change.before, change.now) == ("title", "Cook", "Baker")
    assert "Restoring this version will change" in shown.text
    posting.refresh_from_db()
    assert posting.title == "Cook"
    assert "Nothing has changed since this version." in admin.get(version_page(posting, posting.history.first())).text


def test_what_restoring_leaves_as_it_is_is_not_announced(admin):
    role = factories.RoleFactory(draft=True)
    version = role.history.first()
    role.status = Role.Status.PUBLISHED
    role.save()
    assert admin.get(version_page(role, version)).context["version"].changes == []


def test_a_deleted_row_is_announced_as_brought_back(admin):
    skill = factories.SkillFactory()
    version, pk = skill.history.first(), skill.pk
    skill.delete()
    skill.pk = pk
    assert "Restoring this version brings it back." in admin.get(version_page(skill, version)).text
