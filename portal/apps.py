from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


def create_groups(using: str, apps=apps, **kwargs) -> None:
    """Creates the three groups if none of them exists. Existing groups keep the permissions an administrator gave them."""
    from .groups import GROUPS, Group, ensure_groups

    try:
        apps.get_model("auth", "Group")
    except LookupError:  # the migrations of auth were taken back
        return
    if not Group.objects.using(using).filter(name__in=GROUPS).exists():
        ensure_groups()


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        # Django sends the signal only for apps with models, which portal has not.
        post_migrate.connect(create_groups, sender=apps.get_app_config("auth"), dispatch_uid="portal.create_groups")


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.site.PortalAdminSite"
