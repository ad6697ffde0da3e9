"""Entries of the directory in the search index: what they are found by, and that nothing said of them goes stale."""

import pytest

from careers.resources.models import Resource
from careers.resources.search_documents import KIND, documents
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def entry(own_index):
    """An entry, and another that nothing here speaks of."""
    factories.ResourceFactory(name="Bees")
    entry = factories.ResourceFactory(name="Casks", category__name="Barrels", language="en")
    assert len(own_index.pks(KIND)) == 2
    return entry


def updated(**values):
    return lambda entry: Resource.objects.filter(pk=entry.pk).update(**values)


SAID = {
    "name": updated(name="Falconry"),
    "provider": updated(provider="Falconry"),
    "summary": updated(summary="All of falconry."),
    "why": updated(why="For *falconry*."),
    "guide": lambda entry: entry.roles.add(factories.RoleFactory(title="Falconry")),
    "skill": lambda entry: entry.skills.add(factories.SkillFactory(name="Falconry")),
    "skill by another name": lambda entry: entry.skills.add(factories.SkillAliasFactory(name="Falconry").skill),
}


@pytest.mark.parametrize("part", SAID)
def test_an_entry_is_found_by_all_that_readers_see_of_it(own_index, entry, part):
    assert own_index.pks(KIND, "falconry") == []
    SAID[part](entry)
    assert own_index.pks(KIND, "falconry") == [entry.pk]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "podcast"}, "podcast"),
        ({"cost": "freemium"}, "partly free"),
        ({"level": "advanced"}, "advanced"),
        ({"language": "ar"}, "arabic"),
    ],
)
def test_an_entry_is_found_by_the_words_of_its_facts(own_index, entry, values, words):
    updated(**values)(entry)
    assert own_index.pks(KIND, words) == [entry.pk]


def test_changes_of_what_an_entry_speaks_of_reach_it(own_index, entry):
    guide, skill, parent = factories.RoleFactory(), factories.SkillFactory(), factories.CategoryFactory()
    entry.roles.add(guide)
    entry.skills.add(skill)
    entry.category.parent = parent
    entry.category.save()
    alias = factories.SkillAliasFactory(skill=skill)
    own_index.pks(KIND)
    guide.title, skill.name, parent.name, entry.category.name, alias.name = "Ava", "Bora", "Cora", "Dora", "Enya"
    for row in (guide, skill, parent, entry.category, alias):
        row.save()
    for word in ("ava", "bora", "cora", "dora", "enya"):
        assert own_index.pks(KIND, word) == [entry.pk], word
    assert own_index.pks(KIND, "barrels") == []
    entry.roles.clear()
    entry.skills.remove(skill)
    assert own_index.pks(KIND, "ava") == own_index.pks(KIND, "bora") == []


def test_an_unpublished_guide_is_not_named(own_index, entry):
    guide = factories.RoleFactory(title="Falconry")
    entry.roles.add(guide)
    assert own_index.pks(KIND, "falconry") == [entry.pk]
    guide.status = guide.Status.ARCHIVED
    guide.save()
    assert own_index.pks(KIND, "falconry") == []


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_an_entry_that_is_not_published_is_not_in_the_index(own_index, entry, state):
    updated(state=state)(entry)
    assert own_index.pks(KIND, "casks") == []


def test_documents_take_the_same_few_queries_however_many_there_are(django_assert_num_queries):
    for number in (1, 3):
        for _ in range(number):
            entry = factories.ResourceFactory()
            entry.roles.add(factories.RoleFactory())
            entry.skills.add(factories.SkillAliasFactory().skill)
        pks = list(Resource.objects.values_list("pk", flat=True))
        with django_assert_num_queries(4):
            assert len(documents(pks)) == len(pks)
