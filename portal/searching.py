"""One question to the guides, the postings and the directory."""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.http import QueryDict
from django.urls import reverse

from careers.postings.forms import PostingFilterForm
from careers.postings.models import Posting
from careers.resources.forms import ResourceFilterForm
from careers.resources.models import Resource
from careers.roles.models import AlternateTitle, Occupation, Role
from careers.roles.titles import find, hits

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


def found(words):
    question = QueryDict(mutable=True)
    question["q"] = words
    roles = roles_found(words)
    postings = PostingFilterForm(question).filter(Posting.objects.live()).newest_first()
    postings = postings.for_cards()
    resources = ResourceFilterForm(question).filter(Resource.objects.published()).order_by("name", "pk")
    query = question.urlencode()
    return [
        group_of("Role guides", "role", roles, "roles:index", query),
        group_of("Jobs", "posting", postings, "postings:list", query),
        occupations_found(words, query),
        group_of("Resources", "resource", resources, "resources:list", query),
    ]


def group_of(name, kind, rows, address, query):
    return Group(name, kind, rows.count(), list(rows[:SHOWN]), f"{reverse(address)}?{query}")


def occupations_found(words, query):
    """Those that bear the very title; where there is none, those with a title that holds the words."""
    known = find(words, Occupation.objects.listed())
    shown = (known.exact or known.others)[:SHOWN]
    many = len(known.exact)
    note = f"is a title of {many} occupation{'' if many == 1 else 's'}" if many else ""
    address = f"{reverse('occupations:index')}?{query}"
    return Group("Occupations", "occupation", known.count, hits(shown, words), address, note)


def roles_found(words):
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
