"""Pay and outlook as an occupation's page shows them: its own figures, or those of the wider group it is published in."""

from dataclasses import dataclass
from typing import Any

from careers.core.money import Period
from careers.files.cells import Absence
from careers.occupations import soc
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay

from .format import absence_text, number_text, percentage, statistic_text
from .official import figures_by_code, figures_by_year, published_codes
from .pay_history import PayHistory, pay_history

PAY_COLUMNS = {
    "p10": "10th percentile",
    "p25": "25th",
    "median": "Median",
    "p75": "75th",
    "p90": "90th",
    "mean": "Mean",
}


@dataclass(frozen=True)
class PublishedPayRow:
    figure: OfficialPay

    @property
    def period(self) -> str:
        """'A year', 'An hour'"""
        return self.figure.period_spoken.capitalize()

    @property
    def cells(self) -> list[tuple[str, str]]:
        """[(column, amount or reason why there is none)]"""
        return [
            (label, statistic_text(self.figure, name) or Absence.NO_DATA.label) for name, label in PAY_COLUMNS.items()
        ]


@dataclass(frozen=True)
class PublishedPay:
    """The pay figures of the newest year, and the history of earlier years."""

    rows: list[PublishedPayRow]
    history: PayHistory | None

    @property
    def newest(self) -> OfficialPay:
        return self.rows[0].figure

    @property
    def employment(self) -> str:
        """'233,440' people were counted; '' if that is not published."""
        return number_text(self.newest.employment)

    @property
    def only_period(self) -> str:
        """'an hour' if only hourly pay is published; '' if both hourly and yearly pay are."""
        return self.newest.period_spoken if len(self.rows) == 1 else ""


@dataclass(frozen=True)
class Population:
    """The people whom figures describe: those of a six-digit SOC occupation, or of a combined code."""

    occupation: Occupation
    members: list[Occupation]  # the O*NET occupations it includes
    is_combined: bool

    @property
    def name(self) -> str:
        return f"{self.occupation.title} ({self.occupation.code})"

    @property
    def is_wider(self) -> bool:
        return self.is_combined or len(self.members) > 1


@dataclass(frozen=True)
class PublishedOutlook:
    figure: OfficialOutlook

    @property
    def growth(self) -> str:
        return percentage(self.figure.growth_percent, "+") or self._absence("growth_percent")

    @property
    def openings(self) -> str:
        return number_text(self.figure.annual_openings) or self._absence("annual_openings")

    @property
    def employment(self) -> str:
        """'245,900 to 328,300'; '' unless both numbers are published."""
        ends = [number_text(number) for number in (self.figure.base_employment, self.figure.target_employment)]
        return " to ".join(ends) if all(ends) else ""

    def _absence(self, field: str) -> str:
        return absence_text(self.figure, field) or Absence.NO_DATA.label


def official_figures(occupation: Occupation) -> tuple[list[OfficialPay], list[OfficialOutlook]]:
    """(pay, outlook), the newest first; of one year, pay per year first."""
    pay, outlook = _figures_of(occupation, OfficialPay), _figures_of(occupation, OfficialOutlook)
    pay.sort(key=lambda figure: (-(figure.reference_year or 0), figure.period != Period.YEAR))
    outlook.sort(key=lambda figure: -(figure.base_year or 0))
    return pay, outlook


def _figures_of(occupation: Occupation, model: Any) -> list:
    """A detailed occupation also gets figures of its combined code, in years without figures of its own."""
    if occupation.level != Occupation.Level.DETAILED:
        return list(model.objects.filter(occupation=occupation).select_related("occupation", "source"))
    by_code = figures_by_code(model, published_codes([occupation.soc_code]))
    by_year = figures_by_year(occupation.soc_code, by_code)
    return [figure for figures in by_year.values() for figure in figures]


def population_of(occupation: Occupation, figure: OfficialPay | OfficialOutlook | None) -> Population | None:
    """The people whom a figure shown for the occupation describes; None without a figure."""
    if figure is None:
        return None
    published_for = figure.occupation
    combined = soc.combined_codes().get(published_for.code)
    codes = combined.members if combined else (published_for.code,)
    members = Occupation.objects.listed().filter(soc_code__in=codes).only("code", "title")
    is_combined = published_for.code not in (occupation.code, occupation.soc_code)
    return Population(published_for, list(members), is_combined)


def published_pay(occupation: Occupation, figures: list[OfficialPay]) -> PublishedPay | None:
    """`figures` as official_figures() sorts them."""
    if not figures:
        return None
    newest = [PublishedPayRow(figure) for figure in figures if figure.reference_year == figures[0].reference_year]
    return PublishedPay(newest, pay_history(occupation.soc_code, figures))
