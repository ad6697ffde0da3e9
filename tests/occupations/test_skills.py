"""Typical skills: in words, ranked, with what O*NET recommends not using."""

from decimal import Decimal

import pytest

from careers.occupations.models import Release
from careers.occupations.skills import typical_skills
from tests import factories
from tests.cases import each
from tests.occupations.pages import page, show, support_specialists

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def specialists():
    return support_specialists()


def skills_of(occupation):
    return typical_skills(occupation, Release.objects.in_bulk())


def rated(occupation, name, importance=None, level=None, **fields):
    """Ratings of a skill; `fields` are those of the importance."""
    if importance is not None:
        factories.OccupationSkillFactory(occupation=occupation, element=name, name=name, rating=importance, **fields)
    if level is not None:
        factories.OccupationSkillFactory(occupation=occupation, element=name, name=name, scale="LV", rating=level)


def test_skills_are_ranked_by_importance_then_level_and_drawn(client, specialists):
    rated(specialists, "Writing", "4.0", "3.5")
    rated(specialists, "Speaking", "4.0", "4.5")
    rated(specialists, "Listening", "4.62", "4", lower_bound="4.1", upper_bound="5")
    rated(specialists, "Repairing", "2.5", "2")
    shown = page(client, specialists)
    assert "How important each skill is in this job, rated by 8 analysts, Aug 2023" in shown
    assert "Listening Extremely important Speaking Very important Writing Very important All 4 skills" in shown
    assert "Listening 4.6 (4.1 to 5.0) 4.0" in shown
    assert "Repairing 2.5 2.0" in shown
    assert '<rect class="bar-middle" x="0.00%" width="90.50%"' in show(client, specialists).content.decode()


@each(
    ("rating", "words"),
    [
        ("1.00", "Not important"),
        ("2.49", "Somewhat important"),
        ("2.50", "Important"),
        ("3.50", "Very important"),
        ("4.50", "Extremely important"),
    ],
)
def test_importance_in_words(specialists, rating, words):
    rated(specialists, "Writing", rating)
    [skill] = skills_of(specialists).ranked
    assert skill.words == words


def test_what_is_suppressed_shows_no_value_and_says_why(client, specialists):
    rated(specialists, "Writing", "4.0", "3.5")
    rated(specialists, "Science", "4.9", "3.1", is_suppressed=True)
    shown = page(client, specialists)
    assert "Science not recommended to use: low precision 3.1" in shown
    assert "We don't show 1 rating that O*NET recommends not using, because its precision is low." in shown
    assert "4.9" not in shown
    assert [skill.name for skill in skills_of(specialists).first] == ["Writing"]


def test_a_level_that_is_not_relevant_is_no_zero(client, specialists):
    rated(specialists, "Repairing", "1.5")
    factories.OccupationSkillFactory(
        occupation=specialists, element="Repairing", scale="LV", rating=0, is_irrelevant=True
    )
    rated(specialists, "Writing", "3.5")
    shown = page(client, specialists)
    assert "Repairing 1.5 not relevant in this occupation" in shown
    assert "Writing 3.5 no data" in shown
    assert "We don't show" not in shown


def test_no_data_is_said(client, specialists):
    assert "No data: O*NET has not rated the skills in this occupation." in page(client, specialists)


def test_the_release_of_the_ratings_is_named_and_withdrawn_ones_are_hidden(client, specialists):
    newer = factories.ReleaseFactory(version="30.2", source__reference_period="February 2026")
    rated(specialists, "Writing", "4.0", release=newer)
    rated(specialists, "Typing", "4.0", withdrawn_in=newer)
    shown = page(client, specialists)
    assert "All 1 skill" in shown
    assert "From O*NET 30.2, February 2026" in shown
    assert "Typing" not in shown


def test_a_withdrawn_occupation_keeps_the_ratings_withdrawn_with_it(specialists):
    specialists.withdrawn_in = factories.ReleaseFactory(version="30.2")
    specialists.save()
    rated(specialists, "Writing", "4.0", withdrawn_in=specialists.withdrawn_in)
    rated(specialists, "Typing", "4.0", withdrawn_in=factories.ReleaseFactory(version="30.1"))
    assert [skill.name for skill in skills_of(specialists).ranked] == ["Writing"]


def test_the_ratings_take_one_query_for_any_number_of_skills(specialists, django_assert_num_queries):
    rated(specialists, "Writing", "4.0", "3")
    rated(specialists, "Speaking", "4.5", "3")
    releases = Release.objects.in_bulk()
    with django_assert_num_queries(1):
        found = typical_skills(specialists, releases)
    assert [skill.name for skill in found.first] == ["Speaking", "Writing"]
    assert found.ranked[0].rating == Decimal("4.5")
