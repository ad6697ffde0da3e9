"""Which postings each word of the queryset holds where one part of a life meets the next; and what a row keeps in step."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from careers.postings.models import Employer, Posting
from tests.factories import EmployerFactory, PostingFactory

State = Posting.State
NOW = datetime(2026, 6, 12, 10, tzinfo=UTC)
TICK = timedelta(microseconds=1)
TRAITS = ["draft", "in_review", "rejected", "scheduled", "closed", "closed_early", "filled", "withdrawn"]


@pytest.mark.django_db
def test_not_ended_is_what_is_written_waits_or_is_seen_by_readers_now_or_later():
    employer = EmployerFactory()
    for traits in ({}, {"closes_on": None}, *({trait: True} for trait in TRAITS)):
        PostingFactory(employer=employer, **traits)
    states = sorted(posting.state() for posting in Posting.objects.active())
    assert states == sorted([State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.LIVE, State.LIVE])


@pytest.mark.django_db
def test_what_closes_within_some_days_is_live_and_closes_by_the_last_moment_of_them():
    end = PostingFactory(publish_at=NOW - timedelta(days=90), closes_on=NOW.date()).closes_at
    PostingFactory(publish_at=NOW - timedelta(days=90), closes_on=None)
    moments = [end - timedelta(days=7) - TICK, end - timedelta(days=7), end - TICK, end]
    assert [Posting.objects.closing_within(7, at).count() for at in moments] == [0, 1, 1, 0]


@pytest.mark.django_db
def test_the_closing_moment_is_stored_with_its_day_also_where_only_the_day_is_saved():
    posting = PostingFactory(publish_at=NOW, closes_on=date(2026, 7, 1), time_zone="Asia/Tokyo")
    posting.closes_on = date(2026, 7, 2)
    posting.save(update_fields=["closes_on"])
    assert Posting.objects.get().closes_at == datetime(2026, 7, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "of_employer", "asked"),
    [("hr@example.com", "office@example.com", "hr@example.com"), ("", "office@example.com", "office@example.com")],
)
def test_the_contact_a_posting_names_is_asked_before_its_employers(own, of_employer, asked):
    assert Posting(contact_email=own, employer=Employer(contact_email=of_employer)).contact == asked


def test_a_form_whose_posting_would_close_at_its_opening_is_refused_at_the_closing_day():
    posting = PostingFactory.build(closes_on=date(2026, 7, 1), publish_at=datetime(2026, 7, 2, tzinfo=UTC))
    with pytest.raises(ValidationError) as refusal:
        posting.clean()
    assert list(refusal.value.message_dict) == ["closes_on"]
    posting.publish_at -= TICK
    posting.clean()
