"""Jobs like a job and like a role, from the index; from the database where there is none."""

import pytest
from django.db import connection
from django.utils import timezone

from careers.changes.log import transaction_log
from careers.postings.job_list import similar
from careers.postings.models import Posting
from careers.search import sync
from tests.factories import (
    AlternateTitleFactory,
    EmployerFactory,
    PostingFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def index(settings, tmp_path):
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", True
    sync.reset()
    yield
    sync.reset()


def titles_like(posting):
    found = similar.similar_postings(Posting.objects.get(pk=posting.pk), at=timezone.now())
    transaction_log(connection).reset()
    return [other.title for other in found]


def titles_related(role):
    found = similar.related_postings(role, at=timezone.now(), limit=3)
    transaction_log(connection).reset()
    return [other.title for other in found]


def test_the_role_comes_before_skills_skills_before_the_employer(index):
    role, employer, skill = RoleFactory(), EmployerFactory(), SkillFactory()
    PostingFactory(title="Weaver", employer=employer)
    PostingFactory(title="Dyer").skills.add(skill)
    PostingFactory(title="Spinner", role=role)
    PostingFactory(title="Miller")
    posting = PostingFactory(title="Fuller", role=role, employer=employer)
    posting.skills.add(skill)
    assert titles_like(posting) == ["Spinner", "Dyer", "Weaver"]


def test_words_of_the_title_make_a_likeness(index):
    PostingFactory(title="Head of honey")
    PostingFactory(title="Night porter")
    assert titles_like(PostingFactory(title="Honey tester")) == ["Head of honey"]


@pytest.mark.parametrize("trait", ["draft", "scheduled", "closed", "closed_early", "filled", "withdrawn", "rejected"])
def test_only_live_jobs_are_similar(index, trait):
    role = RoleFactory()
    posting = PostingFactory(role=role)
    PostingFactory(role=role, **{trait: True})
    assert titles_like(posting) == []


def test_a_closed_job_has_similar_ones_and_is_none_itself(index):
    role = RoleFactory()
    closed, live = PostingFactory(role=role, closed=True), PostingFactory(title="Spinner", role=role)
    assert titles_like(closed) == ["Spinner"]
    assert titles_like(live) == []


def test_of_equals_the_newest_come_first(index):
    role = RoleFactory()
    posting = PostingFactory(title="Fuller", role=role)
    for title in ("Weaver", "Dyer", "Spinner"):
        PostingFactory(title=title, role=role)
    assert titles_like(posting) == ["Spinner", "Dyer", "Weaver"]


def test_without_an_index_those_of_the_role_then_of_the_employer_are_shown(client):
    role, employer = RoleFactory(), EmployerFactory()
    PostingFactory(title="Weaver", employer=employer)
    PostingFactory(title="Spinner", role=role)
    PostingFactory(title="Miller")
    posting = PostingFactory(title="Fuller", role=role, employer=employer)
    assert titles_like(posting) == ["Spinner", "Weaver"]
    page = client.get(posting.get_absolute_url()).text
    assert "Similar open jobs and more at" in page
    assert "Spinner" in page


def test_the_page_names_the_employer_only_where_it_has_another_job(client, index):
    role = RoleFactory()
    PostingFactory(title="Spinner", role=role)
    page = client.get(PostingFactory(role=role).get_absolute_url()).text
    assert "Similar open jobs</h2>" in page


def test_a_guide_shows_jobs_of_other_roles_with_its_skills_or_names(index):
    role = RoleFactory(title="Cartographer")
    AlternateTitleFactory(role=role, title="Map maker")
    skill = RoleSkillFactory(role=role).skill
    PostingFactory(title="Surveyor", role=RoleFactory()).skills.add(skill)
    PostingFactory(title="Maker of maps")
    PostingFactory(title="Cartographer", role=role)
    PostingFactory(title="Miller")
    assert sorted(titles_related(role)) == ["Maker of maps", "Surveyor"]


def test_without_an_index_a_guide_shows_jobs_with_most_of_its_skills(client):
    role = RoleFactory()
    first, second = (RoleSkillFactory(role=role).skill for _ in range(2))
    PostingFactory(title="Dyer", role=RoleFactory()).skills.add(first)
    PostingFactory(title="Surveyor").skills.add(first, second)
    PostingFactory(title="Miller", role=role).skills.add(first)
    assert titles_related(role) == ["Surveyor", "Dyer"]
    assert "Related open jobs" in client.get(role.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 7])
def test_similar_jobs_take_few_queries_for_any_number(index, django_assert_max_num_queries, count):
    role = RoleFactory()
    posting = Posting.objects.select_related("employer", "role").get(pk=PostingFactory(role=role).pk)
    PostingFactory.create_batch(count, role=role)
    similar.similar_postings(posting, at=timezone.now())
    transaction_log(connection).reset()
    with django_assert_max_num_queries(6):
        similar.similar_postings(posting, at=timezone.now())
