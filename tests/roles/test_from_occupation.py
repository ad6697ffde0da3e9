"""A guide drafted from an occupation: what is taken over, what is left out, and where each part says it comes from."""

import csv

import pytest
from django.core.exceptions import ValidationError

from careers.occupations.models import Occupation
from careers.roles.from_occupation import draft_guide, shorten
from careers.roles.models import CareerStep, Item, Role, RoleSkill, Skill
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    return factories.ReleaseFactory(version="29.3", is_current=True)


@pytest.fixture
def occupation(release):
    return factories.OccupationFactory(
        code="15-2051.00", title="Data Scientists", description="Study data.", release=release
    )


@pytest.fixture
def editor():
    return factories.UserFactory()


def texts(role, kind):
    return [item.text for item in role.items.filter(kind=kind)]


class TestWhatIsTakenOver:
    def test_the_draft_has_the_title_in_the_singular_and_the_description_with_its_source(self, occupation, editor):
        role = draft_guide(occupation, by=editor).role
        section = role.sections.get()
        assert (role.title, role.status, role.slug, role.summary) == ("Data Scientist", "draft", "data-scientist", "")
        assert (section.kind, section.body, section.source) == (
            "overview", "Study data.", occupation.release.source,
        )  # fmt: skip

    def test_the_guide_is_linked_to_the_occupation_and_no_figure_is_copied(self, occupation, editor):
        factories.OfficialPayFactory(occupation=occupation)
        role = draft_guide(occupation, by=editor).role
        link = role.occupation_links.get()
        assert (link.occupation, link.relation) == (occupation, "exact")
        assert link.reason == "O*NET describes this work as “Data Scientists”."
        assert not role.pay_claims.exists()

    def test_core_tasks_come_first_and_remember_their_number(self, occupation, editor):
        for kind, task in (("", "Unrated"), ("supplemental", "Supplemental"), ("core", "Core"), ("core", "Core too")):
            factories.OccupationTaskFactory(occupation=occupation, kind=kind, text=task, task_id=task[:12])
        role = draft_guide(occupation, by=editor).role
        assert texts(role, "task") == ["Core", "Core too", "Supplemental", "Unrated"]
        first = role.items.first()
        assert (first.source, first.source_ref) == (occupation.release.source, "Core")

    def test_a_task_that_a_later_release_withdrew_is_not_taken_over(self, occupation, editor):
        factories.OccupationTaskFactory(occupation=occupation, withdrawn_in=factories.ReleaseFactory())
        assert not draft_guide(occupation, by=editor).role.items.exists()

    def test_everything_remembers_who_drafted_it_from_what(self, occupation, editor):
        factories.OccupationTaskFactory(occupation=occupation)
        factories.OccupationTechnologyFactory(occupation=occupation, is_hot=True)
        factories.RelatedOccupationFactory(occupation=occupation)
        factories.OccupationTitleFactory(occupation=occupation, kind="reported")
        role = draft_guide(occupation, by=editor).role
        parts = [
            role, role.sections.get(), role.items.get(), role.role_skills.get(), role.role_skills.get().skill,
            role.career_steps.get(), role.alternate_titles.get(), role.occupation_links.get(),
        ]  # fmt: skip
        for part in parts:
            version = part.history.get()
            assert (version.history_change_reason, version.history_user) == (
                "Drafted from 15-2051.00, O*NET 29.3", editor,
            )  # fmt: skip


class TestEducation:
    def shares(self, occupation, *shares, **fields):
        for category, percent in shares:
            factories.EducationShareFactory(occupation=occupation, category=category, percent=percent, **fields)

    def test_the_shares_become_one_sentence_with_the_largest_first(self, occupation, editor):
        self.shares(occupation, (5, "8.2"), (6, "64.4"), (8, "21"), (11, "3"), (2, None))
        role = draft_guide(occupation, by=editor).role
        assert texts(role, "qualification") == [
            "O*NET asked which education the job requires: 64% of those asked name a bachelor's degree, 21% a master's "
            "degree and 8% an associate's degree."
        ]
        assert role.items.get().source == occupation.release.source

    def test_a_share_that_o_net_advises_against_is_not_quoted_but_said_to_be_left_out(self, occupation, editor):
        self.shares(occupation, (6, "70"))
        self.shares(occupation, (8, "25"), is_suppressed=True)
        (text,) = texts(draft_guide(occupation, by=editor).role, "qualification")
        assert "25%" not in text
        assert text.endswith("The share of some other levels is too uncertain to be quoted.")

    def test_nothing_is_said_where_most_is_too_uncertain(self, occupation, editor):
        self.shares(occupation, (3, "22"), (5, "19"))
        self.shares(occupation, (6, "55"), is_suppressed=True)
        assert texts(draft_guide(occupation, by=editor).role, "qualification") == []

    def test_no_data_is_no_sentence(self, occupation, editor):
        assert texts(draft_guide(occupation, by=editor).role, "qualification") == []


class TestTools:
    def test_in_demand_is_preferred_and_hot_is_useful_and_the_rest_is_counted(self, occupation, editor):
        for name, flags in {
            "Rest": {}, "Hot": {"is_hot": True}, "Demanded": {"is_in_demand": True},
            "Both": {"is_hot": True, "is_in_demand": True},
        }.items():  # fmt: skip
            factories.OccupationTechnologyFactory(occupation=occupation, name=name, **flags)
        draft = draft_guide(occupation, by=editor)
        tools = [(entry.skill.name, entry.skill.kind, entry.necessity) for entry in draft.role.role_skills.all()]
        assert tools == [("Both", "tool", "preferred"), ("Demanded", "tool", "preferred"), ("Hot", "tool", "useful")]
        assert {entry.source for entry in draft.role.role_skills.all()} == {occupation.release.source}
        assert "1 technology skipped: neither in demand nor hot, or too long a name." in draft.notes

    def test_a_skill_is_found_by_its_name_or_another_name_whatever_the_case(self, occupation, editor):
        java = factories.SkillFactory(name="Java", kind="language")
        factories.SkillAliasFactory(skill=java, name="oracle java")
        python = factories.SkillFactory(name="PYTHON", kind="language")
        for name in ("Oracle Java", "Python", "java"):
            factories.OccupationTechnologyFactory(occupation=occupation, name=name, is_hot=True)
        role = draft_guide(occupation, by=editor).role
        assert {entry.skill for entry in role.role_skills.all()} == {java, python}
        assert Skill.objects.count() == 2

    def test_a_technology_of_two_classes_is_one_tool(self, occupation, editor):
        for code in ("43232408", "43232304"):
            factories.OccupationTechnologyFactory(
                occupation=occupation, name="Python", commodity_code=code, is_hot=True
            )
        assert draft_guide(occupation, by=editor).role.role_skills.count() == 1

    def test_a_name_too_long_for_a_skill_is_left_out(self, occupation, editor):
        factories.OccupationTechnologyFactory(occupation=occupation, name="Program " * 14, is_hot=True)
        assert not draft_guide(occupation, by=editor).role.role_skills.exists()


class TestNextDoor:
    def test_the_ten_nearest_become_steps_beside(self, occupation, editor):
        for rank in range(12, 0, -1):
            factories.RelatedOccupationFactory(
                occupation=occupation, rank=rank, to_occupation__title=f"Number {rank} Workers"
            )
        steps = draft_guide(occupation, by=editor).role.career_steps.all()
        assert [step.to_title for step in steps] == [f"Number {rank} Worker" for rank in range(1, 11)]
        assert {(step.kind, step.source) for step in steps} == {("beside", occupation.release.source)}

    def test_a_step_leads_to_the_guide_of_the_occupation_a_published_one_first(self, occupation, editor):
        related = factories.RelatedOccupationFactory(occupation=occupation).to_occupation
        links = [
            factories.OccupationLinkFactory(role=factories.RoleFactory(**traits), occupation=related, weight=weight)
            for traits, weight in [({"draft": True}, "1"), ({}, "0.5"), ({"archived": True}, "1")]
        ]
        step = draft_guide(occupation, by=editor).role.career_steps.get()
        assert (step.to_role, step.to_title) == (links[1].role, "")

    def test_two_related_occupations_of_one_guide_are_one_step(self, occupation, editor):
        guide = factories.RoleFactory()
        for _ in range(2):
            related = factories.RelatedOccupationFactory(occupation=occupation).to_occupation
            factories.OccupationLinkFactory(role=guide, occupation=related)
        assert draft_guide(occupation, by=editor).role.career_steps.count() == 1


class TestOtherTitles:
    def test_titles_people_report_are_taken_over_those_shown_first_before_the_others(self, occupation, editor):
        for number in range(16):
            factories.OccupationTitleFactory(occupation=occupation, kind="reported", title=f"Reported {number:02}")
        factories.OccupationTitleFactory(occupation=occupation, kind="reported", title="Shown", is_shown_first=True)
        factories.OccupationTitleFactory(occupation=occupation, kind="alternate", title="Alternate")
        titles = {str(title) for title in draft_guide(occupation, by=editor).role.alternate_titles.all()}
        assert len(titles) == 15
        assert "Shown" in titles
        assert not titles & {"Alternate", "Reported 15", "Reported 14"}

    def test_its_own_title_and_one_too_long_are_none(self, occupation, editor):
        for title in ("data scientist", "Data Scientists", "Title " * 30):
            factories.OccupationTitleFactory(occupation=occupation, kind="reported", title=title)
        assert not draft_guide(occupation, by=editor).role.alternate_titles.exists()


class TestRefusals:
    def test_a_guide_of_that_title_is_left_alone(self, occupation, editor):
        factories.RoleFactory(title="DATA scientist")
        with pytest.raises(ValidationError, match=r"There is a guide of this title already: DATA scientist\."):
            draft_guide(occupation, by=editor)
        assert Role.objects.count() == 1

    def test_a_soc_occupation_has_no_tasks_to_draft_from(self, editor):
        with pytest.raises(ValidationError, match="guides are drafted from O\\*NET's occupations"):
            draft_guide(factories.OccupationFactory(soc=True), by=editor)

    def test_a_withdrawn_occupation_is_none_any_more(self, release, editor):
        gone = factories.OccupationFactory(withdrawn_in=release)
        with pytest.raises(ValidationError, match=r"was withdrawn in O\*NET 29\.3"):
            draft_guide(gone, by=editor)

    def test_a_fault_half_way_leaves_nothing(self, occupation, editor, monkeypatch):
        def fails(making):
            raise ValidationError("Broken.")

        monkeypatch.setattr("careers.roles.from_occupation.add_tools", fails)
        with pytest.raises(ValidationError, match="Broken"):
            draft_guide(occupation, by=editor)
        assert not Role.objects.exists()


def test_a_title_longer_than_a_guides_is_cut_at_a_word(editor):
    occupation = factories.OccupationFactory(title="Repairers of " + "very long machines, " * 8)
    role = draft_guide(occupation, by=editor).role
    assert len(role.title) <= 120
    assert occupation.title.startswith(f"{role.title} ")
    assert shorten("x" * 130, 120) == "x" * 120


def test_titles_of_any_script_are_drafted(editor):
    titles = ("数据科学家", "Café-Manager (Ü 50)", "عامل", "C++ / C# Programmers")
    for title in titles:
        factories.OccupationTechnologyFactory(
            occupation=factories.OccupationFactory(title=title), name=title, is_hot=True
        )
    for occupation in Occupation.objects.all():
        assert draft_guide(occupation, by=editor).role.slug


# -- Over the real files


def rows_of(folder, name):
    with (folder / "onet-29.3" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


@pytest.fixture
def every_twentieth(shared_data, release):
    """Fifty occupations of the real files with their tasks, technologies and reported titles."""
    rows = list(rows_of(shared_data, "Occupation Data.txt"))[::20]
    occupations = {
        row["O*NET-SOC Code"]: factories.OccupationFactory(
            code=row["O*NET-SOC Code"], title=row["Title"], description=row["Description"], release=release
        )
        for row in rows
    }
    parts = {
        "Task Statements.txt": lambda occupation, row: factories.OccupationTaskFactory.build(
            occupation=occupation, release=release, task_id=row["Task ID"], text=row["Task"], kind=row["Task Type"].lower()
        ),
        "Technology Skills.txt": lambda occupation, row: factories.OccupationTechnologyFactory.build(
            occupation=occupation,
            release=release,
            name=row["Example"],
            commodity_code=row["Commodity Code"],
            is_hot=row["Hot Technology"] == "Y",
            is_in_demand=row["In Demand"] == "Y",
        ),
        "Sample of Reported Titles.txt": lambda occupation, row: factories.OccupationTitleFactory.build(
            occupation=occupation, release=release, kind="reported", title=row["Reported Job Title"]
        ),
    }  # fmt: skip
    for name, part in parts.items():
        made = [
            part(occupations[row["O*NET-SOC Code"]], row)
            for row in rows_of(shared_data, name)
            if row["O*NET-SOC Code"] in occupations
        ]
        type(made[0]).objects.bulk_create(made, batch_size=500)
    return occupations.values()


def test_several_dozen_real_occupations_become_guides(every_twentieth, editor):
    for occupation in every_twentieth:
        role = draft_guide(occupation, by=editor).role
        assert role.items.filter(kind=Item.Kind.TASK).count() == occupation.tasks.count()
        assert {item.source for item in role.items.select_related("source")} <= {occupation.release.source}
    assert Role.objects.count() == len(every_twentieth) > 40
    assert RoleSkill.objects.filter(source=None).count() == CareerStep.objects.filter(source=None).count() == 0
    assert Skill.objects.count() < RoleSkill.objects.count()
