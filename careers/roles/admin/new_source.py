"""A new source in the form of a figure: typed beside the figure, and saved with it in one transaction."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextInputWidget

from careers.core.admin.model_forms import EditorialForm
from careers.occupations.models import Source
from careers.roles.permissions import may_change_guide

SOURCE_FIELDS = ("publisher", "title", "release", "url")
NEW_SOURCE_FIELDS = tuple(f"new_{name}" for name in SOURCE_FIELDS)
NEW_SOURCE_FIELDSET = (
    "Or a new source, saved with the figure",
    {"fields": [("new_publisher", "new_title"), ("new_release", "new_url")]},
)


def source_field(name: str) -> Any:
    field: Any = Source._meta.get_field(name)
    more = {"assume_scheme": "https"} if name == "url" else {}
    return field.formfield(required=False, widget=UnfoldAdminTextInputWidget, **more)


class NewSourceForm(EditorialForm):
    new_publisher = source_field("publisher")
    new_title = source_field("title")
    new_release = source_field("release")
    new_url = source_field("url")

    new_source: Source | None = None

    def clean(self):
        cleaned = super().clean()
        typed = {name: self.cleaned_data.get(f"new_{name}") or "" for name in SOURCE_FIELDS}
        if not any(typed.values()):
            return cleaned
        if self.cleaned_data.get("source"):
            self.add_error("source", "Choose a source from the list or enter a new one, not both.")
        for name, example in (("publisher", "Office for National Statistics"), ("title", "Earnings and hours worked")):
            if not typed[name] and f"new_{name}" not in self.errors:
                self.add_error(f"new_{name}", f"Enter the {name} of the new source, for example {example}.")
        self.new_source = Source(**typed)
        self._validate_new_source()
        return cleaned

    def _validate_new_source(self):
        """As the model does, such as that visitors can open the address."""
        wrong = [name for name in SOURCE_FIELDS if f"new_{name}" in self.errors]
        try:
            self.new_source.clean_fields(exclude=wrong)
        except ValidationError as error:
            for name, messages in error.error_dict.items():
                self.add_error(f"new_{name}", messages)

    def save(self, commit=True):
        """A source of this publisher, title and release that exists by now is used instead of a second one."""
        if new := self.new_source:
            unique = {"publisher": new.publisher, "title": new.title, "release": new.release}
            self.instance.source, _ = Source.objects.get_or_create(**unique, defaults={"url": new.url})
        return super().save(commit)


class NewSourceInlineMixin:
    """For an inline of a guide with NewSourceForm: leaves the fields out for those who may not add sources."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if may_add_source(request, obj) else [each for each in fieldsets if not _is_new_source(each)]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if not may_add_source(request, obj):
            for name in NEW_SOURCE_FIELDS:
                formset.form.base_fields.pop(name, None)
        return formset


def may_add_source(request, role) -> bool:
    may_change = role is None or may_change_guide(request.user, role)
    return may_change and request.user.has_perm("occupations.add_source")


def _is_new_source(fieldset) -> bool:
    return set(flatten_fieldsets([fieldset])) == set(NEW_SOURCE_FIELDS)
