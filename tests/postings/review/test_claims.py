"""Review: who is told what, who is on it, and what a decision needs."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from careers.postings import lifecycle
from careers.postings.models import Posting
from careers.postings.review import claims
from tests import factories
from tests.admin_pages import complete
from tests.background.queue import run_queue

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def author():
    return factories.UserFactory(username="ada", email="ada@example.org", staff=True, groups=["contributor"])


@pytest.fixture
def editor():
    return factories.UserFactory(username="eve", email="eve@example.org", staff=True, groups=["editor"])


@pytest.fixture
def second():
    return factories.UserFactory(username="sue", staff=True, groups=["editor"])


@pytest.fixture
def submitted(author):
    """A complete posting that Ada submitted; nobody has been mailed."""
    return lifecycle.submit(complete(draft=True, title="Baker"), by=author)


def mailed(run):
    run()
    run_queue()
    return [(message.to, message.subject, message.body) for message in mail.outbox]


# -- Submitting


def test_a_submission_keeps_who_and_when(author):
    at = timezone.now() - timedelta(hours=3)
    posting = lifecycle.submit(complete(draft=True), by=author, at=at)
    posting.refresh_from_db()
    assert (posting.submitted_by, posting.submitted_at) == (author, at)


def test_those_who_publish_are_told_once_of_a_submission(author, editor, second):
    posting = complete(draft=True, title="Baker")

    def submit_twice():
        lifecycle.submit(posting, by=author)
        with pytest.raises(ValidationError, match="already"):
            lifecycle.submit(posting, by=author)

    ((to, subject, body),) = mailed(submit_twice)
    assert (to, subject) == (["eve@example.org"], f"For review: Baker, {posting.employer}")
    assert f"https://careers.example.org/admin/postings/posting/{posting.pk}/change/" in body
    assert "ada submitted it" in body


def test_mail_about_submissions_may_be_left_to_the_digest(author, editor, settings):
    settings.MAIL_EACH_SUBMISSION = False
    posting = complete(draft=True)
    assert mailed(lambda: lifecycle.submit(posting, by=author)) == []


def test_a_title_of_several_lines_makes_one_subject(author, editor):
    posting = complete(draft=True, title="Baker\nBcc: all@example.org")
    mails = mailed(lambda: lifecycle.submit(posting, by=author))
    assert "\n" not in mails[0][1]


# -- Deciding


DECISIONS = [
    (lifecycle.publish, "approved", ""),
    (partial(lifecycle.schedule, publish_at=timezone.now() + timedelta(days=5)), "approved", "Next week."),
    (lifecycle.return_to_draft, "returned", "Name the place."),
    (lifecycle.reject, "rejected", "A duplicate."),
]


@pytest.mark.parametrize(("act", "word", "reason"), DECISIONS)
def test_the_author_is_told_once_with_the_reason(submitted, editor, second, act, word, reason):
    def decide_twice():
        act(submitted, by=editor, reason=reason)
        with pytest.raises(ValidationError, match="already"):
            act(submitted, by=second, reason=reason)

    ((to, subject, body),) = mailed(decide_twice)
    assert to == ["ada@example.org"]
    assert subject == f"{word.capitalize()}: Baker, {submitted.employer}"
    assert f"was {word} by eve" in body
    assert reason in body
    assert f"https://careers.example.org/admin/postings/posting/{submitted.pk}/change/" in body


def test_nobody_is_mailed_about_a_decision_that_did_not_come_to_be(submitted, editor):
    submitted.places.all().delete()

    def publish():
        with pytest.raises(ValidationError, match="Add the place"):
            lifecycle.publish(submitted, by=editor)

    assert mailed(publish) == []


def test_who_decides_on_their_own_submission_gets_no_mail(editor):
    posting = lifecycle.submit(complete(draft=True), by=editor)
    assert mailed(lambda: lifecycle.publish(posting, by=editor)) == []


def test_a_mail_server_that_fails_undoes_nothing(submitted, editor, settings):
    settings.EMAIL_BACKEND = "tests.postings.review.test_claims.NoServer"
    mailed(lambda: lifecycle.publish(submitted, by=editor))
    assert submitted.state() == State.LIVE
    assert "no server" in DBTaskResult.objects.get().traceback


class NoServer:
    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise OSError("no server")


def test_returning_what_somebody_else_submitted_needs_a_reason(submitted, editor):
    with pytest.raises(ValidationError, match="what to change"):
        lifecycle.return_to_draft(submitted, by=editor, reason=" ")
    assert Posting.objects.get(pk=submitted.pk).state() == State.IN_REVIEW


def test_an_author_takes_a_submission_back_without_a_reason(submitted, author):
    assert lifecycle.return_to_draft(submitted, by=author).state() == State.DRAFT


def test_a_returned_posting_is_mended_and_submitted_at_the_same_record(submitted, author, editor):
    lifecycle.return_to_draft(submitted, by=editor, reason="Name the pay.")
    submitted.pay_min, submitted.pay_currency, submitted.pay_period = 50_000, "EUR", "year"
    submitted.save()
    lifecycle.submit(submitted, by=author)
    lifecycle.publish(submitted, by=editor)
    assert Posting.objects.get().state() == State.LIVE


def test_what_was_rejected_is_neither_published_nor_submitted(submitted, editor):
    lifecycle.reject(submitted, by=editor, reason="A duplicate.")
    submitted.title = "Baker of bread"
    submitted.save()
    for act in (lifecycle.publish, lifecycle.submit):
        with pytest.raises(ValidationError, match="rejected"):
            act(submitted, by=editor)


def test_a_posting_whose_closing_day_passed_while_it_waited_asks_for_a_new_one(author, editor):
    today = timezone.localdate()
    posting = lifecycle.submit(complete(draft=True, closes_on=today + timedelta(days=2)), by=author)
    later = timezone.now() + timedelta(days=4)
    with pytest.raises(ValidationError, match=r"has passed\. Enter a later one"):
        lifecycle.publish(posting, by=editor, at=later)
    assert Posting.objects.get(pk=posting.pk).state() == State.IN_REVIEW


@pytest.mark.parametrize("trait", ["filled", "withdrawn", "closed", None])
def test_approving_what_was_decided_long_ago_says_so_and_mails_nobody(trait, author, editor):
    posting = complete(submitted_by=author, **({trait: True} if trait else {}))

    def publish():
        with pytest.raises(ValidationError):
            lifecycle.publish(posting, by=editor)

    assert mailed(publish) == []


# -- Claiming


def claimed(submission):
    held = type(submission).objects.get(pk=submission.pk).claim()
    return held and held[0]


def test_a_claim_is_kept_and_makes_no_entry_in_the_history(submitted, editor):
    entries, changed = submitted.history.count(), submitted.updated_at
    claims.claim(submitted, by=editor)
    assert claimed(submitted) == editor
    assert (submitted.history.count(), Posting.objects.get().updated_at) == (entries, changed)


def test_a_second_editor_is_told_who_is_on_it_and_since_when(submitted, editor, second):
    claims.claim(submitted, by=editor, at=timezone.now() - timedelta(minutes=10))
    with pytest.raises(ValidationError, match=r"eve claimed it on \d+ \w+ \d+, \d\d:\d\d"):
        claims.claim(submitted, by=second)
    assert claimed(submitted) == editor


def test_taking_over_is_an_act_of_its_own(submitted, editor, second):
    claims.claim(submitted, by=editor)
    claims.claim(submitted, by=second, take_over=True)
    assert claimed(submitted) == second


def test_a_claim_runs_out_after_the_minutes_set(submitted, editor, second, settings):
    settings.REVIEW_CLAIM_MINUTES = 30
    now = timezone.now()
    claims.claim(submitted, by=editor, at=now - timedelta(minutes=30))
    assert submitted.claim(now - timedelta(seconds=1))
    assert submitted.claim(now) is None
    claims.claim(submitted, by=second, at=now)
    assert claimed(submitted) == second


@pytest.mark.parametrize("minutes", [0, 59, 60, 61])
def test_the_words_of_the_queryset_and_the_claim_of_a_row_agree(submitted, editor, minutes):
    now = timezone.now()
    claims.claim(submitted, by=editor, at=now - timedelta(minutes=minutes))
    held = submitted.claim(now) is not None
    assert Posting.objects.claimed(now).exists() == held
    assert Posting.objects.unclaimed(now).exists() == (not held)


@pytest.mark.parametrize(("act", "word", "reason"), DECISIONS)
def test_nobody_else_decides_while_somebody_is_on_it(submitted, editor, second, act, word, reason):
    """At the moment given, not now: by now the claim has run out."""
    begun = timezone.now() - timedelta(days=1)
    claims.claim(submitted, by=editor, at=begun)
    with pytest.raises(ValidationError, match="take it over first"):
        act(submitted, by=second, reason=reason, at=begun)
    act(submitted, by=editor, reason=reason, at=begun)
    assert submitted.reviewer is None
    assert submitted.state(begun) != State.IN_REVIEW


def test_an_author_takes_back_what_an_editor_is_on(submitted, author, editor):
    claims.claim(submitted, by=editor)
    assert lifecycle.return_to_draft(submitted, by=author).state() == State.DRAFT


def test_a_claim_is_given_back(submitted, editor, second):
    claims.claim(submitted, by=editor)
    with pytest.raises(ValidationError, match="You have not claimed it"):
        claims.release(submitted, by=second)
    claims.release(submitted, by=editor)
    assert claimed(submitted) is None


def test_what_does_not_wait_is_not_claimed(editor):
    posting = complete()
    with pytest.raises(ValidationError, match="no longer waiting"):
        claims.claim(posting, by=editor)


def test_a_new_submission_starts_without_the_old_claim(submitted, author, editor):
    claims.claim(submitted, by=editor)
    lifecycle.return_to_draft(submitted, by=editor, reason="Name the pay.")
    lifecycle.submit(submitted, by=author)
    assert claimed(submitted) is None


def test_nothing_falls_out_of_the_queue_by_age(author):
    posting = complete(in_review=True, closes_on=None, submitted_at=timezone.now() - timedelta(days=4000))
    assert list(Posting.objects.in_review().unclaimed()) == [posting]
