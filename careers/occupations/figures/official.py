"""Official figures by SOC code.

Pay and outlook are published for six-digit SOC occupations. In releases that publish an occupation together with others,
its figure is that of the combined code.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from careers.core.money import Period
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay
from careers.occupations.soc import combined_code_by_member

UNUSED_COLUMNS = ("occupation__description", "source__attribution", "source__licence", "created_at", "updated_at")
YEAR_FIELDS = {OfficialPay: "reference_year", OfficialOutlook: "base_year"}


def published_codes(soc_codes: Iterable[str]) -> set[str]:
    """The codes under which figures of these occupations are published, or were in earlier releases."""
    codes, combined = set(soc_codes), combined_code_by_member()
    return codes | {combined[code].code for code in codes if code in combined}


def figures_by_code(model: Any, codes: set[str], *, newest_only: bool = False) -> dict[str, list]:
    """{SOC code: its official figures}; `model` is OfficialPay or OfficialOutlook."""
    figures: dict[str, list] = {}
    if codes:
        published = model.objects.filter(occupation__in=Occupation.objects.published_for(codes))
        if newest_only:
            year = YEAR_FIELDS[model]
            newer = model.objects.filter(occupation=OuterRef("occupation"), **{f"{year}__gt": OuterRef(year)})
            published = published.filter(~Exists(newer))
        for figure in published.select_related("occupation", "source").defer(*UNUSED_COLUMNS):
            figures.setdefault(figure.occupation.code, []).append(figure)
    return figures


def figures_by_year(code: str, by_code: dict[str, list]) -> dict[int, list]:
    """{year: figures of a SOC code}. In years without figures of its own, those of the combined code of that year."""
    by_year: dict[int, list] = {}
    for figure in by_code.get(code, ()):
        by_year.setdefault(_year(figure), []).append(figure)
    own_years, combined = set(by_year), combined_code_by_member().get(code)
    if combined is None:
        return by_year
    for figure in by_code.get(combined.code, ()):
        year = _year(figure)
        if year not in own_years and combined.is_in_force(year):
            by_year.setdefault(year, []).append(figure)
    return by_year


def _year(figure: OfficialPay | OfficialOutlook) -> int:
    return getattr(figure, YEAR_FIELDS[type(figure)]) or 0


def headline_pay(figures: list[OfficialPay]) -> OfficialPay:
    """Of the figures of one year: one with amounts before one without, pay per year before pay per hour."""
    return min(figures, key=lambda figure: (not figure.has_figures, figure.period != Period.YEAR))
