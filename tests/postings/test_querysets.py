"""Which postings each word of the queryset holds where one part of a life meets the next; and what a row keeps in step."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from careers.postings.models import Employer, Posting
from tests.factories import EmployerFactory, PostingFactory, PostingPlaceFactory, RemoteCountryFactory

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
    assert [Posting.objects.closing_soon(at).count() for at in moments] == [0, 1, 1, 0]


@pytest.mark.django_db
def test_the_newest_comes_first_and_of_one_moment_the_one_written_last():
    moments = [NOW, NOW + TICK, NOW, NOW - TICK]
    rows = [PostingFactory(publish_at=moment, closes_on=None) for moment in moments]
    assert list(Posting.objects.newest_first()) == [rows[1], rows[2], rows[0], rows[3]]


@pytest.mark.django_db
def test_the_closing_moment_is_stored_with_its_day_also_where_only_the_day_is_saved():
    posting = PostingFactory(publish_at=NOW, closes_on=date(2026, 7, 1), time_zone="Asia/Tokyo")
    posting.closes_on = date(2026, 7, 2)
    posting.save(update_fields=["closes_on"])
    assert Posting.objects.get().closes_at == datetime(2026, 7, 2, 15, tzinfo=UTC)


@pytest.mark.django_db
def test_the_address_and_the_time_of_the_change_follow_also_where_only_the_title_is_saved():
    posting = PostingFactory(title="Glass Blower")
    before = posting.updated_at
    posting.title = "Glass Cutter"
    posting.save(update_fields=["title"])
    stored = Posting.objects.get()
    assert (stored.slug, stored.get_absolute_url()) == ("glass-cutter", f"/jobs/{posting.pk}-glass-cutter/")
    assert stored.updated_at > before


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


def test_every_state_is_before_the_opening_live_or_ended():
    groups = [State.BEFORE_OPENING, {State.LIVE}, State.ENDED]
    assert sorted(state for group in groups for state in group) == sorted(State)
    assert set(State) - State.ENDED == State.ACTIVE
    assert {State.LIVE, State.SCHEDULED} == State.LIVE_OR_SCHEDULED


def test_a_posting_starts_as_a_draft_and_needs_a_title_an_employer_and_a_description_alone():
    posting = Posting(title="Glass Blower", description="The work.")
    assert (posting.status, posting.time_zone, posting.blank_values, posting.text_bases) == ("draft", "UTC", {}, {})
    posting.clean_fields(exclude=["employer"])
    assert not Posting._meta.get_field("skills").formfield().required
    with pytest.raises(ValidationError) as refusal:
        Posting().clean_fields()
    assert {"title", "employer"} <= set(refusal.value.message_dict)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("pay_currency", "XXQ"),
        ("pay_period", "decade"),
        ("remote_offset_from", -301),
        ("remote_offset_to", 121),
        ("apply_url", "example"),
        ("apply_email", "example"),
        ("contact_email", "example"),
        ("title", "  "),
    ],
)
def test_a_field_takes_what_it_can_stand_for_and_nothing_else(field, value):
    with pytest.raises(ValidationError) as refusal:
        Posting(**{field: value}).clean_fields()
    assert field in refusal.value.message_dict


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("workplace", "place", "country", "says"),
    [
        ("onsite", True, False, True),
        ("onsite", False, True, False),
        ("remote", False, True, True),
        ("remote", False, False, False),
    ],
)
def test_a_place_or_the_countries_of_remote_work_say_where_the_work_is(workplace, place, country, says):
    posting = PostingFactory(workplace=workplace)
    if place:
        PostingPlaceFactory(posting=posting)
    if country:
        RemoteCountryFactory(posting=posting)
    assert posting.states_location() is says


def test_no_form_sets_what_acts_templates_and_feeds_set():
    by_forms = {field.name for field in Posting._meta.concrete_fields if field.editable}
    own = {"slug", "status", "closes_at", "closed_at", "filled_at", "withdrawn_at", "source", "source_ref"}
    built = {"template", "template_version", "blank_values", "text_bases", "relisted_from"}
    assert not by_forms & (own | built)


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_feed_gives_a_posting_once_and_two_feeds_may_count_alike():
    PostingFactory(source="acme", source_ref="7")
    PostingFactory()
    for source, ref in (("acme", "8"), ("bolt", "7"), (None, None)):
        PostingFactory(source=source, source_ref=ref)
    with pytest.raises(IntegrityError):
        PostingFactory(source="acme", source_ref="7")


@pytest.mark.parametrize(("west", "east", "words"), [(-300, 120, "UTC−5 to UTC+2"), (60, None, ""), (None, 60, "")])
def test_a_span_in_words_needs_both_ends(west, east, words):
    assert Posting(remote_offset_from=west, remote_offset_to=east).remote_span == words
