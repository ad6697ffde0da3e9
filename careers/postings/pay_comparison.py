"""The pay of a job beside the official pay of its guide and the pay other open jobs of the role offer.

Compared is pay per year in one currency and one country; nothing is converted between currencies.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest

from careers.core.money import Pay, Period
from careers.geo.countries import country_with_article
from careers.occupations.figures.format import PERIODS_PER_YEAR_TEXT
from careers.occupations.figures.official import figures_by_code, published_codes
from careers.occupations.models import OfficialPay
from careers.page_cache.kept_values import KeptValues
from careers.roles.figures.official import OfficialFigures, linked_occupation
from careers.roles.figures.pay_drawing import PayDrawing, PayKind, PayRange, draw_pay
from careers.roles.figures.role_pay import offered_range, published_label, published_range
from careers.roles.figures.summary import summarise
from careers.roles.models import OccupationLink, Role

from .job_list.pay_statistics import AdvertisedPay, advertised_pay
from .models import Posting


@dataclass(frozen=True)
class RolePay:
    official: OfficialPay | None
    advertised: list[AdvertisedPay]


@dataclass(frozen=True)
class PayComparison:
    """`drawing` and what it says in a sentence; without a drawing, `reason` says why not."""

    drawing: PayDrawing | None = None
    sentence: str = ""
    official: OfficialPay | None = None
    reason: str = ""


_kept: KeptValues[RolePay] = KeptValues()


def compare_pay(request: HttpRequest, posting: Posting, at: datetime) -> PayComparison | None:
    """None where the job states no pay, has no published guide, or there is nothing to compare with."""
    role = posting.role
    if not posting.pay or role is None or not role.is_published:
        return None
    role_pay = _kept.get(request, role.pk, lambda: read_role_pay(role, at))
    country = only_country(posting)
    official = role_pay.official if is_comparable(role_pay.official, country, posting.pay_currency) else None
    advertised = [pay for pay in role_pay.advertised if (pay.country, pay.currency) == (country, posting.pay_currency)]
    if not official and not advertised:
        return PayComparison(reason=why_not(posting, country)) if role_pay.official else None
    ranges = [job_range(posting), *map(official_range, [official] if official else []), *map(offered_range, advertised)]
    drawing = draw_pay(ranges, posting.pay_currency)
    return PayComparison(drawing, position_words(posting.pay.per_year, official) if official else "", official)


def read_role_pay(role: Role, at: datetime) -> RolePay:
    """In three queries."""
    links = list(OccupationLink.objects.filter(role=role).select_related("occupation"))
    pay = figures_by_code(OfficialPay, published_codes(link.occupation.soc_code for link in links))
    summary = summarise(OfficialFigures(tuple(linked_occupation(link, pay, {}) for link in links)))
    return RolePay(summary.pay.figure if summary.pay else None, advertised_pay(role, at))


def only_country(posting: Posting) -> str:
    """The one country the job is in, or may be done from remotely; '' if there are several or none."""
    is_remote = posting.workplace == Posting.Workplace.REMOTE
    places: Iterable = posting.places.all() or (posting.remote_countries.all() if is_remote else ())
    codes = {place.country for place in places}
    return codes.pop() if len(codes) == 1 else ""


def is_comparable(official: OfficialPay | None, country: str, currency: str) -> bool:
    """An official figure published only per hour is not made a yearly one."""
    return (
        official is not None
        and official.period == Period.YEAR
        and (official.country, official.currency) == (country, currency)
    )


def why_not(posting: Posting, country: str) -> str:
    if not country:
        return "This job does not name a single country, so we can’t compare its pay with official figures."
    place = country_with_article(country)
    return f"We have no official yearly pay figures in {posting.pay_currency} for {place} to compare with."


# -- Rows of the drawing


def job_range(posting: Posting) -> PayRange:
    pay = posting.pay.per_year
    label = "This job"
    if posting.pay_period != Period.YEAR:
        period = Period(posting.pay_period)
        label = f"This job, stated {period.label}, taken as {PERIODS_PER_YEAR_TEXT[period]} a year"
    return PayRange(label, pay.low, None, pay.high, PayKind.JOB)


def official_range(pay: OfficialPay) -> PayRange:
    return replace(published_range(pay), label=f"Official: {published_label(pay)}")


def position_words(pay: Pay, official: OfficialPay) -> str:
    """Where the official median lies; '' if one end of the job's pay is not stated and could lie on either side."""
    median: Decimal | None = official.median
    if median is None or official.is_top_coded("median"):
        return ""
    text = f"the official median of {official.text_of('median')} a year"
    if pay.low is not None and pay.low > median:
        return f"This job pays more than {text}."
    if pay.high is not None and pay.high < median:
        return f"This job pays less than {text}."
    if pay.low is not None and pay.high is not None:
        return f"This job’s pay range includes {text}." if pay.low < pay.high else f"This job pays {text}."
    return ""
