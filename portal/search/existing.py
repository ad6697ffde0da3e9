"""What a search that finds nothing offers: guides and occupations with the nearest titles, and what the site has."""

from dataclasses import dataclass

from django.urls import reverse

from careers.occupations.lookup import nearest_titles
from careers.occupations.models import Occupation
from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.models import Role
from careers.search.lookup import rows_in_order

NEAREST_SHOWN = 5


@dataclass(frozen=True)
class Kind:
    name: str  # 'role guide'
    number: int
    address: str

    @property
    def label(self) -> str:
        return f"{self.number:,} {self.name}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True)
class Existing:
    """`guides` and `occupations` have titles like the words; `kinds` are all lists that have entries."""

    guides: list[Role]
    occupations: list[Occupation]
    kinds: list[Kind]


def what_exists(words: str) -> Existing:
    guides = dict(Role.objects.published().values_list("pk", "title"))
    occupations = dict(Occupation.objects.listed().values_list("pk", "title"))
    kinds = [
        Kind("role guide", len(guides), reverse("roles:index")),
        Kind("open job", Posting.objects.live().count(), reverse("postings:list")),
        Kind("occupation", len(occupations), reverse("occupations:index")),
        Kind("resource", Resource.objects.published().count(), reverse("resources:list")),
    ]
    return Existing(
        rows_in_order(Role.objects.only("title", "slug"), nearest_titles(words, guides)[:NEAREST_SHOWN]),
        rows_in_order(Occupation.objects.only("title", "code"), nearest_titles(words, occupations)[:NEAREST_SHOWN]),
        [kind for kind in kinds if kind.number],
    )
