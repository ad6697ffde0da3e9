"""A posting template drafted from a guide: its own words from the guide's rows, blanks for what the guide does not say."""

import pytest

from careers.postings.placeholders import template_texts, unpaired_braces
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.from_role import draft_template
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.UserFactory()


@pytest.fixture
def role():
    return factories.RoleFactory(title="Baker", summary="Bakes bread.")


@pytest.fixture
def template_of(editor):
    return lambda role: draft_template(role, by=editor).template


class TestDescription:
    def test_it_holds_the_opening_the_summary_and_the_first_paragraph_of_the_overview(self, role, template_of):
        factories.SectionFactory(role=role, body="## Bread\n\n- a list\n\nA baker gets up early.\n\nAnd more.")
        assert template_of(role).description == (
            "{employer} has an opening in the {team} team in {place}: {title}.\n\nBakes bread.\n\nA baker gets up early."
        )

    def test_an_overview_in_the_words_of_a_source_is_not_taken_over(self, role, template_of):
        factories.SectionFactory(role=role, body="Words of others.", source=factories.SourceFactory())
        assert "Words of others" not in template_of(role).description

    def test_where_the_guide_says_nothing_a_blank_asks(self, editor):
        draft = draft_template(factories.RoleFactory(summary=""), by=editor)
        assert draft.template.description.endswith("{what the work is about}")
        assert "The guide has no summary and no overview of our own: say what the work is about." in draft.notes


class TestPoints:
    def test_responsibilities_become_bullets_of_lead_and_text(self, role, template_of):
        factories.ItemFactory(role=role, lead="Knead", text="By **hand**.")
        factories.ItemFactory(role=role, lead="Bake.", text="")
        factories.ItemFactory(role=role, lead="", text="Sell.")
        assert template_of(role).responsibilities == "- Knead: By hand.\n- Bake.\n- Sell."

    def test_without_responsibilities_the_tasks_stand_in_with_their_source(self, role, editor):
        source = factories.SourceFactory(publisher="O*NET", title="Tasks", release="29.3", licence="CC BY 4.0")
        for number in range(12):
            factories.ItemFactory(role=role, kind="task", lead="", text=f"Task {number:02}.", source=source)
        draft = draft_template(role, by=editor)
        lines = draft.template.responsibilities.splitlines()
        assert lines[:2] == ["- Task 00.", "- Task 01."]
        assert lines[-3:] == ["- Task 09.", "", "Tasks from O*NET, Tasks, 29.3, CC BY 4.0."]
        assert (
            "The guide lists no responsibilities, so we used its typical tasks. Put them in your own words."
            in draft.notes
        )

    def test_our_own_qualifications_and_required_skills_are_required(self, role, template_of):
        factories.ItemFactory(role=role, kind="qualification", lead="Apprenticeship", text="")
        factories.ItemFactory(role=role, kind="qualification", lead="Diploma (preferred)", text="")
        factories.ItemFactory(
            role=role, kind="qualification", lead="Education", text="40% say so.", source=factories.SourceFactory()
        )
        for name, kind, necessity in [
            ("Oven", "tool", "required"), ("Mixer", "tool", "required"), ("Patience", "human", "required"),
            ("French", "knowledge", "preferred"), ("Till", "tool", "useful"),
        ]:  # fmt: skip
            factories.RoleSkillFactory(role=role, skill__name=name, skill__kind=kind, necessity=necessity)
        template = template_of(role)
        assert template.requirements.splitlines() == [
            "- Apprenticeship",
            "- Tools: Oven, Mixer",
            "- Working with people: Patience",
            "- {experience} of experience in such work.",
        ]
        assert template.preferred.splitlines() == ["- Diploma (preferred)", "- Knowledge: French"]
        assert {skill.name for skill in template.skills.all()} == {"Oven", "Mixer", "Patience"}

    def test_an_empty_guide_asks_for_everything(self, template_of):
        template = template_of(factories.RoleFactory(summary=""))
        assert template.responsibilities == "- {the main responsibilities}"
        assert template.requirements.startswith("- {the education you ask for}")
        assert template.preferred == ""
        assert "{pay}" in template.benefits

    def test_braces_in_a_guide_make_no_blanks(self, editor):
        role = factories.RoleFactory(title="C {sharp", summary="Uses {curly} braces.")
        factories.ItemFactory(role=role, lead="Write {", text="")
        template = draft_template(role, by=editor).template
        assert template.title == "C (sharp"
        assert "Uses (curly) braces." in template.description
        assert template.responsibilities == "- Write ("
        assert [piece for text in template_texts(template) for piece in unpaired_braces(text)] == []


class TestTemplate:
    def test_it_is_a_house_template_with_its_first_version_and_who_drafted_it(self, role, template_of, editor):
        template = template_of(role)
        assert (template.role, template.employer, template.name, template.title) == (role, None, "Baker", "Baker")
        assert (template.version, template.versions.get().made_by) == (1, editor)
        newest = template.history.first()
        assert (newest.history_change_reason, newest.history_user) == ("Drafted from the guide “Baker”", editor)

    def test_the_next_one_has_a_name_of_its_own(self, role, template_of):
        names = [template_of(role).name for _ in range(3)]
        assert names == ["Baker", "Baker 2", "Baker 3"]

    def test_a_name_as_long_as_may_be_still_gets_its_number(self, template_of):
        role = factories.RoleFactory(title="x" * 120)
        names = [template_of(role).name for _ in range(2)]
        assert names == ["x" * 120, "x" * 115 + " 2"]

    def test_a_posting_is_built_from_it(self, role, template_of, editor):
        posting = build_posting(
            template=template_of(role),
            employer=factories.EmployerFactory(name="Crumb"),
            places=[{"country": "DE", "city": "Berlin"}],
            placeholder_values={"team": "night"},
            by=editor,
        )
        assert posting.description.startswith("Crumb has an opening in the night team in Berlin")
        assert "pay" not in posting.benefits.lower()

    def test_the_questions_asked_do_not_grow_with_the_guide(self, template_of, django_assert_max_num_queries):
        def asked(points):
            role = factories.RoleFactory()
            for _ in range(points):
                factories.ItemFactory(role=role, kind="task", source=factories.SourceFactory())
                factories.RoleSkillFactory(role=role)
            with django_assert_max_num_queries(60) as queries:
                template_of(role)
            return len(queries)

        assert asked(2) == asked(9)
