"""The three groups of staff and their permissions.

The first `migrate` creates them (portal/apps.py); `manage.py reset_groups` resets them.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

# Models with a form of their own.
MODELS = {
    "occupations": ["source"],
    "roles": ["role", "article", "skill", "industry"],
    "postings": ["employer", "postingtemplate", "posting"],
    "resources": ["category", "resource"],
    "pages": ["page"],
}
# Models edited within another model's form. Whoever may change that form may also delete rows in it.
INLINE_MODELS = {
    "roles": [
        "section", "item", "alternatetitle", "roleskill", "skillalias", "careerstep", "payclaim", "outlookclaim",
        "occupationlink",
    ],
    "postings": ["postingplace", "remotecountry"],
}  # fmt: skip


def _permissions(models: dict[str, list[str]], *acts: str) -> set[str]:
    return {f"{app}.{act}_{name}" for app, names in models.items() for name in names for act in acts}


# Imported by commands and not edited.
IMPORTED_MODELS = {"occupations": ["occupation", "release", "importrun"]}

# Visitors see a role's template as soon as it is saved, so only those who may publish change templates.
FOR_EDITORS = _permissions({"postings": ["postingtemplate", "templateblank"]}, "add", "change") | {
    "postings.delete_templateblank"
}

CONTRIBUTOR = (
    (_permissions(MODELS, "view", "add", "change") - FOR_EDITORS)
    | _permissions(INLINE_MODELS, "view", "add", "change", "delete")
    | _permissions(IMPORTED_MODELS, "view")
    | {"postings.view_templateversion", "postings.view_templateblank"}
    # Changes to published postings need approval. Canned replies are only used by reviewers.
    | {"postings.view_pendingchange", "postings.add_pendingchange"}
)
EDITOR = (
    CONTRIBUTOR
    | FOR_EDITORS
    | _permissions(MODELS, "delete")
    | _permissions({"postings": ["cannedreply"]}, "view", "add", "change", "delete")
    | {"roles.publish_role", "postings.publish_posting", "resources.publish_resource", "pages.publish_page"}
)
# No auth.delete_user: users who leave are deactivated, so that the history keeps the names of authors.
ADMINISTRATOR = EDITOR | {
    *_permissions({"auth": ["user", "group"]}, "view", "add", "change"),
    "auth.delete_group",
    *_permissions({"axes": ["accessattempt", "accesslog"]}, "view"),
    "axes.delete_accessattempt",
    # Background tasks, whose arguments name mail addresses. Changing one means trying it again.
    *_permissions({"django_tasks_database": ["dbtaskresult"]}, "view", "change"),
    *_permissions({"background": ["worker"]}, "view"),
    *_permissions({"subscriptions": ["subscriber", "jobalert"]}, "view", "delete"),
    "occupations.delete_release",  # with its source and all its figures
}
GROUPS = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


def ensure_groups() -> None:
    """Create or reset the three groups.

    Django creates permissions after all migrations; this function creates missing ones first, so that it can run earlier.
    """
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
