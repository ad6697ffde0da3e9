"""Suggestions while a visitor types: guides, skills, employers and occupations with a name that starts with the text."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice, zip_longest
from operator import itemgetter
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from careers.occupations.models import Occupation
from careers.occupations.search_documents import OCCUPATION
from careers.postings.models import Employer, Posting
from careers.postings.search_documents import EMPLOYER
from careers.resources.models import Resource
from careers.roles.models import Role, Skill
from careers.roles.search_documents import GUIDE, SKILL
from careers.search.autocomplete import complete_titles
from careers.search.sync import SearchUnavailableError
from careers.search.text import WORD_ANALYZER, normalize_title

from .pay_answer import pay_section
from .pay_question import read_pay_question

log = logging.getLogger(__name__)
MAX_SUGGESTIONS = 8
CANDIDATES_PER_KIND = 40
MAX_INPUT_LENGTH = 80  # characters; the rest is ignored


@dataclass(frozen=True)
class Suggestion:
    """Choosing a suggestion opens `url`, or, where that is empty, searches for `text`.

    `also` is the alternative name that matched, if any.
    """

    text: str
    kind: str
    also: str = ""
    url: str = ""


@dataclass(frozen=True)
class Name:
    """What a row is called: its title, then other names; `url` is its page."""

    title: str
    others: tuple[str, ...] = ()
    url: str = ""


def suggestions(typed: str, *, jobs_only: bool = False, at: datetime | None = None) -> list[Suggestion] | None:
    """At most MAX_SUGGESTIONS; None while the search index is unavailable.

    In the search of jobs a suggestion is searched for, and occupations, which have no jobs of their own, are not suggested.
    Where the text asks for pay, the suggestions open what guides and occupations say about pay.
    """
    question = None if jobs_only else read_pay_question(typed[:MAX_INPUT_LENGTH])
    if question and (about_pay := suggestions_of(question.title, [GUIDE, OCCUPATION], at)):
        return [replace(row, kind=f"Pay in the {row.kind.lower()}", url=pay_section(row.url)) for row in about_pay]
    found = suggestions_of(
        typed[:MAX_INPUT_LENGTH], [kind for kind in NAMES if not (jobs_only and kind == OCCUPATION)], at
    )
    return [replace(row, url="") for row in found] if found and jobs_only else found


def suggestions_of(typed: str, kinds: list[str], at: datetime | None) -> list[Suggestion] | None:
    try:
        keys = complete_titles(typed, kinds, CANDIDATES_PER_KIND)
    except SearchUnavailableError as error:
        log.warning("Nothing is suggested without the index: %s", error)
        return None
    by_kind = [ranked(kind, NAMES[kind](keys[kind], at or timezone.now()), typed) for kind in kinds if keys.get(kind)]
    return interleaved(by_kind)


def interleaved(by_kind: list[list[Suggestion]]) -> list[Suggestion]:
    """The first suggestion of each kind, then the second of each, up to MAX_SUGGESTIONS; sorted by kind, each text once."""
    rounds = zip_longest(*(((kind, row) for row in rows) for kind, rows in enumerate(by_kind)))
    unique: dict[str, tuple[int, Suggestion]] = {}
    for kind, row in filter(None, chain.from_iterable(rounds)):
        unique.setdefault(row.text.casefold(), (kind, row))
    return [row for _, row in sorted(islice(unique.values(), MAX_SUGGESTIONS), key=itemgetter(0))]


def ranked(kind: str, names: list[Name], typed: str) -> list[Suggestion]:
    """One suggestion per row, under its best-matching name; names that start with the typed text come first."""
    rows = []
    for row in names:
        rank, is_other, name = min(
            (match_rank(name, typed), name != row.title, name) for name in (row.title, *row.others)
        )
        rows.append((rank, is_other, len(row.title), row.title, name if is_other else "", row.url))
    return [Suggestion(title, LABELS[kind], also, url) for _, _, _, title, also, url in sorted(rows)]


def match_rank(name: str, typed: str) -> int:
    """0: the name starts with the typed text. 1: it contains all the words, the last as a prefix. 2: neither."""
    if normalize_title(name).startswith(normalize_title(typed)):
        return 0
    *whole, last = WORD_ANALYZER.analyze(typed) or [""]
    words = WORD_ANALYZER.analyze(name)
    return 1 if set(whole) <= set(words) and any(word.startswith(last) for word in words) else 2


# -- Names of rows that have a page with content


def guide_names(pks: list[int], at: datetime) -> list[Name]:
    guides = Role.objects.published().filter(pk__in=pks).only("title", "slug").prefetch_related("alternate_titles")
    return [
        Name(guide.title, tuple(other.title for other in guide.alternate_titles.all()), guide.get_absolute_url())
        for guide in guides
    ]


def skill_names(pks: list[int], at: datetime) -> list[Name]:
    """Without a page: the search shows the guides, jobs and resources of a skill."""
    in_use = (
        Exists(Role.skills.through.objects.filter(skill=OuterRef("pk"), role__in=Role.objects.published()))
        | Exists(Resource.objects.published().filter(skills=OuterRef("pk")))
        | Exists(Posting.objects.live(at).filter(skills=OuterRef("pk")))
    )
    skills = Skill.objects.filter(in_use, pk__in=pks).only("name").prefetch_related("aliases")
    return [Name(skill.name, tuple(alias.name for alias in skill.aliases.all())) for skill in skills]


def employer_names(pks: list[int], at: datetime) -> list[Name]:
    """Their page is the list of their jobs."""
    hiring = Exists(Posting.objects.live(at).filter(employer=OuterRef("pk")))
    employers = Employer.objects.filter(hiring, pk__in=pks).values_list("name", "slug")
    return [Name(name, url=f"{reverse('postings:list')}?{urlencode({'employer': slug})}") for name, slug in employers]


def occupation_names(pks: list[int], at: datetime) -> list[Name]:
    occupations = Occupation.objects.listed().filter(pk__in=pks).only("title", "code")
    return [Name(occupation.title, url=occupation.get_absolute_url()) for occupation in occupations]


NAMES = {GUIDE: guide_names, SKILL: skill_names, EMPLOYER: employer_names, OCCUPATION: occupation_names}
LABELS = {GUIDE: "Guide", SKILL: "Skill", EMPLOYER: "Employer", OCCUPATION: "Occupation"}
