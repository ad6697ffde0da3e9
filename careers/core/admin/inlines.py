"""Base classes of inlines."""

from django.db import models
from django.db.models import Max
from unfold import admin as unfold
from unfold.forms import PaginationInlineFormSet
from unfold.overrides import FORMFIELD_OVERRIDES_INLINE

from .widgets import FieldWidgetsMixin, KeyAutocomplete, ProseTextarea


class KnownLabelsFormSet(PaginationInlineFormSet):
    """Gives its autocomplete widgets the labels of rows that were loaded with the queryset, which saves a query for each."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            is_loaded = isinstance(widget, KeyAutocomplete) and self.model._meta.get_field(name).is_cached(
                form.instance
            )
            if is_loaded and (related := getattr(form.instance, name)):
                widget.known_labels[str(related.pk)] = field.label_from_instance(related)


class EditorialInline(FieldWidgetsMixin):
    formset = KnownLabelsFormSet
    formfield_overrides = FORMFIELD_OVERRIDES_INLINE | {models.TextField: {"widget": ProseTextarea}}
    tab = True
    extra = 0


class EditorialTabularInline(EditorialInline, unfold.TabularInline):
    """A tab with a table."""


class EditorialStackedInline(EditorialInline, unfold.StackedInline):
    """A tab with one form below the other, for rows with long texts."""


class SortableFormSet(KnownLabelsFormSet):
    """Rows keep the order they were dragged into; a new row comes last."""

    def save_new(self, form, commit=True):
        if "position" not in form.changed_data:
            last = self.get_queryset().aggregate(last=Max("position"))["last"]
            added = self.new_objects
            form.instance.position = max([-1 if last is None else last, *(row.position for row in added)]) + 1
        return super().save_new(form, commit)


class SortableMixin:
    """Rows are dragged into order. `fields` must contain "position", which the page fills."""

    formset = SortableFormSet
    ordering_field = "position"
    hide_ordering_field = True


class SortableTabularInline(SortableMixin, EditorialTabularInline):
    pass


class SortableStackedInline(SortableMixin, EditorialStackedInline):
    pass
