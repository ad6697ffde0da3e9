"""What could I do with my skills: the ranking, and the page around it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.roles.models import RoleSkill
from portal.skill_match.needs import MAX_SKILLS, ListedSkill, Need
from portal.skill_match.ranking import rank_guides
from tests import factories
from tests.cases import each
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NECESSITIES = st.sampled_from(RoleSkill.Necessity.values)
SLUGS = st.sampled_from("abcdefgh")


def needs_of(guides):
    return [
        Need(number, f"Guide {number}", ListedSkill(ord(slug), slug, slug, "tool"), necessity)
        for number, skills in enumerate(guides)
        for slug, necessity in skills.items()
    ]


GUIDES = st.lists(st.dictionaries(SLUGS, NECESSITIES, min_size=1), min_size=1, max_size=6).map(needs_of)


@given(GUIDES, st.sets(SLUGS), SLUGS)
def test_one_more_skill_never_makes_a_guide_fit_less(needs, slugs, one_more):
    before = {match.role_id: match.share for match in rank_guides(needs, slugs)}
    after = {match.role_id: match.share for match in rank_guides(needs, slugs | {one_more})}
    assert all(after[role] >= share for role, share in before.items())


@given(GUIDES, st.sets(SLUGS))
def test_guides_stand_by_their_share_and_each_skill_is_had_or_missing(needs, slugs):
    ranked = rank_guides(needs, slugs)
    assert [match.share for match in ranked] == sorted((match.share for match in ranked), reverse=True)
    assert {match.role_id for match in ranked} == {need.role_id for need in needs if need.skill.slug in slugs}
    for match in ranked:
        assert {need.skill.slug for need in match.had} <= slugs
        assert slugs.isdisjoint(need.skill.slug for need in match.missing)
        assert match.count == sum(need.role_id == match.role_id for need in needs)
        assert (match.share == 1) is (not match.missing)


@each(
    ("first", "second"),
    [
        ({"a": "required", "x": "useful"}, {"a": "required", "x": "preferred"}),
        ({"a": "required", "x": "preferred"}, {"a": "required", "x": "required"}),
        ({"a": "required", "x": "required"}, {"a": "preferred", "x": "required"}),
        ({"a": "preferred", "x": "required"}, {"a": "useful", "x": "required"}),
        ({"a": "required", "b": "required", "x": "useful", "y": "useful"}, {"a": "required", "x": "useful"}),
    ],
)
def test_what_is_needed_more_counts_more_and_of_equal_shares_more_skills_come_first(first, second):
    matches = rank_guides(needs_of([second, first]), {"a", "b"})
    assert [match.role_id for match in matches] == [1, 0]
    assert len(matches) == 2


# -- The page


@pytest.fixture
def skills():
    return {
        name: factories.SkillFactory(name=name, kind=kind)
        for name, kind in (("Python", "language"), ("SQL", "language"), ("Drawing", "human"), ("Git", "tool"))
    }


@pytest.fixture
def guides(skills):
    """Analyst: SQL and Python; Tester: Python, Git and Drawing."""
    analyst, tester = factories.RoleFactory(title="Analyst"), factories.RoleFactory(title="Tester")
    for role, names in ((analyst, ("SQL", "Python")), (tester, ("Python", "Git", "Drawing"))):
        for name in names:
            factories.RoleSkillFactory(role=role, skill=skills[name])
    factories.RoleSkillFactory(role=factories.RoleFactory(draft=True), skill=factories.SkillFactory(name="Secrets"))
    return analyst, tester


def titles(response):
    return [result.role.title for result in response.context["results"]]


def test_guides_stand_in_order_with_what_you_have_and_what_is_missing(client, guides):
    response = client.get("/roles/skills/?skill=python&skill=sql")
    assert titles(response) == ["Analyst", "Tester"]
    shown = text_of(response)
    assert "You have 2 of 2 skills (100%) : SQL , Python" in shown
    assert "You have every skill that this guide lists." in shown
    assert "You have 1 of 3 skills (33%) : Python" in shown
    assert "2 skills to learn Git required Drawing required" in shown
    assert "A required skill counts 4 points, a preferred skill 2 and a useful skill 1." in shown


def test_missing_skills_name_published_resources_that_teach_them_free_ones_first(client, guides, skills):
    for name, fields in {
        "Ztudy": {"cost": "free"}, "Academy": {"cost": "paid"}, "Course": {"cost": "paid"}, "Draft": {"state": "draft"},
        "Broken": {"cost": "free", "link_broken_since": "2026-01-01"},
    }.items():  # fmt: skip
        factories.ResourceFactory(name=name, **fields).skills.add(skills["Git"])
    response = client.get("/roles/skills/?skill=python")
    learning = re.search(r"Git</bdi> <span.*?</li>", response.text, re.DOTALL)[0]
    assert re.findall(r"<bdi>(\w+)</bdi></a> \((\w+)\)", learning) == [("Ztudy", "free"), ("Academy", "paid")]
    assert "/resources/?skill=git" in learning
    assert "all 3" in text_of(response)


def test_occupations_stand_by_the_technologies_that_your_skills_name(client, guides, skills):
    factories.SkillAliasFactory(skill=skills["SQL"], name="Structured query language SQL")
    factories.ResourceFactory().skills.add(skills["Git"])
    both, one, demanded = (factories.OccupationFactory(title=title) for title in ("Both", "One", "Demanded"))
    gone = factories.OccupationFactory(title="Gone", withdrawn_in=factories.ReleaseFactory())
    for occupation, name, in_demand in (
        (both, "PYTHON", False), (both, "Structured query language SQL", False), (one, "Python", False),
        (demanded, "Python", True), (demanded, "Tableau", True), (demanded, "Git", True), (demanded, "Excel", False),
        (gone, "Python", True),
    ):  # fmt: skip
        factories.OccupationTechnologyFactory(occupation=occupation, name=name, is_in_demand=in_demand)
    response = client.get("/roles/skills/?skill=python&skill=sql")
    matches = [result.match for result in response.context["occupations"]]
    assert [(match.occupation.title, match.had, [known.name for known in match.missing]) for match in matches] == [
        ("Both", ["Python", "SQL"], []),
        ("Demanded", ["Python"], ["Git", "Tableau"]),
        ("One", ["Python"], []),
    ]
    assert 'Also in demand: <a href="/resources/?skill=git">Git' in response.text
    assert "You have Python, SQL." in text_of(response)


def test_skills_are_offered_by_need_and_by_kind_and_only_those_of_published_guides(client, guides, monkeypatch):
    monkeypatch.setattr("portal.skill_match.needs.OFTEN_NEEDED", 1)
    form = client.get("/roles/skills/").context["form"]
    assert [skill.name for skill in form.often_needed] == ["Python"]
    assert [(group.name, [skill.name for skill in group.skills]) for group in form.groups] == [
        ("Programming languages", ["SQL"]),
        ("Tools", ["Git"]),
        ("Working with people", ["Drawing"]),
    ]


@each(("words", "names"), [("py", ["Python"]), ("structured sql", ["SQL"]), ("zzz", []), ("thon", [])])
def test_skills_are_found_by_the_beginnings_of_their_names(client, guides, skills, words, names):
    factories.SkillAliasFactory(skill=skills["SQL"], name="Structured query language SQL")
    response = client.get("/roles/skills/", {"q": words, "skill": "git"})
    form = response.context["form"]
    assert [skill.name for group in form.groups for skill in group.skills] == names
    assert [skill.name for skill in form.chosen] == ["Git"]
    assert ("No other skill in our guides is called" in text_of(response)) is (not names)


@each(
    ("query", "sentence"),
    [
        ("skill=python&skill=magic&skill=charm", "We ignored 2 skills that no guide lists."),
        ("skill=magic", "We ignored 1 skill that no guide lists. Choose your skills from the list below."),
        ("skill=secrets", "We ignored 1 skill that no guide lists."),
        ("skill=drawing", "None of your skills is a technology in O*NET"),
    ],
)
def test_unknown_and_unused_skills_are_answered_in_a_sentence(client, guides, query, sentence):
    assert sentence in text_of(client.get(f"/roles/skills/?{query}"))


def test_the_number_of_skills_is_bounded(client):
    role = factories.RoleFactory()
    many = [factories.RoleSkillFactory(role=role).skill.slug for _ in range(MAX_SKILLS + 2)]
    response = client.get("/roles/skills/", {"skill": many})
    assert len(response.context["form"].chosen) == MAX_SKILLS
    assert f"You can choose up to {MAX_SKILLS} skills. We used the first {MAX_SKILLS}." in text_of(response)
    assert "You can choose up to" not in text_of(client.get("/roles/skills/", {"skill": many[:MAX_SKILLS]}))


def test_without_guides_the_page_says_when_skills_appear(client):
    assert "No skills yet" in text_of(client.get("/roles/skills/?skill=python"))


def test_the_page_asks_the_same_few_questions_whatever_it_finds(client, guides, skills, django_assert_num_queries):
    query = {"skill": ["python", "sql", "git"]}
    factories.OccupationTechnologyFactory(name="Python")
    for role in guides:
        factories.OccupationLinkFactory(role=role)
    with django_assert_num_queries(11):
        client.get("/roles/skills/", query)
    for _ in range(6):
        role = factories.OccupationLinkFactory().role
        factories.RoleSkillFactory(role=role, skill=skills["Python"])
        factories.ResourceFactory().skills.add(factories.RoleSkillFactory(role=role).skill)
        factories.OccupationTechnologyFactory(name="Python", is_in_demand=True)
    with django_assert_num_queries(11):
        client.get("/roles/skills/", query)
