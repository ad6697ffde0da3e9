import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal

from portal.groups import ADMINISTRATOR, CONTRIBUTOR, EDITOR, ensure_groups


def held(name):
    rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_each_group_may_do_what_the_one_before_may():
    assert CONTRIBUTOR < EDITOR < ADMINISTRATOR


# Model: what contributors, editors and administrators may do with it. v: view, a: add, c: change, d: delete.
RIGHTS = {
    "occupations.source": ("vac", "vacd", "vacd"),
    "occupations.occupation": ("v", "v", "v"),
    "occupations.importrun": ("v", "v", "v"),
    "occupations.release": ("v", "v", "vd"),
    **dict.fromkeys(["roles.role", "roles.article", "roles.skill", "roles.industry"], ("vac", "vacd", "vacd")),
    **dict.fromkeys(["postings.employer", "postings.posting"], ("vac", "vacd", "vacd")),
    **dict.fromkeys(["resources.category", "resources.resource", "pages.page"], ("vac", "vacd", "vacd")),
    "postings.postingtemplate": ("v", "vacd", "vacd"),
    "postings.templateblank": ("v", "vacd", "vacd"),
    "postings.templateversion": ("v", "v", "v"),
    "postings.pendingchange": ("va", "va", "va"),
    "postings.cannedreply": ("", "vacd", "vacd"),
    # Rows in the form of another model go with it.
    **dict.fromkeys(["roles.section", "roles.item", "roles.alternatetitle", "roles.roleskill"], ("vacd",) * 3),
    **dict.fromkeys(["roles.skillalias", "roles.careerstep", "roles.occupationlink"], ("vacd",) * 3),
    **dict.fromkeys(["roles.payclaim", "roles.outlookclaim"], ("vacd",) * 3),
    **dict.fromkeys(["postings.postingplace", "postings.remotecountry"], ("vacd",) * 3),
    "auth.user": ("", "", "vac"),
    "auth.group": ("", "", "vacd"),
    "axes.accessattempt": ("", "", "vd"),
    "axes.accesslog": ("", "", "v"),
    "django_tasks_database.dbtaskresult": ("", "", "vc"),
    "background.worker": ("", "", "v"),
    **dict.fromkeys(["subscriptions.subscriber", "subscriptions.jobalert"], ("", "", "vd")),
}
ACTS = {"v": "view", "a": "add", "c": "change", "d": "delete"}
PUBLISHING = {"roles.publish_role", "postings.publish_posting", "resources.publish_resource", "pages.publish_page"}


@pytest.mark.parametrize(
    ("number", "group", "publishing"),
    [(0, CONTRIBUTOR, set()), (1, EDITOR, PUBLISHING), (2, ADMINISTRATOR, PUBLISHING)],
)
def test_each_group_has_the_rights_of_the_table_and_no_others(number, group, publishing):
    rights = {
        f"{app}.{ACTS[letter]}_{name}"
        for (app, name), acts in ((model.split("."), acts) for model, acts in RIGHTS.items())
        for letter in acts[number]
    }
    assert group == rights | publishing


@pytest.mark.parametrize("group", [CONTRIBUTOR, EDITOR, ADMINISTRATOR])
def test_who_may_change_or_delete_something_may_look_at_it(group):
    wanted = {re.sub(r"\.(change|delete)_", ".view_", name) for name in group if "publish_" not in name}
    assert {name for name in wanted if ".view_" in name} <= group


@pytest.mark.django_db
def test_groups_come_back_after_everything_was_emptied_and_nothing_is_printed(capsys):
    Group.objects.all().delete()
    Permission.objects.all().delete()
    ensure_groups()
    assert held("editor") == EDITOR
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_ensuring_twice_changes_nothing_and_keeps_other_groups():
    Group.objects.create(name="guests")
    ensure_groups()
    assert Group.objects.count() == 4


def end_of_migrate():
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


@pytest.mark.django_db
def test_migrating_creates_the_groups_in_a_database_without_them():
    Group.objects.all().delete()
    end_of_migrate()
    assert held("administrator") == ADMINISTRATOR


@pytest.mark.django_db
def test_migrating_again_keeps_what_an_administrator_changed():
    Group.objects.get(name="contributor").delete()
    Group.objects.get(name="editor").permissions.clear()
    end_of_migrate()
    assert held("editor") == set()
    assert not Group.objects.filter(name="contributor").exists()


@pytest.mark.django_db
def test_reset_groups_gives_the_three_groups_their_permissions_and_leaves_others(capsys):
    guests = Group.objects.create(name="guests")
    guests.permissions.add(Permission.objects.get(codename="view_role"))
    Group.objects.get(name="contributor").delete()
    Group.objects.get(name="editor").permissions.clear()
    call_command("reset_groups")
    assert held("contributor") == CONTRIBUTOR
    assert held("editor") == EDITOR
    assert held("guests") == {"roles.view_role"}
    assert f"editor: {len(EDITOR)} permissions" in capsys.readouterr().out


# Shown with their occupation, and written by the importers alone.
IMPORTED = {
    "educationshare",
    "jobzone",
    "occupationskill",
    "occupationtask",
    "occupationtechnology",
    "occupationtitle",
    "officialoutlook",
    "officialpay",
    "relatedoccupation",
}
# What the portal notes itself: shown in pages of its own, changed by nobody.
NOTED = {"buildrun", "dailycount", "unansweredsearch", "postingfinding", "remindersent"}


@pytest.mark.django_db
def test_every_model_of_content_is_in_the_hands_of_a_group():
    """A new model is either handed to the groups or named here as one that nobody edits."""
    by_hand = {permission.partition(".")[2].partition("_")[2] for permission in EDITOR}
    models = {
        model._meta.model_name
        for app in ("occupations", "roles", "postings", "resources", "pages")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.model_name.startswith("historical")
    }
    assert models - IMPORTED - NOTED <= by_hand
