"""What the guide's page shows of other apps: open jobs of the role and like it, resources, and its posting template."""

from dataclasses import dataclass

from django.utils import timezone

from careers.postings.job_list.similar import related_postings
from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.models import Role

POSTINGS_SHOWN = 5
RELATED_SHOWN = 3
RESOURCES_SHOWN, RESOURCES_OPEN = 40, 8


@dataclass(frozen=True)
class Neighbours:
    postings: list[Posting]
    posting_count: int
    related_postings: list[Posting]
    resources: list[Resource]
    has_more_resources: bool
    has_template: bool

    @property
    def resources_first(self) -> list[Resource]:
        """Resources shown at once; the rest is folded away if there are more than two."""
        return self.resources if len(self.resources) < RESOURCES_OPEN + 3 else self.resources[:RESOURCES_OPEN]

    @property
    def resources_rest(self) -> list[Resource]:
        return self.resources[len(self.resources_first) :]


def neighbours_of(role: Role) -> Neighbours:
    live = role.postings.live()
    resources = list(role.resources.published()[: RESOURCES_SHOWN + 1])
    return Neighbours(
        postings=list(live.newest_first().for_cards()[:POSTINGS_SHOWN]),
        posting_count=live.count(),
        related_postings=related_postings(role, at=timezone.now(), limit=RELATED_SHOWN),
        resources=resources[:RESOURCES_SHOWN],
        has_more_resources=len(resources) > RESOURCES_SHOWN,
        has_template=role.templates.house().exists(),
    )
