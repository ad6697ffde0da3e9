"""Users, groups, and failed and successful logins."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from unfold.decorators import action
from unfold.forms import AdminPasswordChangeForm, UserChangeForm

from careers.core.admin.base import PortalAdmin
from careers.core.ids import is_row_id
from portal.groups import GROUPS
from portal.invitations import send_invitation
from portal.user_permissions import assignable_groups, held_permissions, may_change_group, may_change_user

for model in (User, Group, AccessAttempt, AccessLog, AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class NewUserForm(forms.ModelForm):
    """A user without a password, who gets a mail to set one."""

    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "groups"]
        field_classes = {"username": UsernameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = "We email a link to set a password to this address."

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("A user with this name already exists. Choose another name.")
        return username

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class PersonAdmin(UserAdmin, PortalAdmin):
    form = UserChangeForm
    add_form = NewUserForm
    add_form_template = None
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "first_name", "last_name", "email", "works_as", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    actions_submit_line = ["invite"]
    add_fieldsets = [
        (None, {"fields": ["username", "email", ("first_name", "last_name")]}),
        (
            "What this person can do",
            {
                "description": "Users in a group can log in here. Contributors write drafts, editors publish, and "
                "administrators also manage users.",
                "fields": ["groups"],
            },
        ),
    ]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Name", {"fields": [("first_name", "last_name"), "email"]}),
        (
            "What this person can do",
            {
                "description": "Staff can log in here. Contributors write drafts, editors publish, and administrators also "
                "manage users. If somebody leaves, make them inactive: the history still shows what they wrote. "
                "You can give people only the permissions you have, and "
                "change only people who have the same permissions as you or fewer.",
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

    # -- Invitations, sent once the user is saved

    def save_related(self, request, form, formsets, change):
        """A new user is invited, and is staff if in a group."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        if change:
            return
        if user.groups.exists():
            user.is_staff = True
            user.save(update_fields=["is_staff"])
        request.invited_user = user

    def get_actions_submit_line(self, request, object_id):
        """No button for a new user, who is invited anyway, nor for one this user may not change."""
        user = User.objects.filter(pk=object_id).first() if is_row_id(str(object_id)) else None
        may_invite = user is not None and self.has_change_permission(request, user)
        return super().get_actions_submit_line(request, object_id) if may_invite else []

    def has_invite_permission(self, request, obj=None):
        return self.has_change_permission(request)

    @action(description="Save and send a password link", permissions=["invite"])
    def invite(self, request, obj):
        request.invited_user = obj

    def add_view(self, request, form_url="", extra_context=None):
        response = super().add_view(request, form_url, extra_context)
        self._send_invitation(request)
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = super().change_view(request, object_id, form_url, extra_context)
        self._send_invitation(request)
        return response

    def _send_invitation(self, request):
        user = getattr(request, "invited_user", None)
        if user is None:
            return
        if not (user.email and user.is_active):
            text, level = "We did not send an email. Enter an email address and make the user active.", messages.ERROR
        elif send_invitation(user):
            text, level = f"We have emailed {user.email} a link to set a password.", messages.SUCCESS
        else:
            text = "We saved the user but could not send the email. Try “Save and send a password link” later."
            level = messages.ERROR
        self.message_user(request, text, level)

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
                "description": "You can change groups that have the same permissions as you or fewer. An update may reset the "
                "groups contributor, editor and administrator, so create your own group instead of changing them.",
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
