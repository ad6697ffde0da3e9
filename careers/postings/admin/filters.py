from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Q
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter

from careers.core.admin.base import is_row_id
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.postings.text.drift import Drift, drifts_of

CLOSING_DAYS = 7


class RowFilter(AutocompleteSelectFilter):
    """A row chosen by its name. A value that names none leads back to the whole list."""

    def __init__(self, field, request, params, *args, **kwargs):
        if not all(is_row_id(pk) for pk in params.get(f"{field.name}__id__exact", [])):
            raise IncorrectLookupParameters
        super().__init__(field, request, params, *args, **kwargs)


class StateFilter(DropdownFilter):
    """?state=live, ?state=closing and so on; an unknown value filters nothing."""

    title = "state"
    parameter_name = "state"
    order = ("draft", "in_review", "scheduled", "live", "closing", "closed", "filled", "withdrawn", "rejected")

    def lookups(self, request, model_admin):
        labels = dict(Posting.State.choices) | {"closing": f"Closing within {CLOSING_DAYS} days"}
        return [(value, labels[value]) for value in self.order]

    def queryset(self, request, queryset):
        if self.value() == "closing":
            return queryset.closing_within(CLOSING_DAYS)
        return queryset.in_state(self.value()) if self.value() in self.order else queryset


class LackingFilter(DropdownFilter):
    """?lacking=guide, ?lacking=pay and so on."""

    title = "what is lacking"
    parameter_name = "lacking"

    def lookups(self, request, model_admin):
        return [
            ("guide", "No guide"),
            ("pay", "No pay"),
            ("closing", "No closing day"),
            ("place", "No place or country"),
            ("apply", "No way to apply"),
        ]

    def queryset(self, request, queryset):
        places = [Exists(model.objects.filter(posting=OuterRef("pk"))) for model in (PostingPlace, RemoteCountry)]
        conditions = {
            "guide": Q(role__isnull=True),
            "pay": Q(pay_min__isnull=True, pay_max__isnull=True),
            "closing": Q(closes_on__isnull=True),
            "place": ~Q(places[0]) & ~Q(places[1]),
            "apply": Q(apply_url="", apply_email=""),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class TemplateDriftFilter(DropdownFilter):
    """?drift=moved: postings that have not ended with a text of that state. The texts are compared in five queries."""

    title = "template drift"
    parameter_name = "drift"

    def lookups(self, request, model_admin):
        return [(value, label) for value, label in Drift.choices if value != Drift.AS_BUILT]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        compared = drifts_of(queryset.active())
        found = [posting.pk for posting, drifts in compared if self.value() in {drift.state for drift in drifts}]
        return queryset.filter(pk__in=found)


class SourceFilter(DropdownFilter):
    """?source=hand for what was written here, otherwise the name of the feed."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        names = Posting.objects.exclude(source=None).order_by("source").values_list("source", flat=True).distinct()
        return [("hand", "Written here"), *((name, name) for name in names)]

    def queryset(self, request, queryset):
        if self.value() == "hand":
            return queryset.filter(source__isnull=True)
        return queryset.filter(source=self.value()) if self.value() else queryset


class HouseFilter(DropdownFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("house", "House templates"), ("employer", "Templates of employers")]

    def queryset(self, request, queryset):
        if self.value() in ("house", "employer"):
            return queryset.filter(employer__isnull=self.value() == "house")
        return queryset
