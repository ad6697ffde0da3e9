"""What a search that finds nothing offers: guides and occupations with the nearest titles, and what the site has."""

from dataclasses import dataclass

from django.urls import reverse

from careers.occupations.lookup import nearest_titles
from careers.occupations.models import Occupation
from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.models import Role

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
    listed = Occupation.objects.listed()
    occupations = dict(listed.values_list("pk", "title"))
    near_guides = nearest_titles(words, guides)[:NEAREST_SHOWN]
    near_occupations = nearest_titles(words, occupations)[:NEAREST_SHOWN]
    roles = Role.objects.only("title", "slug").in_bulk(near_guides)
    found = Occupation.objects.only("title", "code").in_bulk(near_occupations)
    kinds = [
        Kind("role guide", len(guides), reverse("roles:index")),
        Kind("open job", Posting.objects.live().count(), reverse("postings:list")),
        Kind("occupation", len(occupations), reverse("occupations:index")),
        Kind("resource", Resource.objects.published().count(), reverse("resources:list")),
    ]
    return Existing(
        [roles[pk] for pk in near_guides if pk in roles],
        [found[pk] for pk in near_occupations if pk in found],
        [kind for kind in kinds if kind.number],
    )
