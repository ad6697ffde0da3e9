"""Asking for alerts, confirming, changing and ending them. Opening a link changes nothing, and no answer tells who is known."""

import re
import time
from datetime import timedelta
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.subscriptions import links, services
from careers.subscriptions.forms import AlertForm
from careers.subscriptions.models import JobAlert, Subscriber
from tests import factories
from tests.background.queue import run_queue

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NEW = "/alerts/new/?q=baker&workplace=remote"
DAY = 86_400


def opened(seconds_ago=5):
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds_ago):
        return AlertForm.opening_stamp()


def ask(client, email="Ada@Example.org", address=NEW, **changes):
    """The answer to the form as a person fills it in."""
    typed = {
        "email": email, "rhythm": "weekly", "weekday": "2", "hour": "7", "time_zone": "Europe/Berlin", "website": "",
        "opened": opened(),
    }  # fmt: skip
    return client.post(address, typed | changes)


def mailed():
    run_queue()
    return mail.outbox


def links_in(message, purpose):
    return [urlsplit(found).path for found in re.findall(rf"https://\S+/alerts/{purpose}/\S+", message.body)]


def local(address):
    return urlsplit(address).path


@pytest.fixture
def alert():
    return factories.JobAlertFactory(query="q=baker")


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


# -- Asking and confirming


def test_nothing_is_sent_before_the_reader_confirms(client):
    assert "Check your inbox" in ask(client).text
    alert = JobAlert.objects.get()
    assert (alert.state, alert.subscriber.email) == ("pending", "ada@example.org")
    assert "may email me new jobs for this search: Jobs matching “baker”, remote." in alert.consent_text
    (message,) = mailed()
    [address] = links_in(message, "confirm")
    assert "Start the alert" in client.get(address).text
    assert JobAlert.objects.get().state == "pending"  # a mail program that opens the link confirms nothing
    assert "Your alert is active" in client.post(address).text
    alert.refresh_from_db()
    assert (alert.state, alert.rhythm, alert.weekday, alert.hour) == ("active", "weekly", 2, 7)
    assert alert.next_at > timezone.now()
    assert "Your alert is active" in client.post(address).text  # again


def test_the_answer_is_the_same_for_addresses_that_are_known_and_those_that_are_not(client, alert):
    known, unknown = alert.subscriber.email, "reader-new@example.org"
    answers = [ask(client, email, "/alerts/new/?q=baker") for email in (known, unknown)]
    pages = [
        re.sub(r'value="[^"]*"', "", answer.text.replace(email, "X"))
        for answer, email in zip(answers, (known, unknown), strict=True)
    ]
    assert pages[0] == pages[1]
    assert answers[0].status_code == answers[1].status_code == 200
    answers = [client.post("/alerts/", {"email": email}) for email in (known, "nobody@example.org")]
    assert len({re.sub(r"\S+@example.org|value=\S+", "", answer.text) for answer in answers}) == 1


def test_a_reader_who_has_the_alert_is_told_by_mail_only(client, alert):
    JobAlert.objects.update(consented_at=timezone.now() - services.RESEND_AFTER * 2)
    ask(client, alert.subscriber.email, "/alerts/new/?q=baker")
    assert [message.subject for message in mailed()] == ["You already get this job alert"]
    assert JobAlert.objects.count() == 1


def test_one_address_gets_only_a_few_mails_a_day(client):
    for number in range(services.MAILS_A_DAY + 3):
        ask(client, address=f"/alerts/new/?q=baker{number}")
    ask(client, address="/alerts/new/?q=baker1")  # asked a moment ago
    assert len(mailed()) == services.MAILS_A_DAY


@pytest.mark.parametrize(
    "changes",
    [{"website": "https://spam.example"}, {"opened": ""}, {"opened": "forged:1:x"}],
    ids=["field", "none", "forged"],
)
def test_a_program_gets_the_usual_answer_and_no_mail(client, changes):
    assert "Check your inbox" in ask(client, **changes).text
    assert "Check your inbox" in ask(client, opened=opened(seconds_ago=0)).text
    assert (mailed(), JobAlert.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "@example.org", "ada@exa mple.org", "a" * 250 + "@example.org", "ada@\ufffd.example"]
)
def test_an_address_that_is_none_is_refused_with_an_example(client, typed):
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert "nter" in re.search(r'id="email-error"[^>]*>([^<]+)<', answer.text)[1]
    assert Subscriber.objects.count() == 0


def test_one_reader_is_one_row_however_the_address_is_typed(client):
    for number, email in enumerate(["ada@bücher.example", "ADA@xn--bcher-kva.example ", "Ada@BÜCHER.example"]):
        ask(client, email, f"/alerts/new/?q=baker{number}")
    assert [row.email for row in Subscriber.objects.all()] == ["ada@xn--bcher-kva.example"]


def test_a_link_that_expired_or_was_changed_says_so(client, alert):
    with mock.patch("django.core.signing.time.time", return_value=time.time() - 8 * DAY):
        old = local(links.confirm_url(alert))
    assert client.get(old).status_code == 410
    assert "Get a new link" in client.get(old).text
    wrong_purpose = local(links.unsubscribe_url(alert)).replace("unsubscribe", "manage")
    for address in (old[:-4] + "abc/", wrong_purpose, "/alerts/confirm/x/", "/alerts/manage/%00/"):
        assert client.get(address).status_code == 404


def test_every_search_offers_an_alert_for_itself(client):
    factories.PostingFactory(title="Baker")
    for query in ("?q=baker", "?q=nothing-like-it"):
        assert f'href="/alerts/new/{query}"' in client.get(f"/jobs/{query}").text
    assert 'href="/alerts/new/"' in client.get("/jobs/").text


# -- Ending


def test_one_click_ends_an_alert_without_login_or_form(alert):
    client, address = Client(enforce_csrf_checks=True), local(links.unsubscribe_url(alert))
    assert client.get(address).status_code == 200
    assert JobAlert.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not JobAlert.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_not_for_me_leaves_the_job_out_of_all_alerts_of_the_reader(client, alert):
    posting = factories.PostingFactory()
    other = factories.JobAlertFactory(query="q=cook", subscriber=alert.subscriber)
    matches = [factories.AlertMatchFactory(alert=each, posting=posting) for each in (alert, other)]
    address = local(links.dismiss_url(matches[0], alert.subscriber))
    client.get(address)
    assert alert.matches.waiting().count() == 1
    client.post(address)
    assert (alert.matches.waiting().count(), other.matches.waiting().count()) == (0, 0)


# -- Managing


def test_a_reader_pauses_resumes_and_deletes_their_own_alerts_only(client, alert):
    address, stranger = local(links.manage_url(alert.subscriber)), factories.JobAlertFactory(query="q=cook")
    assert "Jobs matching “baker”" in client.get(address).text
    for act, state in (("pause", "paused"), ("resume", "active")):
        client.post(address, {"act": act, "alert": alert.pk})
        assert JobAlert.objects.get(pk=alert.pk).state == state
    for act in ("pause", "delete"):
        assert client.post(address, {"act": act, "alert": stranger.pk}).status_code == 404
    assert client.post(address, {"act": "delete", "alert": "x"}).status_code == 404
    assert client.post(address, {"act": "nothing", "alert": alert.pk}).status_code == 404
    client.post(address, {"act": "delete", "alert": alert.pk})
    assert list(JobAlert.objects.all()) == [stranger]


def test_an_alert_is_changed_with_the_filters_of_the_list(client, alert):
    other = factories.JobAlertFactory(query="q=cook", subscriber=alert.subscriber)
    token = links.sign("manage", alert.subscriber_id, alert.subscriber.secret)
    address = reverse("subscriptions:edit", args=[token, alert.pk])
    assert 'value="baker"' in client.get(address).text
    rhythm = {"rhythm": "daily", "weekday": "0", "hour": "18", "time_zone": "Asia/Tokyo"}
    assert client.post(f"{address}?q=pastry&workplace=remote", rhythm).status_code == 302
    alert.refresh_from_db()
    assert dict(alert.search["pairs"]) == {"q": "pastry", "workplace": "remote"}
    assert (alert.rhythm, alert.hour, alert.time_zone) == ("daily", 18, "Asia/Tokyo")
    refused = client.post(f"{address}?q=cook", rhythm)
    assert "another alert for this search" in refused.text
    assert client.post(address, rhythm | {"hour": "25"}).status_code == 422
    assert other.search == JobAlert.objects.get(pk=other.pk).search


def test_a_reader_takes_all_their_data_along_and_has_it_erased(client, alert):
    address = local(links.manage_url(alert.subscriber))
    factories.AlertMatchFactory(alert=alert, posting=factories.PostingFactory())
    data = client.get(f"{address}export/").json()
    assert (data["email"], len(data["job_alerts"]), len(data["job_alerts"][0]["jobs"])) == (
        alert.subscriber.email,
        1,
        1,
    )
    assert "Deleted" in client.post(address, {"act": "erase"}).text
    assert not Subscriber.objects.exists()
    assert client.get(address).status_code == 404


def test_pages_with_links_are_never_kept_nor_indexed_nor_told_to_others(client, alert):
    for address in (local(links.manage_url(alert.subscriber)), local(links.confirm_url(alert)), NEW):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")


def test_a_client_that_asks_too_often_waits(client):
    answers = [ask(client, f"reader{number}@example.org").status_code for number in range(22)]
    assert answers == [200] * 20 + [429] * 2


def test_alerts_nobody_confirmed_are_deleted_with_their_address():
    old = factories.JobAlertFactory(pending=True, consented_at=timezone.now() - timedelta(days=8))
    Subscriber.objects.filter(pk=old.subscriber_id).update(created_at=old.consented_at)
    kept = factories.JobAlertFactory(pending=True)
    assert services.remove_unconfirmed(timezone.now()) == 1
    assert list(Subscriber.objects.all()) == [kept.subscriber]
