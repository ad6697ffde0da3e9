from django.core.exceptions import ValidationError

from careers.core.admin.formsets import EditorialFormSet, SortableFormSet
from careers.core.admin.inlines import EditorialTabularInline, SortableTabularInline
from careers.geo.forms import PlaceForm
from careers.geo.zones import zone_of_places
from careers.postings.checks.requirements import place_requirement
from careers.postings.models import Posting, PostingPlace, RemoteCountry


class LocationFormSet(EditorialFormSet):
    """The last row that says where the work is cannot be deleted while the posting is live or scheduled.

    Places and countries are judged together, as they will be stored. The two formsets of a request share its posting, where
    each finds the other.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vars(self.instance).setdefault("location_formsets", {})[self.model] = self

    def clean(self):
        super().clean()
        posting = self.instance
        if (
            posting.pk
            and posting.state() in Posting.State.LIVE_OR_SCHEDULED
            and self._is_emptied()
            and self._unmet_requirement()
        ):
            raise ValidationError(
                "Visitors can see this posting, so it must say where the work is. Add another place before you "
                "remove the last one."
            )

    def _is_emptied(self):
        return bool(self.initial_forms) and not self.kept_forms()

    def kept_forms(self):
        cleaned = [form for form in self.forms if form.is_valid() or form.cleaned_data]
        return [form for form in cleaned if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def _unmet_requirement(self):
        posting = self.instance
        return place_requirement(
            posting.workplace,
            has_places=self._will_be_stored(PostingPlace),
            has_countries=self._will_be_stored(RemoteCountry),
            has_span=bool(posting.remote_span),
        )

    def _will_be_stored(self, model):
        """Rows of the form, or stored ones that the form does not show: somebody added them in the meantime."""
        formset = self.instance.location_formsets.get(model)
        if formset and formset.kept_forms():
            return True
        shown = [form.instance.pk for form in formset.initial_forms] if formset else []
        return model.objects.filter(posting=self.instance).exclude(pk__in=shown).exists()


class PlaceFormSet(LocationFormSet, SortableFormSet):
    def _is_emptied(self):
        """Also without any row before: a remote posting without place may have become work on site."""
        return not self.kept_forms()

    @property
    def zone(self):
        """The time zone of the first place where it is known; ''."""
        return zone_of_places(form.instance for form in self.kept_forms())


class PlaceInline(SortableTabularInline):
    model = PostingPlace
    form = PlaceForm
    formset = PlaceFormSet
    fields = ["country", "subdivision", "city", "position"]
    verbose_name, verbose_name_plural = "place", "places"
    tab_title, tab_key = "Places", "places"
    show_count = True

    def get_count(self, request, posting):
        return posting.places.count() if posting and posting.pk else 0


class RemoteCountryInline(EditorialTabularInline):
    model = RemoteCountry
    formset = LocationFormSet
    tab_title, tab_key = "Places", "places"
    verbose_name, verbose_name_plural = "country for remote workers", "countries for remote workers"
    fields = ["country"]
    show_count = True

    def get_count(self, request, posting):
        return posting.remote_countries.count() if posting and posting.pk else 0
