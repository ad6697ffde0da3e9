"""Guides, skills and occupations in the search index: what they are found by, and that nothing said of them goes stale."""

import pytest
from django.db import connection

from careers.occupations.models import Occupation
from careers.occupations.search_documents import OCCUPATION, occupation_documents
from careers.roles.models import Item, Role, RoleSkill, Section, Skill
from careers.roles.search_documents import (
    GUIDE,
    SKILL,
    guide_documents,
    skill_documents,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def guide(own_index):
    """A guide, and another that nothing here speaks of."""
    factories.RoleFactory(title="Beekeeper", summary="Keeps bees.")
    guide = factories.RoleFactory(title="Cooper", summary="Makes casks.")
    assert len(own_index.pks(GUIDE)) == 2
    return guide


PARTS = {
    "title": lambda guide: Role.objects.filter(pk=guide.pk).update(title="Falconry"),
    "summary": lambda guide: Role.objects.filter(pk=guide.pk).update(summary="All about falconry."),
    "alternate title": lambda guide: factories.AlternateTitleFactory(role=guide, title="Falconry"),
    "heading": lambda guide: factories.SectionFactory(role=guide, heading="Falconry"),
    "section": lambda guide: factories.SectionFactory(role=guide, body="More than *falconry*."),
    "point": lambda guide: factories.ItemFactory(role=guide, lead="Falconry"),
    "text of a point": lambda guide: factories.ItemFactory(role=guide, text="Not for falconry."),
    "skill": lambda guide: factories.RoleSkillFactory(role=guide, skill__name="Falconry"),
    "skill by another name": lambda guide: factories.RoleSkillFactory(
        role=guide, skill=factories.SkillAliasFactory(name="Falconry").skill
    ),
    "industry": lambda guide: guide.industries.add(factories.IndustryFactory(name="Falconry")),
    "article": lambda guide: factories.ArticleFactory(role=guide, title="Falconry"),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_guide_is_found_by_all_that_readers_see_of_it(own_index, guide, part):
    assert own_index.pks(GUIDE, "falconry") == []
    PARTS[part](guide)
    assert own_index.pks(GUIDE, "falconry") == [guide.pk]


def with_industry(guide):
    industry = factories.IndustryFactory(name="Wicker")
    guide.industries.add(industry)
    return industry


RENAMED = {
    "alternate title": lambda guide: factories.AlternateTitleFactory(role=guide, title="Wicker"),
    "section": lambda guide: factories.SectionFactory(role=guide, body="Wicker"),
    "point": lambda guide: factories.ItemFactory(role=guide, lead="Wicker"),
    "skill": lambda guide: factories.RoleSkillFactory(role=guide, skill__name="Wicker").skill,
    "alias": lambda guide: factories.SkillAliasFactory(
        skill=factories.RoleSkillFactory(role=guide).skill, name="Wicker"
    ),
    "industry": with_industry,
    "article": lambda guide: factories.ArticleFactory(role=guide, title="Wicker"),
}


@pytest.mark.parametrize("row", RENAMED)
def test_a_change_of_what_a_guide_speaks_of_reaches_it(own_index, guide, row):
    spoken_of = RENAMED[row](guide)
    assert own_index.pks(GUIDE, "wicker") == [guide.pk]
    field = next(name for name in ("title", "body", "lead", "name") if getattr(spoken_of, name, "") == "Wicker")
    setattr(spoken_of, field, "Falconry")
    spoken_of.save()
    assert own_index.pks(GUIDE, "wicker") == []
    assert own_index.pks(GUIDE, "falconry") == [guide.pk]


@pytest.mark.parametrize("part", ["alternate title", "section", "point", "article"])
def test_a_part_taken_away_is_no_longer_found(own_index, guide, part):
    row = RENAMED[part](guide)
    assert own_index.pks(GUIDE, "wicker") == [guide.pk]
    row.delete()
    assert own_index.pks(GUIDE, "wicker") == []


def test_a_statement_on_all_skills_reaches_the_guides(own_index, guide):
    RoleSkill.objects.create(role=guide, skill=factories.SkillFactory(name="Wicker"))
    own_index.pks(GUIDE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE roles_skill SET name = 'Falconry'")
    assert own_index.pks(GUIDE, "falconry") == [guide.pk]


@pytest.mark.parametrize("status", [status for status in Role.Status if status != Role.Status.PUBLISHED])
def test_a_guide_that_is_not_published_is_not_in_the_index(own_index, guide, status):
    guide.status = status
    guide.save()
    assert own_index.pks(GUIDE, "cooper") == []


def test_what_readers_do_not_see_of_a_guide_is_not_searched(own_index, guide):
    factories.SectionFactory(role=guide, kind=Section.Kind.UNPLACED, body="Falconry")
    factories.ArticleFactory(role=guide, title="Falconry", body="")
    factories.SectionFactory(role=guide, body="[here](https://example.org/falconry)")
    assert own_index.pks(GUIDE, "falconry") == []


def test_a_title_of_a_guide_weighs_more_than_a_mention(own_index):
    mentions = factories.RoleFactory(title="Analyst", summary="Works with every cooper.")
    called = factories.RoleFactory(title="Cask maker")
    factories.AlternateTitleFactory(role=called, title="Cooper")
    titled = factories.RoleFactory(title="Cooper")
    assert own_index.pks(GUIDE, "cooper") == [titled.pk, called.pk, mentions.pk]


def test_a_skill_follows_its_other_names(own_index):
    skill = factories.SkillFactory(name="Java")
    assert own_index.pks(SKILL, "java") == [skill.pk]
    skill.name = "Kotlin"
    skill.save()
    assert own_index.pks(SKILL, "kotlin") == [skill.pk]
    Skill.objects.all().delete()
    assert own_index.pks(SKILL) == []


def test_an_occupation_is_found_by_its_titles_its_code_and_its_description(own_index):
    occupation = factories.OccupationFactory(title="Coopers", code="51-7011.00", description="Build casks.")
    factories.OccupationTitleFactory(occupation=occupation, title="Cask Fitter", short_title="CF")
    factories.OccupationFactory()
    for words in ("coopers", '"51-7011.00"', "51-7011", "cask fitter", "cf", "build"):
        assert own_index.pks(OCCUPATION, words) == [occupation.pk], words


def test_changes_of_an_occupation_and_of_its_titles_reach_it(own_index):
    title = factories.OccupationTitleFactory(title="Wicker", occupation__title="Wicker")
    assert own_index.pks(OCCUPATION, "wicker") == [title.occupation_id]
    title.title = "Falconry"
    title.save()
    Occupation.objects.update(title="Hawking")
    assert own_index.pks(OCCUPATION, "wicker") == []
    assert own_index.pks(OCCUPATION, "falconry hawking") == [title.occupation_id]
    title.withdrawn_in = factories.ReleaseFactory()
    title.save()
    assert own_index.pks(OCCUPATION, "falconry") == []


def test_withdrawn_occupations_and_categories_of_soc_are_not_in_the_index(own_index):
    factories.OccupationFactory(title="Cooper", withdrawn_in=factories.ReleaseFactory())
    factories.OccupationFactory(title="Cooper", soc=True)
    assert own_index.pks(OCCUPATION, "cooper") == []


def test_documents_take_the_same_few_queries_however_many_there_are(django_assert_num_queries):
    def rows(number):
        for _ in range(number):
            guide = factories.RoleSkillFactory().role
            factories.SkillAliasFactory(skill=guide.skills.get())
            factories.AlternateTitleFactory(role=guide)
            factories.SectionFactory(role=guide)
            factories.ItemFactory(role=guide, kind=Item.Kind.TIP)
            factories.ArticleFactory(role=guide)
            guide.industries.add(factories.IndustryFactory())
            factories.OccupationTitleFactory()

    for number in (1, 3):
        rows(number)
        pks = [list(model.objects.values_list("pk", flat=True)) for model in (Role, Skill, Occupation)]
        with django_assert_num_queries(8 + 2 + 2):
            made = [guide_documents(pks[0]), skill_documents(pks[1]), occupation_documents(pks[2])]
    assert [len(documents) for documents in made] == [4, 4, 4]
