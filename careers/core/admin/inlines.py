"""Base classes of inlines."""

from django.db import models
from unfold import admin as unfold
from unfold.overrides import FORMFIELD_OVERRIDES_INLINE

from careers.core.models import AmountField

from .formsets import EditorialFormSet, SortableFormSet
from .model_forms import EditorialForm
from .widgets import AmountInput, FieldWidgetsMixin, ProseTextarea


class EditorialInline(FieldWidgetsMixin):
    """`formset` must be an EditorialFormSet."""

    form = EditorialForm
    formset = EditorialFormSet
    formfield_overrides = FORMFIELD_OVERRIDES_INLINE | {
        models.TextField: {"widget": ProseTextarea},
        AmountField: {"widget": AmountInput},
    }
    tab = True
    extra = 0

    class Media:
        js = ["admin/js/inline_rows.js"]


class EditorialTabularInline(EditorialInline, unfold.TabularInline):
    """A tab with a table."""


class EditorialStackedInline(EditorialInline, unfold.StackedInline):
    """A tab with one form below the other, for rows with long texts."""


class SortableMixin:
    """Rows are dragged into order. `fields` must contain "position", which the page fills."""

    formset = SortableFormSet
    ordering_field = "position"
    hide_ordering_field = True


class SortableTabularInline(SortableMixin, EditorialTabularInline):
    pass


class SortableStackedInline(SortableMixin, EditorialStackedInline):
    pass
