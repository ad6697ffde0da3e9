"""Base classes of inlines."""

from django.db import models
from django.utils.text import capfirst
from unfold import admin as unfold
from unfold.overrides import FORMFIELD_OVERRIDES_INLINE

from careers.core.models import AmountField

from .formsets import EditorialFormSet, SortableFormSet
from .model_forms import EditorialForm
from .preview import PreviewedFieldsMixin
from .widgets import AmountInput, FieldWidgetsMixin, ProseTextarea


class EditorialInline(PreviewedFieldsMixin, FieldWidgetsMixin):
    """`formset` must be an EditorialFormSet. Inlines that follow each other with the same `tab_title` share a tab."""

    template = "admin/careers/inline.html"
    tab_title = ""
    tab_key = ""  # with a title: the prefix of the first inline of the tab

    form = EditorialForm
    formset = EditorialFormSet
    formfield_overrides = FORMFIELD_OVERRIDES_INLINE | {
        models.TextField: {"widget": ProseTextarea},
        AmountField: {"widget": AmountInput},
    }
    tab = True
    extra = 0

    @property
    def tab_name(self):
        return self.tab_title or capfirst(self.verbose_name_plural)

    @property
    def has_heading(self):
        return bool(self.tab_title) or (not self.tab and not self.hide_title)

    class Media:
        js = ["admin/js/inline_rows.js"]


class EditorialTabularInline(EditorialInline, unfold.TabularInline):
    """A tab with a table."""

    inline_type = "tabular"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The name of a column is read with each of its fields: a table shows no labels."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and field.label:
            getattr(field.widget, "widget", field.widget).attrs.setdefault("aria-label", capfirst(field.label))
        return field


class EditorialStackedInline(EditorialInline, unfold.StackedInline):
    """A tab with one form below the other, for rows with long texts."""

    inline_type = "stacked"


class SortableMixin:
    """Rows are dragged into order. `fields` must contain "position", which the page fills."""

    formset = SortableFormSet
    ordering_field = "position"
    hide_ordering_field = True


class SortableTabularInline(SortableMixin, EditorialTabularInline):
    pass


class SortableStackedInline(SortableMixin, EditorialStackedInline):
    pass
