"""Suggestions of occupations for a guide: each says why, the likeliest first, never one that is linked."""

import pytest

from careers.roles.occupation_suggestions import suggested_occupations
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def role():
    return factories.RoleFactory(title="Machine Learning Engineer")


def told(role):
    return [(found.occupation.title, found.reason, found.relation) for found in suggested_occupations(role)]


def listing(title, *others, **fields):
    """An occupation under which O*NET lists the titles."""
    occupation = factories.OccupationFactory(title=title, **fields)
    for other in others:
        factories.OccupationTitleFactory(occupation=occupation, title=other)
    return occupation


def test_an_occupation_that_has_the_title_in_the_plural_is_the_same(role):
    listing("Machine learning engineers")
    assert told(role) == [
        ("Machine learning engineers", "O*NET describes it as “Machine learning engineers”.", "exact")
    ]


def test_an_occupation_under_which_the_title_is_listed_is_close_whatever_its_case(role):
    listing("Data Scientists", "MACHINE-LEARNING ENGINEER")
    assert told(role) == [("Data Scientists", "O*NET lists the title “Machine Learning Engineer” under it.", "close")]


def test_an_occupation_named_like_another_title_of_the_guide_is_close_only(role):
    factories.AlternateTitleFactory(role=role, title="Data Scientist")
    listing("Data Scientists")
    assert told(role) == [("Data Scientists", "O*NET describes it as “Data Scientists”.", "close")]


def test_the_guides_own_title_counts_more_than_many_others(role):
    for title in ("ML Engineer", "AI Engineer"):
        factories.AlternateTitleFactory(role=role, title=title)
    listing("Listed for two others", "ML Engineer", "AI Engineer")
    listing("Listed for its own", "Machine Learning Engineer")
    listing("Listed for one other", "AI Engineer")
    assert [title for title, _, _ in told(role)] == [
        "Listed for its own", "Listed for two others", "Listed for one other",
    ]  # fmt: skip


def test_what_figures_were_measured_for_is_suggested_as_standing_in(role):
    occupation = factories.OccupationFactory(title="Analysts")
    factories.PayClaimFactory(role=role, measured_for=occupation)
    assert told(role) == [("Analysts", "A figure of this guide was measured for it.", "proxy")]
    factories.OutlookClaimFactory(role=role, measured_for=occupation)
    assert told(role) == [("Analysts", "2 figures of this guide were measured for it.", "proxy")]


def test_figures_of_a_linked_soc_code_suggest_nothing(role):
    linked = factories.OccupationFactory(code="15-2051.00")
    factories.OccupationLinkFactory(role=role, occupation=linked)
    factories.PayClaimFactory(role=role, measured_for=factories.OccupationFactory(soc=True, code="15-2051"))
    assert told(role) == []


def test_the_occupation_of_a_guide_beside_is_suggested_last(role):
    beside = factories.RoleFactory(title="Data Scientist")
    occupation = factories.OccupationLinkFactory(role=beside).occupation
    factories.CareerStepFactory(role=role, kind="beside", to_role=beside, to_title="")
    factories.CareerStepFactory(role=role, kind="after", to_role=factories.OccupationLinkFactory().role, to_title="")
    listing("Data Engineers", "Machine Learning Engineer")
    assert told(role)[1:] == [
        (occupation.title, "The guide “Data Scientist” beside this one is linked to it.", "close")
    ]


def test_a_linked_occupation_is_not_suggested(role):
    factories.OccupationLinkFactory(role=role, occupation=listing("Machine Learning Engineers"))
    assert told(role) == []


def test_what_a_later_release_withdrew_is_not_suggested(role):
    later = factories.ReleaseFactory()
    listing("Machine Learning Engineers", withdrawn_in=later)
    gone = factories.OccupationFactory()
    factories.OccupationTitleFactory(occupation=gone, title=role.title, withdrawn_in=later)
    assert told(role) == []


def test_each_occupation_is_suggested_once_for_its_best_reason(role):
    occupation = listing("Machine Learning Engineers", "Machine Learning Engineer")
    factories.PayClaimFactory(role=role, measured_for=occupation)
    assert [reason for _, reason, _ in told(role)] == ["O*NET describes it as “Machine Learning Engineers”."]


def test_a_title_of_signs_alone_finds_nothing():
    listing("Signs", "日本語")
    assert told(factories.RoleFactory(title="C")) == []


def test_the_questions_asked_do_not_grow_with_the_occupations(role, django_assert_num_queries):
    for number in range(30):
        listing(f"Occupation number {number}", role.title)
    with django_assert_num_queries(7):
        assert len(suggested_occupations(role)) == 30
