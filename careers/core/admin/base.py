"""Base classes of the admin: what every list, form, inline and history page of ours has in common."""

import logging
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth import get_permission_codename
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import DataError, models, transaction
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelChange
from unfold import admin as unfold
from unfold.forms import AdminForm, Fieldline, PaginationInlineFormSet
from unfold.overrides import FORMFIELD_OVERRIDES_INLINE
from unfold.widgets import UnfoldAdminTextareaWidget

from careers.core.ids import is_row_id

from .edit_conflicts import EditConflictMixin
from .widgets import FastSelect

logger = logging.getLogger(__name__)
STAMPS = ("created_at", "updated_at")
UNSAID_IN_HISTORY = {  # follow from the rest
    *STAMPS, "closes_at", "normalised_url", "blank_values", "text_bases", "submitted_at", "review_claimed_at",
}  # fmt: skip


class ProseTextarea(UnfoldAdminTextareaWidget):
    """Browsers send \\r\\n. Texts are kept with \\n, so that saving what nobody touched changes nothing."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class ValidKeysMixin:
    """For a choice box: a number that no row can have finds none, where asking the database would be a fault."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [pk for pk in value if is_row_id(str(pk))], attr)


class KeyAutocomplete(ValidKeysMixin, AutocompleteSelect):
    """Shared by the forms of all rows: names that came with the rows are `known` and not asked for one by one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}

    def optgroups(self, name, value, attr=None):
        if len(value) != 1 or value[0] not in self.known:
            return super().optgroups(name, value, attr)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*blank, self.create_option(name, value[0], self.known[value[0]], True, len(blank))], 0)]


class KeyAutocompleteMultiple(ValidKeysMixin, AutocompleteSelectMultiple):
    pass


class FieldWidgetsMixin:
    """For an admin or inline: our boxes for choices, and for keys and many-to-many among `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyAutocompleteMultiple(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name not in self.radio_fields:
            kwargs.setdefault("widget", FastSelect())
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class PortalAdmin(FieldWidgetsMixin, unfold.ModelAdmin):
    """For every table of ours."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}, models.TextField: {"widget": ProseTextarea}}
    list_per_page = 50
    show_full_result_count = False
    warn_unsaved_form = True

    # -- Addresses and requests that no page of ours makes: the answer is 400 or 404, never a fault

    def changelist_view(self, request, extra_context=None):
        if not all(is_row_id(pk) for pk in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)):
            raise BadRequest("A chosen row is none.")
        return super().changelist_view(request, extra_context)

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, DataError) as error:
            raise BadRequest("The list cannot be filtered by this.") from error

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", " "))

    def get_changeform_initial_data(self, request):
        """Rows named in the address to start the form with; what names none is left out."""
        initial = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.model._meta.get_fields() if field.many_to_one or field.many_to_many}
        return {
            name: value
            for name, value in initial.items()
            if name not in relations or all(is_row_id(pk) for pk in (value if isinstance(value, list) else [value]))
        }

    # -- Bulk acts

    def apply_to_rows(self, request, rows, act, done="changed"):
        """Call act(row) for each row by itself, then say how many were done and why each of the others was not.

        `act` is a service; its ValidationErrors and PermissionDenied are the reasons. Returns the rows done. The log gets
        the same lines: the history of a row does not tell what was refused.
        """
        finished, failures = [], []
        for row in rows:
            try:
                with transaction.atomic():
                    act(row)
            except ValidationError as error:
                failures.append(f"{self.row_label(row)}: {' '.join(error.messages)}")
            except PermissionDenied as error:
                failures.append(f"{self.row_label(row)}: {error or 'You may not do this.'}")
            else:
                finished.append(row)
        lines = [(messages.SUCCESS, f"{self._counted(len(finished))} {done}.")] if finished else []
        lines += [(messages.ERROR, f"Not {done}: {failure}") for failure in failures]
        for level, line in lines:
            self.message_user(request, line, level)
            logger.info("%s, asked by %s", line, request.user.get_username())
        return finished

    def row_label(self, row):
        """A row so that it can be told from others of its name."""
        return str(row)

    def _counted(self, number):
        opts = self.model._meta
        return f"{number} {opts.verbose_name if number == 1 else opts.verbose_name_plural}"


class EditorialAdmin(EditConflictMixin, SimpleHistoryAdmin, PortalAdmin):
    """For everything editors write: history with differences and revert, a warning when two people save the same row."""

    history_list_per_page = 30

    def get_readonly_fields(self, request, obj=None):
        stamps = [name for name in STAMPS if name in {field.name for field in self.model._meta.fields}]
        return [*super().get_readonly_fields(request, obj), *stamps]

    def get_object(self, request, object_id, from_field=None):
        """While a form is saved the row is locked, so that what others save in between is not written over."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            return self.model._default_manager.select_for_update().filter(pk=row.pk).first()
        return row

    # -- Buttons beside “Save”: unfold runs them before the inlines are saved, so they only note what is to be done

    def after_saving(self, request, act, done):
        """Call act(row) once the whole form is saved; what it refuses is said, what was typed stays saved."""
        request.acts_after_saving = [*getattr(request, "acts_after_saving", []), (act, done)]

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        if acts := getattr(request, "acts_after_saving", None):
            for act, done in acts:
                self.apply_to_rows(request, [obj], act, done)
            return HttpResponseRedirect(request.path)
        return response

    # -- History

    def has_change_history_permission(self, request, obj=None):
        """Asked with an old version, answered for the row as it is now: who may not change it may not revert it.

        A deleted row may be brought back by those who may delete.
        """
        if obj is None:
            return self.has_change_permission(request)
        current = self.model._default_manager.filter(pk=obj.pk).first()
        if current is None:
            opts = self.model._meta
            codes = [get_permission_codename(act, opts) for act in ("add", "delete")]
            return request.user.has_perms([f"{opts.app_label}.{code}" for code in codes])
        return self.has_change_permission(request, current)

    def history_view(self, request, object_id, extra_context=None):
        if not is_row_id(unquote(object_id)):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Names fields that no form shows as well, such as the status: acts change them."""
        for newer, older in pairwise(historical_records):
            delta = self.delta_between(newer, older, foreign_keys_are_objs)
            helper = self.get_historical_record_context_helper(request, newer)
            newer.history_delta_changes = helper.context_for_delta_changes(delta)

    def delta_between(self, newer, older, foreign_keys_are_objs=True):
        delta = newer.diff_against(older, foreign_keys_are_objs=foreign_keys_are_objs)
        return replace(delta, changes=[*changes_outside_form(newer, older), *delta.changes])

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if not (is_row_id(object_id) and is_row_id(version_id)):
            raise Http404
        helpers.AdminForm, helpers.Fieldline = AdminForm, Fieldline  # unfold does this on change forms only
        if request.method == "POST":
            version = self.model.history.filter(**{self.model._meta.pk.attname: object_id, "pk": version_id}).first()
            if version and self.revert_disabled(request, version.instance):
                raise PermissionDenied
            request.reverting_to = version
        # The page's own link to the history is made from the history table and leads nowhere; “Close” leads there.
        return super().history_form_view(
            request, object_id, version_id, {"show_history": False, **(extra_context or {})}
        )

    def save_model(self, request, obj, form, change):
        if version := getattr(request, "reverting_to", None):
            keep_fields_outside_form(obj, form)
            obj._change_reason = f"Back to the version of {date_format(localtime(version.history_date), 'j F Y, H:i')}"
        super().save_model(request, obj, form, change)


def changes_outside_form(newer, older):
    """Changes of fields that no form shows; people and rows are left to the reason beside them."""
    fields = [field for field in newer.tracked_fields if not (field.editable or field.is_relation or field.primary_key)]
    for field in fields:
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if field.name not in UNSAID_IN_HISTORY and before != after:
            yield ModelChange(field.name, _display_value(older, field), _display_value(newer, field))


def _display_value(version, field):
    value = getattr(version, field.attname)
    if value is None:
        return "empty"
    return (
        date_format(localtime(value), "j F Y, H:i")
        if isinstance(value, datetime)
        else version._get_FIELD_display(field)
    )


def keep_fields_outside_form(revived, form):
    """Reverting restores the fields of the form. Status, review marks and the like stay as they are now."""
    current = type(revived)._default_manager.filter(pk=revived.pk).values().first() or {}
    for field in revived._meta.concrete_fields:
        if field.name not in form.fields and field.attname in current:
            setattr(revived, field.attname, current[field.attname])


class RowFormSet(PaginationInlineFormSet):
    """Tells its choice boxes the names that were selected together with the rows."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            box = getattr(field.widget, "widget", field.widget)
            is_known = isinstance(box, KeyAutocomplete) and self.model._meta.get_field(name).is_cached(form.instance)
            if is_known and (related := getattr(form.instance, name)):
                box.known[str(related.pk)] = field.label_from_instance(related)


class EditorialInline(FieldWidgetsMixin):
    formset = RowFormSet
    formfield_overrides = FORMFIELD_OVERRIDES_INLINE | {models.TextField: {"widget": ProseTextarea}}
    tab = True
    extra = 0


class EditorialTabularInline(EditorialInline, unfold.TabularInline):
    """A tab with a table."""


class EditorialStackedInline(EditorialInline, unfold.StackedInline):
    """A tab with one form below the other, for rows with long texts."""


class SortedFormSet(RowFormSet):
    """Rows keep the order they were dragged into; a new row comes after those there are."""

    def save_new(self, form, commit=True):
        if "position" not in form.changed_data:
            last = self.get_queryset().aggregate(last=Max("position"))["last"]
            added = self.new_objects
            form.instance.position = max([-1 if last is None else last, *(row.position for row in added)]) + 1
        return super().save_new(form, commit)


class Sortable:
    """Rows are dragged into order. Name "position" among the fields: the page writes it there."""

    formset = SortedFormSet
    ordering_field = "position"
    hide_ordering_field = True


class SortableTabularInline(Sortable, EditorialTabularInline):
    pass


class SortableStackedInline(Sortable, EditorialStackedInline):
    pass
