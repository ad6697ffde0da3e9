"""Which occupations go by a title: by code, by the very title, by the start of one, by all words of one."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Min, Q, Value, When

from careers.core.text import fold_text

from .models import Occupation, OccupationTitle

CODE = re.compile(r"[0-9]{2}(-[0-9]{0,4}(\.[0-9]{0,2})?)?")
DASHES = str.maketrans("‐‑‒–—−", "------")
MOST_WORDS = 8
EXACT, STARTS, HOLDS = range(3)


@dataclass(frozen=True)
class Found:
    """Primary keys of occupations: those with exactly this title, then the others by how well a title fits."""

    exact: list[int]
    others: list[int]

    @property
    def count(self):
        return len(self.exact) + len(self.others)


@dataclass(frozen=True)
class Hit:
    """An occupation and the title by which it was found; '' where that is its own, or its code."""

    occupation: Occupation
    title: str = ""
    is_reported: bool = False
    guides: tuple = ()  # published guides linked to it, where the caller has asked for them


def code_in(words):
    """'15-20' where the words are the start of a code, whatever dash they are written with; else ''."""
    code = words.translate(DASHES).replace(" ", "")
    return code if CODE.fullmatch(code) else ""


def find(words, occupations):
    """The best matching first; each occupation once. `occupations` are those to look among."""
    if code := code_in(words):
        return Found([], list(occupations.filter(code__startswith=code).order_by("code").values_list("pk", flat=True)))
    key = fold_text(words)
    if not key:
        return Found([], [])
    others = ranks_by_other_title(key)
    called = occupations.filter(Q(pk__in=others) | holds_all(key)).annotate(rank=rank_by(key))
    ranked = sorted(
        (*best_rank(own, others.get(pk)), title, pk)
        for pk, title, own in called.order_by().values_list("pk", "title", "rank")
    )
    return Found([row[-1] for row in ranked if row[0] == EXACT], [row[-1] for row in ranked if row[0] != EXACT])


def ranks_by_other_title(key):
    """{pk of an occupation: the rank of the best of its alternate titles}"""
    titles = OccupationTitle.objects.current().filter(holds_all(key)).annotate(rank=rank_by(key)).order_by()
    return dict(titles.values("occupation").annotate(best=Min("rank")).values_list("occupation", "best"))


def best_rank(own, other):
    """(rank, whether it is by another title than its own): the own title wins between equals."""
    return (own, False) if other is None or (own is not None and own <= other) else (other, True)


def words_of(key):
    return list(dict.fromkeys(key.split()))[:MOST_WORDS]


def holds_all(key):
    """Every word of the key begins a word of the title."""
    return reduce(and_, (Q(title_key__contains=f" {word}") | Q(title_key__startswith=word) for word in words_of(key)))


def rank_by(key):
    """How well the title of a row fits; None where it does not."""
    return Case(
        When(title_key=key, then=Value(EXACT)),
        When(title_key__startswith=key, then=Value(STARTS)),
        When(holds_all(key), then=Value(HOLDS)),
        default=None,
        output_field=IntegerField(),
    )


def hits(pks, words):
    """What a list shows of these occupations, in their order."""
    occupations = Occupation.objects.filter(pk__in=pks).only("code", "title", "description")
    key = "" if code_in(words) else fold_text(words)
    if key:
        occupations = occupations.annotate(rank=rank_by(key))
    by_pk = {occupation.pk: occupation for occupation in occupations}
    titles = best_titles(by_pk, key) if key else {}
    return [Hit(by_pk[pk], *titles.get(pk, ())) for pk in pks if pk in by_pk]


def best_titles(by_pk, key):
    """{pk: (the title to name, whether people in the job reported it)}, without those whose own title fits as well."""
    # Withdrawn titles are left out here: asked for them, SQLite would go by that index and read every title there is.
    titles = OccupationTitle.objects.filter(holds_all(key), occupation__in=by_pk).annotate(rank=rank_by(key))
    columns = ("occupation", "title", "kind", "rank", "withdrawn_in")
    best = {}
    for pk, title, kind, rank, withdrawn_in in titles.order_by("rank", "title_key", "kind").values_list(*columns):
        _, is_other = best_rank(by_pk[pk].rank, rank)
        if is_other and withdrawn_in is None:
            best.setdefault(pk, (title, kind == OccupationTitle.Kind.REPORTED))
    return best
