"""The filters of /jobs/, each as a SQL condition and as the equal condition on the search index.

Tests hold the two to the same postings (tests/postings/job_list/test_results.py). Places and pay have modules of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from careers.postings.models import Posting, PostingPlace
from careers.postings.search_documents import KEY_FACETS
from careers.roles.models import AlternateTitle, Role
from careers.search.conditions import Range, Terms, to_microseconds
from careers.search.parser import parse_clauses

from .location_filter import OpenTo, open_to
from .pay_filter import PayCondition

MAX_WORDS = 8  # words looked for in the database


class Condition(Protocol):
    """Both sides are methods, because the list from the index needs no SQL."""

    def sql(self) -> Q: ...

    def index(self): ...


def conditions(form, at: datetime | None = None) -> dict[str, Condition]:
    """{filter in use: its condition}, but for the words, which the index takes as text."""
    criteria = form.criteria

    def any_value(name, column):
        values = criteria[name]
        return AnyValue(
            name, column, values, tuple(row.pk for row in values) if name in KEY_FACETS else tuple(form.chosen(name))
        )

    found = {
        "role": any_value("role", "role"),
        "employer": any_value("employer", "employer"),
        "country": Countries(tuple(criteria["country"])),
        "workplace": any_value("workplace", "workplace"),
        "type": any_value("type", "employment_type"),
        "level": any_value("level", "level"),
        "skill": Skills(criteria["skill"]),
        "near": form.area,
        "pay": PayCondition(tuple(criteria["pay"]), form.pay_currency),
        "posted": PostedWithin(int(next(iter(criteria["posted"]), 0)), at or timezone.now()),
    }
    return {name: condition for name, condition in found.items() if criteria[name] and condition}


@dataclass(frozen=True)
class AnyValue:
    """The column holds one of these values."""

    name: str  # of the field in the index
    column: str
    values: list
    index_values: tuple

    def sql(self):
        return Q(**{f"{self.column}__in": self.values})

    def index(self):
        return Terms(self.name, self.index_values)


@dataclass(frozen=True)
class Countries:
    """The work is done there, or remotely by people who live there: the rule is in location_filter.py."""

    codes: tuple[str, ...]

    def sql(self):
        return open_to(self.codes)

    def index(self):
        return OpenTo.countries(self.codes)


@dataclass(frozen=True)
class Skills:
    skills: list

    def sql(self):
        return Q(pk__in=Posting.skills.through.objects.filter(skill__in=self.skills).values("posting"))

    def index(self):
        return Terms("skill", tuple(skill.slug for skill in self.skills))


@dataclass(frozen=True)
class PostedWithin:
    days: int
    at: datetime

    @property
    def since(self):
        return self.at - timedelta(days=self.days)

    def sql(self):
        return Q(publish_at__gte=self.since)

    def index(self):
        return Range("posted", to_microseconds(self.since))


def words_condition(text: str) -> Q:
    """Each word and phrase occurs, and no excluded one does. Nothing meets a text in which nothing can be searched for."""
    clauses = parse_clauses(text)[:MAX_WORDS]
    condition = Q() if clauses else Q(pk__in=[])
    for clause in clauses:
        found = Posting.objects.filter(_occurs(clause.typed)).values("pk")
        condition &= ~Q(pk__in=found) if clause.is_excluded else _occurs(clause.typed)
    return condition


def _occurs(words: str) -> Q:
    """In the title, the texts, the employer's name, a title of the guide, or a city."""
    guides = Role.objects.published().filter(
        Q(title__icontains=words) | Q(pk__in=AlternateTitle.objects.filter(title__icontains=words).values("role"))
    )
    occurs = (
        Q(title__icontains=words)
        | Q(employer__name__icontains=words)
        | Q(role__in=guides)
        | Q(pk__in=PostingPlace.objects.filter(city__icontains=words).values("posting"))
    )
    for field in Posting.TEXT_FIELDS:
        occurs |= Q(**{f"{field}__icontains": words})
    return occurs
