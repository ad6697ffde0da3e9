from django.core.exceptions import ValidationError

from careers.core.admin.formsets import EditorialFormSet, SortableFormSet
from careers.core.admin.inlines import EditorialTabularInline, SortableTabularInline
from careers.geo.forms import PlaceForm
from careers.geo.zones import zone_of_places
from careers.postings.checks.requirements import place_requirement
from careers.postings.models import Posting, PostingPlace, RemoteCountry


class LocationFormSet(EditorialFormSet):
    """The last row that says where the work is cannot be deleted while the posting is live or scheduled."""

    def clean(self):
        super().clean()
        posting = self.instance
        if (
            posting.pk
            and posting.state() in Posting.State.LIVE_OR_SCHEDULED
            and self._is_emptied()
            and self._unmet_requirement(posting)
        ):
            raise ValidationError(
                "Visitors can see this posting, so it must say where the work is. Add another place before you "
                "remove the last one."
            )

    def _is_emptied(self):
        return bool(self.initial_forms) and not self._kept_forms()

    def _kept_forms(self):
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


class PlaceFormSet(LocationFormSet, SortableFormSet):
    def _is_emptied(self):
        """Also without any row before: a remote posting without place may have become work on site."""
        return not self._kept_forms()

    @property
    def zone(self):
        """The time zone of the first place where it is known; ''."""
        return zone_of_places(form.instance for form in self._kept_forms())

    def _unmet_requirement(self, posting):
        has_countries = posting.remote_countries.exists()
        return place_requirement(posting.workplace, has_places=False, has_countries=has_countries)


class RemoteCountryFormSet(LocationFormSet):
    def _unmet_requirement(self, posting):
        return place_requirement(posting.workplace, has_places=posting.places.exists(), has_countries=False)


class PlaceInline(SortableTabularInline):
    model = PostingPlace
    form = PlaceForm
    formset = PlaceFormSet
    fields = ["country", "subdivision", "city", "position"]
    verbose_name, verbose_name_plural = "place", "places"
    show_count = True

    def get_count(self, request, posting):
        return posting.places.count() if posting and posting.pk else 0


class RemoteCountryInline(EditorialTabularInline):
    model = RemoteCountry
    formset = RemoteCountryFormSet
    fields = ["country"]
    show_count = True

    def get_count(self, request, posting):
        return posting.remote_countries.count() if posting and posting.pk else 0
