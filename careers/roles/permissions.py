"""Who may change a guide and everything that belongs to it; mixins that apply this in the admin."""

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from careers.roles.models import Role

OPEN_STATUSES = (Role.Status.DRAFT, Role.Status.IN_REVIEW)
READ_ONLY = "Contributors can edit drafts and guides in review. Only editors can edit published and archived guides."


def may_publish(user: AbstractUser) -> bool:
    return user.has_perm("roles.publish_role")


def may_change_guide(user: AbstractUser, role: Role) -> bool:
    return role.status in OPEN_STATUSES or may_publish(user)


def changeable_guides(user: AbstractUser) -> QuerySet:
    return Role.objects.all() if may_publish(user) else Role.objects.filter(status__in=OPEN_STATUSES)


class GuidePartAdminMixin:
    """For the admin of a model whose rows belong to a guide: only those who may change the guide may change them."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._guide_is_open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._guide_is_open(request, obj)

    def has_change_history_permission(self, request, obj=None):
        """Also applies to a deleted row: restoring it changes the guide."""
        return super().has_change_history_permission(request, obj) and self._guide_is_open(request, obj)

    def _guide_is_open(self, request, row):
        if row is None:
            return True
        try:
            return may_change_guide(request.user, row.role)
        except Role.DoesNotExist:  # an old version of a row whose guide was deleted
            return False

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["role"] if obj else [])]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "role":
            kwargs["queryset"] = changeable_guides(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SharedByGuidesAdminMixin:
    """For the admin of rows that guides share: only editors may change those that a published or archived guide uses."""

    def guides_using(self, row):
        """The queryset of guides that use the row."""
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None or may_publish(request.user):
            return True
        return not self.guides_using(obj).exclude(status__in=OPEN_STATUSES).exists()
