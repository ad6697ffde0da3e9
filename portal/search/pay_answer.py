"""The answer to a search that asks for pay: which guides and occupations tell it, and what they say."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from careers.geo.countries import country_with_article
from careers.occupations.figures.official import figures_by_code, figures_by_year, headline_pay, published_codes
from careers.occupations.lookup import find_occupations
from careers.occupations.models import Occupation
from careers.occupations.models import OfficialPay as PayFigure
from careers.postings.job_list.conditions import Countries
from careers.postings.models import Posting
from careers.roles.figures.summary import OfficialPay, summarise_guides
from careers.roles.models import PayClaim, Role
from careers.search.lookup import rows_in_order

from .pay_question import PayQuestion

GUIDES_SHOWN = 3


@dataclass(frozen=True)
class PayRow:
    """One page with a section about pay. `figure`, of the guide itself, and `jobs` are those of the country that was named."""

    title: str
    address: str
    pay: OfficialPay | None = None
    figure: PayClaim | None = None
    jobs: int = 0
    jobs_address: str = ""


@dataclass(frozen=True)
class PayAnswer:
    question: PayQuestion
    rows: list[PayRow]  # guides, or, where there is none, occupations

    @property
    def country(self) -> str:
        """'Canada', 'the United States'; '' if none was named."""
        return country_with_article(self.question.country) if self.question.country else ""


def pay_section(page: str) -> str:
    return f"{page}#pay"


def answer_pay(question: PayQuestion, guides: list[Role], at: datetime) -> PayAnswer | None:
    """`guides` are those found for the title, best first. None where nothing tells this pay."""
    shown = guides[:GUIDES_SHOWN]
    rows = guide_rows(question, shown, at) if shown else occupation_rows(question)
    return PayAnswer(question, rows) if rows else None


def guide_rows(question: PayQuestion, guides: list[Role], at: datetime) -> list[PayRow]:
    pks = [guide.pk for guide in guides]
    summaries = summarise_guides(pks)
    figures, jobs = in_country(question.country, pks, at) if question.country else ({}, Counter())
    return [
        PayRow(
            guide.title,
            pay_section(guide.get_absolute_url()),
            summaries[guide.pk].pay,
            figures.get(guide.pk),
            jobs[guide.pk],
            f"{reverse('postings:list')}?{urlencode({'role': guide.slug, 'country': question.country})}",
        )
        for guide in guides
    ]


def in_country(country: str, roles: list[int], at: datetime) -> tuple[dict[int, PayClaim], Counter[int]]:
    """({role: the guide's own pay figure for this country, a sourced one if there is one}, {role: open jobs of the list})"""
    claims = PayClaim.objects.filter(role__in=roles, country=country).select_related("source")
    figures: dict[int, PayClaim] = {}
    for claim in sorted(claims, key=lambda claim: claim.source_id is None):
        figures.setdefault(claim.role_id, claim)
    jobs = Posting.objects.live(at).filter(Countries((country,)).sql(), role__in=roles)
    return figures, Counter(jobs.order_by().values_list("role", flat=True))


def occupation_rows(question: PayQuestion) -> list[PayRow]:
    found = find_occupations(question.title, Occupation.objects.listed())
    shown = rows_in_order(
        Occupation.objects.only("title", "code", "soc_code"), (found.exact or found.others)[:GUIDES_SHOWN]
    )
    figures = figures_by_code(PayFigure, published_codes(occupation.soc_code for occupation in shown))
    return [
        PayRow(
            occupation.title,
            pay_section(occupation.get_absolute_url()),
            newest_pay(figures_by_year(occupation.soc_code, figures)),
        )
        for occupation in shown
    ]


def newest_pay(by_year: dict[int, list[PayFigure]]) -> OfficialPay | None:
    pay = headline_pay(by_year[max(by_year)]) if by_year else None
    return OfficialPay(pay) if pay and pay.median is not None else None
