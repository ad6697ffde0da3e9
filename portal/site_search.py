"""One question to the guides, the postings, the occupations and the directory."""

import logging
from dataclasses import dataclass, field, replace

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from careers.occupations.lookup import find, hits
from careers.occupations.models import Occupation
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.index_query import index_question
from careers.postings.models import Posting
from careers.resources.forms import ResourceFilterForm
from careers.resources.models import Resource
from careers.resources.search_documents import KIND as RESOURCE
from careers.roles.models import AlternateTitle, Role
from careers.roles.search_documents import GUIDE
from careers.search.lookup import in_order
from careers.search.query import AnyOf, Question, ask
from careers.search.schema import as_typed
from careers.search.sync import UnavailableError

log = logging.getLogger(__name__)
SHOWN = 5


@dataclass(frozen=True)
class Group:
    """What one part of the site found: the first few, how many there are, and where all of them stand."""

    name: str
    kind: str
    count: int
    rows: list
    address: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """`best` is a guide of the very name that was typed; `also_called` is that name where it is not its title."""

    groups: list[Group] = field(default_factory=list)
    best: Role | None = None
    also_called: str = ""

    @property
    def total(self):
        return sum(group.count for group in self.groups)


def found(words, at=None):
    if not words:
        return Found()
    asked = QueryDict(mutable=True)
    asked["q"] = words
    try:
        guides, postings, resources = in_index(words, asked, at or timezone.now())
    except UnavailableError as error:
        log.warning("The site is searched without the index: %s", error)
        guides, postings, resources = in_database(words, asked)
    query = asked.urlencode()
    best, also_called = best_guide(guides[1], words)
    groups = [
        Group("Role guides", "role", *guides, f"{reverse('roles:index')}?{query}"),
        Group("Jobs", "posting", *postings, f"{reverse('postings:list')}?{query}"),
        occupations_found(words, query),
        Group("Resources", "resource", *resources, f"{reverse('resources:list')}?{query}"),
    ]
    return Found(groups, best, also_called)


# -- (how many, the first few) of guides, postings and resources


def in_index(words, asked, at):
    called = ask(Question(GUIDE, chosen={"called": AnyOf("called", spellings(words))}, limit=SHOWN)).pks
    guides = ask(Question(GUIDE, words, limit=SHOWN))
    postings = ask(replace(index_question(PostingFilterForm(asked), at=at, offset=0, limit=SHOWN), facets=()))
    resources = ask(Question(RESOURCE, words, limit=SHOWN))
    first = list(dict.fromkeys([*called, *guides.pks]))[:SHOWN]
    return (
        (max(guides.total, len(called)), in_order(Role.objects.published().with_live_counts(at), first)),
        (postings.total, in_order(Posting.objects.for_cards(), postings.pks)),
        (resources.total, in_order(Resource.objects.published(), resources.pks)),
    )


def spellings(words):
    """As titles are kept whole, and without the s of several."""
    typed = as_typed(words)
    return tuple(filter(None, dict.fromkeys([typed, typed.removesuffix("s")])))


def in_database(words, asked):
    postings = PostingFilterForm(asked).filter(Posting.objects.live()).newest_first().for_cards()
    resources = ResourceFilterForm(asked).filter(Resource.objects.published()).order_by("name", "pk")
    guides = guides_in_database(words)
    return (
        (guides.count(), list(guides[:SHOWN])),
        (postings.count(), list(postings[:SHOWN])),
        (resources.count(), list(resources[:SHOWN])),
    )


def guides_in_database(words):
    """Guides whose own title holds the words come first, then those known by another title, then the rest."""
    other = AlternateTitle.objects.filter(role=OuterRef("pk"), title__icontains=words)
    rank = Case(
        When(title__iexact=words, then=Value(0)),
        When(title__icontains=words, then=Value(1)),
        When(Exists(other), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    roles = Role.objects.published().matching(words)
    return roles.with_live_counts().annotate(rank=rank).order_by("rank", "title", "pk")


def best_guide(guides, words):
    """(the guide that goes by the very words, and the title by which it does where that is not its own)"""
    typed = spellings(words)
    for guide in guides:
        if as_typed(guide.title) in typed:
            return guide, ""
    titles = AlternateTitle.objects.filter(role__in=[guide.pk for guide in guides]).values_list("role", "title")
    called = {pk: title for pk, title in titles if as_typed(title) in typed}
    best = next((guide for guide in guides if guide.pk in called), None)
    return best, called[best.pk] if best else ""


def occupations_found(words, query):
    """Those that bear the very title; where there is none, those with a title that holds the words."""
    known = find(words, Occupation.objects.listed())
    shown = (known.exact or known.others)[:SHOWN]
    many = len(known.exact)
    note = f"is a title of {many} occupation{'' if many == 1 else 's'}" if many else ""
    address = f"{reverse('occupations:index')}?{query}"
    return Group("Occupations", "occupation", known.count, hits(shown, words), address, note)
