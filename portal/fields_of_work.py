"""Published guides by field of work: the major group of the occupation that a guide's work is mostly counted under."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from careers.occupations.soc import major_groups
from careers.roles.models import OccupationLink, Role

GUIDES_SHOWN = 8
OTHER = "Other fields"
MAX_ROLES_IN_ADDRESS = 40


@dataclass(frozen=True)
class FieldOfWork:
    """`guides` have their `live_count`; those with most open jobs come first."""

    name: str
    guides: list[Role]

    @property
    def first(self) -> list[Role]:
        return self.guides[:GUIDES_SHOWN]

    @property
    def rest(self) -> list[Role]:
        return self.guides[GUIDES_SHOWN:]

    @property
    def job_count(self) -> int:
        return sum(guide.live_count for guide in self.guides)  # type: ignore[attr-defined]

    @property
    def jobs_address(self) -> str:
        """The list of their jobs; '' where the address would become too long."""
        hiring = [("role", guide.slug) for guide in self.guides if guide.live_count]  # type: ignore[attr-defined]
        return f"{reverse('postings:list')}?{urlencode(hiring)}" if len(hiring) <= MAX_ROLES_IN_ADDRESS else ""


def fields_of_work(guides: Iterable[Role]) -> list[FieldOfWork]:
    """The fields with most guides first, guides without an occupation last. `guides` are annotated with `live_count`."""
    by_field: dict[str, list[Role]] = defaultdict(list)
    groups = group_by_guide()
    ranked = sorted(guides, key=lambda guide: (-guide.live_count, guide.title.casefold()))  # type: ignore[attr-defined]
    for guide in ranked:
        by_field[groups.get(guide.pk, OTHER)].append(guide)
    fields = [FieldOfWork(name, members) for name, members in by_field.items()]
    return sorted(fields, key=lambda field: (field.name == OTHER, -len(field.guides), field.name))


def group_by_guide() -> dict[int, str]:
    """{primary key of a published guide: name of the major group of its heaviest link}"""
    links = OccupationLink.objects.of_published_guides().order_by("role", "-weight", "position", "pk")
    codes: dict[int, str] = {}
    for role, code in links.values_list("role", "occupation__code"):
        codes.setdefault(role, code[:2])
    return {role: major_groups().get(code, OTHER) for role, code in codes.items()}
