"""The official figures behind a guide: those published for the occupations it is linked to.

Pay and outlook are published for six-digit SOC occupations, so links under one of them share their figures. Where a release
counts an occupation together with others, the figure is that of the combined code.
"""

from dataclasses import dataclass, field, replace

from careers.core.money import Period
from careers.occupations.figures.official import claims_by_code, claims_by_year, most_telling, published_codes
from careers.occupations.figures.pay_history import pay_history
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay
from careers.occupations.models.figures import PayFigures
from careers.roles.models import OccupationLink

PAY_FACTS = ("country", "subdivision", "city", "currency", "period", "reference_year", *OfficialPay.STATISTICS)
OUTLOOK_FACTS = ("country", "base_year", "target_year", "growth_percent", "annual_openings")


@dataclass(frozen=True)
class Counted:
    """One linked occupation with what is published for it."""

    link: OccupationLink
    pay: OfficialPay | None = None  # the newest: a year, or an hour where nothing else is published
    outlook: OfficialOutlook | None = None
    series: tuple[OfficialPay, ...] = ()  # the pay claims of every year, oldest first

    @property
    def occupation(self):
        return self.link.occupation

    @property
    def code(self):
        return self.link.occupation.code

    @property
    def is_hourly_only(self):
        return self.pay is not None and self.pay.period == Period.HOUR

    @property
    def history(self):
        """The pay of the years side by side; None where a line cannot be drawn."""
        return pay_history(self.occupation.soc_code, self.series)


@dataclass(frozen=True)
class Evidence:
    """The linked occupations of one guide, the heaviest first."""

    links: tuple[Counted, ...] = ()
    chosen: str = field(default="")  # code of the one occupation asked for; '' for all

    @property
    def codes(self):
        return [counted.code for counted in self.links]

    @property
    def shown(self):
        """Those whose figures are shown."""
        return [counted for counted in self.links if self.chosen in ("", counted.code)]

    def showing(self, code):
        """The same with the figures of one occupation; of all where the code is not among the links."""
        return replace(self, chosen=code if code in self.codes else "")

    @property
    def pay_claims(self):
        """The newest pay claims shown, each once."""
        return each_once(counted.pay for counted in self.shown)

    @property
    def outlook_claims(self):
        return each_once(counted.outlook for counted in self.shown)

    @property
    def leading(self):
        """The heaviest occupation shown; None without links."""
        return next(iter(self.shown), None)

    def occupations_behind(self, claim):
        """The linked occupations for which a claim speaks."""
        return [counted.occupation for counted in self.links if claim in (counted.pay, counted.outlook)]

    def without_repeats(self, claims):
        """A guide's own claims, less those that say again what comes through a link."""
        official = [claim for counted in self.links for claim in (counted.pay, counted.outlook) if claim]
        return [claim for claim in claims if not any(repeats(claim, other) for other in official)]


def each_once(claims):
    return list(dict.fromkeys(claim for claim in claims if claim is not None))


def evidence_of(roles):
    """{role's key: Evidence}, in three queries for any number of roles and links."""
    links = {role.pk: [] for role in roles}
    for link in OccupationLink.objects.filter(role__in=roles).select_related("occupation"):
        links[link.role_id].append(link)
    codes = published_codes(link.occupation.soc_code for of_role in links.values() for link in of_role)
    pay, outlook = claims_by_code(OfficialPay, codes), claims_by_code(OfficialOutlook, codes)
    return {key: Evidence(tuple(counted(link, pay, outlook) for link in of_role)) for key, of_role in links.items()}


def current_figures(roles):
    """(pay claims, outlook claims): the yearly ones of the current releases behind these roles, each once."""
    linked = Occupation.objects.filter(role_links__role__in=roles).order_by().values_list("soc_code", flat=True)
    of_occupations = {
        "occupation__in": Occupation.objects.published_for(published_codes(linked)),
        "release__is_current": True,
    }
    pay = OfficialPay.objects.filter(period=Period.YEAR, **of_occupations)
    return pay, OfficialOutlook.objects.filter(**of_occupations)


def counted(link, pay, outlook):
    code = link.occupation.soc_code
    by_year = claims_by_year(code, pay, "reference_year")
    projections = claims_by_year(code, outlook, "base_year")
    return Counted(
        link,
        pay=most_telling(by_year[max(by_year)]) if by_year else None,
        outlook=projections[max(projections)][0] if projections else None,
        series=tuple(claim for year in sorted(by_year) for claim in by_year[year]),
    )


def repeats(claim, official):
    """Whether a guide's claim is nothing but a copy of an official one; a quotation of it is not."""
    is_pay = isinstance(official, PayFigures)
    if isinstance(claim, PayFigures) != is_pay or claim.heading or claim.quoted_in_id or claim.source_id is None:
        return False
    same = PAY_FACTS if is_pay else OUTLOOK_FACTS
    return all(getattr(claim, name) == getattr(official, name) for name in same)
