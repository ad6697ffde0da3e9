"""Forms that read query strings: an invalid value is dropped, never an error and never shown back. The form field of prose."""

from functools import cache

from django import forms
from django.utils.functional import cached_property

from .pasted_text import clean_pasted_text


class ProseFormField(forms.CharField):
    """A `ProseField` in a form: an untouched text equals the stored one."""

    def to_python(self, value):
        return super().to_python(clean_pasted_text(value) if isinstance(value, str) else value)


class LenientMultipleChoiceField(forms.MultipleChoiceField):
    """Repeated values of a fixed set; unknown ones are dropped."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices=(), **kwargs):
        super().__init__(required=False, choices=choices, **kwargs)
        self._cached_labels = cache(self._read_labels) if choices else None  # shared by the fields of all forms

    def __deepcopy__(self, memo):
        """All forms share the field if its choices are given at once: copying took 1.3 ms of a request for /jobs/."""
        return self if self._cached_labels else super().__deepcopy__(memo)

    def _read_labels(self):
        return {str(value): label for value, label in self.choices}

    @property
    def labels(self) -> dict[str, str]:
        """{value: label}"""
        return self._cached_labels() if self._cached_labels else self._read_labels()

    def clean(self, value) -> list[str]:
        known = self.labels
        return [entry for entry in dict.fromkeys(self.to_python(value)) if entry in known]


class QueryField(forms.CharField):
    """The text of a search box: trimmed, without control characters, cut at 200 characters."""

    widget = forms.TextInput(attrs={"type": "search", "maxlength": 200})

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value) -> str:
        text = "".join(character if character.isprintable() else " " for character in str(value or ""))
        return " ".join(text.split())[:200]


class PageNumberField(forms.Field):
    """Page number; invalid values become 1."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 and int(text) > 0 else 1


class FilterForm(forms.Form):
    """Base of GET forms: always valid, so `criteria` can be read at once."""

    page = PageNumberField(widget=forms.HiddenInput)

    display_fields = ("page",)  # fields that say how rows are shown, not which rows

    @cached_property
    def criteria(self) -> dict:
        self.is_valid()
        return self.cleaned_data

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.criteria.items() if name not in self.display_fields)
