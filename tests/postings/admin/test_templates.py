import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.postings.models import Employer, Posting, PostingTemplate, TemplateBlank
from careers.postings.posting_templates.versions import save_template
from tests import factories
from tests.admin_pages import accepted, answered, asked, errors_of, said, sent, undrawn

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@pytest.fixture
def template():
    template = factories.PostingTemplateFactory(
        title="Engineer", description="{employer} in {place} wants you in {team}.", benefits="Pay: {pay}"
    )
    return save_template(template, by=None, placeholders=[TemplateBlank(name="team", label="Team", example="Search")])


def change(row):
    return reverse(f"admin:postings_{row._meta.model_name}_change", args=[row.pk])


def build(template):
    return reverse("admin:postings_postingtemplate_build", args=[template.pk])


def save(client, row, **changes):
    return answered(client, change(row), **changes)


def answers(client, template, **changes):
    with undrawn():
        form = asked(client, build(template)).context["form"]
    data = {}
    for field in form:
        data |= sent(field)
    return data | changes


# -- Lists


@pytest.mark.parametrize("name", ["employer", "postingtemplate"])
def test_a_list_takes_the_same_number_of_queries_for_three_rows_and_for_thirty(editor, name):
    counts = []
    for number in (3, 27):
        for _ in range(number):
            factories.PostingFactory(template=factories.PostingTemplateFactory(employer=factories.EmployerFactory()))
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse(f"admin:postings_{name}_changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


@pytest.mark.parametrize("name", ["employer", "postingtemplate", "posting"])
def test_the_empty_form_opens(editor, name):
    assert editor.get(reverse(f"admin:postings_{name}_add")).status_code == 200


def test_house_templates_are_found_apart_from_those_of_employers(editor):
    factories.PostingTemplateFactory()
    for _ in range(2):
        factories.PostingTemplateFactory(employer=factories.EmployerFactory())
    for kind, count in [("house", 1), ("employer", 2), ("x", 3), ("", 3)]:
        with undrawn():
            response = editor.get(reverse("admin:postings_postingtemplate_changelist"), {"kind": kind})
        assert response.context["cl"].queryset.count() == count, kind


# -- Employers


def test_an_employer_with_postings_is_not_deleted_and_the_page_says_why(editor):
    posting = factories.PostingFactory(title="Night baker")
    page = editor.post(reverse("admin:postings_employer_delete", args=[posting.employer.pk]), {"post": "yes"})
    assert page.status_code == 200
    assert "This employer has postings" in page.content.decode()
    assert "Night baker" in page.content.decode()
    assert Employer.objects.exists()


def test_employers_with_postings_stay_when_deleted_in_bulk(editor):
    posting = factories.PostingFactory()
    data = {"action": "delete_selected", "_selected_action": [posting.employer.pk], "post": "yes"}
    assert editor.post(reverse("admin:postings_employer_changelist"), data).status_code == 200
    assert Employer.objects.exists()


def test_an_employer_without_postings_is_deleted(editor):
    employer = factories.EmployerFactory()
    editor.post(reverse("admin:postings_employer_delete", args=[employer.pk]), {"post": "yes"})
    assert not Employer.objects.exists()


def test_an_employer_that_cannot_be_is_a_form_error(editor):
    given = [
        ({"name": "!!!"}, "name"),
        ({"name": "a\0"}, "name"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"slug": "a b"}, "slug"),
        ({"verified_on": "yesterday"}, "verified_on"),
    ]
    assert accepted(editor, change(factories.EmployerFactory()), given, errors_of) == []


# -- Templates


def test_saving_a_changed_text_keeps_a_version_and_who_wrote_it(editor, template):
    save(editor, template, benefits="Tea")
    template.refresh_from_db()
    newest = template.versions.first()
    assert (template.version, newest.benefits, newest.made_by.groups.get().name) == (2, "Tea", "editor")
    assert template.history.first().version == 2


def test_saving_without_a_change_of_text_keeps_no_version(editor, template):
    save(editor, template, name="Another name")
    template.refresh_from_db()
    assert (template.name, template.version) == ("Another name", 1)


def test_one_save_is_one_entry_of_history(editor, template):
    entries = template.history.count()
    save(editor, template, benefits="Tea")
    assert template.history.count() == entries + 1


def test_reverting_a_template_makes_a_new_version_with_the_old_text(editor, template):
    old = template.history.first()
    save(editor, template, benefits="Tea")
    page = reverse("admin:postings_postingtemplate_simple_history", args=[template.pk, old.pk])
    data = {}
    for field in asked(editor, page).context["adminform"].form:
        data |= sent(field)
    editor.post(page, data)
    template.refresh_from_db()
    assert (template.benefits, template.version, template.versions.first().benefits) == ("Pay: {pay}", 3, "Pay: {pay}")


def test_the_form_lists_the_blanks_and_what_changed_between_versions(editor, template):
    save(editor, template, benefits="Tea <b>and</b> cake")
    page = editor.get(change(template))
    panel, text = page.context["panel"], page.content.decode()
    assert ([name for name, _ in panel["known"]], list(map(str, panel["own"]))) == (["employer", "place"], ["{team}"])
    [(label, lines)] = panel["versions"][0][1]
    assert (label, [(line.mark, line.text) for line in lines]) == (
        "Benefits",
        [("−", "Pay: {pay}"), ("+", "Tea <b>and</b> cake")],
    )
    assert "+ Tea &lt;b&gt;and&lt;/b&gt; cake" in text
    assert build(template) in text
    assert template.get_absolute_url() in text


def test_a_template_of_an_employer_has_no_page_for_readers(editor, template):
    template.employer = factories.EmployerFactory()
    template.save()
    assert asked(editor, change(template)).context["panel"]["public"] is None


def test_a_brace_without_its_partner_is_a_form_error(editor, template):
    given = [({"requirements": text}, "A brace is missing") for text in ("{employer", "employer}", "{a {b}")]
    assert accepted(editor, change(template), given, errors_of) == []


def test_markup_in_a_template_is_kept_as_text(editor, template):
    text = "<script>alert(1)</script> [x](javascript:alert(1))"
    assert save(editor, template, description=text, title=text).status_code == 302
    pages = [change(template), build(template), reverse("admin:postings_postingtemplate_changelist")]
    assert all("<script>alert" not in editor.get(page).content.decode() for page in pages)


# -- Building


def test_the_page_asks_for_the_blanks_it_does_not_know(editor, template):
    form = asked(editor, build(template)).context["form"]
    assert [field.name for field in form.placeholder_fields] == ["blank_team"]


def test_a_draft_is_built_and_opens_at_the_first_thing_missing(editor, template):
    employer = factories.EmployerFactory(name="Lumen")
    data = answers(
        editor, template, employer=employer.pk, country_0="DE", subdivision_0="DE-BE", city_0="Berlin", blank_team="Search",
        pay_min="50000", pay_max="60000.50", pay_currency="eur", pay_period="year", closes_on="2099-01-01",
    )  # fmt: skip
    assert "closes_on" in editor.post(build(template), data).context["form"].errors
    response = editor.post(build(template), data | {"closes_on": ""})
    posting = Posting.objects.get()
    assert response.url == f"{change(posting)}?missing=apply_url"
    assert posting.description == "Lumen in Berlin, Germany wants you in Search."
    assert posting.benefits == "Pay: €50,000 to €60,000.50 a year"
    assert (posting.template, posting.template_version, posting.places.get().subdivision) == (template, 1, "DE-BE")
    assert "Say how to apply" in said(response)[0]
    assert posting.history.earliest().history_user.groups.get().name == "editor"


def test_a_draft_that_says_how_to_apply_lacks_nothing(editor, template):
    data = answers(
        editor, template, employer=factories.EmployerFactory().pk, workplace="onsite", country_0="DE", city_0="Berlin",
        blank_team="Search", apply_url="jobs.example.com/ovens",
    )  # fmt: skip
    response = editor.post(build(template), data)
    assert "nothing is missing" in said(response)[0]
    assert Posting.objects.get().apply_url == "https://jobs.example.com/ovens"
    refused = editor.post(build(template), data | {"apply_url": "javascript:alert(1)", "apply_email": "a b"})
    assert {"apply_url", "apply_email"} <= refused.context["form"].errors.keys()


def test_the_form_takes_pay_states_and_the_time_zone_as_people_give_them(editor, template):
    data = answers(
        editor, template, employer=factories.EmployerFactory().pk, country_0="DE", subdivision_0="Bavaria", city_0="Munich",
        blank_team="Search", pay_min="65,000", pay_max="82k", pay_currency="EUR", pay_period="year",
    )  # fmt: skip
    editor.post(build(template), data)
    posting = Posting.objects.get()
    assert (posting.pay_min, posting.pay_max) == (65_000, 82_000)
    assert (posting.places.get().subdivision, posting.time_zone) == ("DE-BY", "Europe/Berlin")


def test_nothing_is_built_by_a_get(editor, template):
    employer = factories.EmployerFactory()
    assert editor.get(build(template), {"employer": employer.pk, "workplace": "remote"}).status_code == 200
    assert not Posting.objects.exists()


def test_an_unknown_employer_in_the_address_is_ignored(editor, template):
    for value in ("x", "99999999", "", "1\0", "9" * 30):
        response = editor.get(build(template), {"employer": value})
        assert (response.status_code, response.context["form"]["employer"].value()) == (200, None), value


def test_the_employer_may_be_chosen_beforehand(editor, template):
    employer = factories.EmployerFactory(name="Lumen")
    page = editor.get(build(template), {"employer": employer.pk})
    assert "Lumen" in page.content.decode()


def test_the_template_of_an_employer_starts_with_that_employer_and_takes_no_other(editor, template):
    template.employer = factories.EmployerFactory(name="Lumen")
    template.save()
    assert "Lumen" in editor.get(build(template)).content.decode()
    other = factories.EmployerFactory()
    response = editor.post(build(template), answers(editor, template, employer=other.pk))
    assert "employer" in response.context["form"].errors


def test_an_answer_that_cannot_be_is_a_form_error_and_builds_nothing(editor, template):
    data = answers(editor, template, employer=factories.EmployerFactory().pk)
    for changes, field in [
        ({"pay_min": "9", "pay_max": "8", "pay_currency": "EUR", "pay_period": "year"}, "__all__"),
        ({"pay_min": "9"}, "__all__"),
        ({"pay_min": "1e99"}, "pay_min"),
        ({"pay_min": "-1"}, "pay_min"),
        ({"pay_currency": "QQX", "pay_min": "1", "pay_period": "day"}, "pay_currency"),
        ({"pay_currency": "<x>"}, "pay_currency"),
        ({"city_0": "Berlin"}, "country_0"),
        ({"country_1": "DE", "subdivision_1": "US-CA"}, "subdivision_1"),
        ({"country_1": "DE", "subdivision_1": "zz"}, "subdivision_1"),
        ({"remote_countries": ["Q9"]}, "remote_countries"),
        ({"closes_on": "2020-02-02"}, "closes_on"),
        ({"closes_on": "9999-12-31"}, "closes_on"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"workplace": "moon"}, "workplace"),
        ({"blank_team": "a\0"}, "blank_team"),
        ({"employer": ""}, "employer"),
    ]:
        with undrawn():
            response = editor.post(build(template), data | changes)
        assert response.status_code == 200, changes
        assert field in response.context["form"].errors, changes
        assert not Posting.objects.exists()


def test_an_answer_that_cannot_be_is_shown_with_what_is_wrong(editor, template):
    page = editor.post(build(template), answers(editor, template, employer="", workplace="moon")).text
    assert "This field is required" in page
    assert "moon is not one of the available choices" in page


def test_an_employer_deleted_while_the_page_was_open_is_asked_for_again(editor, template):
    """Its own templates go with it, so none is left without the employer it is for."""
    employer = factories.EmployerFactory()
    own = factories.PostingTemplateFactory(role=template.role, employer=employer)
    filled, filled_own = (answers(editor, one, employer=employer.pk) for one in (template, own))
    editor.post(reverse("admin:postings_employer_delete", args=[employer.pk]), {"post": "yes"})
    response = editor.post(build(template), filled)
    assert "employer" in response.context["form"].errors
    assert response.context["form"]["employer"].value() == str(employer.pk)
    assert (
        editor.get(reverse("admin:postings_postingtemplate_build_for_employer", args=[employer.pk])).status_code == 404
    )
    assert editor.post(build(own), filled_own).status_code == 404
    assert not Posting.objects.exists()


def test_an_archived_guide_is_told_and_left_out_of_the_draft(editor, template):
    template.role.status = "archived"
    template.role.save()
    assert "is archived" in editor.get(build(template)).content.decode()
    editor.post(build(template), answers(editor, template, employer=factories.EmployerFactory().pk))
    assert Posting.objects.get().role is None


def test_contributors_build_drafts(as_group, template):
    client = as_group("contributor")
    client.post(build(template), answers(client, template, employer=factories.EmployerFactory().pk))
    assert Posting.objects.get().status == Posting.Status.DRAFT


def test_staff_without_the_right_builds_nothing(client, template):
    client.force_login(factories.UserFactory(staff=True))
    assert client.get(build(template)).status_code == 403
    assert client.post(build(template)).status_code == 403


def test_a_template_that_is_gone_is_not_found(editor, template):
    page = build(template)
    template.delete()
    assert editor.get(page).status_code == 404


def for_role(pk):
    return reverse("admin:postings_postingtemplate_build_for_role", args=[pk])


def test_a_role_with_one_house_template_leads_straight_to_it(editor, template):
    assert editor.get(for_role(template.role.pk)).url == build(template)


def test_a_role_with_several_templates_lists_them(editor, template):
    other = factories.PostingTemplateFactory(role=template.role, employer=factories.EmployerFactory())
    page = editor.get(for_role(template.role.pk)).content.decode()
    assert build(template) in page
    assert build(other) in page


def test_a_role_without_template_says_so_and_an_unknown_role_is_not_found(editor):
    assert "has no template yet" in editor.get(for_role(factories.RoleFactory().pk)).content.decode()
    assert editor.get(for_role(999_999)).status_code == 404


def test_an_employer_offers_its_own_templates_and_those_of_the_house(editor, template):
    employer = factories.EmployerFactory()
    own = factories.PostingTemplateFactory(employer=employer)
    foreign = factories.PostingTemplateFactory(employer=factories.EmployerFactory())
    page = editor.get(reverse("admin:postings_postingtemplate_build_for_employer", args=[employer.pk])).content.decode()
    assert [f"{build(row)}?employer={employer.pk}" in page for row in (own, template, foreign)] == [True, True, False]
    assert (
        reverse("admin:postings_postingtemplate_build_for_employer", args=[employer.pk])
        in editor.get(change(employer)).content.decode()
    )


def test_deleting_a_role_takes_its_templates_and_leaves_the_postings(editor, template):
    posting = factories.PostingFactory(template=template, template_version=1, role=template.role)
    template.role.delete()
    assert not PostingTemplate.objects.exists()
    assert "A template deleted since" in editor.get(change(posting)).content.decode()


def test_templates_are_written_by_those_who_publish(as_group, template):
    client = as_group("contributor")
    address = reverse("admin:postings_postingtemplate_change", args=[template.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Taken"}).status_code == 403
    assert client.get(reverse("admin:postings_postingtemplate_add")).status_code == 403


def test_an_employer_with_postings_readers_see_is_changed_by_those_who_publish(as_group):
    quiet, busy = factories.EmployerFactory(), factories.PostingFactory().employer
    client = as_group("contributor")
    answers = [
        client.post(reverse("admin:postings_employer_change", args=[employer.pk]), {"name": "Taken"}).status_code
        for employer in (quiet, busy)
    ]
    assert answers == [302, 403]
