"""The admin's first page: what needs doing, the user's own drafts, what readers did, and the newest changes.

A fixed number of queries, however much there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from careers.background.status import background_status
from careers.postings.models import Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.models import Role

from .attention import attention, may_see, sees_any_rule
from .newest_changes import newest_changes
from .site_statistics import site_statistics

DRAFTS_SHOWN = 8
# (model, name of its status field, relation its name needs)
DRAFT_MODELS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Posting, "status", ("employer",)),
    (Role, "status", ()),
    (Resource, "state", ()),
)


@dataclass(frozen=True)
class Draft:
    name: str
    kind: str
    changed_at: datetime
    url: str


def my_drafts(user) -> list[Draft]:
    """Drafts the user created, by their history; the newest first. One query for each model."""
    drafts = [
        draft for model, *details in DRAFT_MODELS if may_see(user, model) for draft in _drafts(user, model, *details)
    ]
    return sorted(drafts, key=lambda draft: draft.changed_at, reverse=True)[:DRAFTS_SHOWN]


def _drafts(user, model, status, relations) -> Iterator[Draft]:
    opts = model._meta
    created = model.history.filter(history_type="+", history_user=user).values("id")
    rows = model.objects.filter(**{status: "draft"}, pk__in=created).select_related(*relations)
    for row in rows.order_by("-updated_at")[:DRAFTS_SHOWN]:
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
        yield Draft(_name(row), str(opts.verbose_name), row.updated_at, url)


def _name(row) -> str:
    return f"{row}, {row.employer}" if isinstance(row, Posting) else str(row)


def new_links(user) -> dict[str, str]:
    """{label: address} of the buttons at the top."""
    links = {}
    if user.has_perm("postings.add_posting"):
        if may_see(user, PostingTemplate):
            links["New posting from a template"] = reverse("admin:postings_postingtemplate_changelist")
        links["New blank posting"] = reverse("admin:postings_posting_add")
    return links


def background_notes(user) -> list[tuple[str, str]]:
    """(sentence, address of its list) about tasks, for those who may see them: that no worker runs, and what has failed."""
    if not may_see(user, DBTaskResult):
        return []
    status, tasks = background_status(), reverse("admin:django_tasks_database_dbtaskresult_changelist")
    notes = [(status.problem, reverse("admin:background_worker_changelist"))] if status.problem else []
    if status.failed:
        text = f"{status.failed:,} background task{' has' if status.failed == 1 else 's have'} failed"
        notes.append((text, f"{tasks}?status__exact=FAILED"))
    return notes


def add_attention(request, context):
    """Called by Unfold for the context of the first page."""
    user = request.user
    return {
        **context,
        "sees_anything": sees_any_rule(user),
        "attention": attention(user=user),
        "new_links": new_links(user),
        "drafts": my_drafts(user),
        "statistics": site_statistics() if may_see(user, Posting) else None,
        "changes": newest_changes(user=user),
        "background": background_notes(user),
    }
