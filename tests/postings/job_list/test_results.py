"""The list of jobs from the index: the same answers as from the database, and never older than the last change."""

import random
import shutil
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from careers.changes.log import transaction_log
from careers.postings.job_list import results
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.models import Posting
from careers.search import sync
from tests.factories import (
    AlternateTitleFactory,
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    RemoteCountryFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    """An index of its own, which believes what the test's own transaction has not committed: after each search the next change
    takes a number of its own."""
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", True
    sync.reset()
    yield
    sync.reset()


def found(query="", at=None):
    listed = results.find_in_index(PostingFilterForm(QueryDict(query)), at or timezone.now())
    transaction_log(connection).reset()
    return [posting.title for posting in listed.page.object_list]


def test_what_was_just_saved_is_found(client):
    posting = PostingFactory(title="Beekeeper")
    assert found("q=beekeeper") == ["Beekeeper"]
    posting.title = "Ropemaker"
    posting.save()
    assert found("q=beekeeper") == []
    assert found("q=ropemaker") == ["Ropemaker"]


@pytest.mark.parametrize(
    "act",
    [
        lambda posting: posting.delete(),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(withdrawn_at=timezone.now()),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(status="draft"),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(filled_at=timezone.now()),
        lambda posting: Posting.objects.filter(pk=posting.pk).delete(),
    ],
)
def test_what_is_no_longer_live_is_no_longer_found(act):
    posting = PostingFactory(title="Beekeeper")
    assert found() == ["Beekeeper"]
    act(posting)
    assert found() == []


def test_what_a_posting_speaks_of_is_followed():
    role, employer, skill = RoleFactory(), EmployerFactory(), SkillFactory()
    posting = PostingFactory(title="Post", role=role, employer=employer)
    posting.skills.add(skill)
    place = PostingPlaceFactory(posting=posting, city="Ulm")
    assert found("q=ulm") == ["Post"]
    role.title, employer.name, skill.name, place.city = "Chandler", "Quillworks", "Falconry", "Graz"
    for row in (role, employer, skill, place):
        row.save()
    AlternateTitleFactory(role=role, title="Candlemaker")
    for word in ("chandler", "quillworks", "falconry", "graz", "candlemaker"):
        assert found(f"q={word}") == ["Post"], word
    assert found("q=ulm") == []


def test_a_posting_opens_and_closes_on_the_second_without_any_write():
    now = timezone.now()
    posting = PostingFactory(publish_at=now + timedelta(hours=1), closes_on=None, title="Post")
    assert found(at=now) == []
    assert found(at=posting.publish_at - timedelta(microseconds=1)) == []
    assert found(at=posting.publish_at) == ["Post"]
    closing = PostingFactory(closes_on=timezone.localdate() + timedelta(days=3), title="Leaves")
    assert "Leaves" in found(at=closing.closes_at - timedelta(microseconds=1))
    assert "Leaves" not in found(at=closing.closes_at)


def test_an_index_taken_away_is_built_again_by_the_next_search(settings):
    PostingFactory(title="Beekeeper")
    assert found() == ["Beekeeper"]
    shutil.rmtree(settings.SEARCH_DIR)
    sync.reset()
    assert found() == ["Beekeeper"]


@pytest.mark.parametrize("damage", ["meta.json", "all"])
def test_a_damaged_index_is_built_again_by_the_next_search(damage):
    PostingFactory(title="Beekeeper")
    assert found() == ["Beekeeper"]
    for path in sync.open_index().folder.iterdir():
        if damage in (path.name, "all"):
            path.write_bytes(b"")
    sync.reset()
    assert found() == ["Beekeeper"]


def test_without_an_index_the_page_answers_from_the_database(client, settings, caplog):
    PostingFactory(title="Beekeeper")
    settings.SEARCH_BUILD_AT_ONCE = 0
    caplog.set_level("WARNING", "careers")
    assert "Beekeeper" in client.get("/jobs/?q=beekeeper").text
    assert "run manage.py reindex" in caplog.text


def test_what_is_not_committed_is_no_business_of_the_index(client, settings):
    settings.SEARCH_IN_TRANSACTIONS = False
    PostingFactory(title="Beekeeper")
    with pytest.raises(sync.SearchUnavailableError):
        found()
    assert "Beekeeper" in client.get("/jobs/").text


def test_a_lock_held_by_another_process_does_not_hold_up_the_page(client, settings):
    settings.SEARCH_LOCK_SECONDS = 0
    PostingFactory(title="Beekeeper")
    with sync.hold_lock("write.lock", 1):
        assert "Beekeeper" in client.get("/jobs/?q=beekeeper").text


# -- Held to the database ------------------------------------------------------------------------------------------------

COUNTRIES, LEVELS = ("DE", "FR", "NG", "US"), ("", "junior", "senior")
PAY = [
    {},
    *(
        {"pay_min": low, "pay_max": high, "pay_currency": currency, "pay_period": period}
        for currency in ("EUR", "USD")
        for low, high, period in [
            (50_000, 60_000, "year"),
            (None, 30_000, "year"),
            (60_000, None, "year"),
            (25, 30, "hour"),
        ]
    ),
]


@pytest.fixture
def corpus(db):
    """Sixty postings with anything a filter can ask for, in every state, some opening or closing at this very moment."""
    luck, now = random.Random(5), timezone.now().replace(microsecond=0)
    roles = [RoleFactory(title=f"Role {n}", draft=n == 3) for n in range(4)]
    employers = [EmployerFactory(name=f"House {n}") for n in range(4)]
    skills = [SkillFactory(name=f"Art {n}") for n in range(4)]
    for number in range(60):
        posting = PostingFactory(
            title=f"Post {number}",
            role=luck.choice([None, *roles]),
            employer=luck.choice(employers),
            status=luck.choice(["published"] * 8 + ["draft", "rejected"]),
            publish_at=now - timedelta(hours=luck.choice([-1, 0, 0, 20, 30, 150, 200, 900])),
            closes_on=None,
            closed_at=luck.choice([None] * 7 + [now]),
            filled_at=luck.choice([None] * 7 + [now]),
            withdrawn_at=luck.choice([None] * 7 + [now]),
            level=luck.choice(LEVELS),
            workplace=luck.choice(["", "onsite", "hybrid", "remote"]),
            employment_type=luck.choice(["", "full_time", "intern"]),
            **luck.choice(PAY),
        )
        for country, city in luck.sample([(code, city) for code in COUNTRIES for city in "AB"], k=luck.randrange(4)):
            PostingPlaceFactory(posting=posting, country=country, city=city)
        for country in luck.sample(COUNTRIES, k=luck.randrange(2)):
            RemoteCountryFactory(posting=posting, country=country)
        closing = luck.choice([None, now, now + timedelta(seconds=1)])
        if closing and closing > posting.publish_at:
            Posting.objects.filter(pk=posting.pk).update(closes_on=closing, closes_at=closing)
        posting.skills.set(luck.sample(skills, k=luck.randrange(3)))
    return now


FILTERS = {
    "role": ["role-0", "role-1", "role-3"],
    "employer": ["house-0", "house-1"],
    "country": [*COUNTRIES],
    "workplace": ["onsite", "remote"],
    "type": ["full_time", "intern"],
    "level": ["junior", "senior"],
    "skill": ["art-0", "art-1"],
    "posted": ["1", "7"],
    "pay": ["30000", "60000", "62400", "62401", "unstated"],
    "currency": ["EUR", "JPY", "USD"],
    "sort": ["pay"],
    "page": ["1", "2", "9"],
}
CRITERIA = st.lists(
    st.sampled_from([(name, value) for name, values in FILTERS.items() for value in values]), max_size=5
)
SECONDS = st.sampled_from([-1, 0, 1])


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(CRITERIA, SECONDS)
def test_the_index_answers_as_the_database_does(corpus, criteria, seconds):
    query, at = QueryDict(mutable=True), corpus + timedelta(seconds=seconds)
    for name, value in criteria:
        query.appendlist(name, value)
    form = PostingFilterForm(query)
    ours, truth = results.find_in_index(form, at), results.find_in_database(form, at)
    assert [posting.pk for posting in ours.page.object_list] == [posting.pk for posting in truth.page.object_list]
    assert (ours.page.number, ours.page.paginator.count) == (truth.page.number, truth.page.paginator.count)
    assert ours.facets == truth.facets
