"""Opening at a moment ahead, and opening again at the same address: the rules and their edges."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from careers.core.time_zones import to_utc
from careers.postings import lifecycle
from careers.postings.models import Posting
from portal.sitemaps import SITEMAPS
from tests import factories
from tests.admin_pages import asked, complete, filled, said

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor():
    return factories.UserFactory(groups=["editor"])


def ahead(**span):
    return timezone.now() + timedelta(**span)


# -- Reopening


@pytest.mark.parametrize("trait", ["closed_early", "filled"])
def test_it_opens_again_at_the_same_address_until_its_closing_day(client, editor, trait):
    posting = complete(**{trait: True})
    day, address = posting.closes_on, posting.get_absolute_url()
    lifecycle.reopen(posting, by=editor, reason="A slip.")
    assert (posting.state(), posting.closes_on, posting.get_absolute_url()) == (State.LIVE, day, address)
    assert 'id="apply"' in client.get(address).text
    assert posting.history.first().history_change_reason == "Reopened: A slip."


def test_without_a_closing_day_it_opens_again_while_its_page_is_there(editor, settings):
    settings.CLOSED_POSTING_DAYS = 10
    young, old = (complete(closes_on=None, filled_at=ahead(days=-days)) for days in (9, 11))
    assert lifecycle.reopen(young, by=editor).state() == State.LIVE
    with pytest.raises(ValidationError, match="gone for good"):
        lifecycle.reopen(old, by=editor)


@pytest.mark.parametrize("mark", ["closed_at", "filled_at"])
def test_once_its_closing_day_is_over_it_is_not_reopened(editor, mark):
    posting = complete(**{mark: timezone.now()})
    with pytest.raises(ValidationError, match=r"closing day has passed\. Extend it"):
        lifecycle.reopen(posting, by=editor, at=posting.closes_at)
    assert lifecycle.reopen(posting, by=editor, at=posting.closes_at - timedelta(seconds=1))


@pytest.mark.parametrize("act", ["reopen", "extend"])
def test_what_became_unfit_while_closed_does_not_open_again(editor, act):
    posting = complete(closed_early=True, apply_url="")
    more = {"closes_on": posting.closes_on + timedelta(days=3)} if act == "extend" else {}
    with pytest.raises(ValidationError, match="Say how to apply") as refusal:
        getattr(lifecycle, act)(posting, by=editor, **more)
    assert refusal.value.code == "missing"


def test_a_reopened_posting_is_back_in_the_sitemap_as_changed(editor):
    posting = lifecycle.close(complete(), by=editor)
    sitemap = SITEMAPS["jobs"]()
    assert posting not in sitemap.items()
    lifecycle.reopen(posting, by=editor)
    [found] = sitemap.items()
    assert sitemap.lastmod(found) > posting.history.earliest().history_date


def test_an_extension_keeps_the_address_and_says_who_and_why(editor):
    posting = complete()
    address, day = posting.get_absolute_url(), posting.closes_on + timedelta(days=5)
    lifecycle.extend(posting, by=editor, closes_on=day, reason="Few applicants.")
    entry = posting.history.first()
    assert posting.get_absolute_url() == address
    assert entry.history_user == editor
    assert entry.history_change_reason == f"Open until {day.strftime('%-d %b %Y')}: Few applicants."


def test_a_locked_text_that_names_the_closing_day_follows_an_extension(editor):
    """At the moment given: by now it has closed again, and nothing would follow."""
    template = factories.PostingTemplateFactory(benefits="Apply by {closing_day}.", locked=["benefits"])
    posting = complete(closed=True, template=template, template_version=template.version)
    day = posting.closes_on + timedelta(days=2)
    lifecycle.extend(posting, by=editor, closes_on=day, at=posting.closes_at - timedelta(hours=1))
    assert Posting.objects.get(pk=posting.pk).benefits == f"Apply by {day.strftime('%-d %B %Y')}."


# -- Scheduling


def test_it_opens_by_itself_at_the_moment_named(editor):
    moment = ahead(days=3)
    lifecycle.schedule(complete(draft=True), by=editor, publish_at=moment)
    live = Posting.objects.live
    assert [live(at).exists() for at in (moment - timedelta(seconds=1), moment)] == [False, True]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"seconds": -1}, "in the future"),
        ({"days": 400}, "at most 365 days"),
        ({"days": 31}, "close before it opens"),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused(editor, span, words):
    posting = complete(draft=True)
    with pytest.raises(ValidationError, match=words):
        lifecycle.schedule(posting, by=editor, publish_at=ahead(**span))
    assert Posting.objects.get(pk=posting.pk).state() == State.DRAFT


def test_the_closing_moment_is_no_moment_to_open_at(editor):
    posting = complete(draft=True)
    with pytest.raises(ValidationError, match="close before it opens"):
        lifecycle.schedule(posting, by=editor, publish_at=posting.closes_at)
    assert lifecycle.schedule(posting, by=editor, publish_at=posting.closes_at - timedelta(seconds=1))


def test_what_is_incomplete_is_not_scheduled(editor):
    with pytest.raises(ValidationError, match="Say how to apply"):
        lifecycle.schedule(complete(draft=True, apply_url=""), by=editor, publish_at=ahead(days=1))


def test_a_scheduled_posting_gets_another_moment(editor):
    posting, moment = complete(scheduled=True), ahead(days=9)
    assert lifecycle.schedule(posting, by=editor, publish_at=moment).publish_at == moment
    with pytest.raises(ValidationError, match="already"):
        lifecycle.schedule(posting, by=editor, publish_at=moment)


def local_noon():
    return datetime.combine(timezone.localdate() + timedelta(days=9), datetime.min.time()).replace(hour=12)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
@pytest.mark.parametrize("way", ["act", "bulk", "form"])
def test_the_moment_is_read_in_the_zone_of_the_posting(as_group, zone, way):
    client, noon = as_group("editor"), local_noon()
    posting = complete(draft=True, time_zone=zone)
    sent = {"publish_at_0": noon.date(), "publish_at_1": noon.time()}
    change = reverse("admin:postings_posting_change", args=[posting.pk])
    if way == "act":
        client.post(reverse("admin:postings_posting_act", args=[posting.pk, "schedule"]), sent)
    elif way == "bulk":
        sent |= {"action": "schedule_selected", "_selected_action": [posting.pk], "confirmed": "yes"}
        client.post(reverse("admin:postings_posting_changelist"), sent)
    else:
        client.post(change, filled(client, change) | sent)
    assert Posting.objects.get(pk=posting.pk).publish_at == to_utc(noon, zone)
    assert asked(client, change).context["adminform"].form["publish_at"].value() == noon


def test_saving_a_scheduled_posting_untouched_does_not_move_its_opening(as_group):
    client = as_group("editor")
    posting = complete(draft=True, time_zone="Europe/Berlin", closes_on=None)
    moment = lifecycle.schedule(posting, by=None, publish_at=ahead(days=4)).publish_at.replace(microsecond=0)
    Posting.objects.filter(pk=posting.pk).update(publish_at=moment)
    change = reverse("admin:postings_posting_change", args=[posting.pk])
    assert client.post(change, filled(client, change)).status_code == 302
    assert Posting.objects.get(pk=posting.pk).publish_at == moment


def test_a_time_the_clocks_skip_is_accepted_as_the_moment_they_jump(as_group, settings):
    settings.POSTING_HORIZON_DAYS = 40_000
    client, posting = as_group("editor"), complete(draft=True, time_zone="Europe/Berlin", closes_on=None)
    sent = {"publish_at_0": "2032-03-28", "publish_at_1": "02:30"}
    answer = client.post(reverse("admin:postings_posting_act", args=[posting.pk, "schedule"]), sent)
    assert said(answer) == ["1 posting scheduled."]
    assert Posting.objects.get(pk=posting.pk).publish_at == datetime(2032, 3, 28, 1, tzinfo=UTC)


def test_a_settled_opening_is_told_with_its_zone(as_group):
    posting = complete(publish_at=datetime(2026, 5, 1, 22, tzinfo=UTC), time_zone="Asia/Tokyo")
    page = as_group("editor").get(reverse("admin:postings_posting_change", args=[posting.pk])).text
    assert "2 May 2026, 07:00 (Asia/Tokyo)" in page
