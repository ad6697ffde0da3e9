"""Pay of a role by country: the published figure, and what open jobs here offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers.geo.countries import place_name
from careers.occupations.models.figures import PayFigures
from careers.postings.job_list.pay_statistics import CountryOffers
from careers.roles.guide.contents import GuidePay


@dataclass(frozen=True)
class CountryPay:
    place: str
    figure: PayFigures | None
    offers: CountryOffers | None

    @property
    def statistic(self) -> str:
        """The name of the published statistic: 'median'; '' without a figure."""
        names = ("median", "mean", "low", "high")
        return next((name for name in names if self.figure and self.figure.amount(name) is not None), "")

    @property
    def amount(self) -> str:
        """'$120,230'"""
        return self.figure.text_of(self.statistic) if self.figure and self.statistic else ""


@dataclass(frozen=True)
class PayByCountry:
    rows: list[CountryPay]
    others: list[str]  # names of other countries of which only figures without a source or for other people are known


def pay_by_country(pay: GuidePay, offers: Sequence[CountryOffers]) -> PayByCountry:
    rows = country_rows(pay.figures, offers)
    listed = {row.place for row in rows}
    return PayByCountry(rows, [place for place in pay.elsewhere_places if place not in listed])


def country_rows(figures: Sequence[PayFigures], offers: Sequence[CountryOffers]) -> list[CountryPay]:
    """Countries with a figure first, in the order of the figures; then those where jobs are open."""
    first: dict[str, PayFigures] = {}
    for figure in figures:
        if figure.country and figure.has_figures:
            first.setdefault(figure.country, figure)
    by_country = {row.country: row for row in offers}
    published = [CountryPay(place_name(code), figure, by_country.get(code)) for code, figure in first.items()]
    return published + [CountryPay(row.place_name, None, row) for row in offers if row.country not in first]
