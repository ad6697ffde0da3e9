"""Addresses and requests that no page of the admin makes are answered with 400 or 404, never with a fault."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from careers.core.admin.base import EditorialAdmin, PortalAdmin
from tests import factories
from tests.admin_pages import asked, undrawn

pytestmark = [pytest.mark.postgres, pytest.mark.ignore_template_errors]

HUGE = "9" * 40
NO_ID = ["abc", "_00", "-1", "٣", HUGE, "\x00"]
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
