"""Content of other apps on a guide's page: open jobs, resources, and whether there is a posting template."""

from dataclasses import dataclass

from django.utils import timezone

from careers.postings.job_list.similar import related_postings
from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.guide.sections import unfolded
from careers.roles.models import Role

POSTINGS_SHOWN = 3
RELATED_SHOWN = 3
RESOURCES_SHOWN, RESOURCES_UNFOLDED = 40, 2


@dataclass(frozen=True)
class RelatedContent:
    postings: list[Posting]
    posting_count: int
    related_postings: list[Posting]
    resources: list[Resource]
    has_more_resources: bool
    has_template: bool

    @property
    def resources_unfolded(self) -> list[Resource]:
        return unfolded(self.resources, RESOURCES_UNFOLDED)

    @property
    def resources_folded(self) -> list[Resource]:
        return self.resources[len(self.resources_unfolded) :]


def related_content(role: Role) -> RelatedContent:
    live = role.postings.live()
    resources = list(role.resources.published()[: RESOURCES_SHOWN + 1])
    return RelatedContent(
        postings=list(live.newest_first().for_cards()[:POSTINGS_SHOWN]),
        posting_count=live.count(),
        related_postings=related_postings(role, at=timezone.now(), limit=RELATED_SHOWN),
        resources=resources[:RESOURCES_SHOWN],
        has_more_resources=len(resources) > RESOURCES_SHOWN,
        has_template=role.templates.house().exists(),
    )
