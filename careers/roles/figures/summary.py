"""A guide at a glance: typical pay, growth, openings and entry education, from official figures only.

All are those of one occupation: of the linked ones that have official figures, the one with the highest weight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from careers.core.money import per_year
from careers.geo.countries import place_name
from careers.occupations.figures.format import percentage
from careers.occupations.models import Occupation, OfficialOutlook, Source
from careers.occupations.models import OfficialPay as PayFigure

from .growth_words import growth_words
from .official import OfficialFigures, official_figures_by_id


@dataclass(frozen=True)
class OfficialPay:
    """The official median of one place and year."""

    figure: PayFigure

    @property
    def amount(self) -> Decimal:
        """In the currency and period of the source: `yearly` is what compares."""
        return cast(Decimal, self.figure.median)  # summarise() asks for it

    @property
    def yearly(self) -> Decimal:
        return cast(Decimal, per_year(self.amount, self.figure.period))

    @property
    def currency(self) -> str:
        return self.figure.currency

    @property
    def amount_text(self) -> str:
        """'$120,230', 'at least $239,200'"""
        return self.figure.text_of("median")

    @property
    def text(self) -> str:
        """'$120,230 a year', 'at least $239,200 a year', '$41.21 an hour' if only hourly pay is published."""
        return f"{self.amount_text} {self.figure.period_spoken}"

    @property
    def place(self) -> str:
        return place_name(self.figure.country)

    @property
    def year(self) -> int | None:
        return self.figure.reference_year

    @property
    def place_and_year(self) -> str:
        """'United States, 2025'"""
        return f"{self.place}, {self.year}" if self.year else self.place


@dataclass(frozen=True)
class Growth:
    percent: Decimal
    words: str  # 'much faster than average'; '' if BLS's thresholds for these years are not known
    text: str  # '+33.5%', '−4%'
    years: str  # '2024 to 2034'


@dataclass(frozen=True)
class GuideSummary:
    pay: OfficialPay | None = None
    growth: Growth | None = None
    openings: int | None = None  # in an average year
    education: str = ""  # typically needed to start: "Bachelor's degree"
    occupation: Occupation | None = None  # the linked occupation that all of this describes
    outlook: OfficialOutlook | None = None  # where growth, openings and education come from

    @property
    def population(self) -> str:
        """Whom the figures describe, by the name they are published for: 'Data Scientists (15-2051)'."""
        figure = self.pay.figure if self.pay else self.outlook
        return figure.measured_population if figure else ""

    @property
    def sources(self) -> list[Source]:
        """Each once."""
        figures = [self.pay.figure if self.pay else None, self.outlook]
        return list(dict.fromkeys(figure.source for figure in figures if figure))


def summarise_guides(role_ids: Iterable[int]) -> dict[int, GuideSummary]:
    """{primary key of a role: its summary}, in three queries for any number of roles."""
    figures = official_figures_by_id(role_ids, newest_only=True)
    return {pk: summarise(official) for pk, official in figures.items()}


def summarise(official: OfficialFigures) -> GuideSummary:
    """Of the occupations whose figures the page shows."""
    for linked in official.shown:
        pay = OfficialPay(linked.pay) if linked.pay and linked.pay.median is not None else None
        growth = growth_of(linked.outlook) if linked.outlook else None
        if pay or growth:
            return GuideSummary(
                pay,
                growth,
                openings=linked.outlook.annual_openings if linked.outlook else None,
                education=linked.outlook.entry_education if linked.outlook else "",
                occupation=linked.occupation,
                outlook=linked.outlook,
            )
    return GuideSummary()


def growth_of(outlook: OfficialOutlook) -> Growth | None:
    percent = outlook.growth_percent
    if percent is None:
        return None
    return Growth(
        percent,
        words=growth_words(percent, outlook.base_year, outlook.target_year),
        text=percentage(percent, "+"),
        years=outlook.years.replace("–", " to "),
    )
