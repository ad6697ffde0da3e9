import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from portal.groups import ADMINISTRATOR, CONTRIBUTOR, EDITOR, ensure_groups


def held(name):
    rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_each_group_may_do_what_the_one_before_may():
    assert CONTRIBUTOR < EDITOR < ADMINISTRATOR


def test_contributors_publish_nothing_and_delete_no_noun():
    assert not any("publish_" in permission for permission in CONTRIBUTOR)
    nouns = {"roles.delete_role", "postings.delete_posting", "resources.delete_resource", "occupations.delete_source"}
    assert not nouns & CONTRIBUTOR
    assert nouns <= EDITOR


def test_people_are_the_administrators():
    assert not any(permission.startswith(("auth.", "axes.")) for permission in EDITOR)
    assert {"auth.change_user", "auth.change_group"} <= ADMINISTRATOR


@pytest.mark.django_db
def test_groups_come_back_after_everything_was_emptied():
    Group.objects.all().delete()
    Permission.objects.all().delete()
    ensure_groups()
    assert held("editor") == EDITOR


@pytest.mark.django_db
def test_ensuring_twice_changes_nothing_and_keeps_other_groups():
    Group.objects.create(name="guests")
    ensure_groups()
    assert Group.objects.count() == 4


@pytest.mark.django_db
def test_the_migration_can_be_taken_back_and_leaves_other_groups():
    Group.objects.create(name="guests")
    importlib.import_module("portal.migrations.0001_groups").delete_groups(apps, None)
    assert list(Group.objects.values_list("name", flat=True)) == ["guests"]


# Shown with their occupation, and written by the importers alone.
IMPORTED = {
    "educationshare",
    "jobzone",
    "occupationtask",
    "occupationtechnology",
    "occupationtitle",
    "relatedoccupation",
}
# What the portal notes itself: shown in pages of its own, changed by nobody.
NOTED = {"buildrun", "dailycount", "postingfinding", "remindersent"}


@pytest.mark.django_db
def test_every_model_of_content_is_in_the_hands_of_a_group():
    """A new model is either handed to the groups or named here as one that nobody edits."""
    by_hand = {permission.partition(".")[2].partition("_")[2] for permission in EDITOR}
    models = {
        model._meta.model_name
        for app in ("roles", "postings", "resources")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.model_name.startswith("historical")
    }
    assert models - IMPORTED - NOTED <= by_hand
