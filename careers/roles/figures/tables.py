"""Claims as readers meet them: side by side, each statistic under its own name, each with its age and what to know about it."""

from collections import Counter
from dataclasses import dataclass, field

from babel.numbers import get_currency_name

from careers.core.money import PERIODS_A_YEAR, Period
from careers.files.cells import Absence
from careers.geo.countries import place_name
from careers.occupations.figures.charts import GrowthChart, PayBar, PayChart, Span, growth_chart, pay_chart
from careers.occupations.figures.format import HOURS, absence_text, figure_text, has_spread, pay_figures, percentage
from careers.roles.models import OccupationLink

from .cautions import Caution, Code, cautions_of, statistics_mixed
from .official import Counted, Evidence

TABLE_COLUMNS = ("median", "mean", "p10", "p25", "p75", "p90", "low", "high")
NO_EVIDENCE = Evidence()
NAMES_HEADING = (Code.PERIOD_DIFFERS, Code.MEAN_AND_MEDIAN_MIXED, Code.GROWTH_FOR_OPENINGS)


def repeated_notes(claims):
    """Notes that three claims or more share: said once below them, by number."""
    counts = Counter(claim.note for claim in claims)
    return [note for note, number in counts.items() if note and number > 2]


@dataclass(frozen=True)
class Row:
    """A claim with its place on the chart and what to know about it."""

    claim: object
    bar: PayBar | Span | None = None
    cautions: list[Caution] = field(default_factory=list)
    occupations: list = field(default_factory=list)  # those linked to the guide for which an official claim speaks
    note_number: int = 0  # of a note that is said once for several claims

    @classmethod
    def of(cls, claim, bar, evidence, repeated=()):
        behind = evidence.occupations_behind(claim) if claim.is_official else []
        number = repeated.index(claim.note) + 1 if claim.note in repeated else 0
        return cls(claim, bar, cautions_of(claim, evidence.codes), behind, number)

    @property
    def who(self):
        return self.claim.measured_population

    @property
    def within(self):
        """The part of the country: 'Dubai'; '' for the whole of it."""
        return place_name("", self.claim.subdivision, self.claim.city)

    @property
    def occupation(self):
        """The one occupation the claim is about, as a page of the site; None where it is about several or unknown."""
        if self.claim.is_official:
            return None if self.stands_for else self.occupations[0] if self.occupations else None
        return self.claim.measured_for

    @property
    def stands_for(self):
        """The linked occupations, where the figures are those of a wider group that holds them."""
        if not self.claim.is_official:
            return []
        is_itself = [occupation.code for occupation in self.occupations] == [f"{self.claim.occupation.code}.00"]
        return [] if is_itself else self.occupations

    @property
    def marks(self):
        return [caution for caution in self.cautions if caution.is_mark]

    @property
    def warnings(self):
        return [caution for caution in self.cautions if not caution.is_mark]

    @property
    def heading(self):
        """What the quoting text called the figure, unless a warning says it."""
        return "" if any(caution.code in NAMES_HEADING for caution in self.warnings) else self.claim.heading

    @property
    def figures(self):
        return pay_figures(self.claim)

    @property
    def median(self):
        return self.claim.text_of("median")

    @property
    def cells(self):
        """The pay figures in the order of the table's columns, '' where there is none."""
        return [figure_text(self.claim, name) for name in TABLE_COLUMNS]

    @property
    def is_hourly_only(self):
        return self.claim.is_official and getattr(self.claim, "period", "") == Period.HOUR

    @property
    def growth(self):
        """'33.5%', '−4%', 'no data', '' where it is no part of the claim: no digit after the point that is not needed."""
        return percentage(self.claim.growth_percent) or absence_text(self.claim, "growth_percent")

    @property
    def openings(self):
        """Annual openings with separators, 'no data', '' where they are no part of the claim."""
        if self.claim.annual_openings is None:
            return absence_text(self.claim, "annual_openings")
        return f"{self.claim.annual_openings:,}"


@dataclass(frozen=True)
class Offers:
    """Advertised pay with its place on the chart."""

    advertised: object  # careers.postings.job_list.pay_statistics.Advertised
    bar: PayBar | None = None

    @property
    def cells(self):
        return [self.advertised.text_of(name) if name in self.advertised.amounts else "" for name in TABLE_COLUMNS]

    @property
    def conversions(self):
        converted = self.advertised.converted.items()
        return [
            f"{number} of them state{'s' * (number == 1)} pay {Period(period).label}" for period, number in converted
        ]


@dataclass(frozen=True)
class PayGroup:
    """All that is known of one place in one currency."""

    country: str
    currency: str
    rows: list[Row]
    offers: list[Offers]

    @property
    def place(self):
        return place_name(self.country) or "No place given"

    @property
    def is_alone(self):
        """Whether one line says it all, so that it needs no heading."""
        return len(self.rows) + len(self.offers) == 1

    @property
    def caution(self):
        return statistics_mixed([row.claim for row in self.rows])


@dataclass(frozen=True)
class PayScale:
    """The places of one currency. They share an axis; None where there is nothing to compare."""

    currency: str
    chart: PayChart | None
    groups: list[PayGroup]

    @property
    def currency_name(self):
        return get_currency_name(self.currency, locale="en")

    @property
    def conversions(self):
        """What is said beside an axis on which something else than pay a year was drawn."""
        drawn = {Period(row.claim.period) for group in self.groups for row in group.rows}
        periods = sorted(drawn - {Period.YEAR}, key=PERIODS_A_YEAR.get)
        return [f"pay {period.label} is drawn as {HOURS[period]} a year" for period in periods]


@dataclass(frozen=True)
class OutlookGroup:
    """Projections of one place over the same years; the chart is None where there is nothing to compare."""

    place: str
    years: str
    chart: GrowthChart | None
    rows: list[Row]


RELATIONS = {
    OccupationLink.Relation.EXACT: "The same work",
    OccupationLink.Relation.CLOSE: "Close to this role",
    OccupationLink.Relation.BROADER: "Wider: this role is a part of it",
    OccupationLink.Relation.NARROWER: "Narrower: it is a part of this role",
    OccupationLink.Relation.PROXY: "Stands in, for want of a closer one",
}


@dataclass(frozen=True)
class CountedRow:
    """A linked occupation in a line: how it belongs to the role, and its two best known figures."""

    counted: Counted
    is_chosen: bool

    @property
    def occupation(self):
        return self.counted.occupation

    @property
    def relation(self):
        return RELATIONS[self.counted.link.relation]

    @property
    def reason(self):
        return self.counted.link.reason

    @property
    def pay(self):
        """'$120,230', 'hourly only, $41.21', 'not published', 'no data'."""
        if self.counted.pay is None:
            return Absence.NO_DATA.label
        text = figure_text(self.counted.pay, "median") or Absence.NO_DATA.label
        return f"hourly only, {text}" if self.counted.is_hourly_only else text

    @property
    def pay_when(self):
        pay = self.counted.pay
        return pay and (pay.reference_period or pay.reference_year or "")

    @property
    def growth(self):
        outlook = self.counted.outlook
        return (outlook and (percentage(outlook.growth_percent, "+") or absence_text(outlook, "growth_percent"))) or (
            Absence.NO_DATA.label
        )

    @property
    def growth_when(self):
        return self.counted.outlook and self.counted.outlook.years


def counted_rows(evidence):
    return [CountedRow(counted, counted.code == evidence.chosen) for counted in evidence.links]


def sourced_first(claims):
    return sorted(claims, key=lambda claim: claim.source_id is None)


def pay_scales(claims, advertised=(), evidence=NO_EVIDENCE):
    """The currency and the place of the best documented figures first, sourced figures first in each; no place last."""
    claims, repeated = sourced_first(claims), repeated_notes(claims)
    currencies = dict.fromkeys(entry.currency for entry in (*claims, *advertised))
    return [
        pay_scale(
            currency,
            [claim for claim in claims if claim.currency == currency],
            [offers for offers in advertised if offers.currency == currency],
            evidence,
            repeated,
        )
        for currency in currencies
    ]


def pay_scale(currency, claims, advertised, evidence, repeated):
    chart = pay_chart([*claims, *advertised]) if is_worth_drawing(claims, advertised) else None
    bars = iter(chart.bars if chart else [None] * len([*claims, *advertised]))
    rows = [Row.of(claim, bar, evidence, repeated) for claim, bar in zip(claims, bars, strict=False)]
    offers = [Offers(entry, bar) for entry, bar in zip(advertised, bars, strict=True)]
    countries = dict.fromkeys(entry.country for entry in (*claims, *advertised))
    groups = [
        PayGroup(
            country,
            currency,
            [row for row in rows if row.claim.country == country],
            [entry for entry in offers if entry.advertised.country == country],
        )
        for country in sorted(countries, key=lambda country: country == "")
    ]
    return PayScale(currency, chart, groups)


def is_worth_drawing(claims, advertised):
    """There is something to compare: several figures, or how pay is spread."""
    return len(claims) + len(advertised) > 1 or bool(advertised) or any(has_spread(claim) for claim in claims)


def outlook_groups(claims, evidence=NO_EVIDENCE):
    """By place and years, those that start last first: growth over different years never mixes."""
    ranked = sorted(sourced_first(claims), key=lambda claim: -(claim.base_year or 0))
    groups = {}
    for claim in ranked:
        groups.setdefault((claim.base_year, claim.target_year, claim.country), []).append(claim)
    return [outlook_group(of_years, evidence) for of_years in groups.values()]


def outlook_group(claims, evidence):
    chart = growth_chart(claims) if len([claim for claim in claims if claim.growth_percent is not None]) > 1 else None
    bars = chart.bars if chart else [None] * len(claims)
    rows = [Row.of(claim, bar, evidence) for claim, bar in zip(claims, bars, strict=True)]
    return OutlookGroup(claims[0].place_name or "No place given", claims[0].years or "no years given", chart, rows)
