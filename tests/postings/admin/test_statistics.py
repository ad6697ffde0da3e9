"""What an editor sees of the world: totals in the list, a page and a table for each posting."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careers.files.csv_export import csv_text, safe_cell
from careers.postings.admin.postings.columns import visits
from careers.postings.models import DailyCount
from careers.postings.stats.report import PostingStatistics, Tally
from tests.cases import each
from tests.factories import PostingFactory

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.postgres]


def count(posting, number, kind="view", host="", days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    return DailyCount.objects.create(posting=posting, day=day, kind=kind, host=host, number=number)


def page(posting, name="statistics", **query):
    return reverse(f"admin:postings_posting_{name}", args=[posting.pk], query=query)


@pytest.mark.django_db
def test_a_posting_is_read_by_day_and_by_host_in_one_query(django_assert_num_queries):
    posting = PostingFactory()
    count(posting, 5, host="example.com")
    count(posting, 2, host="here")
    count(posting, 1, "apply", "here", days_ago=1)
    count(posting, 9, days_ago=10)
    today = timezone.localdate()
    with django_assert_num_queries(1):
        read = PostingStatistics.of(posting, first=today - timedelta(days=6), last=today)
    assert len(read.by_day) == 7
    assert read.by_day[today] == Tally(views=7)
    assert list(read.by_host) == ["example.com", "here"]
    assert read.by_host["here"] == Tally(views=2, applies=1)
    assert read.total == Tally(views=7, applies=1)


@pytest.mark.django_db
def test_the_line_runs_from_the_first_day_to_the_last_and_the_most_reaches_the_top():
    posting = PostingFactory()
    count(posting, 4)
    count(posting, 2, days_ago=1)
    today = timezone.localdate()
    read = PostingStatistics.of(posting, first=today - timedelta(days=2), last=today)
    assert read.polyline("views") == "0.00,100.00 50.00,50.00 100.00,0.00"


@pytest.mark.django_db
def test_the_page_shows_what_was_counted_with_its_tables(admin):
    posting = PostingFactory()
    count(posting, 41, host="example.com")
    text = admin.get(page(posting)).text
    assert '<th scope="row">example.com</th><td>41</td>' in text
    assert "<svg" in text


@pytest.mark.django_db
@each(("days", "total"), [("7", 1), ("30", 3), ("90", 7), ("x", 3), ("", 3), ("99999999999", 3)])
def test_the_span_is_chosen_and_an_unknown_one_is_the_usual(admin, days, total):
    posting = PostingFactory()
    for number, days_ago in ((1, 0), (2, 20), (4, 80)):
        count(posting, number, days_ago=days_ago)
    assert admin.get(page(posting, days=days)).context["statistics"].total.views == total


@pytest.mark.django_db
def test_the_page_asks_the_same_however_much_was_counted(admin, django_assert_num_queries):
    posting = PostingFactory()
    admin.get(page(posting))
    with django_assert_num_queries(20, exact=False) as few:
        admin.get(page(posting))
    for days_ago in range(20):
        count(posting, 3, host=f"host{days_ago}.example.com", days_ago=days_ago)
    with django_assert_num_queries(len(few)):
        admin.get(page(posting))


@pytest.mark.django_db
def test_all_who_see_postings_see_the_statistics_and_nobody_else(as_group, client):
    posting = PostingFactory()
    assert client.get(page(posting)).status_code == 302
    for group in ("contributor", "editor"):
        assert as_group(group).get(page(posting)).status_code == 200
    assert client.get(reverse("admin:postings_posting_statistics", args=[posting.pk + 1])).status_code == 404


@pytest.mark.django_db
def test_the_list_has_totals_and_sorts_by_them(admin, django_assert_num_queries):
    quiet, busy = PostingFactory(title="Quiet"), PostingFactory(title="Busy")
    count(busy, 70, host="example.com")
    count(busy, 7)
    count(busy, 3, "save")
    changelist = admin.get(reverse("admin:postings_posting_changelist")).context["cl"]
    column = changelist.list_display.index(visits)
    shown = admin.get(reverse("admin:postings_posting_changelist"), {"o": f"-{column}"}).context["cl"].result_list
    assert [(posting.title, posting.viewed, posting.saved) for posting in shown] == [("Busy", 77, 3), ("Quiet", 0, 0)]
    assert quiet.daily_counts.count() == 0


@pytest.mark.django_db
def test_the_export_of_a_sorted_list_works(admin):
    column = admin.get(reverse("admin:postings_posting_changelist")).context["cl"].list_display.index(visits)
    assert admin.get(reverse("admin:postings_posting_export"), {"o": f"-{column}"}).status_code == 200


@pytest.mark.django_db
def test_the_table_for_a_spreadsheet_holds_each_day_and_host(admin):
    posting = PostingFactory()
    count(posting, 5, host="example.com")
    count(posting, 2, "apply", "example.com")
    response = admin.get(page(posting, "statistics_csv"))
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    today = timezone.localdate().isoformat()
    assert rows[1:] == [[today, "example.com", "5", "2", "0"]]
    assert response["Content-Disposition"].startswith(f'attachment; filename="statistics-{posting.pk}-')


@pytest.mark.django_db
@each("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_host_like_a_formula_is_defused(admin, start):
    """None gets in through counting; the table does not rely on it."""
    posting = PostingFactory()
    count(posting, 1, host=f"{start}1+1")
    assert f"'{start}1+1" in admin.get(page(posting, "statistics_csv")).content.decode()


@given(st.text(max_size=40) | st.integers() | st.dates())
def test_no_cell_begins_like_a_formula(value):
    assert not str(safe_cell(str(value))).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_numbers():
    assert csv_text([[-3, None, date(2026, 1, 2)]]) == "\ufeff-3,,2026-01-02\r\n"
