"""Choice boxes of the admin, drawn in one go: one template an option is slow where there are hundreds of options."""

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelect2Widget, UnfoldAdminSelectWidget


class FastRenderMixin:
    """For a select of values without groups: the options as Django's templates would draw them."""

    markup = "<select{}>{}</select>"

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        options = ((key, " selected" if str(key) in chosen else "", label) for key, label in self.choices)
        multiple = {"multiple": True} if self.allow_multiple_selected else {}
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs), **multiple})
        drawn = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html(self.markup, attributes, drawn)


class FastSelect(FastRenderMixin, UnfoldAdminSelectWidget):
    markup = (
        '<div class="grow relative max-w-2xl"><select{}>{}</select>'
        '<span class="material-symbols-outlined absolute pointer-events-none mr-[12px] right-0 text-base-400 top-1/2 '
        'dark:text-base-500 -translate-y-1/2">expand_more</span></div>'
    )


class FastSearchSelect(FastRenderMixin, UnfoldAdminSelect2Widget):
    """With a field to type in, where a script runs."""


class FastSearchSelectMultiple(FastRenderMixin, UnfoldAdminSelect2MultipleWidget):
    """Many of them, with a field to type in, where a script runs."""
