from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.core.money import Pay
from careers.postings.checks.requirements import unmet_requirements
from careers.postings.models import Posting, TemplateBlank, TemplateVersion
from careers.postings.placeholders import (
    KNOWN_PLACEHOLDERS,
    fill_placeholders,
    placeholder_name,
    placeholders_in,
    unpaired_braces,
    without_empty_sentences,
)
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.versions import save_template
from careers.postings.text.render import Place, current_values, render_text
from tests import factories
from tests.cases import each

db = pytest.mark.django_db
PAY = Pay(Decimal(50_000), Decimal(60_000), "EUR", "year")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At {employer} in {place}, {employer}", ["employer", "place"]),
        ("{Closing Day} { closing-day }", ["closing_day"]),
        ("{équipe} {2} {} { } {a: b}", ["équipe"]),
        ("{employer\n}", []),
        ("", []),
    ],
)
def test_a_blank_is_a_word_in_braces(text, names):
    assert placeholders_in(text) == names


words = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=12)
pieces = st.lists(
    st.one_of(st.text(max_size=30), words.map("{{{}}}".format), st.sampled_from(["{employer}", "{", "}"]))
)


@given(
    pieces.map("".join), st.dictionaries(words.map(placeholder_name), st.text(st.characters(exclude_characters="{}")))
)
def test_filling_takes_any_text_and_fills_exactly_the_blanks_it_has_values_for(text, values):
    filled = fill_placeholders(text, values)
    unknown = [name for name in placeholders_in(text) if not values.get(name)]
    assert placeholders_in(filled) == unknown
    assert fill_placeholders(text, {}) == text


@given(st.text())
def test_a_value_is_put_in_as_it_is(value):
    assert fill_placeholders("a {x} b", {"x": value}) == (f"a {value} b" if value else "a {x} b")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{employer}", 0),
        ("{employer", 1),
        ("employer}", 1),
        ("{a {b}", 1),
        ("{", 1),
        ("}{", 2),
        ("{a} and {b}", 0),
        (None, 0),
    ],
)
def test_a_brace_without_its_partner_is_found(text, count):
    assert len(unpaired_braces(text)) == count


@given(st.text("{}ab \n"))
def test_lone_braces_are_found_in_any_text(text):
    assert all(piece.count("{") + piece.count("}") for piece in unpaired_braces(text))


@pytest.fixture
def template(db):
    template = factories.PostingTemplateFactory(
        title="Engineer, {team}",
        description="{employer} wants a {title} in {place}.",
        benefits="{pay}, by {closing_day}. {workplace}, {employment_type}. {motto}",
        workplace="hybrid",
        employment_type="full_time",
        level="senior",
        education="bachelor",
        months_of_experience=24,
    )
    template.skills.add(factories.SkillFactory())
    return save_template(template, by=None, placeholders=[TemplateBlank(name="team"), TemplateBlank(name="motto")])


def built(template, **given):
    given = {"employer": factories.EmployerFactory(name="Lumen"), "by": None, **given}
    return build_posting(template=template, **given)


def test_what_is_known_is_filled_in_and_the_rest_is_left(template):
    posting = built(
        template,
        places=[Place("DE", city="Berlin"), {"country": "FR", "subdivision": "", "city": "Paris"}],
        pay=PAY,
        closes_on=date(2027, 3, 31),
        placeholder_values={"Team": "Search", "motto": " "},
    )
    assert posting.title == "Engineer, Search"
    assert posting.description == "Lumen wants a Engineer, Search in Berlin, Germany or Paris, France."
    assert posting.benefits == "€50,000 to €60,000 a year, by 31 March 2027. hybrid, full time. {motto}"


def test_what_is_not_known_stays_a_blank(template):
    posting = built(template)
    assert (posting.title, posting.description) == ("Engineer, {team}", "Lumen wants a Engineer, {team} in {place}.")


def test_terms_and_skills_are_copied(template):
    posting = Posting.objects.get(pk=built(template).pk)
    assert [getattr(posting, field) for field in Posting.TERM_FIELDS] == [
        "full_time",
        "hybrid",
        "senior",
        "bachelor",
        24,
    ]
    assert list(posting.skills.all()) == list(template.skills.all())
    assert posting.role == template.role


@db
def test_the_first_version_holds_the_skills_and_says_created(template):
    template.skills.set([factories.SkillFactory()])
    posting = built(template)
    [version] = posting.history.all()
    assert version.history_type == "+"
    assert version.skills.count() == 1


def test_terms_given_stand_in_for_the_templates_own(template):
    posting = built(template, title="Lead of {team}", terms={"workplace": "remote", "level": None, "education": ""})
    assert (posting.title, posting.workplace, posting.level, posting.education) == (
        "Lead of {team}",
        "remote",
        "senior",
        "",
    )


def test_a_built_posting_is_a_draft_without_moments_reference_or_way_to_apply(template):
    posting = built(template)
    assert posting.status == Posting.Status.DRAFT
    assert not any([posting.publish_at, posting.closes_on, posting.source, posting.apply_url, posting.apply_email])


def test_a_posting_remembers_template_and_version_and_who_built_it(template):
    user = factories.UserFactory()
    posting = built(template, by=user)
    assert (posting.template, posting.template_version) == (template, 1)
    entry = posting.history.earliest()
    assert (entry.history_user, template.name in entry.history_change_reason) == (user, True)


def test_a_later_change_of_the_template_leaves_the_posting_alone(template):
    posting = built(template)
    template.description = "Something else."
    save_template(template, by=None)
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.description[:5], posting.template_version, template.version) == ("Lumen", 1, 2)


@db
def test_building_from_a_template_never_versioned_keeps_its_first_version():
    posting = built(factories.PostingTemplateFactory())
    assert posting.template.versions.get().number == posting.template_version == 1


def test_a_version_is_kept_for_a_change_of_text_only(template):
    template.name, template.level = "Another name", "lead"
    save_template(template, by=None)
    assert (template.version, TemplateVersion.objects.count()) == (1, 1)


def test_a_version_holds_the_text_and_who_wrote_it(template):
    user = factories.UserFactory()
    template.requirements = "Patience."
    save_template(template, by=user)
    newest = template.versions.first()
    assert (newest.number, newest.requirements, newest.made_by) == (2, "Patience.", user)


def test_a_deleted_template_leaves_the_posting_and_its_version_number(template):
    posting = built(template)
    template.delete()
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.template, posting.template_version, posting.description[:5]) == (None, 1, "Lumen")


def test_a_deleted_role_takes_its_templates_and_leaves_the_posting(template):
    posting = built(template)
    template.role.delete()
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.role, posting.template) == (None, None)


def test_the_template_of_one_employer_is_not_used_for_another(template):
    template.employer = factories.EmployerFactory()
    with pytest.raises(ValidationError, match="only for"):
        built(template)
    assert not Posting.objects.exists()


@each(
    ("given", "field"),
    [
        ({"pay": replace(PAY, low=Decimal(70_000))}, "__all__"),
        ({"pay": replace(PAY, currency="")}, "__all__"),
        ({"pay": replace(PAY, currency="XXY")}, "pay_currency"),
        ({"pay": replace(PAY, low=Decimal(-1))}, "__all__"),
        ({"places": [Place("DE", "US-CA")]}, "places"),
        ({"places": [Place("Q9")]}, "places"),
        ({"remote_countries": ["Q9"]}, "remote_countries"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"closes_on": date.max}, "__all__"),
        ({"placeholder_values": {"team": "x" * 120}}, "title"),
    ],
)
def test_what_cannot_be_is_refused_and_no_draft_is_left(template, given, field):
    with pytest.raises(ValidationError) as refusal:
        built(template, **given)
    assert field in refusal.value.message_dict
    assert not Posting.objects.exists()


def test_a_place_named_twice_is_kept_once(template):
    assert built(template, places=[Place("DE"), Place("DE")]).places.count() == 1


def test_what_is_missing_comes_in_the_order_of_the_form(template):
    unmet = unmet_requirements(built(template))
    assert [lack.field for lack in unmet] == ["title", "description", "benefits", "apply_url", "places"]


def test_lines_about_pay_or_closing_day_are_left_out_when_there_is_none(template):
    template.benefits = "- A desk\n- Pay: {pay}\n- {motto}\n\nApply by {closing_day}.\n\nThanks."
    posting = built(template, pay=PAY)
    assert posting.benefits == "- A desk\n- Pay: €50,000 to €60,000 a year\n- {motto}\n\nThanks."


def test_the_names_of_known_blanks_are_blanks():
    assert placeholders_in(*(f"{{{name}}}" for name in KNOWN_PLACEHOLDERS)) == list(KNOWN_PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to us. Apply by {closing_day}.", "Write to us."),
        ("- Pay: {pay}\n- A desk", "- A desk"),
        ("One.\n\nApply by {closing day}!\n\nTwo.", "One.\n\nTwo."),
        ("About {experience} of practice", ""),
        ("Join the {team} team.", "Join the {team} team."),
    ],
)
def test_a_sentence_about_what_is_not_stated_is_left_out(text, left):
    assert without_empty_sentences(text, {}) == left


def test_a_sentence_about_what_is_stated_stays():
    assert without_empty_sentences("- Pay: {pay}\nA  b", {"pay": "€60,000 a year"}) == "- Pay: {pay}\nA  b"


@db
def test_remote_work_without_a_place_names_its_countries():
    template = factories.PostingTemplateFactory(description="Work in {place}.", workplace="remote")
    posting = build_posting(
        template=template, employer=factories.EmployerFactory(), remote_countries=["DE", "FR"], by=None
    )
    assert posting.description == "Work in Germany or France."


@db
def test_countries_typed_in_another_order_do_not_make_a_posting_differ_from_its_template():
    template = factories.PostingTemplateFactory(description="Work in {place}.", workplace="remote")
    posting = build_posting(
        template=template, employer=factories.EmployerFactory(), remote_countries=["ZA", "NG"], by=None
    )
    assert posting.description == render_text(template.description, current_values(posting))
