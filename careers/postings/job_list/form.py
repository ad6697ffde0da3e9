"""The query string of /jobs/: its fields, their cleaned values, and the canonical spelling of a search."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property

from careers.core.facets import FacetForm, SlugMultipleChoiceField
from careers.core.forms import LenientMultipleChoiceField, QueryField
from careers.geo.countries import country_choices
from careers.geo.place_search import find_places
from careers.postings.models import Employer, Posting
from careers.roles.models import Role, Skill
from careers.search.parser import is_unsearchable

from . import pay_filter
from .conditions import conditions, words_condition
from .location_filter import DEFAULT_RADIUS, RADII, Area
from .sentence import sentence_for
from .stored_search import PostingSearch, pairs_from_json

SORT_CHOICES = [("relevance", "relevance"), ("newest", "newest"), ("closest", "closest"), ("pay", "pay")]
POSTED_CHOICES = [("1", "the last 24 hours"), ("7", "the last 7 days"), ("30", "the last 30 days")]


class PayField(forms.Field):
    """The lowest yearly pay as a whole number, and 'unstated' for jobs that do not state their pay."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return pay_filter.clean_amounts(list(dict.fromkeys(value or [])))


class PostingFilterForm(FacetForm):
    """The query string of /jobs/ and of its feeds. The order of the fields is that of the canonical query string."""

    near = QueryField(label="Location")
    within = LenientMultipleChoiceField(choices=[(str(km), f"{km} km") for km in RADII], label="Distance")
    remote = LenientMultipleChoiceField(choices=[("no", "excluded")], label="Remote jobs")
    q = QueryField(label="Keywords")
    role = SlugMultipleChoiceField(
        lambda: Role.objects.published().only("slug", "title"), label_field="title", label="Role"
    )
    country = LenientMultipleChoiceField(choices=country_choices, label="Country")
    workplace = LenientMultipleChoiceField(choices=Posting.Workplace.choices, label="Workplace")
    type = LenientMultipleChoiceField(choices=Posting.EmploymentType.choices, label="Employment type")
    level = LenientMultipleChoiceField(choices=Posting.Level.choices, label="Level")
    employer = SlugMultipleChoiceField(
        lambda: Employer.objects.public().only("slug", "name"), count_key="pk", label="Employer"
    )
    skill = SlugMultipleChoiceField(lambda: Skill.objects.only("slug", "name"), label="Skill")
    pay = PayField(required=False, label="Yearly pay")
    currency = LenientMultipleChoiceField(choices=pay_filter.currency_choices, label="Currency")
    posted = LenientMultipleChoiceField(choices=POSTED_CHOICES, label="Posted in")
    sort = LenientMultipleChoiceField(choices=SORT_CHOICES, label="Sort by")

    facets = ("role", "country", "workplace", "type", "level", "pay", "skill", "employer")
    inputs = ("q", "near", "within", "remote", "posted", "currency")
    outside_panel = ("q", "near")
    display_fields = ("page", "currency", "sort", "within")  # no filters by themselves: they have no chip
    dependents = {"near": ("within", "remote"), "pay": ("currency",)}

    # -- Cleaned values

    def clean_within(self):
        """The last of several; nothing without a place."""
        return self.cleaned_data["within"][-1:] if self.cleaned_data["near"] else []

    def clean_remote(self):
        return self.cleaned_data["remote"] if self.cleaned_data["near"] else []

    def clean_posted(self):
        """The longest of several periods."""
        return sorted(self.cleaned_data["posted"], key=int)[-1:]

    def clean_sort(self):
        return self.cleaned_data["sort"][:1]

    def clean_currency(self):
        """Only one: amounts of two currencies are not compared."""
        return self.cleaned_data["currency"][:1]

    @cached_property
    def places(self):
        """The places `near` may mean, the most likely first."""
        return find_places(self.criteria["near"]) if self.criteria["near"] else ()

    @cached_property
    def area(self) -> Area | None:
        """The area searched; None where no place, or an unknown one, is asked for."""
        if not self.places:
            return None
        km = int(next(iter(self.criteria["within"]), DEFAULT_RADIUS)) if self.places[0].city else 0
        return Area(self.places[0], km, with_remote=not self.criteria["remote"])

    @property
    def has_centre(self) -> bool:
        return self.area is not None and self.area.has_centre

    @property
    def unknown_place(self):
        return "" if self.area else self.criteria["near"]

    @property
    def is_unsearchable(self) -> bool:
        """Nothing in the keywords can be searched for: they are signs only."""
        return is_unsearchable(self.criteria["q"])

    @property
    def radius_choices(self):
        """(value, label, is_chosen)"""
        chosen = next(iter(self.criteria["within"]), str(DEFAULT_RADIUS))
        return [(value, label, value == chosen) for value, label in self.fields["within"].choices]

    @property
    def posted_choices(self):
        """(value, label, is_chosen)"""
        return [(value, label, value in self.criteria["posted"]) for value, label in POSTED_CHOICES]

    @property
    def pay_currency(self) -> str:
        return next(iter(self.criteria["currency"]), settings.PAY_CURRENCY)

    @property
    def order(self) -> str:
        """The order chosen; by default the best matches first where there are words, else the newest. The closest come first
        around a city only."""
        chosen = next(iter(self.criteria["sort"]), "relevance")
        if chosen == "closest" and not self.has_centre:
            chosen = "relevance"
        return "newest" if chosen == "relevance" and not self.criteria["q"] else chosen

    # -- Filters

    @cached_property
    def sql_conditions(self):
        words = {"q": words_condition(self.criteria["q"])} if self.criteria["q"] else {}
        return {name: condition.sql() for name, condition in conditions(self).items()} | words

    @property
    def order_in_database(self) -> str:
        """The database knows no relevance: the newest first instead."""
        return "newest" if self.order == "relevance" else self.order

    def sorted_in_database(self, postings):
        if self.order_in_database == "pay":
            return pay_filter.highest_first(postings, self.pay_currency)
        if self.area and self.order_in_database == "closest":
            return self.area.nearest_first(postings)
        return postings.newest_first()

    # -- The canonical spelling

    def chosen(self, name):
        """Leaves out the default radius, and near, within and remote where the place is unknown."""
        if name in ("near", "within", "remote") and self.area is None:
            return {}
        if name == "near":
            return {self.criteria["near"]: self.area.words}
        if name == "within":
            return {str(self.area.km): f"{self.area.km} km"} if self.area.km not in (0, DEFAULT_RADIUS) else {}
        if name == "pay":
            return {value: pay_filter.pay_words(value, self.pay_currency) for value in self.criteria["pay"]}
        return super().chosen(name)

    def pairs(self, without=None):
        """The currency is part of a search by amounts or ordered by pay, the order where it is not the default."""
        pairs = [pair for pair in super().pairs(without) if pair[0] not in ("currency", "sort")]
        default = "relevance" if any(name == "q" for name, _ in pairs) else "newest"
        if self.order == "pay" or pay_filter.has_amount(pairs):
            pairs.append(("currency", self.pay_currency))
        is_missing_place = self.order == "closest" and not any(name == "near" for name, _ in pairs)
        if self.order not in (default, "relevance") and not is_missing_place:
            pairs.append(("sort", self.order))
        return pairs

    @cached_property
    def search(self) -> PostingSearch:
        return PostingSearch(tuple(self.pairs()), self.sentence, self.is_filtered)

    @property
    def sentence(self) -> str:
        return sentence_for(self)

    @classmethod
    def from_json(cls, stored: Mapping) -> "PostingFilterForm":
        """The form of a search stored with `PostingSearch.to_json`."""
        return cls(QueryDict(urlencode(pairs_from_json(stored))))
