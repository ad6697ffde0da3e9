"""Filters of the list of postings."""

from django.db.models import Exists, OuterRef, Q
from unfold.contrib.filters.admin import DropdownFilter

from careers.postings.checks import Severity, rule_labels
from careers.postings.models import CLOSING_SOON_DAYS, Posting, PostingFinding, PostingPlace, RemoteCountry
from careers.postings.text.drift import DriftState, drift_by_posting


class StateFilter(DropdownFilter):
    """?state=live, ?state=closing and so on; an unknown value filters nothing."""

    title = "state"
    parameter_name = "state"
    order = ("draft", "in_review", "scheduled", "live", "closing", "closed", "filled", "withdrawn", "rejected")

    def lookups(self, request, model_admin):
        labels = dict(Posting.State.choices) | {"closing": f"Closing within {CLOSING_SOON_DAYS} days"}
        return [(value, labels[value]) for value in self.order]

    def queryset(self, request, queryset):
        if self.value() == "closing":
            return queryset.closing_soon()
        return queryset.in_state(self.value()) if self.value() in self.order else queryset


class MissingFilter(DropdownFilter):
    """?lacking=guide, ?lacking=pay and so on."""

    title = "missing information"
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
    """?drift=moved: active postings with a text field in that drift state. Compares texts in Python; five queries."""

    title = "template drift"
    parameter_name = "drift"

    def lookups(self, request, model_admin):
        return [(value, label) for value, label in DriftState.choices if value != DriftState.AS_BUILT]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        compare_field = drift_by_posting(queryset.active())
        found = [posting.pk for posting, drifts in compare_field if self.value() in {drift.state for drift in drifts}]
        return queryset.filter(pk__in=found)


class SourceFilter(DropdownFilter):
    """?source=hand for postings written here, otherwise the name of the feed."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        names = Posting.objects.exclude(source=None).order_by("source").values_list("source", flat=True).distinct()
        return [("hand", "Written here"), *((name, name) for name in names)]

    def queryset(self, request, queryset):
        if self.value() == "hand":
            return queryset.filter(source__isnull=True)
        return queryset.filter(source=self.value()) if self.value() else queryset


class SeverityFilter(DropdownFilter):
    """?findings=blocking, advisory (and nothing blocking) or none, as of the last check."""

    title = "findings"
    parameter_name = "findings"

    def lookups(self, request, model_admin):
        return [("blocking", "Has problems"), ("advisory", "Only suggestions"), ("none", "None")]

    def queryset(self, request, queryset):
        rows = PostingFinding.objects.filter(posting=OuterRef("pk"))
        blocking = Exists(rows.filter(severity=Severity.BLOCKING))
        conditions = {"blocking": blocking, "advisory": Exists(rows) & ~blocking, "none": ~Exists(rows)}
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class RuleFilter(DropdownFilter):
    """?rule=title_capitals and so on; an unknown rule filters nothing."""

    title = "rule"
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return sorted(rule_labels().items(), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        if self.value() not in rule_labels():
            return queryset
        return queryset.filter(Exists(PostingFinding.objects.filter(posting=OuterRef("pk"), rule=self.value())))
