"""Every page of the admin opens for those who may open it, and only for them."""

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests import factories
from tests.admin_pages import undrawn

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.ignore_template_errors,  # the admin's own templates name variables that may be missing
]

FACTORIES = {
    "roles.role": factories.RoleFactory,
    "roles.section": factories.SectionFactory,
    "roles.item": factories.ItemFactory,
    "roles.article": factories.ArticleFactory,
    "roles.roleskill": factories.RoleSkillFactory,
    "roles.alternatetitle": factories.AlternateTitleFactory,
    "roles.careerstep": factories.CareerStepFactory,
    "roles.occupationlink": factories.OccupationLinkFactory,
    "roles.payclaim": factories.PayClaimFactory,
    "roles.outlookclaim": factories.OutlookClaimFactory,
    "roles.skill": factories.SkillFactory,
    "roles.industry": factories.IndustryFactory,
    "occupations.source": factories.SourceFactory,
    "occupations.occupation": factories.OccupationFactory,
    "occupations.release": factories.ReleaseFactory,
    "occupations.importrun": factories.ImportRunFactory,
    "resources.category": factories.CategoryFactory,
    "resources.resource": factories.ResourceFactory,
}
ADDED_IN_THE_GUIDE = {
    "roles.section", "roles.item", "roles.roleskill", "roles.alternatetitle", "roles.careerstep", "roles.payclaim",
    "roles.outlookclaim", "roles.occupationlink",
}  # fmt: skip
IMPORTED = {"occupations.occupation", "occupations.release", "occupations.importrun"}
LABELS = sorted(FACTORIES)
EDITED = sorted(set(FACTORIES) - IMPORTED)


def page(label, name, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{name}", args=args)


def test_every_content_model_of_ours_in_the_admin_is_opened_here():
    ours = {model._meta.label_lower for model in django_admin.site._registry}
    assert {label for label in ours if label.startswith(("occupations.", "roles.", "resources."))} == set(FACTORIES)


@pytest.mark.parametrize("label", LABELS)
def test_lists_forms_and_histories_open_for_everyone_who_works_here(as_group, label):
    """Drawn for a contributor; editors see the same with more buttons, which the tests of these draw."""
    row = FACTORIES[label]()
    addresses = [page(label, "changelist"), page(label, "change", row.pk), page(label, "history", row.pk)]
    assert statuses(as_group("contributor"), *addresses) == [200, 200, 200]
    with undrawn():
        for group in ("editor", "administrator"):
            assert statuses(as_group(group), *addresses) == [200, 200, 200], group


def statuses(client, *addresses):
    return [client.get(address).status_code for address in addresses]


@pytest.mark.parametrize("label", LABELS)
def test_adding_is_open_to_everyone_but_parts_are_added_in_their_guide(as_group, label):
    expected = 403 if label in ADDED_IN_THE_GUIDE | IMPORTED else 200
    assert as_group("editor").get(page(label, "add")).status_code == expected
    with undrawn():
        for group in ("contributor", "administrator"):
            assert as_group(group).get(page(label, "add")).status_code == expected, group


@pytest.mark.parametrize("label", sorted(IMPORTED))
def test_what_is_imported_is_read_by_all_who_work_here_and_changed_by_nobody(admin, label):
    row = FACTORIES[label]()
    change = page(label, "change", row.pk)
    assert b'name="_save"' not in admin.get(change).content
    assert admin.post(change, {"title": "Taken"}).status_code == 403
    assert admin.get(page(label, "add")).status_code == 403
    assert admin.get(page(label, "delete", row.pk)).status_code == 403
    admin.post(page(label, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    row.refresh_from_db()


@pytest.mark.parametrize("group", ["editor", "administrator"])
def test_a_published_guide_is_archived_and_not_deleted(as_group, group):
    role = factories.RoleFactory()
    assert as_group(group).get(page("roles.role", "delete", role.pk)).status_code == 403


@pytest.mark.parametrize("label", EDITED)
def test_editors_and_administrators_may_delete(as_group, label):
    row = FACTORIES[label](**({"draft": True} if label == "roles.role" else {}))
    assert as_group("editor").get(page(label, "delete", row.pk)).status_code == 200
    with undrawn():
        assert as_group("administrator").get(page(label, "delete", row.pk)).status_code == 200


def test_contributors_delete_nothing_that_readers_may_see(as_group):
    client = as_group("contributor")
    addresses = {label: page(label, "delete", FACTORIES[label]().pk) for label in LABELS}
    assert {label: client.get(address).status_code for label, address in addresses.items()} == dict.fromkeys(
        LABELS, 403
    )


def test_people_and_logins_are_the_administrators_alone(as_group):
    models = ("auth_user", "auth_group", "axes_accessattempt", "axes_accesslog", "background_worker")
    addresses = [reverse(f"admin:{model}_changelist") for model in models]
    assert statuses(as_group("contributor"), *addresses) == [403] * 5
    assert statuses(as_group("editor"), *addresses) == [403] * 5
    assert statuses(as_group("administrator"), *addresses) == [200] * 5


def test_forms_of_people_open(as_group):
    person = factories.UserFactory()
    client = as_group("administrator")
    for address in (
        page("auth.user", "add"),
        page("auth.user", "change", person.pk),
        page("auth.group", "add"),
        page("auth.group", "change", Group.objects.get(name="editor").pk),
        reverse("admin:auth_user_password_change", args=[person.pk]),
    ):
        assert client.get(address).status_code == 200


def test_a_reader_is_sent_to_the_login(client, db):
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


def test_the_login_page_opens(client, db):
    assert client.get(reverse("admin:login")).status_code == 200


@pytest.mark.parametrize("address", ["admin:index", "admin:login", "admin:roles_role_changelist"])
def test_the_admin_has_a_policy_of_its_own_that_lets_nothing_in_from_other_hosts(client, as_group, address):
    if address != "admin:login":
        as_group("editor")
    policy = client.get(reverse(address)).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("label", LABELS)
def test_a_list_asks_the_same_number_of_questions_for_3_rows_and_for_9(as_group, label, django_assert_max_num_queries):
    client = as_group("editor")
    FACTORIES[label].create_batch(3) if label != "roles.section" else [FACTORIES[label]() for _ in range(3)]
    address = page(label, "changelist")
    with undrawn():
        client.get(address)
    with django_assert_max_num_queries(100) as few:
        client.get(address)
    for _ in range(6):
        FACTORIES[label]()
    with django_assert_max_num_queries(100) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(many) <= 20


def test_searching_every_list_works_with_odd_words(as_group):
    client = as_group("administrator")
    for model in django_admin.site._registry:
        if model._meta.app_label in ("roles", "resources", "auth"):
            address = page(model._meta.label_lower, "changelist")
            with undrawn():
                for words in ("learning", "<script>", "%", "'\"", "日本語", "a" * 5000, "a\x00b"):
                    assert client.get(address, {"q": words}).status_code == 200, (address, words)


def test_all_users_of_the_portal_are_of_one_model():
    assert apps.get_model("auth.user") is User


def test_a_field_of_many_keys_has_a_row_of_its_own():
    """Beside another field its boxes and button run out of the page."""
    crowded = [
        (model._meta.label, name)
        for model, model_admin in django_admin.site._registry.items()
        for _, options in model_admin.fieldsets or ()
        for row in options["fields"]
        if not isinstance(row, str)
        for name in row
        if name in {field.name for field in model._meta.many_to_many}
    ]
    assert crowded == []
