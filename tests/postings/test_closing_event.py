"""The closing day as a calendar file, by RFC 5545."""

import re
from datetime import UTC, date, timedelta

import pytest
from django.utils import timezone

from careers.postings.closing_event import escape_text, fold
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory

pytestmark = pytest.mark.django_db


def file_of(client, posting):
    return client.get(f"/jobs/{posting.pk}/closing-day.ics")


def properties(response):
    """{name: value as written}, of the event's first property of each name; lines unfolded."""
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    event = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("BEGIN:VALARM")]
    return dict(line.split(":", 1) for line in event)


def test_the_event_is_the_last_minute_in_utc(client):
    posting = PostingFactory(
        title="Baker", employer=EmployerFactory(name="Crumb, Sons; Co"), closes_on=date(2099, 12, 4),
        time_zone="America/New_York",
    )  # fmt: skip
    response = file_of(client, posting)
    event = properties(response)
    assert (event["DTSTART"], event["DTEND"]) == ("20991205T045900Z", "20991205T050000Z")
    assert event["SUMMARY"] == "Apply by now: Baker\\, Crumb\\, Sons\\; Co"
    assert event["UID"] == f"job-{posting.pk}-closes@careers.example.org"
    assert event["DTSTAMP"] == posting.updated_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    assert "4 Dec 2099\\, 11:59pm New York time.\\nhttps://careers.example.org/jobs/" in event["DESCRIPTION"]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="apply-by-2099-12-04.ics"'


def test_clocks_that_change_are_minded(client):
    posting = PostingFactory(closes_on=date(2099, 7, 4), time_zone="America/New_York")
    assert properties(file_of(client, posting))["DTEND"] == "20990705T040000Z"


@each("title", ["数据工程师" * 20, "🦊" * 60, "x" * 120, "a;b,c\\d"])
def test_lines_are_folded_between_characters_and_end_as_the_format_says(client, title):
    posting = PostingFactory(title=title, closes_on=date(2099, 7, 4))
    content = file_of(client, posting).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    unfolded = content.decode().replace("\r\n ", "")
    assert escape_text(title) in unfolded


def test_text_cannot_end_its_line():
    assert escape_text("a\nEND:VEVENT\r\nb\rc\x00") == "a\\nEND:VEVENT\\nbc"
    assert fold("x" * 76) == "x" * 75 + "\r\n x"


@each(
    "trait, status",
    [
        ({"draft": True}, 404),
        ({"scheduled": True}, 404),
        ({"closed": True}, 410),
        ({"filled": True}, 410),
        ({"withdrawn": True}, 410),
        ({"rejected": True}, 410),
        ({"closes_on": None}, 404),
        ({"closes_on": date(2099, 1, 1)}, 200),
    ],
)
def test_only_open_jobs_with_a_closing_day_have_one(client, trait, status):
    assert file_of(client, PostingFactory(**trait)).status_code == status


def test_the_page_leads_to_it_while_the_job_is_open(client):
    day = timezone.localdate() + timedelta(days=20)
    for trait, is_offered in (({"closes_on": day}, True), ({"closes_on": None}, False), ({"closed": True}, False)):
        posting = PostingFactory(**trait)
        text = client.get(posting.get_absolute_url()).content.decode()
        assert (f'href="/jobs/{posting.pk}/closing-day.ics"' in text) is is_offered
