"""The newest changes of guides, postings and resources, from their history tables."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.urls import reverse

from careers.core.admin.history import ACTIONS
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.models import Article, Item, OutlookClaim, PayClaim, Role, Section

from .attention import may_see

NEWEST_CHANGES = 8
HISTORY_MODELS = (Role, Section, Item, PayClaim, OutlookClaim, Article, Posting, PostingTemplate, Employer, Resource)


@dataclass(frozen=True)
class Change:
    at: datetime
    what: str
    name: str
    action: str
    by: str
    reason: str
    url: str


def newest_changes(*, user, limit=NEWEST_CHANGES):
    """From the history tables, one query each. A row that changed several times appears once, with its newest change."""
    versions = [change for model in HISTORY_MODELS if may_see(user, model) for change in _changes_of(model, limit * 3)]
    unique = {change.url: change for change in sorted(versions, key=lambda change: change.at)}
    return sorted(unique.values(), key=lambda change: change.at, reverse=True)[:limit]


def _changes_of(model, limit):
    opts = model._meta
    of_guide = model in (Section, Item, PayClaim, OutlookClaim, Article)
    versions = model.history.select_related("history_user").order_by("-history_date", "-history_id")
    if of_guide:
        versions = versions.annotate(guide=F("role__title"))
    for version in versions[:limit]:
        yield Change(
            at=version.history_date,
            what=f"{opts.verbose_name} in {version.guide or 'a deleted guide'}" if of_guide else opts.verbose_name,
            name=str(version.instance),
            action=ACTIONS[version.history_type].lower(),
            by=str(version.history_user or ""),
            reason=version.history_change_reason or "",
            url=reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[version.id]),
        )
