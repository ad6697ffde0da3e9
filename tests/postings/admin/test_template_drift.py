"""Blanks, locked fields, drift and updates in the admin."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import Posting, TemplateBlank
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.versions import save_template
from careers.postings.text.render import Place
from tests import factories
from tests.admin_pages import asked, filled, said, sent
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def template():
    template = factories.PostingTemplateFactory(
        title="Engineer", description="{employer} in {place} wants you in {team}.", benefits="- Tea"
    )
    blank = TemplateBlank(name="team", label="Which team", example="Search", is_required=True)
    return save_template(template, by=None, placeholders=[blank])


def built(template, **changes):
    posting = build_posting(
        template=template,
        employer=factories.EmployerFactory(),
        places=[Place("DE", city="Berlin")],
        placeholder_values={"team": "Search"},
        by=None,
    )
    for field, content in changes.items():
        setattr(posting, field, content)
    posting.save()
    return posting


def live(template, **changes):
    return built(template, status="published", publish_at=timezone.now() - timedelta(days=1), **changes)


def move(template, **changes):
    for field, text in changes.items():
        setattr(template, field, text)
    return save_template(template, by=None)


def change(row):
    return reverse(f"admin:postings_{row._meta.model_name}_change", args=[row.pk])


def save(client, row, **changes):
    return client.post(change(row), filled(client, change(row)) | changes)


def page(name, template):
    return reverse(f"admin:postings_postingtemplate_{name}", args=[template.pk])


def update_data(client, template, postings, **query):
    """What a browser would send of the page that shows the differences, and its address."""
    address = f"{page('update', template)}?{'&'.join(f'posting={posting.pk}' for posting in postings)}"
    address += "".join(f"&{name}={value}" for name, value in query.items())
    response = client.get(address)
    data = {}
    for form, _ in response.context["shown"]:
        for field in form:
            data |= sent(field)
    return address, data


def test_a_blank_is_declared_in_the_same_save_as_the_text_that_uses_it(as_group, template):
    editor = as_group("editor")
    refused = save(editor, template, preferred="Fond of {hobby}.")
    assert "{hobby}” is unknown" in refused.context["adminform"].form.errors["preferred"][0]
    row = {
        "blanks-TOTAL_FORMS": "2",
        "blanks-1-name": "Hobby",
        "blanks-1-label": "A hobby",
        "blanks-1-template": template.pk,
        "blanks-1-position": "0",
    }
    assert save(editor, template, preferred="Fond of {hobby}.", **row).status_code == 302
    assert [str(blank) for blank in template.blanks.all()] == ["{team}", "{hobby}"]


def test_a_blank_that_the_text_uses_is_not_taken_out(as_group, template):
    refused = save(as_group("editor"), template, **{"blanks-0-DELETE": "on"})
    assert "description" in refused.context["adminform"].form.errors
    assert template.blanks.exists()


def test_the_build_page_asks_as_the_blank_is_declared(as_group, template):
    client = as_group("contributor")
    field = asked(client, page("build", template)).context["form"]["blank_team"]
    assert (field.label, field.field.required, "For example: Search." in field.help_text) == ("Which team", True, True)


def test_a_locked_field_is_read_and_not_written_in_a_posting(as_group, template):
    move(template, locked=["benefits"])
    posting, editor = built(template), as_group("editor")
    assert "benefits" not in asked(editor, change(posting)).context["adminform"].form.fields
    assert save(editor, posting, benefits="Nothing", requirements="Patience").status_code == 302
    posting = Posting.objects.get()
    assert (posting.benefits, posting.requirements) == ("- Tea", "Patience")


def test_a_locked_field_names_the_new_title_once_the_form_is_saved(as_group, template):
    move(template, locked=["benefits"], benefits="{title}: tea")
    posting = built(template)
    save(as_group("editor"), posting, title="Head engineer")
    assert Posting.objects.get().benefits == "Head engineer: tea"


def test_saving_a_template_says_what_became_of_its_postings(as_group, template):
    built(template), live(template)
    response = save(as_group("editor"), template, locked=["benefits"], benefits="- Coffee")
    assert "The locked fields of 2 postings follow." in said(response)
    assert set(Posting.objects.values_list("benefits", flat=True)) == {"- Coffee"}


def test_saving_a_template_counts_the_postings_that_are_behind_and_leads_to_their_update(as_group, template):
    editor = as_group("editor")
    postings = [live(template), live(template), built(template), built(template, description="Written here.")]
    answer = save(editor, template, description="{employer} in {place} hires you for {team}.")
    [note] = [text for text in said(answer) if "version 1" in text]
    assert note.startswith("2 live and 2 other postings still use version 1. ")
    address = unescape(note.partition('href="')[2].partition('"')[0])
    update = asked(editor, address)
    shown = {form.posting.pk: form["description"].value() for form, _ in update.context["shown"]}
    assert shown == {posting.pk: "leave" if posting is postings[3] else "take" for posting in postings}
    data = {}
    for form in [update.context["reason"], *(form for form, _ in update.context["shown"])]:
        for field in form:
            data |= sent(field)
    editor.post(address, data)
    texts = [Posting.objects.get(pk=posting.pk).description for posting in postings]
    assert [("hires" in text) for text in texts] == [True, True, True, False]


def test_saving_a_template_without_another_text_says_nothing_of_its_postings(as_group, template):
    live(template)
    answer = save(as_group("editor"), template, name="Another name")
    assert not [text for text in said(answer) if "still use" in text]


def test_the_posting_says_how_it_differs_and_offers_the_update(as_group, template):
    posting, client = built(template, requirements="Patience"), as_group("contributor")
    move(template, benefits="- Coffee")
    response = client.get(change(posting))
    states = {drift.field: drift.state for drift in response.context["panel"]["drift"]["fields"]}
    assert (states["benefits"], states["requirements"], states["description"]) == ("moved", "edited", "as_built")
    assert f"{page('update', template)}?posting={posting.pk}" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("", {"a", "b"}), ("state=edited", {"b"}), ("state=moved", {"a", "b"}), ("field=benefits&state=edited", set())],
)
def test_the_list_of_a_template_is_narrowed_by_state_and_field(as_group, template, query, found):
    postings = {"a": built(template), "b": built(template, requirements="Patience")}
    move(template, benefits="- Coffee")
    factories.PostingFactory()
    rows = asked(as_group("contributor"), f"{page('drift', template)}?{query}").context["rows"]
    assert {posting.pk for posting, _ in rows} == {postings[name].pk for name in found}


def test_the_list_and_the_differences_take_the_same_queries_for_any_number(as_group, template):
    client, counts = as_group("editor"), []
    for number in (2, 5):
        for _ in range(number):
            built(template)
        move(template, benefits=f"- Coffee {number}")
        numbers = "&".join(f"posting={pk}" for pk in Posting.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            assert len(asked(client, page("drift", template)).context["rows"]) == Posting.objects.count()
            assert (
                len(asked(client, f"{page('update', template)}?{numbers}").context["shown"]) == Posting.objects.count()
            )
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_local_edit_stays_unless_it_is_chosen(as_group, template):
    posting, client = built(template, benefits="- Tea\n- Cake"), as_group("contributor")
    move(template, benefits="- Coffee", requirements="Patience")
    address, data = update_data(client, template, [posting])
    prefix = posting.pk
    assert (data[f"{prefix}-requirements"], data[f"{prefix}-benefits"]) == ("take", "leave")
    assert client.get(address).status_code == 200
    client.post(address, data)
    posting.refresh_from_db()
    assert (posting.requirements, posting.benefits) == ("Patience", "- Tea\n- Cake")


def test_an_update_is_undone_by_a_post_from_the_posting(as_group, template):
    posting, client = built(template), as_group("contributor")
    move(template, requirements="Patience")
    client.post(*update_data(client, template, [posting]))
    undo = reverse("admin:postings_posting_undo_update", args=[posting.pk])
    assert undo in client.get(change(posting)).content.decode()
    assert client.get(undo).status_code == 405
    client.post(undo)
    posting.refresh_from_db()
    assert (posting.requirements, posting.template_version) == ("", 1)
    assert "already undone" in said(client.post(undo))[-1]


def test_what_readers_see_is_updated_by_those_who_publish(as_group, template):
    posting, client = live(template), as_group("contributor")
    move(template, requirements="Patience")
    address, _ = update_data(client, template, [posting])
    client.post(address, {f"{posting.pk}-requirements": "take", f"{posting.pk}-seen": "x"})
    undo = reverse("admin:postings_posting_undo_update", args=[posting.pk])
    assert client.post(undo).status_code == 403
    posting.refresh_from_db()
    assert posting.requirements == ""


def test_staff_without_the_right_sees_no_differences(client, template):
    client.force_login(factories.UserFactory(staff=True))
    assert [client.get(page(name, template)).status_code for name in ("drift", "update")] == [403, 403]
    assert client.post(page("update", template)).status_code == 403


def test_an_update_without_token_is_refused(template):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.UserFactory(superuser=True))
    posting = built(template)
    move(template, requirements="Patience")
    address, data = update_data(strict, template, [posting])
    assert strict.post(address, data).status_code == 403
    assert strict.post(reverse("admin:postings_posting_undo_update", args=[posting.pk])).status_code == 403


@each("query", ["posting=x", "posting=99999999999999999999", "posting=1%00", "field=x&posting=1", "page=-1"])
def test_an_odd_address_shows_nothing_and_breaks_nothing(as_group, template, query):
    client = as_group("editor")
    assert client.get(f"{page('update', template)}?{query}").status_code == 200
    assert client.get(f"{page('drift', template)}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("state", "found"), [("moved", {"a", "b"}), ("edited", {"b"}), ("both", set()), ("x", {"a", "b", "c"})]
)
def test_postings_are_found_by_their_drift(as_group, template, state, found):
    postings = {"a": built(template), "b": built(template, requirements="Patience"), "c": factories.PostingFactory()}
    move(template, benefits="- Coffee")
    response = as_group("editor").get(reverse("admin:postings_posting_changelist"), {"drift": state})
    assert {row.pk for row in response.context["cl"].queryset} == {postings[name].pk for name in found}
