"""Users can only grant permissions they hold, and only change users and groups whose permissions they all hold."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def held_permissions(user: User) -> QuerySet[Permission]:
    """Permissions of the user and their groups, also if the user is inactive; all permissions for a superuser."""
    everything = Permission.objects.all()
    if user.is_superuser:
        return everything
    return everything.filter(Q(user=user) | Q(group__user=user)).distinct()


def may_change_user(user: User, person: User) -> bool:
    if user.is_superuser:
        return True
    return not person.is_superuser and not _not_held_by(user, held_permissions(person)).exists()


def may_change_group(user: User, group: Group) -> bool:
    return user.is_superuser or not _not_held_by(user, group.permissions.all()).exists()


def _not_held_by(user: User, permissions: QuerySet[Permission]) -> QuerySet[Permission]:
    return permissions.exclude(pk__in=held_permissions(user).values("pk"))


def assignable_groups(user: User) -> QuerySet[Group]:
    """Groups of whose permissions the user holds every one."""
    if user.is_superuser:
        return Group.objects.all()
    not_held = _not_held_by(user, Permission.objects.all())
    return Group.objects.exclude(pk__in=Group.objects.filter(permissions__in=not_held).values("pk"))
