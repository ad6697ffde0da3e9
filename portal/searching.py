"""One question to the guides, the postings and the directory."""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.http import QueryDict
from django.urls import reverse

from careers.postings.forms import PostingFilterForm
from careers.postings.models import Posting
from careers.resources.forms import ResourceFilterForm
from careers.resources.models import Resource
from careers.roles.models import AlternateTitle, Role

SHOWN = 5


@dataclass(frozen=True)
class Group:
    """What one part of the site found: the first few, how many there are, and where all of them stand."""

    name: str
    kind: str
    count: int
    rows: list
    address: str


def found(words):
    question = QueryDict(mutable=True)
    question["q"] = words
    roles = roles_found(words)
    postings = PostingFilterForm(question).filter(Posting.objects.live()).newest_first()
    postings = postings.for_cards()
    resources = ResourceFilterForm(question).filter(Resource.objects.published()).order_by("name", "pk")
    groups = [
        ("Role guides", "role", roles, "roles:index"),
        ("Jobs", "posting", postings, "postings:list"),
        ("Resources", "resource", resources, "resources:list"),
    ]
    return [
        Group(name, kind, rows.count(), list(rows[:SHOWN]), f"{reverse(address)}?{question.urlencode()}")
        for name, kind, rows, address in groups
    ]


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
