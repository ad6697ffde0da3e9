"""What the admin of guides answers to input that cannot be: an error at the field, never a server error."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from careers.occupations.models import Source
from careers.roles.models import PayClaim, Role, Section
from tests import factories
from tests.admin_pages import accepted, answered, errors_of, filled
from tests.cases import each

pytestmark = pytest.mark.ignore_template_errors

NASTY = "<script>alert(1)</script> [go](javascript:alert(2))"


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def role(db):
    return factories.RoleFactory(draft=True)


@pytest.fixture
def refused(as_group):
    """refused(row, changes) -> the texts of all form errors after posting the row's form with the changes."""

    def post(row, changes):
        answer = answered(as_group("editor"), change(row), **changes)
        assert answer.status_code == 200, "it was accepted"
        return str(answer.context["errors"])

    return post


def rows(prefix, parent, *rows):
    """Two new rows of an inline."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows))}
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
        data[f"{prefix}-{index}-{'skill' if prefix == 'aliases' else 'role'}"] = parent.pk
    return data


def test_two_equal_alternate_titles(role, refused):
    errors = refused(role, rows("alternate_titles", role, {"title": "MLE"}, {"title": "MLE"}))
    assert "duplicate" in errors


def test_two_sections_of_one_kind(role, refused):
    section = {"kind": "overview", "body": "Text."}
    assert "duplicate" in refused(role, rows("sections", role, section, section))


def test_a_section_of_a_kind_that_is_there(role, refused):
    factories.SectionFactory(role=role)
    new = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-kind": "overview",
        "sections-1-body": "Again.",
        "sections-1-role": role.pk,
    }
    assert "duplicate" in refused(role, new)


def test_a_skill_twice(role, refused):
    skill = {"skill": factories.SkillFactory().pk, "necessity": "required", "position": "0"}
    assert "duplicate" in refused(role, rows("role_skills", role, skill, skill))


@each(
    ("name", "field"),
    [
        ("AlternateTitle", "title"),
        ("Section", "kind"),
        ("RoleSkill", "skill"),
        ("OccupationLink", "occupation"),
        ("Article", "slug"),
    ],
)
def test_a_part_that_the_guide_has_already_in_the_form_of_another_part(role, refused, name, field):
    make = getattr(factories, f"{name}Factory")
    there, other = (
        make(role=role, **({"kind": kind} if name == "Section" else {})) for kind in ("overview", "outlook")
    )
    value = getattr(there, field)
    assert refused(other, {field: getattr(value, "pk", value)})
    other.refresh_from_db()
    assert getattr(other, field) != value


def test_a_career_step_with_role_and_title(role, refused):
    step = {"kind": "after", "to_role": factories.RoleFactory().pk, "to_title": "Chief", "position": "0"}
    assert "either a role or a title" in refused(role, rows("career_steps", role, step))


def test_a_career_step_with_neither(role, refused):
    assert "either a role or a title" in refused(role, rows("career_steps", role, {"kind": "after", "note": "x"}))


def test_a_career_step_to_the_role_itself(role, refused):
    step = {"kind": "after", "to_role": role.pk, "position": "0"}
    assert "same role" in refused(role, rows("career_steps", role, step))


def test_descending_percentiles(role, refused):
    pay = {"currency": "USD", "period": "year", "p10": "90000", "median": "80000", "position": "0"}
    assert "from low to high" in refused(role, rows("pay_claims", role, pay))


def test_a_pay_claim_without_a_figure(role, refused):
    assert "at least one figure" in refused(role, rows("pay_claims", role, {"currency": "USD", "period": "year"}))


def test_an_item_that_says_nothing(role, refused):
    assert "lead or a text" in refused(role, rows("items", role, {"kind": "tip", "position": "0"}))


def test_a_title_of_another_guide(role, refused):
    factories.RoleFactory(title="Taken")
    assert "already exists" in refused(role, {"title": "Taken"})


def test_a_slug_of_another_guide(role, refused):
    factories.RoleFactory(title="Taken")
    assert "already exists" in refused(role, {"slug": "taken"})


def test_a_slug_at_which_another_page_stands(role, refused):
    assert "address of another page" in refused(role, {"slug": "compare"})


def test_titles_that_are_none(role, as_group):
    given = [({"title": title}, "title") for title in ("", "   ", "!!!", "a" * 121)]
    assert accepted(as_group("editor"), change(role), given, errors_of) == []


def test_the_page_shows_what_is_wrong_beside_what_was_typed(as_group, role):
    client = as_group("editor")
    wrong = {"slug": "compare", "summary": "Typed <b>"} | rows("items", role, {"kind": "tip", "position": "0"})
    page = client.post(change(role), filled(client, change(role)) | wrong).text
    for shown in ("address of another page", "Typed &lt;b&gt;", "lead or a text"):
        assert shown in page


def test_an_alias_that_differs_in_case_only(refused):
    skill = factories.SkillFactory(name="Java")
    assert "different capital letters" in refused(skill, rows("aliases", skill, {"name": "Oracle"}, {"name": "ORACLE"}))
    assert "different capital letters" in refused(skill, rows("aliases", skill, {"name": "java"}))


def test_an_alias_that_another_skill_goes_by(refused):
    factories.SkillAliasFactory(name="JVM", skill=factories.SkillFactory(name="Kotlin"))
    skill = factories.SkillFactory(name="Java")
    assert "another name for Kotlin" in refused(skill, rows("aliases", skill, {"name": "jvm"}))
    assert "name already exists: Kotlin" in refused(skill, rows("aliases", skill, {"name": "kotlin"}))


def test_a_skill_whose_name_differs_in_case_only(refused):
    factories.SkillFactory(name="Python")
    skill = factories.SkillFactory(name="Snake")
    assert "name already exists: Python" in refused(skill, {"name": "PYTHON"})


def test_null_bytes_are_a_form_error(role, as_group):
    given = [({field: "a\x00b"}, field) for field in ("title", "slug", "summary", "edition")]
    given.append(
        (
            rows("sections", role, {"kind": "overview", "heading": "a\x00b", "body": "b"}),
            "Null characters are not allowed",
        )
    )
    assert accepted(as_group("editor"), change(role), given, errors_of) == []


def test_titles_of_every_script_are_kept_and_give_an_address(as_group, role):
    client = as_group("editor")
    for title in ("مهندس تعلم الآلة", "机器学习工程师", "🤖 Engineer", "Müller-Ingenieur"):
        assert answered(client, change(role), title=title, slug="").status_code == 302
        role.refresh_from_db()
        assert role.title == title
        assert role.slug


def test_markup_in_every_text_of_a_guide_is_shown_harmlessly(as_group):
    role = factories.RoleFactory(draft=True, title=NASTY, summary=NASTY, edition="<b>", slug="nasty")
    factories.SectionFactory(role=role, heading=NASTY, body=NASTY)
    item = factories.ItemFactory(role=role, lead=NASTY, text=NASTY)
    factories.AlternateTitleFactory(role=role, title=NASTY)
    factories.CareerStepFactory(role=role, to_title=NASTY, note=NASTY)
    skill = factories.SkillFactory(name=NASTY)
    factories.SkillAliasFactory(skill=skill, name="alias " + NASTY)
    factories.RoleSkillFactory(role=role, skill=skill, note=NASTY)
    role.industries.add(factories.IndustryFactory(name=NASTY))
    source = factories.SourceFactory(publisher=NASTY, title=NASTY, release=NASTY, attribution=NASTY)
    pay = factories.PayClaimFactory(role=role, source=source, population=NASTY, heading=NASTY, note=NASTY, city=NASTY)
    outlook = factories.OutlookClaimFactory(role=role, source=source, population=NASTY, note=NASTY)
    article = factories.ArticleFactory(role=role, title=NASTY, summary=NASTY, body=NASTY)
    client = as_group("editor")
    shown = [role, item, skill, source, pay, outlook, article, Section.objects.get()]
    for row in shown:
        name = row._meta.model_name
        for address in (
            reverse(f"admin:{row._meta.app_label}_{name}_changelist"),
            change(row),
            reverse(f"admin:{row._meta.app_label}_{name}_history", args=[row.pk]),
            reverse(f"admin:{row._meta.app_label}_{name}_simple_history", args=[row.pk, row.history.first().pk]),
            reverse(f"admin:{row._meta.app_label}_{name}_delete", args=[row.pk]),
        ):
            page = client.get(address).content.decode()
            assert "<script>alert" not in page, address
            assert 'href="javascript:alert' not in page, address
    assert "<script>alert" not in client.get("/admin/").content.decode()


def test_markup_is_saved_as_it_was_typed(as_group, role):
    client = as_group("editor")
    data = filled(client, change(role)) | {"title": NASTY, "summary": NASTY}
    data |= rows("sections", role, {"kind": "overview", "heading": NASTY, "body": NASTY})
    page = client.post(change(role), data, follow=True).content.decode()
    assert Role.objects.get().title == NASTY
    assert Section.objects.get().body == NASTY
    assert "<script>alert" not in page


def test_a_javascript_address_of_a_source_is_refused(refused):
    assert "valid URL" in refused(factories.SourceFactory(), {"url": "javascript:alert(1)"})


def test_an_address_without_scheme_becomes_https(as_group):
    source = factories.SourceFactory()
    answered(as_group("editor"), change(source), url="example.org/wages")
    source.refresh_from_db()
    assert source.url == "https://example.org/wages"


def test_a_currency_in_small_letters_is_understood(as_group):
    claim = factories.PayClaimFactory()
    answered(as_group("editor"), change(claim), currency="eur")
    assert PayClaim.objects.get().currency == "EUR"


@pytest.mark.parametrize("typed", ["120,000", "120k", "120 000.00"])
def test_a_pay_figure_is_taken_as_people_type_it_on_its_page_and_in_its_guide(as_group, typed):
    client, claim = as_group("editor"), factories.PayClaimFactory(role=factories.RoleFactory(draft=True))
    answered(client, change(claim), mean=typed, subdivision="California")
    claim.refresh_from_db()
    assert (claim.mean, claim.subdivision) == (120_000, "US-CA")
    answered(client, change(claim.role), **{"pay_claims-0-mean": "", "pay_claims-0-high": typed})
    claim.refresh_from_db()
    assert (claim.mean, claim.high) == (None, 120_000)


# -- A figure with a new source


FIGURE = {"country": "GB", "median": "£41k", "currency": "", "period": "year", "position": "0"}
NEW_SOURCE = {"new_publisher": "Office of Facts", "new_title": "Earnings", "new_url": "https://facts.example.org/pay"}


def test_a_pay_figure_and_its_new_source_are_saved_by_one_form(role, as_group):
    data = rows("pay_claims", role, FIGURE | NEW_SOURCE, FIGURE | NEW_SOURCE | {"median": "52k", "currency": "GBP"})
    assert answered(as_group("contributor"), change(role), **data).status_code == 302
    source = Source.objects.get()
    assert [(figure.median, figure.currency, figure.source) for figure in role.pay_claims.all()] == [
        (41000, "GBP", source),
        (52000, "GBP", source),
    ]
    assert (str(source), source.url) == ("Office of Facts, Earnings", "https://facts.example.org/pay")
    assert source.history.get().history_user


def test_a_source_that_is_listed_already_is_used(role, as_group):
    source = factories.SourceFactory(publisher="Office of Facts", title="Earnings", release="")
    answered(as_group("editor"), change(role), **rows("pay_claims", role, FIGURE | NEW_SOURCE))
    assert role.pay_claims.get().source == source


def test_half_a_source_is_refused_and_nothing_of_the_form_is_saved(role, refused):
    for given, words in (
        ({"new_publisher": "Office of Facts"}, "Enter the title of the new source"),
        ({"new_url": "https://facts.example.org/"}, "Enter the publisher of the new source"),
        (NEW_SOURCE | {"new_url": "javascript:alert(1)"}, "valid URL"),
        (NEW_SOURCE | {"new_url": "http://localhost/pay"}, "private address"),
        (NEW_SOURCE | {"source": factories.SourceFactory().pk}, "not both"),
        (NEW_SOURCE | {"median": ""}, "at least one figure"),
    ):
        assert words in refused(role, rows("pay_claims", role, FIGURE | given)), given
    assert Source.objects.count() == 1, "only the listed one"


def test_an_outlook_figure_brings_its_source_too(role, as_group):
    figure = {"country": "GB", "growth_percent": "3", "base_year": "2024", "target_year": "2034", "position": "0"}
    answered(as_group("editor"), change(role), **rows("outlook_claims", role, figure | NEW_SOURCE))
    assert role.outlook_claims.get().source.publisher == "Office of Facts"


def test_whoever_may_not_add_sources_is_not_asked_for_one(role, client):
    user = factories.UserFactory(staff=True, groups=["contributor"])
    user.groups.get().permissions.remove(Permission.objects.get(codename="add_source"))
    client.force_login(user)
    assert not [name for name in filled(client, change(role)) if "new_publisher" in name]
    answered(client, change(role), **rows("pay_claims", role, FIGURE | NEW_SOURCE))
    assert role.pay_claims.get().source is None
    assert Source.objects.count() == 0
