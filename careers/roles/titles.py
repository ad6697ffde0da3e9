"""Which occupations go by a title: by code, by the very title, by the start of one, by all words of one."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Min, Prefetch, Q, Value, When

from careers.core.folding import folded

from .models import Occupation, OccupationLink, OccupationTitle, Role

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
    """An occupation and the title by which it was found; None where that is its own, or its code."""

    occupation: Occupation
    title: OccupationTitle | None

    @property
    def guides(self):
        return [link.role for link in self.occupation.published_links]


def code_in(words):
    """'15-20' where the words are the start of a code, whatever dash they are written with; else ''."""
    code = words.translate(DASHES).replace(" ", "")
    return code if CODE.fullmatch(code) else ""


def find(words, occupations):
    """The best matching first; each occupation once. `occupations` are those to look among."""
    if code := code_in(words):
        return Found([], list(occupations.filter(code__startswith=code).order_by("code").values_list("pk", flat=True)))
    key = folded(words)
    if not key:
        return Found([], [])
    ranks = ranks_by_other_title(key)
    ranked = []
    for pk, title, own in occupations_called(key, ranks, occupations):
        rank = min(entry for entry in (own, ranks.get(pk)) if entry is not None)
        ranked.append((rank, rank != own, title, pk))
    ranked.sort()
    return Found([row[-1] for row in ranked if row[0] == EXACT], [row[-1] for row in ranked if row[0] != EXACT])


def ranks_by_other_title(key):
    """{pk of an occupation: the rank of the best of its alternate titles}"""
    titles = matching(OccupationTitle.objects.current(), key).order_by()
    return dict(titles.values("occupation").annotate(best=Min("rank")).values_list("occupation", "best"))


def occupations_called(key, ranks, occupations):
    """(pk, title, rank of its own title or None) of all that match by either."""
    own = dict(matching(Occupation.objects.listed(), key).values_list("pk", "rank"))
    rows = occupations.filter(pk__in={*ranks, *own}).order_by().values_list("pk", "title")
    return [(pk, title, own.get(pk)) for pk, title in rows]


def matching(rows, key):
    """Rows with a `title_key` in which every word of the key begins a word, with their `rank`."""
    words = list(dict.fromkeys(key.split()))[:MOST_WORDS]
    rank = Case(
        When(title_key=key, then=Value(EXACT)),
        When(title_key__startswith=key, then=Value(STARTS)),
        default=Value(HOLDS),
        output_field=IntegerField(),
    )
    holds_all = reduce(and_, (Q(title_key__contains=f" {word}") | Q(title_key__startswith=word) for word in words))
    return rows.filter(holds_all).annotate(rank=rank)


def hits(pks, words):
    """What a list shows of these occupations, in their order."""
    links = OccupationLink.objects.filter(role__in=Role.objects.published()).select_related("role")
    links = links.only("occupation", "weight", "role__title", "role__slug")
    occupations = (
        Occupation.objects.filter(pk__in=pks)
        .select_related("job_zone")
        .only("code", "title", "title_key", "description", "job_zone__name")
        .prefetch_related(Prefetch("role_links", links, to_attr="published_links"))
    )
    by_pk = {occupation.pk: occupation for occupation in occupations}
    titles = {} if code_in(words) else best_titles(by_pk, folded(words))
    return [Hit(by_pk[pk], titles.get(pk)) for pk in pks if pk in by_pk]


def best_titles(by_pk, key):
    """{pk: the title to name}, without those whose own title fits as well."""
    if not key:
        return {}
    own = dict(matching(Occupation.objects.filter(pk__in=by_pk), key).values_list("pk", "rank"))
    # Withdrawn titles are left out here: asked for them, SQLite would go by that index and read every title there is.
    titles = matching(OccupationTitle.objects.filter(occupation__in=by_pk), key).order_by("rank", "title_key", "kind")
    best = {}
    for title in titles.only("occupation", "title", "kind", "withdrawn_in"):
        if title.withdrawn_in_id is None and title.rank < own.get(title.occupation_id, HOLDS + 1):
            best.setdefault(title.occupation_id, title)
    return best


def guides_called(words):
    """Published guides with exactly this title or alternate title, however it is spelt."""
    key = folded(words)
    if not key:
        return []
    roles = Role.objects.published().matching(key).prefetch_related("alternate_titles").order_by("title")
    return [
        role
        for role in roles
        if key in {folded(role.title), *(folded(other.title) for other in role.alternate_titles.all())}
    ]
