from django.core.exceptions import ValidationError
from unfold.forms import PaginationInlineFormSet

from careers.core.admin.base import SortableRows, TabularRows
from careers.postings.models import Posting, PostingPlace, RemoteCountry, TemplateBlank

READ_STATES = (Posting.State.LIVE, Posting.State.SCHEDULED)


class KeptWhileRead(PaginationInlineFormSet):
    """A posting that readers see, or will, keeps what says where the work is."""

    def clean(self):
        super().clean()
        posting = self.instance
        if posting.pk and posting.state() in READ_STATES and self._is_emptied() and self._is_needed(posting):
            raise ValidationError(
                "Readers see this posting: it needs to say where the work is. Add one before you take the last one out."
            )

    def _is_emptied(self):
        return bool(self.initial_forms) and not self._kept_forms()

    def _kept_forms(self):
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


class KeptPlaces(KeptWhileRead):
    """Asked for as well where remote work, which did without, becomes work at a place."""

    def _is_emptied(self):
        return not self._kept_forms()

    def _is_needed(self, posting):
        return posting.workplace != Posting.Workplace.REMOTE or not posting.remote_countries.exists()


class KeptCountries(KeptWhileRead):
    def _is_needed(self, posting):
        return not posting.places.exists()


class PlaceRows(SortableRows):
    model = PostingPlace
    formset = KeptPlaces
    fields = ["country", "subdivision", "city", "position"]
    verbose_name, verbose_name_plural = "place", "places"
    show_count = True

    def get_count(self, request, posting):
        return posting.places.count() if posting and posting.pk else 0


class RemoteCountryRows(TabularRows):
    model = RemoteCountry
    formset = KeptCountries
    fields = ["country"]
    show_count = True

    def get_count(self, request, posting):
        return posting.remote_countries.count() if posting and posting.pk else 0


class BlankRows(SortableRows):
    model = TemplateBlank
    fields = ["name", "label", "example", "is_required", "position"]
    verbose_name, verbose_name_plural = "blank", "blanks"
    show_count = True

    def get_count(self, request, template):
        return template.blanks.count() if template and template.pk else 0
