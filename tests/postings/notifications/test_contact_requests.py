"""The links of the reminder: what they say, that only POST acts, and what they refuse."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.models import Posting
from careers.postings.notifications import contact_requests
from careers.postings.notifications.contact_requests import Answer, answer_url
from tests.cases import each
from tests.factories import PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting():
    closes_on = timezone.localdate() + timedelta(days=3)
    return PostingFactory(contact_email="hr@example.com", closes_on=closes_on, title="Glass Blower")


def fresh(posting):
    return Posting.objects.get(pk=posting.pk)


def later(posting, days=14):
    return (posting.closes_on + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("answer", list(Answer))
def test_opening_a_link_changes_nothing_and_says_what_will_happen(client, posting, answer):
    before = posting.history.count()
    response = client.get(answer_url(posting, answer))
    assert response.status_code == 200
    assert "the button" in response.text or "You can keep it open longer" in response.text
    assert posting.history.count() == before
    assert fresh(posting).is_live()


def test_filled_is_filled(client, posting):
    assert "the job is filled" in client.post(answer_url(posting, Answer.FILLED)).text
    assert fresh(posting).state() == "filled"


def test_extended_is_open_until_the_day_chosen(client, posting):
    response = client.post(answer_url(posting, Answer.EXTEND), {"until": later(posting)})
    assert response.status_code == 200
    assert fresh(posting).closes_on.isoformat() == later(posting)


def test_still_hiring_changes_nothing_but_the_history(client, posting):
    client.post(answer_url(posting, Answer.STILL_OPEN))
    assert fresh(posting).closes_on == posting.closes_on
    assert posting.history.first().history_change_reason.startswith("Still open: hr@example.com, the contact, answered")


def test_the_history_names_the_contact_and_nobody_as_author(client, posting):
    client.post(answer_url(posting, Answer.FILLED))
    version = posting.history.first()
    assert version.history_user is None
    assert "hr@example.com" in version.history_change_reason


def test_a_second_press_is_harmless_and_says_so(client, posting):
    link = answer_url(posting, Answer.EXTEND)
    client.post(link, {"until": later(posting)})
    response = client.post(link, {"until": later(posting)})
    assert response.status_code == 409
    assert "The closing day has changed since we wrote to you" in response.text
    assert fresh(posting).closes_on.isoformat() == later(posting)


@each("answer", list(Answer))
@each(
    ("act", "words"),
    [
        ("close", "This job is now closed"),
        ("fill", "This job is now filled"),
        ("withdraw", "This job is now withdrawn"),
    ],
)
def test_what_changed_meanwhile_is_said_and_nothing_happens(client, posting, answer, act, words):
    posting = fresh(posting)
    link = answer_url(posting, answer)
    getattr(lifecycle, act)(posting, by=None)
    before = posting.history.count()
    for response in (client.get(link), client.post(link, {"until": later(posting)})):
        assert response.status_code == 409
        assert words in response.text
    assert posting.history.count() == before


def test_closed_by_its_day_meanwhile_it_is_not_opened_again(client, posting):
    link = answer_url(posting, Answer.EXTEND)
    Posting.objects.filter(pk=posting.pk).update(closes_at=timezone.now())
    assert client.post(link, {"until": later(posting)}).status_code == 409
    assert not fresh(posting).is_live()


def test_of_a_deleted_posting_it_says_so(client, posting):
    link = answer_url(posting, Answer.FILLED)
    posting.delete()
    response = client.get(link)
    assert response.status_code == 410
    assert "has since been deleted" in response.text


def test_a_link_dies_with_its_contact(client, posting):
    link = answer_url(posting, Answer.FILLED)
    Posting.objects.filter(pk=posting.pk).update(contact_email="new@example.com")
    assert "Somebody else is now the contact" in client.post(link).text
    assert fresh(posting).is_live()


def test_filled_still_holds_after_an_editor_extended_it(client, posting):
    link = answer_url(posting, Answer.FILLED)
    lifecycle.extend(posting, by=None, closes_on=date.fromisoformat(later(posting)))
    assert client.post(link).status_code == 200


@pytest.mark.parametrize("until", ["", "2026-13-01", "x", "9999-12-31"])
def test_only_the_days_offered_are_taken(client, posting, until):
    response = client.post(answer_url(posting, Answer.EXTEND), {"until": until})
    assert response.status_code == 422
    assert fresh(posting).closes_on == posting.closes_on


def test_days_past_the_horizon_are_not_offered(client, posting, settings):
    settings.POSTING_HORIZON_DAYS = 20
    assert len(contact_requests.extension_days(posting, timezone.now())) == 1
    settings.POSTING_HORIZON_DAYS = 5
    assert client.get(answer_url(posting, Answer.EXTEND)).status_code == 409


def test_an_old_link_has_expired(client, posting, monkeypatch):
    link = answer_url(posting, Answer.FILLED)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 22 * 86400)
    response = client.post(link)
    assert response.status_code == 410
    assert "has expired" in response.text
    assert fresh(posting).is_live()


def test_a_link_that_was_changed_is_none(client, posting):
    link = answer_url(posting, Answer.FILLED)
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.post("/jobs/contact/any/").status_code == 404


def test_acting_needs_the_token_of_the_page(posting):
    client, link = Client(enforce_csrf_checks=True), answer_url(posting, Answer.FILLED)
    assert client.post(link).status_code == 403
    token = client.get(link).context["csrf_token"]
    assert client.post(link, {"csrfmiddlewaretoken": str(token)}).status_code == 200


def test_the_link_hides_the_address_and_tells_no_other_site(client, posting):
    link = answer_url(posting, Answer.FILLED)
    assert "hr@example.com" not in str(signing.loads(link.split("/")[3], salt=contact_requests.SALT))
    response = client.get(link)
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
