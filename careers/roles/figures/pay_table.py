"""The pay figures of a guide's page: grouped by currency and place, with a chart for each currency."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_currency_name

from careers.core.money import PERIODS_A_YEAR, Period
from careers.geo.countries import place_name
from careers.occupations.figures.charts import PayBar, PayChart, pay_chart
from careers.occupations.figures.format import PERIODS_PER_YEAR_TEXT, has_spread
from careers.occupations.models.figures import PayFigures

from .cautions import Caution, cautions_of, statistics_mixed
from .official import OfficialFigures
from .rows import NO_OFFICIAL_FIGURES, TABLE_STATISTICS, PayRow


@dataclass(frozen=True)
class AdvertisedPayRow:
    """Pay offered in open postings."""

    advertised: Any  # careers.postings.job_list.pay_statistics.Advertised, which this package must not import
    bar: PayBar | None = None

    @property
    def cells(self) -> list[str]:
        return [self.advertised.text_of(name) if name in self.advertised.amounts else "" for name in TABLE_STATISTICS]

    @property
    def conversions(self) -> list[str]:
        return [
            f"{number} of them state{'s' * (number == 1)} pay {Period(period).label}"
            for period, number in self.advertised.converted.items()
        ]


@dataclass(frozen=True)
class PlaceGroup:
    """The pay figures of one country in one currency."""

    country: str
    currency: str
    rows: list[PayRow]
    advertised: list[AdvertisedPayRow]

    @property
    def place(self) -> str:
        return place_name(self.country) or "No place given"

    @property
    def is_single_row(self) -> bool:
        """Whether it needs no heading of its own."""
        return len(self.rows) + len(self.advertised) == 1

    @property
    def caution(self) -> Caution | None:
        return statistics_mixed([row.figure for row in self.rows])


@dataclass(frozen=True)
class CurrencyGroup:
    """The places of one currency on one axis; without a chart if there is nothing to compare."""

    currency: str
    chart: PayChart | None
    groups: list[PlaceGroup]

    @property
    def currency_name(self) -> str:
        return get_currency_name(self.currency, locale="en")

    @property
    def conversions(self) -> list[str]:
        """How pay of other periods than a year was converted for the chart."""
        charted = {Period(row.figure.period) for group in self.groups for row in group.rows}
        periods = sorted(charted - {Period.YEAR}, key=lambda period: PERIODS_A_YEAR[period])
        return [f"pay {period.label} is drawn as {PERIODS_PER_YEAR_TEXT[period]} a year" for period in periods]


@dataclass(frozen=True)
class PayTable:
    """The currencies of some pay figures."""

    groups: list[CurrencyGroup]

    @property
    def charted(self) -> list[CurrencyGroup]:
        return [group for group in self.groups if group.chart]

    @property
    def uncharted(self) -> list[CurrencyGroup]:
        """Currencies with too few figures for a chart."""
        return [group for group in self.groups if not group.chart]

    @property
    def has_advertised(self) -> bool:
        return any(place.advertised for group in self.groups for place in group.groups)

    @property
    def has_open_ends(self) -> bool:
        return any(group.chart.has_open_ends for group in self.groups if group.chart)


def shared_notes(figures: Sequence[PayFigures]) -> list[str]:
    """Notes that at least three figures have: shown once as numbered footnotes."""
    counts = Counter(figure.note for figure in figures)
    return [note for note, number in counts.items() if note and number > 2]


def pay_row(figure: PayFigures, bar: PayBar | None, official: OfficialFigures, notes: list[str]) -> PayRow:
    """`notes` as shared_notes() returns them."""
    return PayRow(
        figure,
        bar,
        cautions_of(figure, official.codes),
        official.occupations_with(figure),
        notes.index(figure.note) + 1 if figure.note in notes else 0,
    )


def pay_table(
    figures: Sequence[PayFigures], advertised: Sequence = (), official: OfficialFigures = NO_OFFICIAL_FIGURES
) -> list[CurrencyGroup]:
    """Sourced figures come first, and so do their currencies and places; figures without a place come last."""
    figures, notes = sorted(figures, key=lambda figure: figure.source_id is None), shared_notes(figures)
    return [
        currency_group(
            currency,
            [figure for figure in figures if figure.currency == currency],
            [entry for entry in advertised if entry.currency == currency],
            official,
            notes,
        )
        for currency in dict.fromkeys(entry.currency for entry in (*figures, *advertised))
    ]


def currency_group(
    currency: str, figures: list[PayFigures], advertised: list, official: OfficialFigures, notes: list[str]
) -> CurrencyGroup:
    entries = [*figures, *advertised]
    chart = pay_chart(entries) if is_worth_a_chart(figures, advertised) else None
    bars = chart.bars if chart else [None] * len(entries)
    rows = [pay_row(figure, bar, official, notes) for figure, bar in zip(figures, bars, strict=False)]
    advertised_rows = [AdvertisedPayRow(*pair) for pair in zip(advertised, bars[len(figures) :], strict=True)]
    countries = sorted(dict.fromkeys(entry.country for entry in entries), key=lambda country: country == "")
    groups = [
        PlaceGroup(
            country,
            currency,
            [row for row in rows if row.figure.country == country],
            [row for row in advertised_rows if row.advertised.country == country],
        )
        for country in countries
    ]
    return CurrencyGroup(currency, chart, groups)


def is_worth_a_chart(figures: list[PayFigures], advertised: list) -> bool:
    """There is something to compare: several figures, or the spread of one."""
    return len(figures) > 1 or bool(advertised) or any(has_spread(figure) for figure in figures)
