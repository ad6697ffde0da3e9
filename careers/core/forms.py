"""Forms that read query strings. A visitor's odd value is dropped, never an error and never echoed raw."""

from functools import cache

from django import forms
from django.utils.functional import cached_property


class LenientMultipleChoiceField(forms.MultipleChoiceField):
    """Repeated values of a fixed set; unknown ones are dropped."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices=(), **kwargs):
        super().__init__(required=False, choices=choices, **kwargs)
        self._read_once = cache(self._read) if choices else None  # shared by the fields of all forms

    def __deepcopy__(self, memo):
        """Choices given with the field stay as they are, so all forms share it: copying takes longer than reading a query."""
        return self if self._read_once else super().__deepcopy__(memo)

    def _read(self):
        return {str(value): words for value, words in self.choices}

    @property
    def words(self):
        """{value: words}; choices given with the field are read once, those that a form sets each time."""
        return self._read_once() if self._read_once else self._read()

    def clean(self, value):
        known = self.words
        return [entry for entry in dict.fromkeys(self.to_python(value)) if entry in known]


class QueryField(forms.CharField):
    """What a visitor typed into a search box: trimmed, without control characters, cut at 200 characters."""

    widget = forms.TextInput(attrs={"type": "search", "maxlength": 200})

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        text = "".join(character if character.isprintable() else " " for character in str(value or ""))
        return " ".join(text.split())[:200]


class PageNumberField(forms.Field):
    """A page number; anything that is none counts as 1."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        text = str(value or "")
        return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 and int(text) > 0 else 1


class FilterForm(forms.Form):
    """Base of GET forms: always valid, so `criteria` can be read at once."""

    page = PageNumberField(widget=forms.HiddenInput)

    ways = ("page",)  # names that say how the rows are shown, not which

    @cached_property
    def criteria(self):
        self.is_valid()
        return self.cleaned_data

    @property
    def is_filtered(self):
        return any(value for name, value in self.criteria.items() if name not in self.ways)
