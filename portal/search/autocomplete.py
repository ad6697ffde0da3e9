"""Suggestions while a visitor types: guides, skills, employers and occupations with a name that starts with the text."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, zip_longest
from operator import itemgetter

from django.db.models import Exists, OuterRef
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

log = logging.getLogger(__name__)
MAX_SUGGESTIONS = 8
CANDIDATES_PER_KIND = 40
MAX_INPUT_LENGTH = 80  # characters; the rest is ignored


@dataclass(frozen=True)
class Suggestion:
    """`text` is searched for when the suggestion is chosen; `also` is the alternative name that matched, if any."""

    text: str
    kind: str
    also: str = ""


def suggestions(typed: str, *, jobs_only: bool = False, at: datetime | None = None) -> list[Suggestion] | None:
    """At most MAX_SUGGESTIONS; None while the search index is unavailable. Occupations have no jobs of their own."""
    kinds = [kind for kind in NAMES if not (jobs_only and kind == OCCUPATION)]
    try:
        keys = complete_titles(typed[:MAX_INPUT_LENGTH], kinds, CANDIDATES_PER_KIND)
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


def ranked(kind: str, names: list[list[str]], typed: str) -> list[Suggestion]:
    """One suggestion per row, under its best-matching name; names that start with the typed text come first."""
    rows = []
    for title, *others in names:
        rank, is_other, name = min((match_rank(name, typed), name != title, name) for name in (title, *others))
        rows.append((rank, is_other, len(title), title, name if is_other else ""))
    return [Suggestion(title, LABELS[kind], also) for _, _, _, title, also in sorted(rows)]


def match_rank(name: str, typed: str) -> int:
    """0: the name starts with the typed text. 1: it contains all the words, the last as a prefix. 2: neither."""
    if normalize_title(name).startswith(normalize_title(typed)):
        return 0
    *whole, last = WORD_ANALYZER.analyze(typed) or [""]
    words = WORD_ANALYZER.analyze(name)
    return 1 if set(whole) <= set(words) and any(word.startswith(last) for word in words) else 2


# -- Names of rows that have a page with content: [title, alternative names...]


def guide_names(pks: list[int], at: datetime) -> list[list[str]]:
    guides = Role.objects.published().filter(pk__in=pks).only("title").prefetch_related("alternate_titles")
    return [[guide.title, *(other.title for other in guide.alternate_titles.all())] for guide in guides]


def skill_names(pks: list[int], at: datetime) -> list[list[str]]:
    in_use = (
        Exists(Role.skills.through.objects.filter(skill=OuterRef("pk"), role__in=Role.objects.published()))
        | Exists(Resource.objects.published().filter(skills=OuterRef("pk")))
        | Exists(Posting.objects.live(at).filter(skills=OuterRef("pk")))
    )
    skills = Skill.objects.filter(in_use, pk__in=pks).only("name").prefetch_related("aliases")
    return [[skill.name, *(alias.name for alias in skill.aliases.all())] for skill in skills]


def employer_names(pks: list[int], at: datetime) -> list[list[str]]:
    hiring = Exists(Posting.objects.live(at).filter(employer=OuterRef("pk")))
    return [[name] for name in Employer.objects.filter(hiring, pk__in=pks).values_list("name", flat=True)]


def occupation_names(pks: list[int], at: datetime) -> list[list[str]]:
    return [[title] for title in Occupation.objects.listed().filter(pk__in=pks).values_list("title", flat=True)]


NAMES = {GUIDE: guide_names, SKILL: skill_names, EMPLOYER: employer_names, OCCUPATION: occupation_names}
LABELS = {GUIDE: "Guide", SKILL: "Skill", EMPLOYER: "Employer", OCCUPATION: "Occupation"}
