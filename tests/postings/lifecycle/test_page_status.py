"""What an address answers, as the page does it and as the admin announces it; and the words for when it closes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.admin.postings.page_status import status_rows
from careers.postings.admin.postings.status_text import closing_text, what_readers_see
from careers.postings.lifecycle.page_status import page_stages
from careers.postings.models import Posting
from careers.postings.views import detail
from tests import factories
from tests.admin_pages import complete
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
NOW = datetime(2026, 6, 12, 10, tzinfo=UTC)  # a Friday
STATES = ["draft", "in_review", "rejected", "scheduled", "live", "closed", "gone", "filled", "withdrawn"]


def at_moment(monkeypatch, moment):
    monkeypatch.setattr(detail.timezone, "now", lambda: moment)


@each("closed_status", [200, 410])
@each("trait", STATES)
def test_the_page_answers_as_announced_at_every_stage(client, monkeypatch, settings, trait, closed_status):
    """Status, robots and job data, now and from each later moment on."""
    settings.CLOSED_POSTING_STATUS = closed_status
    posting = complete(**({} if trait == "live" else {trait: True}))
    for stage in page_stages(posting):
        at_moment(monkeypatch, stage.since or timezone.now())
        response = client.get(posting.get_absolute_url())
        assert response.status_code == stage.page.status
        assert ('content="noindex"' not in response.text) is stage.page.is_indexed
        assert ("application/ld+json" in response.text) is stage.page.is_marked_up
        assert (f"<h1><bdi>{posting.title}</bdi></h1>" in response.text) is stage.page.shows_posting
        monkeypatch.undo()


@each(
    ("traits", "statuses"),
    [
        ({"draft": True}, [404]),
        ({"rejected": True}, [410]),
        ({"scheduled": True}, [404, 200, 200, 410]),
        ({}, [200, 200, 410]),
        ({"closes_on": None}, [200]),
        ({"closed": True}, [200, 410]),
        ({"gone": True}, [410]),
        ({"withdrawn": True}, [410]),
    ],
)
def test_the_stages_of_a_state(traits, statuses):
    assert [stage.page.status for stage in page_stages(complete(**traits))] == statuses


def test_each_later_stage_names_its_moment_in_the_zone_of_the_posting():
    posting = complete(publish_at=NOW - timedelta(days=1), closes_on=date(2026, 6, 15), time_zone="Europe/Berlin")
    lines = status_rows(posting, NOW)
    assert [line.since for line in lines] == [
        "now",
        "16 Jun 2026, 00:00 (Europe/Berlin)",
        "14 Sep 2026, 00:00 (Europe/Berlin)",
    ]
    assert [(line.robots, line.job_data) for line in lines] == [("index", "yes"), ("noindex", "no"), ("noindex", "no")]


@pytest.mark.parametrize("trait", ["live", "draft", "closed"])
def test_the_form_shows_what_is_answered(as_group, trait):
    posting = complete(**({} if trait == "live" else {trait: True}))
    page = as_group("editor").get(reverse("admin:postings_posting_change", args=[posting.pk])).text
    for line in status_rows(posting):
        assert f"<td>{line.status}</td><td>{line.readers}</td><td>{line.robots}</td>" in page


def when_closed(client, posting):
    return client.get(reverse("admin:postings_posting_when_closed", args=[posting.pk]))


@pytest.mark.parametrize("traits", [{}, {"draft": True}, {"closes_on": None}, {"scheduled": True}])
def test_the_closed_page_is_shown_before_it_is_there(as_group, traits):
    posting = complete(**traits)
    response = when_closed(as_group("editor"), posting)
    assert "This job is closed." in response.text
    assert 'id="apply"' not in response.text
    assert 'content="noindex"' in response.text
    assert Posting.objects.get(pk=posting.pk).state() == posting.state()


def test_the_closed_page_is_for_those_who_may_see_postings(client):
    posting = complete()
    client.force_login(factories.UserFactory(staff=True))
    assert when_closed(client, posting).status_code == 403
    client.logout()
    assert when_closed(client, posting).status_code == 302


# -- When it closes, in words


@pytest.mark.parametrize(
    ("day", "zone", "words"),
    [
        (date(2026, 6, 16), "Europe/Berlin", "closes in 4 days, Tuesday 24:00 Europe/Berlin"),
        (date(2026, 6, 12), "Europe/Berlin", "closes today, Friday 24:00 Europe/Berlin"),
        (date(2026, 6, 13), "America/New_York", "closes in 1 day, Saturday 24:00 America/New York"),
        (date(2026, 6, 13), "Pacific/Kiritimati", "closes today, Saturday 24:00 Pacific/Kiritimati"),
    ],
)
def test_the_list_and_the_form_say_how_far_off_the_end_is(day, zone, words):
    """Counted in days of the posting's zone; within a week its weekday says enough."""
    posting = complete(publish_at=NOW - timedelta(days=9), closes_on=day, time_zone=zone)
    assert closing_text(posting, NOW) == words
    assert words.removeprefix("closes ") in what_readers_see(posting, NOW)


def test_further_off_than_a_week_the_list_names_the_day_and_the_form_the_hour_too():
    posting = complete(publish_at=NOW - timedelta(days=9), closes_on=date(2026, 6, 19))
    assert closing_text(posting, NOW) == "closes in 7 days, 19 Jun 2026"
    assert "in 7 days, Friday 19 Jun 2026, 24:00 UTC" in what_readers_see(posting, NOW)


def test_what_has_ended_shows_its_closing_day_alone():
    posting = complete(publish_at=NOW - timedelta(days=9), closes_on=date(2026, 6, 11))
    assert closing_text(posting, NOW) == "11 Jun 2026"
