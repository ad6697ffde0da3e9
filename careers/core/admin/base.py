"""Base classes of all model admins."""

from django.contrib.admin import helpers
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError, models, transaction
from django.http import HttpResponseRedirect
from unfold import admin as unfold

from careers.core.disk_space import is_disk_full
from careers.core.ids import is_row_id
from careers.core.models import AmountField

from .bulk_actions import BulkActionMixin
from .edit_conflicts import EditConflictMixin
from .history import VersionHistoryMixin
from .preview import PreviewMixin
from .saving import SavingAdmin
from .widgets import AmountInput, FieldWidgetsMixin, ProseTextarea

TIMESTAMPS = ("created_at", "updated_at")


class DiskFullFormMixin:
    """Added to the form class where its files could not be stored: nothing is saved."""

    def clean(self):
        cleaned = super().clean()
        self.add_error(
            None, "We could not store the file because the disk is full. Save without the file, or try again later."
        )
        return cleaned


class ReadOnlyAdminMixin:
    """For rows that only the portal itself writes: not even superusers may change them."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PortalAdmin(BulkActionMixin, FieldWidgetsMixin, unfold.ModelAdmin, SavingAdmin):
    """For every model. Requests that none of our pages makes get 400 or 404 instead of a database error."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": ProseTextarea},
        AmountField: {"widget": AmountInput},
    }
    list_per_page = 50
    show_full_result_count = False
    warn_unsaved_form = True

    def get_object(self, request, object_id, from_field=None):
        """`?_to_field=` names no field, and means the same as no such parameter."""
        if "\0" in str(object_id):  # no text in PostgreSQL holds it
            return None
        return super().get_object(request, object_id, from_field or None)

    def changelist_view(self, request, extra_context=None):
        if not all(map(self.is_possible_key, request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))):
            raise BadRequest("You chose a row that does not exist. Go back to the list and choose again.")
        return super().changelist_view(request, extra_context)

    def is_possible_key(self, text):
        if isinstance(self.opts.pk, models.AutoField):
            return is_row_id(text)
        try:
            self.opts.pk.to_python(text)
        except ValidationError:
            return False
        return True

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, DataError) as error:
            raise BadRequest("We cannot filter the list by this value. Go back and choose another filter.") from error

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", " "))

    def get_changeform_initial_data(self, request):
        """Initial values from the query string, without invalid keys of related rows."""
        initial = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.model._meta.get_fields() if field.many_to_one or field.many_to_many}
        return {
            name: value
            for name, value in initial.items()
            if name not in relations or all(is_row_id(pk) for pk in (value if isinstance(value, list) else [value]))
        }

    # -- Files

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Where the disk is full the form is shown again with its input."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OSError as error:
            if not (request.FILES and is_disk_full(error)):
                raise
        request.is_disk_full = True
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (DiskFullFormMixin, form), {}) if hasattr(request, "is_disk_full") else form

    # -- Deleting

    def has_delete_permission(self, request, obj=None):
        """The page names the row, and what would go with it, so it is for those who may see them."""
        return super().has_delete_permission(request, obj) and self.has_view_permission(request, obj)


class EditorialAdmin(PreviewMixin, EditConflictMixin, VersionHistoryMixin, PortalAdmin):
    """For models that editors write: history with differences and revert, and a warning when two people edit one row."""

    def get_readonly_fields(self, request, obj=None):
        timestamps = [name for name in TIMESTAMPS if name in {field.name for field in self.model._meta.fields}]
        return [*super().get_readonly_fields(request, obj), *timestamps]

    def get_object(self, request, object_id, from_field=None):
        """Locks the row while a form is saved, so that a save at the same time is not lost."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            return self.model._default_manager.select_for_update().filter(pk=row.pk).first()
        return row

    # -- Buttons beside “Save”: unfold calls their actions before the inlines are saved, so these only register work

    def run_after_save(self, request, service, done):
        """Call service(row) once the whole form is saved. If it refuses, the saved input stays and the reason is shown."""
        request.services_after_save = [*getattr(request, "services_after_save", []), (service, done)]

    def response_change(self, request, obj):
        registered = getattr(request, "services_after_save", [])
        if registered and request.is_unchanged:
            response = HttpResponseRedirect(request.path)  # the button was pressed, not “Save”
        else:
            response = super().response_change(request, obj)
        for service, done in registered:
            self.apply_to_rows(request, [obj], service, done)
        return HttpResponseRedirect(request.path) if registered else response
