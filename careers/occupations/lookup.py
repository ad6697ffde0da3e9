"""Search of occupations by code or title: exact titles first, then titles that start with the words, then with all words.

Where no title has all words, the search index is asked, which knows endings and other spellings. Excluded words and words such
as "jobs" mean the same as in every search (careers/search/parser.py).
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from rapidfuzz.distance import JaroWinkler

from careers.core.text import fold_text
from careers.search.lookup import matching_pks
from careers.search.parser import parse_clauses

from .models import Occupation, OccupationTitle
from .search_documents import OCCUPATION

CODE_PREFIX = re.compile(r"[0-9]{2}(-[0-9]{0,4}(\.[0-9]{0,2})?)?")
DASHES = str.maketrans("‐‑‒–—−", "------")
MAX_WORDS = 8
ONET_OCCUPATIONS = 1_016  # in O*NET 29.3 and 30.2
ALMOST_ALL = 0.9
MIN_NEAR_LENGTH = 4  # letters; shorter words resemble too many others
MIN_SIMILARITY = 0.85
EXACT, PREFIX, ALL_WORDS = range(3)


@dataclass(frozen=True)
class Loaded:
    """How many O*NET occupations are loaded, of those that O*NET has."""

    number: int
    of: int = ONET_OCCUPATIONS

    @property
    def is_extract(self) -> bool:
        return 0 < self.number < ALMOST_ALL * self.of


@dataclass(frozen=True)
class LookupResult:
    """Primary keys of occupations: those with exactly this title, then the others, best match first."""

    exact: list[int]
    others: list[int]

    @property
    def count(self) -> int:
        return len(self.exact) + len(self.others)


@dataclass(frozen=True)
class OccupationMatch:
    """An occupation and the alternate title that matched; '' if its own title or its code did."""

    occupation: Occupation
    title: str = ""
    is_reported: bool = False
    guides: tuple = ()  # published guides linked to it; filled by careers.roles.occupation_guides.with_guides()


def code_prefix(words: str) -> str:
    """'15-20' if the words are the start of a code, with any kind of dash; else ''."""
    code = words.translate(DASHES).replace(" ", "")
    return code if CODE_PREFIX.fullmatch(code) else ""


def find_occupations(words: str, occupations: QuerySet) -> LookupResult:
    """The matches among `occupations`, each once."""
    if code := code_prefix(words):
        pks = occupations.filter(code__startswith=code).order_by("code").values_list("pk", flat=True)
        return LookupResult([], list(pks))
    for word in excluded_keys(words):
        occupations = occupations.exclude(title_key__contains=word)
    for key in search_keys(words):
        if (found := find_by_title(key, occupations)).count:
            return found
    return LookupResult([], find_in_index(words, occupations) if search_keys(words) else [])


def search_keys(words: str) -> list[str]:
    """What titles are compared with: all words, then without those that every search leaves out."""
    clauses = parse_clauses(words)
    telling = fold_text(" ".join(clause.typed for clause in clauses if not clause.is_excluded))
    typed = [] if any(clause.is_excluded for clause in clauses) else [fold_text(words)]
    return list(filter(None, dict.fromkeys([*typed, telling])))


def excluded_keys(words: str) -> list[str]:
    return [
        fold_text(clause.typed) for clause in parse_clauses(words) if clause.is_excluded and fold_text(clause.typed)
    ]


def find_in_index(words: str, occupations: QuerySet) -> list[int]:
    """Nothing while the index is unavailable."""
    pks = matching_pks(OCCUPATION, words) or []
    known = set(occupations.filter(pk__in=pks).values_list("pk", flat=True)) if pks else ()
    return [pk for pk in pks if pk in known]


def find_by_title(key: str, occupations: QuerySet) -> LookupResult:
    alternate_ranks = ranks_by_alternate_title(key)
    matching = occupations.filter(Q(pk__in=alternate_ranks) | has_all_words(key)).annotate(rank=title_rank(key))
    ranked = sorted(
        (*best_rank(own_rank, alternate_ranks.get(pk)), title, pk)
        for pk, title, own_rank in matching.order_by().values_list("pk", "title", "rank")
    )
    return LookupResult([row[-1] for row in ranked if row[0] == EXACT], [row[-1] for row in ranked if row[0] != EXACT])


def ranks_by_alternate_title(key: str) -> dict[int, int]:
    """{pk of an occupation: rank of its best alternate title}"""
    titles = OccupationTitle.objects.current().filter(has_all_words(key)).annotate(rank=title_rank(key)).order_by()
    return dict(titles.values("occupation").annotate(best=Min("rank")).values_list("occupation", "best"))


def best_rank(own: int | None, alternate: int | None) -> tuple[int | None, bool]:
    """(rank, whether it is that of an alternate title). If both are equal, the own title wins."""
    return (own, False) if alternate is None or (own is not None and own <= alternate) else (alternate, True)


def query_words(key: str) -> list[str]:
    return list(dict.fromkeys(key.split()))[:MAX_WORDS]


def has_all_words(key: str) -> Q:
    """Every word of the key begins a word of the title."""
    conditions = (Q(title_key__contains=f" {word}") | Q(title_key__startswith=word) for word in query_words(key))
    return reduce(and_, conditions)


def title_rank(key: str) -> Case:
    """EXACT, PREFIX or ALL_WORDS for the title of a row; NULL if it does not match."""
    return Case(
        When(title_key=key, then=Value(EXACT)),
        When(title_key__startswith=key, then=Value(PREFIX)),
        When(has_all_words(key), then=Value(ALL_WORDS)),
        default=None,
        output_field=IntegerField(),
    )


def title_matches(pks: list[int], words: str) -> list[OccupationMatch]:
    """The occupations of these keys, in their order, each with the title that matched the words."""
    occupations = Occupation.objects.filter(pk__in=pks).only("code", "title", "description")
    key = "" if code_prefix(words) else next(iter(search_keys(words)[-1:]), "")
    if key:
        occupations = occupations.annotate(rank=title_rank(key))
    by_pk = {occupation.pk: occupation for occupation in occupations}
    titles = matching_titles(by_pk, key) if key else {}
    return [OccupationMatch(by_pk[pk], *titles.get(pk, ())) for pk in pks if pk in by_pk]


def matching_titles(by_pk: dict[int, Any], key: str) -> dict[int, tuple[str, bool]]:
    """{pk: (best alternate title, whether people in the job reported it)}, only where it matches better than the own title.

    `by_pk` are occupations with the rank of their own title.
    """
    # Withdrawn titles are excluded in Python: in the query, SQLite would use that index and read every title.
    titles = OccupationTitle.objects.filter(has_all_words(key), occupation__in=by_pk).annotate(rank=title_rank(key))
    columns = ("occupation", "title", "kind", "rank", "withdrawn_in")
    best: dict[int, tuple[str, bool]] = {}
    for pk, title, kind, rank, withdrawn_in in titles.order_by("rank", "title_key", "kind").values_list(*columns):
        _, is_alternate = best_rank(by_pk[pk].rank, rank)
        if is_alternate and withdrawn_in is None:
            best.setdefault(pk, (title, kind == OccupationTitle.Kind.REPORTED))
    return best


# -- What is loaded, and the nearest titles where nothing is found


def loaded_occupations() -> Loaded:
    return Loaded(Occupation.objects.listed().count())


def nearest_titles(words: str, titles: dict[int, str]) -> list[int]:
    """Keys of the titles that share a word with the text, or have one spelled like it; best match first."""
    keys = [word for word in telling_words(words) if len(word) >= MIN_NEAR_LENGTH]
    scored = [(nearness(keys, fold_text(title).split()), title, pk) for pk, title in titles.items()]
    return [pk for score, _, pk in sorted(scored, key=lambda row: (-row[0], row[1])) if score > 0]


def telling_words(words: str) -> list[str]:
    return [word for key in search_keys(words)[-1:] for word in query_words(key)]


def nearness(keys: list[str], title: list[str]) -> float:
    """The sum, over the words, of how like the nearest word of the title is: 1 for the same, 0 below MIN_SIMILARITY."""
    return sum(max((similarity(key, word) for word in title), default=0.0) for key in keys)


def similarity(one: str, other: str) -> float:
    """Of two words by their letters, from MIN_SIMILARITY on; 1 if one begins with the other, as 'data' and 'database'."""
    if len(other) >= MIN_NEAR_LENGTH and (one.startswith(other) or other.startswith(one)):
        return 1.0
    return JaroWinkler.similarity(one, other, score_cutoff=MIN_SIMILARITY)
