"""Rows of other models that documents speak of: which documents are written anew when such rows change."""

import pytest

from careers.search.documents import KINDS
from tests import factories


def posting_of_a_skill():
    posting, skill = factories.PostingFactory(), factories.SkillFactory()
    posting.skills.add(skill)
    return posting, skill


def guide_that_asks_for_a_skill():
    row = factories.RoleSkillFactory()
    return row.role, row.skill


def guide_in_an_industry():
    guide, industry = factories.RoleFactory(), factories.IndustryFactory()
    guide.industries.add(industry)
    return guide, industry


def entry_of(relation, row):
    entry = factories.ResourceFactory()
    getattr(entry, relation).add(row)
    return entry, row


def pair(row, name):
    return row, getattr(row, name)


# (kind of document, model): a row that has such a document, and what it speaks of
SPOKEN_OF = {
    ("postings.posting", "postings.employer"): lambda: pair(factories.PostingFactory(), "employer"),
    ("postings.posting", "roles.role"): lambda: pair(factories.PostingFactory(role=factories.RoleFactory()), "role"),
    ("postings.posting", "roles.skill"): posting_of_a_skill,
    ("roles.role", "roles.skill"): guide_that_asks_for_a_skill,
    ("roles.role", "roles.industry"): guide_in_an_industry,
    ("resources.resource", "resources.category"): lambda: pair(factories.ResourceFactory(), "category"),
    ("resources.resource", "roles.role"): lambda: entry_of("roles", factories.RoleFactory()),
    ("resources.resource", "roles.skill"): lambda: entry_of("skills", factories.SkillFactory()),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "model"), SPOKEN_OF)
def test_all_that_speak_of_one_of_the_changed_rows_are_written_anew_and_no_others(kind, model):
    pairs = [SPOKEN_OF[kind, model]() for _ in range(3)]
    pks, changed = [row.pk for row, _ in pairs], [other.pk for _, other in pairs]
    assert sorted(KINDS[kind].affected_pks(model, changed[:2])) == sorted(pks[:2])
    assert set(KINDS[kind].affected_pks(model, None)) >= set(pks)
    assert list(KINDS[kind].affected_pks("axes.accessattempt", changed)) == []
