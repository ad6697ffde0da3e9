"""The list of postings: what it says, finds and exports."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.postings.checks.store import keep_findings
from tests import factories
from tests.admin_pages import asked, complete
from tests.cases import each

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]
LIST = "admin:postings_posting_changelist"


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def days(number):
    return timezone.localdate() + timedelta(days=number)


def test_the_list_takes_the_same_number_of_queries_for_three_rows_and_for_thirty(editor):
    counts = []
    for number in (3, 27):
        for _ in range(number):
            posting = complete(role=factories.RoleFactory())
            factories.RemoteCountryFactory(posting=posting)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert editor.get(reverse(LIST)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 18


def test_the_list_says_state_closing_day_pay_and_what_to_look_at(editor):
    keep_findings(complete(closes_on=days(3), pay_min=Decimal(1000), pay_currency="EUR", pay_period="month"))
    keep_findings(factories.PostingFactory(draft=True, description="{team}", apply_url=""))
    page = editor.get(reverse(LIST)).content.decode()
    for words in (
        "Live",
        "closes in 3 days, ",
        "from €1,000 a month",
        "No guide",
        "Placeholder left",
        "No way to apply",
        "No place",
        "No pay",
    ):
        assert words in page


@each("trait", ["draft", "in_review", "scheduled", "closed", "filled", "withdrawn", "rejected"])
def test_the_state_filter_shows_that_state_alone(editor, trait):
    complete()
    posting = complete(**{trait: True})
    rows = asked(editor, reverse(LIST), {"state": trait}).context["cl"].queryset
    assert list(rows) == [posting]


def test_the_state_filter_knows_what_closes_this_week(editor):
    complete()
    soon = complete(closes_on=days(2))
    assert list(asked(editor, reverse(LIST), {"state": "closing"}).context["cl"].queryset) == [soon]


@pytest.mark.parametrize(
    ("lacking", "field", "value"),
    [("guide", "role", None), ("pay", "pay_min", None), ("closing", "closes_on", None), ("apply", "apply_url", "")],
)
def test_the_filter_for_what_is_lacking(editor, lacking, field, value):
    full = {"role": factories.RoleFactory(), "pay_min": 9, "pay_currency": "EUR", "pay_period": "hour"}
    complete(**full)
    found = complete(**(full | {field: value}))
    assert list(asked(editor, reverse(LIST), {"lacking": lacking}).context["cl"].queryset) == [found]


def test_the_filter_for_postings_without_place_or_country(editor):
    complete()
    factories.RemoteCountryFactory()
    bare = factories.PostingFactory()
    assert list(asked(editor, reverse(LIST), {"lacking": "place"}).context["cl"].queryset) == [bare]


@pytest.mark.parametrize(("source", "title"), [("hand", "By hand"), ("acme", "From a feed")])
def test_the_filter_for_the_source(editor, source, title):
    complete(title="By hand")
    complete(title="From a feed", source="acme", source_ref="1")
    assert [row.title for row in asked(editor, reverse(LIST), {"source": source}).context["cl"].queryset] == [title]


@each("query", [{"state": "x"}, {"lacking": "x"}, {"state": ""}, {"q": "'"}, {"p": "9999"}, {"q": "9" * 30}])
def test_an_odd_query_is_answered(editor, query):
    complete()
    assert editor.get(reverse(LIST), query, follow=True).status_code == 200


@each("words", ["Findme", "Lumen", "ref-77", "jobs@lumen.example", "number"])
def test_search_finds_title_employer_number_reference_and_address(editor, words):
    complete(title="Another", employer__name="Somebody else")
    posting = complete(
        title="Findme", employer__name="Lumen", source="acme", source_ref="ref-77", apply_email="jobs@lumen.example"
    )
    found = asked(editor, reverse(LIST), {"q": str(posting.pk) if words == "number" else words}).context["cl"].queryset
    assert list(found) == [posting]


def test_the_export_takes_the_same_number_of_queries_for_three_rows_and_for_thirty(editor):
    counts = []
    for number in (3, 27):
        for _ in range(number):
            complete(role=factories.RoleFactory(), template=factories.PostingTemplateFactory())
        with CaptureQueriesContext(connection) as queries:
            editor.post(reverse("admin:postings_posting_export"), {"format": "0", "resource": ""})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def exported(client):
    """The rows of the exported table, as a spreadsheet reads them."""
    response = client.post(reverse("admin:postings_posting_export"), {"format": "0", "resource": ""})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_export_is_a_table_without_formulas(editor):
    complete(title="@SUM(1+9)*cmd Lamp Keeper", employer__name="＝1+1", role=factories.RoleFactory(title="Döner Chef"))
    row = exported(editor)[0]
    assert (row["title"], row["employer"]) == ("'@SUM(1+9)*cmd Lamp Keeper", "'＝1+1")
    assert (row["role"], row["places"]) == ("Döner Chef", "Berlin, Germany")


def test_the_export_gives_the_opening_in_the_time_zone_beside_it(editor):
    opening = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    for zone in ("Asia/Tokyo", "America/New_York"):
        complete(publish_at=opening, closes_on=None, time_zone=zone)
    found = {row["time_zone"]: row["publish_at"][:16] for row in exported(editor)}
    assert found == {"Asia/Tokyo": "2026-03-02 08:30", "America/New_York": "2026-03-01 18:30"}


ODD_FILTERS = [
    {"employer__id__exact": "9" * 25},
    {"role__id__exact": "abc"},
    {"template__id__exact": "\0"},
    {"publish_at__year": "99999"},
    {"nothing": "x"},
]


@each("query", ODD_FILTERS, ids=str)
@each("name", ["changelist", "export"])
def test_a_filter_no_link_of_ours_sets_is_no_fault(editor, name, query):
    complete()
    response = editor.get(reverse(f"admin:postings_posting_{name}"), query, follow=True)
    assert response.status_code in (200, 400)
