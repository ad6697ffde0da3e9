from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


def create_groups(using, **kwargs):
    """A portal without any of the three groups gets them; groups that exist keep what an administrator gave them."""
    from .groups import GROUPS, Group, ensure_groups

    if not Group.objects.using(using).filter(name__in=GROUPS).exists():
        ensure_groups()


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        # The last app of INSTALLED_APPS: the permissions of all others exist by now.
        post_migrate.connect(create_groups, sender=self, dispatch_uid="portal.create_groups")


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"
