from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.checks.requirements import unmet_requirements
from careers.postings.models import Posting
from tests import factories
from tests.cases import each

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def editor():
    return factories.UserFactory(groups=["editor"])


def complete(**traits):
    """A posting with everything a reader needs."""
    posting = factories.PostingFactory(**traits)
    factories.PostingPlaceFactory(posting=posting)
    return posting


def days(number):
    return timezone.localdate() + timedelta(days=number)


ALLOWED = [
    (lifecycle.submit, {}, "draft", State.IN_REVIEW),
    (lifecycle.return_to_draft, {}, "in_review", State.DRAFT),
    (lifecycle.return_to_draft, {}, "rejected", State.DRAFT),
    (lifecycle.return_to_draft, {}, "scheduled", State.DRAFT),
    (lifecycle.publish, {}, "draft", State.LIVE),
    (lifecycle.publish, {}, "in_review", State.LIVE),
    (lifecycle.reject, {"reason": "A duplicate."}, "draft", State.REJECTED),
    (lifecycle.reject, {"reason": "A duplicate."}, "in_review", State.REJECTED),
    (lifecycle.extend, {"closes_on": 60}, None, State.LIVE),
    (lifecycle.extend, {"closes_on": 60}, "scheduled", State.SCHEDULED),
    (lifecycle.extend, {"closes_on": 60}, "closed", State.LIVE),
    (lifecycle.close, {}, None, State.CLOSED),
    (lifecycle.fill, {}, None, State.FILLED),
    (lifecycle.fill, {}, "closed", State.FILLED),
    (lifecycle.schedule, {"publish_at": 5}, "draft", State.SCHEDULED),
    (lifecycle.schedule, {"publish_at": 5}, "in_review", State.SCHEDULED),
    (lifecycle.schedule, {"publish_at": 5}, "scheduled", State.SCHEDULED),
    (lifecycle.reopen, {}, "closed_early", State.LIVE),
    (lifecycle.reopen, {}, "filled", State.LIVE),
    (lifecycle.withdraw, {}, None, State.WITHDRAWN),
    (lifecycle.withdraw, {}, "scheduled", State.WITHDRAWN),
    (lifecycle.withdraw, {}, "closed", State.WITHDRAWN),
    (lifecycle.withdraw, {}, "filled", State.WITHDRAWN),
]


NOW = timezone.now()
TICK = timedelta(microseconds=1)


def run(act, posting, editor, given):
    """Numbers stand for days from now."""
    moments = {"closes_on": days, "publish_at": lambda number: NOW + timedelta(days=number)}
    given = {name: moments[name](value) if name in moments else value for name, value in given.items()}
    return act(posting, by=editor, **given)


@each(("act", "given", "trait", "after"), ALLOWED)
def test_an_act_that_is_possible_changes_the_state_and_says_who_and_why(editor, act, given, trait, after):
    posting, given = complete(**({trait: True} if trait else {})), {"reason": "As agreed."} | given
    run(act, posting, editor, given)
    posting = Posting.objects.get(pk=posting.pk)
    entry = posting.history.first()
    assert posting.state() == after
    assert entry.history_user == editor
    assert entry.history_change_reason.endswith(f": {given['reason']}")


@each(("act", "given", "trait", "after"), [row for row in ALLOWED if row[0] is not lifecycle.extend])
def test_an_act_repeated_changes_nothing_and_says_so(editor, act, given, trait, after):
    posting = complete(**({trait: True} if trait else {}))
    run(act, posting, editor, given)
    entries = posting.history.count()
    with pytest.raises(ValidationError, match="already") as refusal:
        run(act, posting, editor, given)
    assert refusal.value.code == "already"
    assert Posting.objects.get(pk=posting.pk).state() == after
    assert posting.history.count() == entries


TRAITS = [None, "draft", "in_review", "rejected", "scheduled", "closed", "filled", "withdrawn"]
GIVEN = {lifecycle.extend: {"closes_on": 60}, lifecycle.schedule: {"publish_at": 5}}
REFUSED = [
    (act, trait)
    for act in {row[0] for row in ALLOWED}
    for trait in TRAITS
    if not any(row[0] is act and row[2] == trait for row in ALLOWED)
]


# What is told beyond "It is filled: ...", where there is something better to do.
ADVICE = {
    ("submit", "in_review"): "It is already in review.",
    ("submit", "rejected"): "It was rejected; send it back to draft first.",
    ("return_to_draft", "draft"): "It is already a draft.",
    ("publish", None): "It is live already.",
    ("publish", "scheduled"): "It is already published and opens at the time you set.",
    ("publish", "rejected"): "It was rejected; send it back to draft first.",
    ("publish", "closed"): "It was published and is closed. Extend it, or relist it.",
    ("schedule", "filled"): "It was published and is filled. Reopen it, or relist it.",
    ("schedule", "withdrawn"): "It was withdrawn, and its address is gone for good. Build a new posting.",
    ("reject", "rejected"): "It is rejected already.",
    ("extend", "filled"): "It is filled. Reopen it if that was a mistake, or relist it for another opening.",
    ("extend", "withdrawn"): "It was withdrawn, and its address is gone for good. Build a new posting.",
    ("close", "closed"): "It is closed already.",
    ("close", "scheduled"): "It is not open yet: send it back to draft instead.",
    ("fill", "filled"): "It is already marked as filled.",
    ("reopen", None): "It is live already.",
    ("reopen", "withdrawn"): "It was withdrawn, and its address is gone for good. Build a new posting.",
    ("withdraw", "withdrawn"): "It is withdrawn already.",
}


@each(("act", "trait"), sorted(REFUSED, key=str))
def test_an_act_that_is_not_possible_is_refused_with_a_sentence(editor, act, trait):
    posting = complete(**({trait: True} if trait else {}))
    before, entries = posting.state(), posting.history.count()
    given = GIVEN.get(act, {"reason": "A duplicate."})
    with pytest.raises(ValidationError) as refusal:
        run(act, posting, editor, given)
    [sentence] = refusal.value.messages
    assert sentence == ADVICE.get((act.__name__, trait), sentence)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert Posting.objects.get(pk=posting.pk).state() == before
    assert posting.history.count() == entries


@each(
    ("act", "trait", "field"),
    [
        (lifecycle.submit, "draft", "submitted_at"),
        (lifecycle.publish, "draft", "publish_at"),
        (lifecycle.close, None, "closed_at"),
        (lifecycle.fill, None, "filled_at"),
        (lifecycle.withdraw, None, "withdrawn_at"),
    ],
)
def test_an_act_counts_from_the_moment_it_is_given(editor, act, trait, field):
    moment = NOW - timedelta(hours=1)
    assert getattr(act(complete(**({trait: True} if trait else {})), by=editor, at=moment), field) == moment


@each(
    ("act", "moment", "refusal"),
    [
        (lifecycle.return_to_draft, NOW - TICK, ""),
        (lifecycle.return_to_draft, NOW, "visitors have seen it"),
        (lifecycle.confirm, NOW - TICK, "It is scheduled"),
        (lifecycle.confirm, NOW, ""),
        (lifecycle.reject, NOW - TICK, "It is scheduled"),
        (lifecycle.reject, NOW, "It is live"),
    ],
)
def test_the_state_that_counts_is_that_of_the_moment_given(editor, act, moment, refusal):
    posting = complete(publish_at=NOW)
    with pytest.raises(ValidationError, match=refusal) if refusal else nullcontext():
        act(posting, by=editor, at=moment, reason="A duplicate.")


@pytest.mark.parametrize(
    ("act", "traits", "is_offered"),
    [
        ("extend", {"closed": True}, True),
        ("extend", {"gone": True}, False),  # its page is not there any more
        ("extend", {"closes_on": None}, False),  # open until filled
        ("reopen", {"closed_early": True}, True),
        ("reopen", {"filled": True, "closes_on": None}, True),
        ("reopen", {"filled": True, "gone": True}, False),
        ("reopen", {"closed": True}, False),
        ("reopen", {"closed_at": NOW - timedelta(days=200), "closes_on": None}, False),
        ("close", {}, True),
        ("close", {"closed_early": True}, False),
    ],
)
def test_an_act_is_offered_where_it_would_succeed(act, traits, is_offered):
    posting = factories.PostingFactory.build(**traits)
    posting.clean()
    assert lifecycle.is_possible(act, posting, NOW + timedelta(minutes=5)) is is_offered


def test_publishing_sets_the_moment_when_there_is_none(editor):
    now = timezone.now()
    assert lifecycle.publish(complete(draft=True), by=editor, at=now).publish_at == now


def test_publishing_keeps_a_moment_that_lies_ahead(editor):
    later = timezone.now() + timedelta(days=3)
    posting = lifecycle.publish(complete(draft=True, publish_at=later), by=editor)
    assert (posting.publish_at, posting.state()) == (later, State.SCHEDULED)


def test_publishing_does_not_claim_a_moment_that_has_passed(editor):
    now = timezone.now()
    posting = complete(draft=True, publish_at=now - timedelta(days=3))
    assert lifecycle.publish(posting, by=editor, at=now).publish_at == now


@each(
    ("change", "sentence"),
    [
        ({"title": "  "}, "Enter a title"),
        ({"description": "***"}, "Enter a description"),
        ({"description": "<p>&nbsp;</p>"}, "Enter a description"),
        ({"benefits": "Pay: {pay}"}, r"\{pay\} in “benefits”"),
        ({"title": "Engineer, {Team}"}, r"\{team\} in “title”"),
        ({"apply_url": ""}, "Say how to apply"),
    ],
)
def test_publishing_is_refused_while_something_is_missing(editor, change, sentence):
    posting = complete(draft=True, **change)
    with pytest.raises(ValidationError, match=sentence):
        lifecycle.publish(posting, by=editor)
    assert Posting.objects.get(pk=posting.pk).state() == State.DRAFT


@pytest.mark.parametrize(("act", "given"), [(lifecycle.publish, {}), (lifecycle.schedule, {"publish_at": 5})])
def test_a_second_posting_of_one_vacancy_is_published_on_purpose_and_the_history_says_so(editor, act, given):
    first = complete(title="Baker of bread")
    second = factories.PostingFactory(draft=True, title=first.title, employer=first.employer)
    factories.PostingPlaceFactory(posting=second)
    run(act, second, editor, given | {"reason": "Two ovens."})
    said = second.history.first().history_change_reason
    assert said.endswith(
        ": Two ovens. (the check had said: “Baker of bread” is already open at this employer and place. "
        "Is it the same job?)"
    )


def test_publishing_is_refused_when_the_closing_day_is_over(editor):
    with pytest.raises(ValidationError, match="has passed"):
        lifecycle.publish(complete(draft=True, closes_on=days(-2)), by=editor)


def test_publishing_is_refused_when_the_closing_day_is_beyond_the_horizon(editor, settings):
    settings.POSTING_HORIZON_DAYS = 20
    with pytest.raises(ValidationError, match="at most 20 days"):
        lifecycle.publish(complete(draft=True, closes_on=days(30)), by=editor)


def test_publishing_names_all_that_is_missing_at_once(editor):
    posting = factories.PostingFactory(draft=True, description="", apply_url="")
    with pytest.raises(ValidationError) as refusal:
        lifecycle.publish(posting, by=editor)
    assert all(word in refusal.value.messages[0] for word in ("description", "apply", "place"))
    assert refusal.value.code == "missing"


@each(
    ("workplace", "place", "country", "field"),
    [
        ("remote", False, True, None),
        ("remote", True, False, None),
        ("remote", False, False, "remote_countries"),
        ("onsite", False, True, "places"),
        ("hybrid", True, False, None),
        ("", False, True, "workplace"),
        ("", False, False, "places"),
    ],
)
def test_remote_work_needs_countries_or_a_place_and_other_work_its_place(workplace, place, country, field):
    posting = factories.PostingFactory(draft=True, workplace=workplace)
    if place:
        factories.PostingPlaceFactory(posting=posting)
    if country:
        factories.RemoteCountryFactory(posting=posting)
    assert [requirement.field for requirement in unmet_requirements(posting)] == ([field] if field else [])


def test_an_opening_lies_ahead_and_no_further_than_the_horizon(editor, settings):
    horizon = timedelta(days=settings.POSTING_HORIZON_DAYS)
    posting = complete(draft=True, closes_on=None)
    for moment, sentence in ((NOW, "in the future"), (NOW + horizon + TICK, "at most 365 days from now")):
        with pytest.raises(ValidationError, match=sentence):
            lifecycle.schedule(posting, by=editor, publish_at=moment, at=NOW)
    for moment in (NOW + TICK, NOW + horizon):
        assert lifecycle.schedule(posting, by=editor, publish_at=moment, at=NOW).publish_at == moment


def test_a_draft_is_scheduled_for_the_moment_written_in_it(editor):
    moment = NOW + timedelta(days=5)
    posting = lifecycle.schedule(complete(draft=True, publish_at=moment), by=editor, publish_at=moment)
    assert posting.state() == State.SCHEDULED


def test_an_earlier_closing_day_is_no_extension(editor):
    posting = complete()
    with pytest.raises(ValidationError, match="later than the current one"):
        lifecycle.extend(posting, by=editor, closes_on=days(20))


def test_the_same_closing_day_is_no_extension(editor):
    posting = complete()
    with pytest.raises(ValidationError, match="already") as refusal:
        lifecycle.extend(posting, by=editor, closes_on=posting.closes_on)
    assert refusal.value.code == "already"


def test_a_posting_open_until_filled_has_nothing_to_extend(editor):
    with pytest.raises(ValidationError, match="no closing day"):
        lifecycle.extend(complete(closes_on=None), by=editor, closes_on=days(20))


@pytest.mark.parametrize("day", [timezone.datetime.max.date(), days(400)])
def test_an_extension_beyond_the_horizon_is_refused(editor, day):
    with pytest.raises(ValidationError, match="at most 365 days"):
        lifecycle.extend(complete(), by=editor, closes_on=day)


def test_a_posting_closed_early_opens_again_with_the_day_it_had(editor):
    posting = lifecycle.close(complete(), by=editor)
    lifecycle.extend(posting, by=editor, closes_on=posting.closes_on)
    assert posting.state() == State.LIVE
    assert Posting.objects.live().contains(posting)


def test_a_posting_whose_address_is_gone_does_not_open_again(editor):
    with pytest.raises(ValidationError, match="gone for good"):
        lifecycle.extend(complete(gone=True), by=editor, closes_on=days(20))


def test_closing_early_counts_the_days_of_grace_from_that_moment(editor, settings):
    posting = lifecycle.close(complete(), by=editor)
    end = posting.closed_at + timedelta(days=settings.CLOSED_POSTING_DAYS)
    before, after = end - timedelta(seconds=1), end + timedelta(seconds=1)
    assert posting.ended_at == posting.closed_at
    assert [posting.is_readable(before), posting.is_readable(after)] == [True, False]
    assert [Posting.objects.readable(at).exists() for at in (before, after)] == [True, False]
    assert not Posting.objects.live().exists()


def test_a_rejection_needs_a_reason(editor):
    with pytest.raises(ValidationError, match="Enter a reason") as refusal:
        lifecycle.reject(complete(in_review=True), by=editor, reason="  ")
    assert refusal.value.code == "reason"


def test_the_reason_given_is_kept_in_the_history(editor):
    posting = lifecycle.withdraw(complete(), by=editor, reason="The employer asked for it.")
    assert posting.history.first().history_change_reason == "Withdrawn: The employer asked for it."


def test_an_act_starts_from_the_database_not_from_an_old_copy(editor):
    old_copy = complete()
    lifecycle.withdraw(Posting.objects.get(pk=old_copy.pk), by=editor)
    with pytest.raises(ValidationError, match="withdrawn"):
        lifecycle.close(old_copy, by=editor)


def test_an_act_on_a_posting_deleted_meanwhile_says_so(editor):
    old_copy = complete()
    Posting.objects.all().delete()
    with pytest.raises(ValidationError, match="since been deleted"):
        lifecycle.close(old_copy, by=editor)


@each(
    "traits",
    [*([trait] if trait else [] for trait in TRAITS), ["closed", "filled"], ["closed_early", "filled"],
     ["closed", "withdrawn"], ["scheduled", "filled"], ["scheduled", "withdrawn"]],
)  # fmt: skip
def test_a_posting_is_in_one_state_and_the_words_of_the_queryset_agree(traits):
    posting = complete(**dict.fromkeys(traits, True))
    assert [state for state in State if Posting.objects.in_state(state).exists()] == [posting.state()]
