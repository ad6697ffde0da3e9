"""The rows of the list of guides: every published guide with its official figures, industries and open jobs."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.utils.text import slugify

from careers.changes.kept import keep
from careers.postings.role_counts import with_live_counts
from careers.roles.figures.summary import GuideSummary, summarise_guides
from careers.roles.models import Industry, Role

NONE = "none"  # the value of a filter for guides without an official figure
# Typical entry-level education as BLS words it, in its order: https://www.bls.gov/emp/documentation/education/tech.htm
EDUCATION_LEVELS = (
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)
OPENINGS = {"0": "Under 5,000", "5000": "5,000 to 19,999", "20000": "20,000 to 99,999", "100000": "100,000 or more"}
slug_of = lru_cache(maxsize=100)(slugify)  # of a few words that many guides share


@dataclass(frozen=True)
class Facts:
    """What of a guide's row changes with content only, and not by the clock as open jobs do."""

    figures: GuideSummary = field(default_factory=GuideSummary)
    industries: dict[str, str] = field(default_factory=dict)  # {slug: name}


@dataclass(frozen=True)
class GuideRow:
    role: Any  # Role, with live_count
    facts: Facts

    @property
    def figures(self) -> GuideSummary:
        return self.facts.figures

    @property
    def industries(self) -> dict[str, str]:
        return self.facts.industries

    @property
    def title_key(self) -> tuple[str, str, int]:
        """Sorts from A to Z as `letter` groups."""
        return (self.letter, self.role.title.lower(), self.role.pk)

    @cached_property
    def letter(self) -> str:
        """The first letter of the title without accents; “#” if it starts with something else."""
        first = unicodedata.normalize("NFD", self.role.title.strip())[:1].upper()
        return first if first.isalpha() else "#"

    @cached_property
    def filter_values(self) -> dict[str, list[str]]:
        """{filter: the options that find this guide}, for the filters with fixed options."""
        growth, education, openings = self.figures.growth, self.figures.education, self.figures.openings
        return {
            "growth": [slug_of(growth.words)] if growth else [NONE],
            "education": [slug_of(education) or NONE],
            "openings": [NONE]
            if openings is None
            else [max((low for low in OPENINGS if int(low) <= openings), key=int)],
            "industry": list(self.industries),
            "jobs": ["open"] if self.role.live_count else [],
        }

    @property
    def education_level(self) -> int:
        """0 for the lowest; a level that BLS does not use is taken as the highest."""
        level = self.figures.education
        return EDUCATION_LEVELS.index(level) if level in EDUCATION_LEVELS else len(EDUCATION_LEVELS)

    def yearly_pay(self, currency: str) -> Decimal | None:
        """The official median a year; None without one in this currency."""
        pay = self.figures.pay
        return pay.yearly if pay and pay.currency == currency else None


def load_guides() -> list[GuideRow]:
    """All published guides in no order, in six queries for any number, and in two while no content changes."""
    roles = with_live_counts(Role.objects.published()).only("title", "slug", "summary")
    facts = keep("guide facts", load_facts)
    return [GuideRow(role, facts.get(role.pk, Facts())) for role in roles]


def load_facts() -> dict[int, Facts]:
    """{primary key of a published guide: its facts}"""
    links = Industry.roles.through.objects.filter(role__status=Role.Status.PUBLISHED)
    industries: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, slug, name in links.values_list("role", "industry__slug", "industry__name"):
        industries[pk][slug] = name
    figures = summarise_guides(Role.objects.published().values_list("pk", flat=True))
    return {pk: Facts(summary, industries[pk]) for pk, summary in figures.items()}
