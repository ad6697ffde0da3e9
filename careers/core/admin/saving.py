"""Saving a form of the admin: nothing is written where nothing changed, otherwise one version."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponseRedirect
from django.urls import reverse

from careers.core.models import mark_as_created

NOTHING_TO_SAVE = "You have not changed anything."


class SavingAdmin(admin.ModelAdmin):
    """Must be the last base of an admin: `save_model` of the theme runs buttons after this one.

    save_model() saves the row without a version. save_related() saves it again with one: it knows whether parts changed, and
    the version holds the relations of the row as they are now. Parts are written after it (see versions.py).
    """

    def save_model(self, request, obj, form, change):
        obj.skip_history_when_saving = True
        if not change or self.has_changes(request, form, []):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        request.is_unchanged = change and not self.has_changes(request, form, formsets)
        if request.is_unchanged:
            del form.instance.skip_history_when_saving
        else:
            self._write_version(request, form, change)
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def _write_version(self, request, form, change):
        obj = form.instance
        form.save_m2m()
        del obj.skip_history_when_saving
        if hasattr(obj, "history"):
            self.write_row(request, obj, form)
            if not change or getattr(request, "is_brought_back", False):
                mark_as_created(obj)

    def has_changes(self, request, form, formsets):
        return form.has_changed() or any(formset.has_changed() for formset in formsets)

    def write_row(self, request, obj, form):
        """Saves the row and its version. Overridden where a service does that."""
        obj.save()

    def log_change(self, request, obj, message):
        return None if getattr(request, "is_unchanged", False) else super().log_change(request, obj, message)

    def response_change(self, request, obj):
        if not getattr(request, "is_unchanged", False) or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, NOTHING_TO_SAVE, messages.INFO)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add"))
        return self.response_post_save_change(request, obj)
