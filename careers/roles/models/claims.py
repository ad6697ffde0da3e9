"""Claims: figures someone published about pay or outlook, each with its source or plainly without one.

Those of a guide are kept by editors; those of an occupation are imported, and reach a guide through its links.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from careers.changes.tracking import Public, PublicQuerySet
from careers.core.models import (
    AmountField,
    CurrencyField,
    Ordered,
    PlaceFields,
    Timestamped,
    any_filled,
    ordered,
    positive,
)
from careers.core.money import Pay, Period, amount_text
from careers.geo.countries import country_choices, place_name

NO_FIGURE = "Enter at least one figure."
NO_OUTLOOK = "Enter a growth rate or annual openings."
PERCENTILES = ("p10", "p25", "median", "p75", "p90")


class ClaimQuerySet(PublicQuerySet):
    def sourced(self):
        return self.filter(source__isnull=False)

    def unsourced(self):
        return self.filter(source__isnull=True)

    def of_guides(self):
        """What editors keep; the rest is imported with its occupation."""
        return self.filter(role__isnull=False)


def part_of(model, related_name, **options):
    """A figure belongs to a guide or to an occupation; a constraint sees to it."""
    return models.ForeignKey(model, models.CASCADE, null=True, blank=True, related_name=related_name, **options)


def measured_for(related_name):
    return models.ForeignKey(
        "occupations.Occupation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The occupation the figure was measured for. Readers are told where the guide is not linked to it.",
    )


def quoted_in(related_name):
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The article in which the figure was found. It does not rest on it: that is the source.",
    )


def release_of(related_name):
    return models.ForeignKey(
        "occupations.Release", models.PROTECT, null=True, blank=True, editable=False, related_name=related_name
    )


def of_role_or_occupation():
    return models.CheckConstraint(
        condition=Q(role__isnull=True) ^ Q(occupation__isnull=True),
        name="%(class)s_of_role_or_occupation",
        violation_error_message="A figure belongs to a guide or to an occupation.",
    )


def source_of(related_name):
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="Without one, readers see the figure marked as unsourced.",
    )


class Claim(Public, Ordered, Timestamped):
    """What every claim carries beside its figures."""

    part_of = ("role", "occupation")

    population = models.CharField(
        max_length=200, blank=True, help_text="Who was measured: Data Scientists (15-2051.00), experienced people."
    )
    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the quoting text called the figure, where that differs from what it is.",
    )
    note = models.TextField(blank=True, help_text="A caution readers should see beside the figure.")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class PayClaim(PlaceFields, Claim):
    role = part_of("roles.Role", "pay_claims")
    occupation = part_of("occupations.Occupation", "pay_claims", editable=False)
    release = release_of("pay_claims")
    source = source_of("pay_claims")
    quoted_in = quoted_in("pay_claims_quoted")
    measured_for = measured_for("pay_claims_measured")
    currency = CurrencyField()
    period = models.CharField(max_length=10, choices=Period, default=Period.YEAR)
    mean = AmountField(help_text="The average. Never enter a median here.")
    median = AmountField(help_text="Half earn less, half earn more.")
    p10 = AmountField("10th percentile")
    p25 = AmountField("25th percentile")
    p75 = AmountField("75th percentile")
    p90 = AmountField("90th percentile")
    low = AmountField(help_text="Lower end of a stated range.")
    high = AmountField(help_text="Upper end of a stated range.")
    top_code = AmountField(help_text="The publisher's ceiling: figures that reach it are shown as “at least”.")
    reference_period = models.CharField(max_length=100, blank=True, help_text="As the source says it: May 2025.")
    reference_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Left empty, the figure is undated."
    )
    employment = models.PositiveIntegerField(null=True, blank=True, editable=False, help_text="People counted.")
    absences = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Why a figure is missing: {statistic: absence}. A missing figure is never 0.",
    )

    STATISTICS = ("mean", *PERCENTILES, "low", "high")

    history = HistoricalRecords()

    class Meta(Claim.Meta):
        constraints = [
            models.CheckConstraint(
                condition=any_filled("mean", *PERCENTILES, "low", "high", "occupation"),
                name="payclaim_has_a_figure",
                violation_error_message=NO_FIGURE,
            ),
            models.CheckConstraint(
                condition=positive("mean", *PERCENTILES, "low", "high", "top_code"),
                name="payclaim_figures_positive",
                violation_error_message="Pay is above zero; leave a field empty where there is no figure.",
            ),
            models.CheckConstraint(
                condition=ordered(*PERCENTILES),
                name="payclaim_percentiles_ascend",
                violation_error_message="Percentiles must ascend: 10th, 25th, median, 75th, 90th.",
            ),
            models.CheckConstraint(
                condition=ordered("low", "high"),
                name="payclaim_range_ascends",
                violation_error_message="The lower end of the range is above the upper end.",
            ),
            PlaceFields.place_constraint(),
            of_role_or_occupation(),
            models.UniqueConstraint(
                fields=["occupation", "release", "period"],
                name="payclaim_once_per_release",
                violation_error_message="This release gives this pay already.",
            ),
        ]

    def __str__(self):
        statistic = next((name for name in ("median", "mean", "low", "high") if self.amount(name) is not None), "p90")
        return f"{self.place_name or 'No place'}: {statistic} {self.text_of(statistic)} {Period(self.period).spoken}"

    def clean(self):
        # Forms of a guide do not hold the occupation, so they skip the constraint that names it.
        if self.occupation_id is None and all(self.amount(name) is None for name in self.STATISTICS):
            raise ValidationError(NO_FIGURE)

    def amount(self, statistic):
        return getattr(self, statistic)

    def is_top_coded(self, statistic):
        """What reaches the ceiling is published as the ceiling; a mean may be known and lie above it."""
        return self.top_code is not None and self.amount(statistic) == self.top_code

    def text_of(self, statistic):
        """The figure as readers see it: '$120,230', 'at least $239,200', '' where there is none."""
        amount = self.amount(statistic)
        if amount is None:
            return ""
        text = amount_text(amount, self.currency)
        return f"at least {text}" if self.is_top_coded(statistic) else text

    @property
    def range(self):
        return Pay(self.low, self.high, self.currency, self.period)

    @property
    def period_spoken(self):
        return Period(self.period).spoken


class OutlookClaim(Claim):
    role = part_of("roles.Role", "outlook_claims")
    occupation = part_of("occupations.Occupation", "outlook_claims", editable=False)
    release = release_of("outlook_claims")
    source = source_of("outlook_claims")
    quoted_in = quoted_in("outlook_claims_quoted")
    measured_for = measured_for("outlook_claims_measured")
    country = models.CharField(max_length=2, blank=True, choices=country_choices)
    growth_percent = models.DecimalField(
        "growth in percent",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Change of employment between base and target year. Not openings.",
    )
    annual_openings = models.PositiveIntegerField(
        null=True, blank=True, help_text="Openings in an average year, replacements included. Not growth."
    )
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    base_employment = models.PositiveIntegerField(null=True, blank=True, editable=False)
    target_employment = models.PositiveIntegerField(null=True, blank=True, editable=False)
    entry_education = models.CharField(
        max_length=100, blank=True, editable=False, help_text="The education typically needed to enter, by the source."
    )
    absences = models.JSONField(default=dict, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta(Claim.Meta):
        constraints = [
            models.CheckConstraint(
                condition=any_filled("growth_percent", "annual_openings", "occupation"),
                name="outlookclaim_has_a_figure",
                violation_error_message=NO_OUTLOOK,
            ),
            models.CheckConstraint(
                condition=Q(base_year__isnull=True) | Q(target_year__isnull=True) | Q(base_year__lt=F("target_year")),
                name="outlookclaim_years_ascend",
                violation_error_message="The base year must come before the target year.",
            ),
            of_role_or_occupation(),
            models.UniqueConstraint(
                fields=["occupation", "release"],
                name="outlookclaim_once_per_release",
                violation_error_message="This release gives this outlook already.",
            ),
        ]

    def __str__(self):
        growth = f"{self.growth_percent:+}%" if self.growth_percent is not None else ""
        openings = f"{self.annual_openings:,} openings a year" if self.annual_openings is not None else ""
        return " ".join(part for part in (growth, openings, self.years) if part)

    def clean(self):
        if self.occupation_id is None and self.growth_percent is None and self.annual_openings is None:
            raise ValidationError(NO_OUTLOOK)

    @property
    def years(self):
        if self.base_year and self.target_year:
            return f"{self.base_year}–{self.target_year}"
        if self.base_year:
            return f"from {self.base_year}"
        return f"by {self.target_year}" if self.target_year else ""

    @property
    def place_name(self):
        return place_name(self.country)
