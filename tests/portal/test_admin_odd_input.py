"""Addresses and requests that no page of the admin makes are answered with 400 or 404, never with a fault."""

from urllib.parse import quote

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from careers.core.admin.base import EditorialAdmin, PortalAdmin
from tests import factories
from tests.admin_pages import asked, filled, undrawn
from tests.cases import each

pytestmark = [pytest.mark.postgres, pytest.mark.ignore_template_errors]

HUGE = "9" * 40
NO_ID = ["abc", "_00", "-1", "٩٩٩٩٩٩", HUGE, "\x00"]
EDITORIAL = [model for model, admin in django_admin.site._registry.items() if isinstance(admin, EditorialAdmin)]
ARTICLES = "/admin/roles/article/"


def name_of(model):
    return f"{model._meta.app_label}_{model._meta.model_name}"


@pytest.mark.parametrize("model", EDITORIAL, ids=name_of)
def test_the_history_of_what_never_was_is_missing(admin, model):
    with undrawn():
        for pk in NO_ID:
            history = reverse(f"admin:{name_of(model)}_history", args=[pk])
            version = reverse(f"admin:{name_of(model)}_simple_history", args=["1", pk])
            answers = [admin.get(history), admin.get(version), admin.post(version, {})]
            assert [answer.status_code for answer in answers] == [404, 404, 404], pk


@each("page", ["new-posting", "new-template", "add-article"])
def test_ways_from_a_guide_that_never_was_are_missing_or_lead_nowhere_else(admin, page):
    for pk in NO_ID:
        answer = admin.get(f"/admin/roles/role/{quote(pk)}/{page}/", follow=True)
        assert answer.status_code == (200 if page == "add-article" else 404), pk


@pytest.mark.parametrize("act", ["delete_selected", "publish_rows", ""])
def test_acts_on_rows_that_are_none_are_a_bad_request(admin, act):
    for pk in NO_ID:
        answer = admin.post("/admin/roles/role/", {"action": act, "_selected_action": [pk]})
        assert answer.status_code == 400, pk


def test_filters_beyond_every_row_are_no_fault(admin):
    for query in (
        f"created_at__year={HUGE}", f"role__id__exact={HUGE}", "kind__exact=%00", "kind=%00", "p=-1", "o=x.y",
    ):  # fmt: skip
        assert admin.get(f"{ARTICLES}?{query}").status_code < 500, query


def test_a_new_row_starts_without_what_names_no_row(admin):
    assert admin.get(f"/admin/auth/user/add/?groups=abc,{HUGE}").status_code == 200
    for query in ("role=abc", f"role={HUGE}", "role=%00", "role=", "kind=%00", "nothing=1"):
        assert admin.get(f"{ARTICLES}add/?{query}").status_code == 200, query


def test_a_new_row_starts_with_the_row_the_address_names(admin):
    role = factories.RoleFactory(title="Named guide")
    assert b"Named guide" in admin.get(f"{ARTICLES}add/?role={role.pk}").content
    form = asked(admin, f"/admin/resources/resource/add/?roles={role.pk}").context["adminform"].form
    assert form.initial["roles"] == [str(role.pk)]


def test_a_null_byte_in_a_choice_box_finds_nothing_and_breaks_nothing(admin):
    box = {"app_label": "roles", "model_name": "careerstep", "field_name": "to_role", "term": "a\x00b"}
    assert admin.get("/admin/autocomplete/", box).status_code == 200


def test_a_page_of_search_results_that_is_none_is_missing(admin):
    assert admin.get("/admin/search/", {"s": "a", "extended": "1", "page": "abc"}).status_code == 404
    assert admin.get("/admin/search/", {"s": "a", "extended": "1", "page": HUGE}).status_code in (200, 404)


def test_no_admin_page_of_a_package_stands_beside_ours():
    """A page without our base class has neither its rights nor its look."""
    strangers = [
        name_of(model) for model, admin in django_admin.site._registry.items() if not isinstance(admin, PortalAdmin)
    ]
    assert strangers == []


@each("model", django_admin.site._registry, ids=name_of)
def test_a_number_that_is_none_or_an_empty_field_is_no_fault(admin, model):
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    row = model._base_manager.first()
    with undrawn():
        for pk in ("1-2", "1-2-3", *NO_ID, "1" * 19, row.pk if row else 1):
            quoted = "%00" if pk == "\x00" else pk
            for page in ("change", "delete", "history"):
                for query in ("", "?_to_field=", "?_to_field=id", "?_to_field=nothing"):
                    status = admin.get(f"{address}{quoted}/{page}/{query}").status_code
                    assert status < 500, (pk, page, query)
        for query in ("?_to_field=", "?_popup=1&_to_field="):
            assert admin.get(f"{address}{query}").status_code < 500, query
            assert admin.get(f"{address}add/{query}").status_code < 500, query


KEYS_OF_NO_ROW = [HUGE, str(2**63), "-1", "abc", "1.5", "٩٩٩٩٩٩", "999999"]


def test_keys_of_no_row_in_a_field_of_many_are_form_errors(admin):
    """Fields for one row refuse them by themselves."""
    for make, field in (
        (factories.ResourceFactory, "roles"),
        (factories.ResourceFactory, "skills"),
        (factories.PostingFactory, "skills"),
        (factories.PostingTemplateFactory, "skills"),
        (factories.RoleFactory, "industries"),
        (factories.UserFactory, "groups"),
        (factories.UserFactory, "user_permissions"),
    ):
        row = make()
        address = reverse(f"admin:{name_of(type(row))}_change", args=[row.pk])
        data = filled(admin, address)
        with undrawn():
            for key in KEYS_OF_NO_ROW:
                answer = admin.post(address, data | {field: [key]})
                assert answer.status_code == 200, (field, key)
                assert field in answer.context["adminform"].form.errors, (field, key)


def test_keys_of_no_row_in_a_field_for_one_are_form_errors(admin):
    resource = factories.ResourceFactory()
    address = reverse("admin:resources_resource_change", args=[resource.pk])
    data = filled(admin, address)
    with undrawn():
        for key in KEYS_OF_NO_ROW:
            assert "category" in admin.post(address, data | {"category": key}).context["adminform"].form.errors, key


@pytest.mark.django_db
@each("name", ["a" * 151, "a" * 256, "é" * 5000, "a\x00b", " ", "😀" * 200])
def test_a_login_with_a_name_that_nobody_can_have_fails_as_any_other(client, settings, name):
    settings.AXES_ENABLED = True
    answer = client.post("/admin/login/", {"username": name, "password": "wrong"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
