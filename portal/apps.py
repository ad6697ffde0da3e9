from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


def create_groups(using, **kwargs):
    """Creates the three groups if none of them exists. Existing groups keep the permissions an administrator gave them."""
    from .groups import GROUPS, Group, ensure_groups

    if not Group.objects.using(using).filter(name__in=GROUPS).exists():
        ensure_groups()


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        # portal is the last of INSTALLED_APPS, so the permissions of all other apps exist when its signal is sent.
        post_migrate.connect(create_groups, sender=self, dispatch_uid="portal.create_groups")


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.site.PortalAdminSite"
