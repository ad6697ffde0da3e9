"""The form of a change that waits for approval: that of the posting, with its places and countries, saved nowhere by itself."""

from django import forms
from unfold import widgets

from careers.geo.countries import country_choices
from careers.postings.models import Posting, PostingPlace
from careers.postings.review.snapshot import PLACE_PARTS, content_of, put_fields

from .forms import PostingForm


class PlaceForm(forms.ModelForm):
    class Meta:
        model = PostingPlace
        fields = PLACE_PARTS
        widgets = {
            "country": widgets.UnfoldAdminSelectWidget,
            "subdivision": widgets.UnfoldAdminTextInputWidget(attrs={"placeholder": "US-CA, DE-BE, AE-DU"}),
            "city": widgets.UnfoldAdminTextInputWidget,
        }


PlaceForms = forms.formset_factory(PlaceForm, extra=2, can_delete=True)


class ProposalForm(PostingForm):
    remote_countries = forms.MultipleChoiceField(
        label="Countries to apply from",
        required=False,
        choices=country_choices,
        widget=widgets.UnfoldAdminSelect2MultipleWidget,
        help_text="For remote work: the countries people may apply from.",
    )

    def __init__(self, *args, instance, wanted=None, **kwargs):
        """`wanted` is what the author asked for before; the form starts with it."""
        content = content_of(instance) | (wanted or {})
        put_fields(instance, content)
        parts = {"skills": content["skills"], "remote_countries": content["remote_countries"]}
        super().__init__(*args, instance=instance, initial=parts, **kwargs)
        self.places = PlaceForms(self.data if self.is_bound else None, initial=content["places"], prefix="places")

    def is_valid(self):
        return all([super().is_valid(), self.places.is_valid(), self._says_where()])

    def _says_where(self):
        if not self.places.is_valid() or not hasattr(self, "cleaned_data") or self._places():
            return True
        is_remote = self.instance.workplace == Posting.Workplace.REMOTE
        if is_remote and (self.cleaned_data.get("remote_countries") or self.instance.remote_span):
            return True
        self.add_error(None, "Readers see this posting: it needs to say where the work is.")
        return False

    def _places(self):
        rows = [row for row in self.places.cleaned_data if row and not row.get("DELETE")]
        places = [{part: row[part] for part in PLACE_PARTS} for row in rows if row.get("country")]
        return [place for number, place in enumerate(places) if place not in places[:number]]

    @property
    def wanted(self):
        """The whole content the author asks for."""
        skills = [skill.pk for skill in self.cleaned_data.get("skills", [])]
        return content_of(self.instance, self._places(), self.cleaned_data["remote_countries"], skills)
