"""Who sees a posting, and where, in each state of its life."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from careers.core.time_zones import end_of_day
from careers.postings.models import Posting
from portal.sitemaps import SITEMAPS
from tests.cases import each
from tests.factories import PostingFactory, PostingPlaceFactory, RoleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

STATES = {
    "live": (200, True),
    "scheduled": (404, False),
    "draft": (404, False),
    "in_review": (404, False),
    "rejected": (410, False),
    "withdrawn": (410, False),
    "closed": (200, False),
    "filled": (200, False),
    "gone": (410, False),
}
NEVER_READ = {"scheduled", "draft", "in_review", "rejected"}
LISTS = ["/jobs/", "/jobs/feed.rss", "/jobs/feed.atom", "/jobs/feed.json", "/jobs/?q=Stargazer"]
TITLE = "Stargazer in chief"


def posting_in(state):
    """With a place, so that nothing but its state keeps it from being marked up."""
    return PostingPlaceFactory(
        posting=PostingFactory(title=TITLE, **({} if state == "live" else {state: True}))
    ).posting


def plain(markup):
    """What is read, without the tags."""
    return " ".join(html.fromstring(markup).text_content().split())


@pytest.fixture
def reader_of_drafts(client):
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_posting"))
    client.force_login(user)
    return client


@each(("state", "status"), [(state, status) for state, (status, _) in STATES.items()])
def test_its_page_answers_by_its_state(client, state, status):
    response = client.get(posting_in(state).get_absolute_url())
    assert response.status_code == status
    if status != 200:
        assert TITLE not in response.content.decode()


def listing(client):
    """Those of the lists and feeds that hold the posting."""
    return {address for address in LISTS if TITLE in client.get(address).content.decode()}


@each("state, is_listed", [(state, listed) for state, (_, listed) in STATES.items()])
def test_lists_and_feeds_hold_live_postings_alone(client, state, is_listed):
    posting_in(state)
    assert listing(client) == (set(LISTS) if is_listed else set())


@each(("state", "is_listed"), [(state, listed) for state, (_, listed) in STATES.items()])
def test_employer_and_sitemap_hold_live_postings_alone(client, state, is_listed):
    posting = posting_in(state)
    employer = client.get(posting.employer.get_absolute_url())
    assert employer.status_code == (404 if state in NEVER_READ else 200)
    assert (TITLE in employer.content.decode()) is is_listed
    assert (posting in SITEMAPS["jobs"]().items()) is is_listed


def test_lists_are_the_same_for_staff(reader_of_drafts):
    for state, (_, is_listed) in STATES.items():
        if not is_listed:
            posting_in(state)
    assert listing(reader_of_drafts) == set()


@each("state", [state for state, (status, _) in STATES.items() if status != 200])
def test_staff_preview_what_readers_cannot_see(reader_of_drafts, state):
    response = reader_of_drafts.get(posting_in(state).get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 200
    assert TITLE in text
    assert "<strong>Preview.</strong>" in text
    assert 'content="noindex"' in text
    assert "application/ld+json" not in text
    assert "no-store" in response.headers["Cache-Control"]


def test_staff_see_a_live_page_as_readers_do(reader_of_drafts):
    text = reader_of_drafts.get(posting_in("live").get_absolute_url()).content.decode()
    assert "Preview." not in text
    assert "application/ld+json" in text


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_staff_without_the_right_see_no_preview(client, state):
    client.force_login(UserFactory(staff=True))
    assert client.get(posting_in(state).get_absolute_url()).status_code == STATES[state][0]


def test_a_live_page_takes_applications(client):
    posting = posting_in("live")
    text = client.get(posting.get_absolute_url()).content.decode()
    assert f'href="/jobs/{posting.pk}/apply/" rel="nofollow noopener"' in text
    assert "noindex" not in text


@pytest.mark.parametrize(
    ("state", "words"), [("closed", "This job is closed."), ("filled", "This job has been filled.")]
)
def test_an_ended_page_says_so_and_takes_none(client, state, words):
    text = client.get(posting_in(state).get_absolute_url()).content.decode()
    assert words in text
    assert "jobs.example.com/apply" not in text
    assert "application/ld+json" not in text
    assert '<meta name="robots" content="noindex">' in text


def test_an_ended_page_says_when(client):
    posting = PostingFactory(
        publish_at=timezone.now() - timedelta(days=40),
        closes_on=timezone.localdate() - timedelta(days=10),
        time_zone="America/New_York",
    )
    day = posting.closes_on.strftime("%-d %b %Y")
    said = plain(client.get(posting.get_absolute_url()).text)
    assert f"It closed on {day}, 11:59pm New York time." in said


def test_a_posting_closed_by_hand_names_that_day_in_its_zone(client):
    posting = PostingFactory(closed_at=timezone.now() - timedelta(days=3), time_zone="Asia/Tokyo")
    day = posting.closed_at.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%-d %b %Y")
    assert f"It closed on {day}." in plain(client.get(posting.get_absolute_url()).text)


def test_an_ended_page_leads_to_the_role_before_the_employer(client):
    ended = PostingFactory(closed=True, role=RoleFactory(title="Cartographer"))
    of_employer = PostingFactory(title="Other work here", employer=ended.employer)
    of_role = PostingFactory(
        title="Same work elsewhere", role=ended.role, publish_at=timezone.now() - timedelta(days=9)
    )
    text = client.get(ended.get_absolute_url()).content.decode()
    assert text.index(of_role.title) < text.index(of_employer.title)
    assert f'href="{ended.role.get_absolute_url()}"' in text


def test_the_status_of_an_ended_page_is_a_setting(client, settings):
    settings.CLOSED_POSTING_STATUS = 410
    response = client.get(posting_in("closed").get_absolute_url())
    assert response.status_code == 410
    assert TITLE in response.content.decode()


@pytest.mark.parametrize(("days", "status"), [(90, 410), (91, 200)])
def test_an_ended_page_stays_for_the_days_set(client, settings, days, status):
    settings.CLOSED_POSTING_DAYS = days
    posting = PostingFactory(filled_at=timezone.now() - timedelta(days=90, seconds=1))
    assert client.get(posting.get_absolute_url()).status_code == status


ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Africa/Cairo",
]
DST_DAYS = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2018, 11, 3),
    date(2026, 4, 23),
]


@each("zone", ZONES)
@each("day", [date(2026, 3, 31), date(2024, 2, 29), *DST_DAYS])
def test_the_closing_day_is_included_in_its_own_zone(zone, day):
    posting = PostingFactory(publish_at=datetime(2017, 1, 1, tzinfo=UTC), closes_on=day, time_zone=zone)
    end = posting.closes_at
    before, after = end - timedelta(microseconds=1), end
    assert before.astimezone(ZoneInfo(zone)).date() == day
    assert after.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
    assert posting in Posting.objects.live(before)
    assert posting not in Posting.objects.live(after)
    assert (posting.is_live(before), posting.is_live(after)) == (True, False)


NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
GRACE = timedelta(days=90)
AROUND = [-TICK, timedelta(0), TICK, GRACE - TICK, GRACE, GRACE + TICK]
moments = st.one_of(
    st.sampled_from([NOON, NOON - TICK, NOON + TICK, NOON - GRACE]),
    st.datetimes(datetime.fromisoformat("2025-12-01"), datetime.fromisoformat("2026-12-01"), timezones=st.just(UTC)),
)
rows = st.fixed_dictionaries(
    {
        "status": st.sampled_from([Posting.Status.PUBLISHED] * 5 + Posting.Status.values),
        "publish_at": moments,
        "filled_at": st.none() | st.none() | moments,
        "closed_at": st.none() | st.none() | moments,
        "withdrawn_at": st.none() | st.none() | moments,
        "closes_on": st.none() | st.dates(date(2025, 12, 20), date(2026, 11, 20)),
        "time_zone": st.sampled_from(ZONES),
    }
)


@pytest.fixture
def stored(db):
    return PostingFactory()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=rows, at=moments)
def test_the_words_of_the_queryset_and_their_twins_agree(stored, fields, at):
    """live() and is_live(), readable() and is_readable() give one answer for any row, at any moment and at every edge."""
    closes_at = end_of_day(fields["closes_on"], fields["time_zone"]) if fields["closes_on"] else None
    if closes_at and closes_at <= fields["publish_at"]:
        fields["publish_at"] = closes_at - TICK
    Posting.objects.filter(pk=stored.pk).update(**fields, closes_at=closes_at)
    posting = Posting.objects.get(pk=stored.pk)
    held = Posting.objects.filter(pk=posting.pk)
    edges = {posting.publish_at, posting.closes_at, posting.closed_at, posting.filled_at} - {None}
    for moment in [at, *(edge + off for edge in edges for off in AROUND)]:
        assert held.live(moment).exists() == posting.is_live(moment)
        assert held.readable(moment).exists() == posting.is_readable(moment)
        assert not posting.is_live(moment) or posting.is_readable(moment)
    assert held.scheduled(at).exists() == (posting.state(at) == Posting.State.SCHEDULED)
