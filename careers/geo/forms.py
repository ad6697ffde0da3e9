"""Form fields and forms of places."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from unfold.widgets import UnfoldAdminTextInputWidget

from careers.core.admin.model_forms import EditorialForm

from .countries import subdivision_name
from .subdivisions import find_subdivision

SUBDIVISION_LABEL = "State or province"
SUBDIVISION_HELP = "Choose a state or province, or type its name or code, for example Bavaria or DE-BY."


class SubdivisionInput(UnfoldAdminTextInputWidget):
    """Offers the subdivisions of the country that the form's field of the same row names, if scripts run."""

    def __init__(self, attrs=None):
        super().__init__({"placeholder": "For example Bavaria", "autocomplete": "off", **(attrs or {})})

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {
            "data-names-of": reverse("admin:subdivisions", args=["--"])
        }

    class Media:
        js = ["admin/js/subdivisions.js"]


class SubdivisionField(forms.CharField):
    """Shows the name of a code and takes both. The form finds the code with find_subdivision() once it knows the country."""

    widget = SubdivisionInput

    def __init__(self, label=SUBDIVISION_LABEL, help_text=SUBDIVISION_HELP):
        super().__init__(label=label, required=False, max_length=100, help_text=help_text)
        self.widget.attrs["aria-label"] = label  # a table shows no labels

    def prepare_value(self, value):
        return _shown_name(value) if value else value

    def has_changed(self, initial, data):
        return (data or "").strip() not in (initial or "", self.prepare_value(initial or ""))


def _shown_name(text: str) -> str:
    """The name of a code, if the name leads back to it; anything else stays as it was typed."""
    name = subdivision_name(text)
    try:
        return name if name == text or find_subdivision(name, text[:2]) == text else text
    except ValidationError:
        return text


class PlaceForm(EditorialForm):
    """For models with PlaceFields. The field of the country must come first."""

    subdivision = SubdivisionField()

    def clean_subdivision(self):
        return find_subdivision(self.cleaned_data["subdivision"], self.cleaned_data.get("country", ""))
