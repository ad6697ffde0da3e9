"""The three groups of people who work here, and what each may do. The first `migrate` creates them (portal/apps.py)."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

# What stands on its own.
NOUNS = {
    "occupations": ["source"],
    "roles": ["role", "article", "skill", "industry"],
    "postings": ["employer", "postingtemplate", "posting"],
    "resources": ["category", "resource"],
}
# Rows that are written inside another form. Who may change the whole may also take a row out of it.
PARTS = {
    "roles": [
        "section", "item", "alternatetitle", "roleskill", "skillalias", "careerstep", "payclaim", "outlookclaim",
        "occupationlink",
    ],
    "postings": ["postingplace", "remotecountry"],
}  # fmt: skip


def _permissions(models, *acts):
    return {f"{app}.{act}_{name}" for app, names in models.items() for name in names for act in acts}


# Imported by commands; nobody edits it.
REFERENCE = {"occupations": ["occupation", "release", "importrun"]}

# Readers see the template of a role as soon as it is saved, so those who publish write it.
FOR_EDITORS = _permissions({"postings": ["postingtemplate", "templateblank"]}, "add", "change") | {
    "postings.delete_templateblank"
}

CONTRIBUTOR = (
    (_permissions(NOUNS, "view", "add", "change") - FOR_EDITORS)
    | _permissions(PARTS, "view", "add", "change", "delete")
    | _permissions(REFERENCE, "view")
    | {"postings.view_templateversion", "postings.view_templateblank"}
    # Changes of what readers see wait for approval; replies are read where they are chosen.
    | {"postings.view_pendingchange", "postings.add_pendingchange"}
)
EDITOR = (
    CONTRIBUTOR
    | FOR_EDITORS
    | _permissions(NOUNS, "delete")
    | _permissions({"postings": ["cannedreply"]}, "view", "add", "change", "delete")
    | {"roles.publish_role", "postings.publish_posting", "resources.publish_resource"}
)
# People who left are deactivated, not deleted: the history keeps saying who wrote what.
ADMINISTRATOR = EDITOR | {
    *_permissions({"auth": ["user", "group"]}, "view", "add", "change"),
    "auth.delete_group",
    *_permissions({"axes": ["accessattempt", "accesslog"]}, "view"),
    "axes.delete_accessattempt",
    "occupations.delete_release",  # with its source and all its figures
}
GROUPS = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


def ensure_groups():
    """Create or reset the three groups. Permissions appear only after migrating, so they are made first where missing."""
    for config in apps.get_app_configs():
        if any(name.startswith(f"{config.label}.") for name in ADMINISTRATOR):
            create_permissions(config, verbosity=0)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[permission] for permission in permissions])
