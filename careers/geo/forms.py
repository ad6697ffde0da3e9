"""Form fields and forms of places."""

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget

from careers.core.admin.model_forms import EditorialForm

from .subdivisions import find_subdivision

SUBDIVISION_LABEL = "State or province"
SUBDIVISION_HELP = "Its name or code, for example Bavaria or DE-BY."


def subdivision_field(label: str = SUBDIVISION_LABEL, help_text: str = SUBDIVISION_HELP) -> forms.CharField:
    """Takes names as well. The form finds the code with find_subdivision() once it knows the country."""
    widget = UnfoldAdminTextInputWidget(attrs={"placeholder": "Bavaria or DE-BY"})
    return forms.CharField(label=label, required=False, max_length=100, widget=widget, help_text=help_text)


class PlaceForm(EditorialForm):
    """For models with PlaceFields. The field of the country must come first."""

    subdivision = subdivision_field()

    def clean_subdivision(self):
        return find_subdivision(self.cleaned_data["subdivision"], self.cleaned_data.get("country", ""))
