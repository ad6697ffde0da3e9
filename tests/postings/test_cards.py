"""What the card of a job says of its days, and what a list of cards costs."""

import cProfile
import pstats
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from lxml import html

from careers.page_cache.expiry import next_expiry
from careers.postings.dates import CardDates
from careers.postings.models import Posting
from careers.postings.templatetags.postings import posting_cards
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, PostingPlaceFactory

TODAY = date(2026, 12, 1)


def row(opened, closes_on=None, time_zone="UTC", has_ended=False):
    return SimpleNamespace(publish_at=opened, closes_on=closes_on, time_zone=time_zone, card_has_ended=has_ended)


def said(posting, today=TODAY):
    dates = CardDates.of(posting, today)
    return dates.posted_words, dates.closing_words, dates.marks


@pytest.mark.parametrize(
    ("days", "words", "is_new"),
    [
        (0, "today", True),
        (1, "yesterday", True),
        (2, "2 days ago", True),
        (3, "3 days ago", True),
        (4, "4 days ago", False),
        (14, "14 days ago", False),
        (15, "16 Nov", False),
        (365, "1 Dec 2025", False),
    ],
)
def test_a_job_was_posted_so_many_days_ago_or_on_a_date(days, words, is_new):
    opened = datetime(2026, 12, 1, 12, tzinfo=UTC) - timedelta(days=days)
    assert said(row(opened)) == (words, "", ["New"] if is_new else [])


@pytest.mark.parametrize(
    ("closes_on", "words", "is_soon"),
    [
        (date(2026, 11, 30), "30 Nov", True),  # still that day in its own zone, west of here
        (date(2026, 12, 1), "1 Dec", True),
        (date(2026, 12, 4), "4 Dec", True),
        (date(2026, 12, 5), "5 Dec", False),
        (date(2027, 1, 31), "31 Jan 2027", False),
    ],
)
def test_a_job_closes_on_a_date_and_is_marked_when_that_is_near(closes_on, words, is_soon):
    opened = datetime(2026, 10, 1, tzinfo=UTC)
    assert said(row(opened, closes_on)) == ("1 Oct", words, ["Closing soon"] if is_soon else [])
    assert said(row(opened, closes_on, has_ended=True)) == ("1 Oct", "", [])


def test_days_are_those_of_the_site_and_dates_those_of_the_posting(settings):
    opened = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    for zone, words in (("Pacific/Auckland", "2 Nov"), ("America/New_York", "1 Nov")):
        assert said(row(opened, time_zone=zone))[0] == words
    settings.TIME_ZONE = "Pacific/Auckland"
    opened = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # the first of December there
    assert said(row(opened))[0] == "today"


@pytest.mark.django_db
def test_a_card_kept_until_midnight_says_something_else_after_it(monkeypatch):
    at = timezone.now()
    PostingFactory(publish_at=at - timedelta(days=2), closes_on=timezone.localdate(at) + timedelta(days=4))
    [card] = Posting.objects.for_cards()
    assert shown(card) == f"New Posted 2 days ago · Closes {closes(card)}"
    last = next_expiry(at) - timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: last)
    assert shown(card) == f"New Posted 2 days ago · Closes {closes(card)}"
    monkeypatch.setattr(timezone, "now", lambda: last + timedelta(seconds=2))
    assert shown(card) == f"New Closing soon Posted 3 days ago · Closes {closes(card)}"


def shown(card):
    [line] = html.fromstring(str(posting_cards([card], "3"))).find_class("card-dates")
    return line.text_content()


def closes(card):
    return CardDates.of(card, timezone.localdate()).closing_words


@each(
    ("options", "note", "dates"),
    [
        ({"closes_on": timezone.localdate() + timedelta(days=1)}, "Closes ", "Closing soon"),
        ({"closed": True}, "This job is closed.", None),
        ({"filled": True}, "This job has been filled.", None),
    ],
)
@pytest.mark.django_db
def test_saved_jobs_that_ended_do_not_close_any_more(client, options, note, dates):
    posting = PostingFactory(**options)
    [card] = html.fromstring(client.get(f"/jobs/saved/?id={posting.pk}").text).find_class("card")
    assert note in card.find_class("card-note")[0].text_content()
    line = card.find_class("card-dates")[0].text_content()
    assert dates in line if dates else "Clos" not in line


@pytest.mark.django_db
def test_text_of_people_stays_text_on_a_card_that_is_kept(client):
    PostingPlaceFactory(posting=PostingFactory(title="{0} <b>", employer=EmployerFactory(name="<i>{}")))
    [card] = Posting.objects.for_cards()
    for _ in range(2):
        drawn = posting_cards([card], "3", {card.pk: "<u>"})
        assert "{0} &lt;b&gt;" in drawn
        assert "&lt;i&gt;{}" in drawn
        assert "<li>&lt;u&gt;</li>" in drawn
    assert "&lt;u&gt;" not in posting_cards([card], "3")


@pytest.mark.django_db
def test_a_card_is_rendered_once_a_day(client):
    """Counted in calls of functions, which do not depend on the machine."""
    for number in range(10):
        PostingPlaceFactory(posting=PostingFactory(title=f"Post {number}"))
    cards = list(Posting.objects.for_cards())
    first, again = calls(cards), calls(cards)
    assert again < first / 10
    assert again < 20 * len(cards)


def calls(cards):
    profile = cProfile.Profile()
    profile.runcall(posting_cards, cards, "3")
    return pstats.Stats(profile).total_calls
