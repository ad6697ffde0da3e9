"""Nobody hands out rights they do not hold, and nobody changes a person who may do more than they."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q


def held_permissions(user):
    """Permissions the user has been given, also while inactive; all of them for a superuser."""
    everything = Permission.objects.all()
    if user.is_superuser:
        return everything
    return everything.filter(Q(user=user) | Q(group__user=user)).distinct()


def may_change_user(user, person):
    if user.is_superuser:
        return True
    return not person.is_superuser and not _beyond(user, held_permissions(person)).exists()


def may_change_group(user, group):
    return user.is_superuser or not _beyond(user, group.permissions).exists()


def _beyond(user, permissions):
    return permissions.exclude(pk__in=held_permissions(user).values("pk"))


def groups_within_reach(user):
    """Groups whose every permission the user holds."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = _beyond(user, Permission.objects)
    return Group.objects.exclude(pk__in=Group.objects.filter(permissions__in=beyond).values("pk"))
