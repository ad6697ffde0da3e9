"""The official figures of a guide: those published for the occupations it is linked to.

Pay and outlook are published for six-digit SOC occupations, so links to occupations of one SOC code share their figures.
In releases that publish an occupation together with others, the figure is that of the combined code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import QuerySet

from careers.core.money import Period
from careers.occupations.figures.official import figures_by_code, figures_by_year, headline_pay, published_codes
from careers.occupations.figures.pay_history import PayHistory, pay_history
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay
from careers.occupations.models.figures import Figure, PayFigures
from careers.roles.models import OccupationLink, Role
from careers.roles.models.claims import Claim

C = TypeVar("C", bound=Claim)

COPIED_PAY_FIELDS = (
    "country", "subdivision", "city", "currency", "period", "reference_year", *OfficialPay.STATISTICS,
)  # fmt: skip
COPIED_OUTLOOK_FIELDS = ("country", "base_year", "target_year", "growth_percent", "annual_openings")


@dataclass(frozen=True)
class LinkedOccupation:
    """An occupation that a guide is linked to, with its official figures."""

    link: OccupationLink
    pay: OfficialPay | None = None  # the newest: per year, or per hour if only that is published
    outlook: OfficialOutlook | None = None
    pay_series: tuple[OfficialPay, ...] = ()  # pay of all years, oldest first

    @property
    def occupation(self) -> Occupation:
        return self.link.occupation

    @property
    def code(self) -> str:
        return self.link.occupation.code

    @property
    def is_hourly_only(self) -> bool:
        return self.pay is not None and self.pay.period == Period.HOUR

    @property
    def history(self) -> PayHistory | None:
        return pay_history(self.occupation.soc_code, self.pay_series)


@dataclass(frozen=True)
class OfficialFigures:
    """The linked occupations of one guide, by weight, heaviest first. The page may show the figures of one only."""

    occupations: tuple[LinkedOccupation, ...] = ()
    selected: str = ""  # code of the occupation whose figures are shown; '' for all

    @property
    def codes(self) -> list[str]:
        return [linked.code for linked in self.occupations]

    @property
    def shown(self) -> list[LinkedOccupation]:
        return [linked for linked in self.occupations if self.selected in ("", linked.code)]

    @property
    def first(self) -> LinkedOccupation | None:
        """The heaviest linked occupation."""
        return next(iter(self.occupations), None)

    @property
    def first_shown(self) -> LinkedOccupation | None:
        return next(iter(self.shown), None)

    def select(self, code: str) -> "OfficialFigures":
        """The same, showing the figures of one occupation only; of all if the code is not linked."""
        return replace(self, selected=code if code in self.codes else "")

    @property
    def pay(self) -> list[OfficialPay]:
        """The newest pay of the occupations shown, each figure once."""
        return list(dict.fromkeys(linked.pay for linked in self.shown if linked.pay))

    @property
    def outlook(self) -> list[OfficialOutlook]:
        return list(dict.fromkeys(linked.outlook for linked in self.shown if linked.outlook))

    def occupations_with(self, figure: Figure) -> list[Occupation]:
        """The linked occupations that a figure is published for; none for a guide's own figure."""
        return [linked.occupation for linked in self.occupations if figure in (linked.pay, linked.outlook)]

    def without_copies(self, figures: Iterable[C]) -> list[C]:
        """A guide's own figures without those that only repeat an official one."""
        official = [figure for linked in self.occupations for figure in (linked.pay, linked.outlook) if figure]
        return [figure for figure in figures if not any(is_copy(figure, other) for other in official)]


def official_figures_of(roles: Iterable[Role]) -> dict[int, OfficialFigures]:
    return official_figures_by_id(role.pk for role in roles)


def official_figures_by_id(role_ids: Iterable[int], *, newest_only: bool = False) -> dict[int, OfficialFigures]:
    """{primary key of a role: OfficialFigures}, in three queries for any number of roles and links.

    With `newest_only` the figures of earlier years are not loaded, so there is no pay history.
    """
    links: dict[int, list[OccupationLink]] = {pk: [] for pk in role_ids}
    for link in OccupationLink.objects.filter(role__in=links).select_related("occupation"):
        links[link.role_id].append(link)
    codes = published_codes(link.occupation.soc_code for role_links in links.values() for link in role_links)
    pay = figures_by_code(OfficialPay, codes, newest_only=newest_only)
    outlook = figures_by_code(OfficialOutlook, codes, newest_only=newest_only)
    return {
        pk: OfficialFigures(tuple(linked_occupation(link, pay, outlook) for link in role_links))
        for pk, role_links in links.items()
    }


def linked_occupation(
    link: OccupationLink, pay: dict[str, list[OfficialPay]], outlook: dict[str, list[OfficialOutlook]]
) -> LinkedOccupation:
    """`pay` and `outlook` as figures_by_code() returns them."""
    pay_by_year = figures_by_year(link.occupation.soc_code, pay)
    outlook_by_year = figures_by_year(link.occupation.soc_code, outlook)
    return LinkedOccupation(
        link,
        pay=headline_pay(pay_by_year[max(pay_by_year)]) if pay_by_year else None,
        outlook=outlook_by_year[max(outlook_by_year)][0] if outlook_by_year else None,
        pay_series=tuple(figure for year in sorted(pay_by_year) for figure in pay_by_year[year]),
    )


def current_official_figures(roles: QuerySet) -> tuple[QuerySet, QuerySet]:
    """(pay per year, outlook) of the current releases for the occupations of these roles, each figure once."""
    soc_codes = Occupation.objects.filter(role_links__role__in=roles).order_by().values_list("soc_code", flat=True)
    conditions = {
        "occupation__in": Occupation.objects.published_for(published_codes(soc_codes)),
        "release__is_current": True,
    }
    pay = OfficialPay.objects.filter(period=Period.YEAR, **conditions)
    return pay, OfficialOutlook.objects.filter(**conditions)


def is_copy(claim: Claim, official: Figure) -> bool:
    """Whether a guide's own figure only repeats an official one. A quotation, with heading or article, is not a copy."""
    is_pay = isinstance(official, PayFigures)
    if isinstance(claim, PayFigures) != is_pay or claim.heading or claim.quoted_in_id or claim.source_id is None:
        return False
    fields = COPIED_PAY_FIELDS if is_pay else COPIED_OUTLOOK_FIELDS
    return all(getattr(claim, name) == getattr(official, name) for name in fields)
