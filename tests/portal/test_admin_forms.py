"""Rules that hold for every form of the admin, and for every kind of part edited in one."""

import pytest
from django import forms
from django.contrib import admin as django_admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from careers.changes.counter import read_state
from careers.core.admin.base import EditorialAdmin
from careers.core.admin.formsets import MAX_ADDED_ROWS, EditorialFormSet
from careers.core.admin.saving import NOTHING_TO_SAVE
from careers.postings.models import PostingPlace, RemoteCountry, TemplateBlank
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    RoleSkill,
    Section,
    SkillAlias,
)
from tests import factories
from tests.admin_pages import asked, errors_of, form_data, said, undrawn
from tests.cases import each
from tests.portal.test_admin_pages import FACTORIES as CONTENT

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]

FACTORIES = CONTENT | {
    "postings.posting": lambda: factories.PostingFactory(draft=True),
    "postings.postingtemplate": factories.PostingTemplateFactory,
    "postings.employer": factories.EmployerFactory,
    "postings.cannedreply": factories.CannedReplyFactory,
    "pages.page": factories.PageFactory,
    "roles.role": lambda: factories.RoleFactory(draft=True),
    "auth.user": factories.UserFactory,
}
READ_ONLY = {"occupations.occupation", "occupations.release", "occupations.importrun", "postings.pendingchange"}
# Of each kind of part: its factory, other values for a second row of one parent, and a field to change.
PARTS = {
    PostingPlace: (factories.PostingPlaceFactory, {"city": "Bonn"}, {"city": "Ulm"}),
    RemoteCountry: (factories.RemoteCountryFactory, {"country": "FR"}, {"country": "IT"}),
    TemplateBlank: (factories.TemplateBlankFactory, {}, {"label": "Team"}),
    Section: (factories.SectionFactory, {"kind": "work"}, {"body": "Other prose."}),
    Item: (factories.ItemFactory, {}, {"text": "Said otherwise."}),
    RoleSkill: (factories.RoleSkillFactory, {}, {"note": "Daily."}),
    AlternateTitle: (factories.AlternateTitleFactory, {}, {"title": "Yet another"}),
    CareerStep: (factories.CareerStepFactory, {}, {"note": "Often."}),
    OccupationLink: (factories.OccupationLinkFactory, {}, {"reason": "The same tasks."}),
    PayClaim: (factories.PayClaimFactory, {"country": "DE"}, {"note": "Of few people."}),
    OutlookClaim: (factories.OutlookClaimFactory, {"country": "DE"}, {"note": "Of few people."}),
    SkillAlias: (factories.SkillAliasFactory, {}, {"name": "Yet another name"}),
}
MAIN_FIELDS = {"posting": "title", "postingtemplate": "name", "role": "title", "skill": "name"}


def admins():
    return {model._meta.label_lower: model_admin for model, model_admin in django_admin.site._registry.items()}


def edited_inlines():
    """[(label of the parent, inline class)]"""
    inlines = [(label, inline) for label, model_admin in admins().items() for inline in model_admin.inlines]
    return [(label, inline) for label, inline in inlines if inline.model is not Article]  # read only: a page of its own


def name_of(case):
    return f"{case[0]}: {case[1].__name__}"


def page(label, name, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{name}", args=args)


def key_to(parent):
    return admins()[parent._meta.label_lower].history_parent


def with_parts(label, model):
    """A row with two parts of the model."""
    parent, (factory, other, _) = FACTORIES[label](), PARTS[model]
    key = key_to(parent)
    return parent, factory(**{key: parent}), factory(**{key: parent}, **other)


def opened(client, address):
    """What a browser would send back, with the version the form was opened with."""
    answer = asked(client, address)
    return form_data(answer) | {"_opened_version": answer.context["opened_version"]}


def prefix_of(answer, model):
    return formset_of(answer, model).prefix


def formset_of(answer, model):
    formsets = [wrapped.formset for wrapped in answer.context["inline_admin_formsets"]]
    return next(formset for formset in formsets if formset.model is model)


def sent(client, address, data):
    with undrawn():
        return client.post(address, data)


def rows_of(parent, model):
    return model.objects.filter(**{key_to(parent): parent})


def other_name(parent):
    return {MAIN_FIELDS[parent._meta.model_name]: "Another name"}


def test_every_inline_has_a_factory_and_the_base_formset_and_takes_part_in_conflicts():
    for label, inline in edited_inlines():
        assert inline.model in PARTS, inline
        assert issubclass(inline.formset, EditorialFormSet), inline
        assert inline.model in admins()[label].history_related, inline


# -- A row deleted while the form was open


@each("label, inline", edited_inlines(), ids=name_of)
def test_a_form_opened_before_a_part_was_deleted_can_be_saved_over_it(admin, label, inline):
    parent, deleted, kept = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    mine = opened(admin, address) | other_name(parent)
    deleted.delete()
    warned = sent(admin, address, mine)
    assert warned.status_code == 200
    assert warned.context["edit_conflict"].related, "the deletion is named"
    again = form_data(warned) | other_name(parent) | {"_opened_version": mine["_opened_version"]}
    answer = sent(admin, address, again | {"_over": warned.context["edit_conflict"].version})
    assert answer.status_code == 302, errors_of(answer)
    parent.refresh_from_db()
    assert getattr(parent, MAIN_FIELDS[parent._meta.model_name]) == "Another name"
    rows = rows_of(parent, inline.model)
    assert rows.count() == 2, "the form showed both rows"
    assert rows.filter(pk=kept.pk).exists(), "the row that stayed is the same"


@each("label, inline", edited_inlines(), ids=name_of)
def test_a_part_deleted_twice_stays_deleted(admin, label, inline):
    parent, deleted, kept = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    answer = asked(admin, address)
    prefix = prefix_of(answer, inline.model)
    data = form_data(answer)
    number = next(index for index in (0, 1) if data[f"{prefix}-{index}-id"] == deleted.pk)
    deleted.delete()
    assert sent(admin, address, data | {f"{prefix}-{number}-DELETE": "on"}).status_code == 302
    assert list(rows_of(parent, inline.model)) == [kept]


def test_a_part_of_another_row_is_not_taken_over(admin):
    parent, _, _ = with_parts("postings.posting", PostingPlace)
    foreign = factories.PostingPlaceFactory()
    address = page("postings.posting", "change", parent.pk)
    changed = {"places-0-id": foreign.pk, "places-0-city": "Ulm"}
    sent(admin, address, form_data(asked(admin, address)) | changed)
    foreign.refresh_from_db()
    assert (foreign.city, foreign.posting_id == parent.pk) == ("Berlin", False)


# -- A row that was added and not filled in


def browser_value(field):
    """What a browser sends of a field nobody touched: of a choice without a value the first option."""
    value, widget = field.value(), field.field.widget
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        options = [str(key) for key, _ in widget.choices]
        return value if str(value) in options else next(iter(options), None)
    return value


def untouched_row(answer, model):
    formset = formset_of(answer, model)
    number = formset.total_form_count()
    values = {field.html_name: browser_value(field) for field in formset.empty_form}
    row = {
        name.replace("__prefix__", str(number)): value for name, value in values.items() if value not in (None, False)
    }
    return row | {f"{formset.prefix}-TOTAL_FORMS": number + 1, f"{formset.prefix}-{number}-position": 7}


@each("label, inline", edited_inlines(), ids=name_of)
def test_an_added_row_that_nobody_filled_in_is_ignored(admin, label, inline):
    parent, _, _ = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    page_of_it = asked(admin, address)
    answer = sent(admin, address, form_data(page_of_it) | untouched_row(page_of_it, inline.model))
    assert answer.status_code == 302, errors_of(answer)
    assert set(said(answer)) == {NOTHING_TO_SAVE}
    assert rows_of(parent, inline.model).count() == 2


def test_forms_with_rows_load_the_script_that_opens_added_rows_and_keeps_what_was_typed(admin):
    for label in {label for label, _ in edited_inlines()}:
        assert "admin/js/inline_rows.js" in admin.get(page(label, "change", FACTORIES[label]().pk)).text, label


def forms_of(answer):
    yield answer.context["adminform"].form
    for wrapped in answer.context["inline_admin_formsets"]:
        yield wrapped.formset.empty_form


@each("label", sorted(set(FACTORIES) - READ_ONLY), ids=str)
def test_a_required_choice_without_a_default_starts_empty(admin, label):
    addresses = [page(label, "change", FACTORIES[label]().pk)]
    if asked(admin, page(label, "add")).status_code == 200:
        addresses.append(page(label, "add"))
    for address in addresses:
        for form in forms_of(asked(admin, address)):
            for field in form:
                choices = getattr(field.field, "choices", None)
                if choices and field.field.required and not field.field.initial:
                    assert next(iter(field.field.widget.choices))[0] in ("", None), (address, field.html_name)


def test_all_forms_of_ours_are_walked():
    ours = {label for label in admins() if label.startswith(("occupations.", "roles.", "resources.", "postings."))}
    assert ours - READ_ONLY <= set(FACTORIES)


# -- More rows than anybody fills in


@each("label, inline", edited_inlines(), ids=name_of)
def test_a_request_for_many_rows_gets_no_more_than_the_limit(admin, label, inline):
    parent, _, _ = with_parts(label, inline.model)
    address = page(label, "change", parent.pk)
    shown = asked(admin, address)
    prefix = prefix_of(shown, inline.model)
    for number in ({"TOTAL_FORMS": 999_999}, {"TOTAL_FORMS": 999_999, "INITIAL_FORMS": 999_999}):
        given = {f"{prefix}-{name}": value for name, value in number.items()}
        answer = sent(admin, address, form_data(shown) | given)
        assert answer.status_code == 200
        assert len(formset_of(answer, inline.model).forms) <= MAX_ADDED_ROWS + 2
        assert "At most 102 rows" in errors_of(answer)


def test_a_proposed_change_takes_no_more_places_than_the_limit(as_group):
    posting = factories.PostingPlaceFactory().posting
    address = reverse("admin:postings_posting_propose", args=[posting.pk])
    with undrawn():
        answer = as_group("contributor").post(
            address, {"places-TOTAL_FORMS": 999_999, "places-INITIAL_FORMS": 1, "title": "Baker"}
        )
    places = answer.context["form"].places
    assert len(places.forms) <= MAX_ADDED_ROWS + 1
    assert "At most" in str(places.non_form_errors())


def test_more_rows_than_the_limit_that_are_stored_already_can_be_saved(admin):
    role = factories.RoleFactory(draft=True)
    factories.ItemFactory.create_batch(MAX_ADDED_ROWS + 5, role=role)
    address = page("roles.role", "change", role.pk)
    data = opened(admin, address)
    assert sent(admin, address, data | {"items-0-lead": "Changed"}).status_code == 302
    assert role.items.filter(lead="Changed").count() == 1


# -- Nothing changed


@each("label", sorted(set(FACTORIES) - READ_ONLY), ids=str)
def test_saving_without_a_change_writes_nothing_and_says_so(admin, label):
    row = FACTORIES[label]()
    add_parts(row)
    model, address = type(row), page(label, "change", row.pk)
    before = stored(model, row.pk), read_state()
    answer = sent(admin, address, opened_or_filled(admin, address))
    assert answer.status_code == 302, errors_of(answer)
    assert set(said(answer)) == {NOTHING_TO_SAVE}
    assert (stored(model, row.pk), read_state()) == before
    assert not LogEntry.objects.exists()


@each("button, target", [("_continue", "change"), ("_addanother", "add"), ("_save", "changelist")])
def test_saving_without_a_change_leads_where_the_button_says(admin, button, target):
    row = factories.EmployerFactory()
    address = page("postings.employer", "change", row.pk)
    answer = sent(admin, address, opened(admin, address) | {button: "1"})
    assert answer.url == page("postings.employer", target, *([row.pk] if target == "change" else []))


def add_parts(row):
    for label, inline in edited_inlines():
        if label == row._meta.label_lower:
            PARTS[inline.model][0](**{key_to(row): row})


def opened_or_filled(client, address):
    answer = asked(client, address)
    return form_data(answer) | {"_opened_version": answer.context.get("opened_version", "")}


def stored(model, pk):
    versions = model.history.filter(id=pk).count() if hasattr(model, "history") else 0
    return model.objects.filter(pk=pk).values().get(), versions


@each("label, inline", edited_inlines(), ids=name_of)
def test_a_change_of_a_part_alone_makes_one_version_of_its_row(admin, label, inline):
    parent, part, _ = with_parts(label, inline.model)
    address, versions = page(label, "change", parent.pk), parent.history.count()
    answer = asked(admin, address)
    prefix, data = prefix_of(answer, inline.model), form_data(answer)
    number = next(index for index in (0, 1) if data[f"{prefix}-{index}-id"] == part.pk)
    [(field, value)] = PARTS[inline.model][2].items()
    assert sent(admin, address, data | {f"{prefix}-{number}-{field}": value}).status_code == 302
    assert parent.history.count() == versions + 1
    assert parent.history.first().history_date <= part.history.first().history_date


@each("label", sorted(label for label, entry in admins().items() if isinstance(entry, EditorialAdmin)), ids=str)
def test_an_added_row_has_one_version_that_says_created(admin, label):
    if asked(admin, page(label, "add")).status_code != 200:
        return  # added elsewhere
    answer = sent(admin, page(label, "add"), values_of(label) | {"_continue": "1"})
    assert answer.status_code == 302, errors_of(answer)
    [version] = admins()[label].model.history.filter(history_user__is_superuser=True)
    assert version.history_type == "+"


def values_of(label):
    """What a browser would send to add a row like the one the factory makes."""
    model = admins()[label].model
    row = FACTORIES[label]()
    values = {
        key.name: key.value_from_object(row)
        for key in model._meta.concrete_fields
        if key.editable and key.value_from_object(row) not in (None, "", [])
    }
    values |= {"title": "New", "name": "New", "url": "https://example.org/new", "slug": ""}
    values.pop("publish_at", None)
    return values | {f"{prefix}-{name}": 0 for prefix in prefixes(label) for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def prefixes(label):
    inlines, key = admins()[label].inlines, getattr(admins()[label], "history_parent", "")
    return [inline.model._meta.get_field(key).remote_field.related_name for inline in inlines]
