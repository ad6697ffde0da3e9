"""Figures about pay and outlook: the abstract models, and the official figures of occupations.

Official figures are imported, one set per occupation and release, and not edited. The figures that editors enter in guides
are other tables on the same abstract models: careers.roles.models.claims.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import AmountField, CurrencyField, Timestamped, ascending, positive_or_null
from careers.core.money import Pay, Period, amount_text
from careers.geo.countries import country_choices, place_name
from careers.geo.models import PlaceFields

if TYPE_CHECKING:
    from .occupation import Occupation
    from .source import Source

PERCENTILES = ("p10", "p25", "median", "p75", "p90")


class FigureQuerySet(PublicQuerySet):
    def sourced(self):
        return self.filter(source__isnull=False)

    def unsourced(self):
        return self.filter(source__isnull=True)


class Figure(PublicModel, Timestamped):
    """Any figure. `is_official` tells imported figures of occupations from those of guides."""

    is_official = False
    absences: dict[str, str] = {}  # {field: careers.files.cells.Absence}, only in official figures

    if TYPE_CHECKING:  # defined by the models of official figures and of guides' figures
        source: "Source | None"
        source_id: int | None
        measured_for: "Occupation | None"
        measured_for_id: int | None
        quoted_in_id: int | None
        occupation: "Occupation"
        heading: str
        note: str

        @property
        def measured_population(self) -> str: ...

    population = models.CharField(
        max_length=200,
        blank=True,
        help_text="The group the figure covers, for example Data Scientists (15-2051.00) or experienced people.",
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        abstract = True


class PayFigures(PlaceFields, Figure):
    """Pay of one population and place, in one currency and period. Amounts are Decimal, as published."""

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
    top_code = AmountField(
        help_text="The highest value the publisher reports. Figures that reach it are shown as “at least”."
    )
    reference_period = models.CharField(
        max_length=100, blank=True, help_text="As the source writes it, for example May 2025."
    )
    reference_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty if the source gives no year. The figure is then marked “No year”."
    )

    STATISTICS = ("mean", *PERCENTILES, "low", "high")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=positive_or_null("mean", *PERCENTILES, "low", "high", "top_code"),
                name="%(class)s_figures_positive",
                violation_error_message="Enter amounts above zero. Leave a field empty if there is no figure.",
            ),
            models.CheckConstraint(
                condition=ascending(*PERCENTILES),
                name="%(class)s_percentiles_ascend",
                violation_error_message="Enter the percentiles from low to high: 10th, 25th, median, 75th, 90th.",
            ),
            models.CheckConstraint(
                condition=ascending("low", "high"),
                name="%(class)s_range_ascends",
                violation_error_message="The lower end of the range is higher than the upper end. Enter the lower "
                "amount first.",
            ),
            PlaceFields.place_constraint(),
        ]

    def __str__(self):
        statistic = next((name for name in ("median", "mean", "low", "high") if self.amount(name) is not None), "p90")
        return f"{self.place_name or 'No place'}: {statistic} {self.text_of(statistic)} {Period(self.period).a_period}"

    @property
    def has_figures(self) -> bool:
        return any(self.amount(name) is not None for name in self.STATISTICS)

    def amount(self, statistic: str) -> Decimal | None:
        return getattr(self, statistic)

    def is_top_coded(self, statistic: str) -> bool:
        """Whether the amount is the publisher's ceiling: the real one is at least as high. A mean may lie above the ceiling."""
        return self.top_code is not None and self.amount(statistic) == self.top_code

    def text_of(self, statistic: str) -> str:
        """'$120,230', 'at least $239,200'; '' if there is no amount."""
        amount = self.amount(statistic)
        if amount is None:
            return ""
        text = amount_text(amount, self.currency)
        return f"at least {text}" if self.is_top_coded(statistic) else text

    @property
    def range(self) -> Pay:
        return Pay(self.low, self.high, self.currency, self.period)

    @property
    def period_spoken(self) -> str:
        return Period(self.period).a_period


class OutlookFigures(Figure):
    """Projected change of employment between two years, in percent, and openings in an average year."""

    country = models.CharField(max_length=2, blank=True, choices=country_choices)
    growth_percent = models.DecimalField(
        "growth in percent",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Change in employment between the base year and the target year. Do not enter openings.",
    )
    annual_openings = models.PositiveIntegerField(
        null=True, blank=True, help_text="Openings in an average year, including replacements. Do not enter growth."
    )
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(base_year__isnull=True) | Q(target_year__isnull=True) | Q(base_year__lt=F("target_year")),
                name="%(class)s_years_ascend",
                violation_error_message="Enter a base year before the target year, for example 2024 and 2034.",
            ),
        ]

    def __str__(self):
        growth = f"{Decimal(self.growth_percent).normalize():+f}%" if self.growth_percent is not None else ""
        openings = f"{self.annual_openings:,} openings a year" if self.annual_openings is not None else ""
        return " ".join(part for part in (growth, openings, self.years) if part)

    @property
    def years(self) -> str:
        if self.base_year and self.target_year:
            return f"{self.base_year}–{self.target_year}"
        if self.base_year:
            return f"from {self.base_year}"
        return f"by {self.target_year}" if self.target_year else ""

    @property
    def place_name(self) -> str:
        return place_name(self.country)


class Official(models.Model):
    """A figure that BLS publishes for an occupation. Its source is that of the release."""

    part_of = ("occupation",)
    is_official = True
    heading = note = ""  # only figures of guides have these
    quoted_in_id = measured_for_id = None

    if TYPE_CHECKING:  # defined by the models below
        occupation: "Occupation"

    absences = models.JSONField(
        default=dict,
        blank=True,
        help_text="Why a figure is missing: {statistic: absence}. A missing figure is never 0.",
    )

    class Meta:
        abstract = True

    @property
    def measured_population(self) -> str:
        """The people whom the figure describes, as text."""
        return str(self.occupation)


class OfficialPay(Official, PayFigures):
    occupation = models.ForeignKey("occupations.Occupation", models.CASCADE, related_name="official_pay")
    release = models.ForeignKey("occupations.Release", models.PROTECT, related_name="official_pay")
    source = models.ForeignKey("occupations.Source", models.PROTECT, related_name="official_pay")
    employment = models.PositiveIntegerField(null=True, blank=True, help_text="People counted.")

    class Meta(PayFigures.Meta):
        ordering = ["pk"]
        verbose_name_plural = "official pay"
        constraints = [
            *PayFigures.Meta.constraints,
            models.UniqueConstraint(
                fields=["occupation", "release", "period"],
                name="officialpay_once_per_release",
                violation_error_message="This release already has this pay figure.",
            ),
        ]


class OfficialOutlook(Official, OutlookFigures):
    occupation = models.ForeignKey("occupations.Occupation", models.CASCADE, related_name="official_outlook")
    release = models.ForeignKey("occupations.Release", models.PROTECT, related_name="official_outlook")
    source = models.ForeignKey("occupations.Source", models.PROTECT, related_name="official_outlook")
    base_employment = models.PositiveIntegerField(null=True, blank=True)
    target_employment = models.PositiveIntegerField(null=True, blank=True)
    entry_education = models.CharField(
        max_length=100,
        blank=True,
        help_text="The education that people typically need to start, according to the source.",
    )

    class Meta(OutlookFigures.Meta):
        ordering = ["pk"]
        verbose_name_plural = "official outlook"
        constraints = [
            *OutlookFigures.Meta.constraints,
            models.UniqueConstraint(
                fields=["occupation", "release"],
                name="officialoutlook_once_per_release",
                violation_error_message="This release already has this outlook figure.",
            ),
        ]
