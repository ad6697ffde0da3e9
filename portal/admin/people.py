"""Users, groups, and failed and successful logins."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from careers.core.admin.base import PortalAdmin
from portal.groups import GROUPS
from portal.user_permissions import assignable_groups, held_permissions, may_change_group, may_change_user

for model in (User, Group, AccessAttempt, AccessLog, AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class PersonAdmin(UserAdmin, PortalAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "first_name", "last_name", "email", "works_as", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Name", {"fields": [("first_name", "last_name"), "email"]}),
        (
            "What this person may do",
            {
                "description": "Staff may log in here. A contributor writes drafts, an editor publishes, an administrator also "
                "looks after people. Somebody who leaves is made inactive, so that the history keeps saying who wrote what. "
                "You cannot give what you do not hold, nor change a person who may do more than you.",
                "fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"],
            },
        ),
        ("Dates", {"fields": [("last_login", "date_joined")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groups")
    def works_as(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change_user(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_change_user(request.user, obj))

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *([] if request.user.is_superuser else ["is_superuser"])]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = assignable_groups(request.user)
        if db_field.name == "user_permissions":
            kwargs["queryset"] = held_permissions(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class WorkGroupAdmin(GroupAdmin, PortalAdmin):
    search_fields = ["name"]
    filter_horizontal = []
    fieldsets = [
        (
            None,
            {
                "description": "A group you hold every right of can be changed. The groups contributor, editor and "
                "administrator belong to the portal: an update may reset their rights. Make a group of your own instead.",
                "fields": ["name", "permissions"],
            },
        )
    ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change_group(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.name not in GROUPS and may_change_group(request.user, obj))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "permissions":
            kwargs["queryset"] = held_permissions(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class SecurityLogAdmin(PortalAdmin):
    date_hierarchy = "attempt_time"
    search_fields = ["username", "ip_address"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(AccessAttempt)
class LockedLoginAdmin(SecurityLogAdmin):
    """Deleting a row ends the lock of that user name and IP address."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    fields = ["attempt_time", "username", "ip_address", "user_agent", "failures_since_start"]
    list_before_template = "admin/axes/unlock_hint.html"


@admin.register(AccessLog)
class LoginAdmin(SecurityLogAdmin):
    list_display = ["attempt_time", "username", "ip_address", "logout_time"]
    fields = ["attempt_time", "logout_time", "username", "ip_address", "user_agent"]

    def has_delete_permission(self, request, obj=None):
        return False
