"""The check panel in the admin: at the top, beside the fields, in the list and its filters."""

import pytest
from django.urls import reverse

from careers.postings.checks.store import keep_findings
from tests import factories
from tests.admin_pages import asked, complete, form_data

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LIST = "admin:postings_posting_changelist"


def change(posting):
    return reverse("admin:postings_posting_change", args=[posting.pk])


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def test_the_panel_says_what_blocks_and_what_is_advice(editor):
    posting = factories.PostingFactory(draft=True, title="SENIOR DATA ANALYST")
    page = editor.get(change(posting)).content.decode()
    panel = page[page.index('id="findings"') :]
    assert (
        panel.index("Fix before publishing")
        < panel.index("Add the place of work.")
        < panel.index("won’t block publishing")
    )
    assert "The title is in capitals." in panel
    assert "Google Search Central" in panel


def test_a_finding_stands_beside_its_field(editor):
    posting = complete(draft=True, title="SENIOR DATA ANALYST")
    field = asked(editor, change(posting)).context["adminform"].form.fields["title"]
    assert "<strong>Suggestion:</strong> The title is in capitals." in field.help_text


def test_what_a_finding_quotes_is_text_and_no_markup(editor):
    posting = complete(draft=True, description="<insert ><b>x")
    page = editor.get(change(posting)).content.decode()
    assert "“&lt;insert &gt;”" in page
    assert "“<insert" not in page


def test_a_near_duplicate_is_shown_with_its_link(editor):
    first = complete()
    posting = complete(draft=True, employer=first.employer, title=first.title)
    assert f'<a href="{change(first)}">Open the other posting</a>' in editor.get(change(posting)).content.decode()


def test_a_closed_posting_has_no_panel(editor):
    assert 'id="findings"' not in editor.get(change(complete(closed=True))).content.decode()


def test_saving_the_form_brings_the_list_up_to_date(editor):
    posting = complete(draft=True)
    page = editor.get(change(posting))
    answer = editor.post(change(posting), form_data(page) | {"title": "SENIOR DATA ANALYST"})
    assert answer.status_code == 302
    assert posting.findings.filter(rule="title_capitals").exists()


@pytest.mark.parametrize("chosen", ["blocking", "advisory", "none"])
def test_the_list_is_filtered_by_severity(editor, chosen):
    postings = {"blocking": factories.PostingFactory(draft=True), "advisory": complete(), "none": complete()}
    for name in ("blocking", "advisory"):
        keep_findings(postings[name])
    assert list(asked(editor, reverse(LIST), {"findings": chosen}).context["cl"].queryset) == [postings[chosen]]


def test_the_list_is_filtered_by_rule_and_names_what_was_found(editor):
    loud, quiet = complete(title="SENIOR DATA ANALYST"), complete()
    for posting in (loud, quiet):
        keep_findings(posting)
    page = editor.get(reverse(LIST), {"rule": "title_capitals"})
    assert list(page.context["cl"].queryset) == [loud]
    assert "Title in capitals" in page.content.decode()


@pytest.mark.parametrize("query", [{"findings": "x"}, {"rule": "nope"}])
def test_an_unknown_value_filters_nothing(editor, query):
    posting = complete()
    assert list(asked(editor, reverse(LIST), query).context["cl"].queryset) == [posting]
