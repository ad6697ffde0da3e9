"""The admin's first page: numbers of rows that need attention, linked to lists of these rows, and the newest changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import Employer, PendingChange, Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.figures.cautions import Code
from careers.roles.figures.quality import with_caution
from careers.roles.models import Article, Item, OutlookClaim, PayClaim, Role, Section

NEWEST_CHANGES = 8


@dataclass(frozen=True)
class AttentionRule:
    """Rows that need attention, and the query of the admin list that shows exactly these."""

    label: str
    model: type
    rows: Callable[[datetime], QuerySet]
    query: dict
    claimed_only: bool = False  # only rows the user has claimed for review; shown only to users who may publish


@dataclass(frozen=True)
class Count:
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Attention:
    """Counts by group, and the newest changes, of models the user has permission to view."""

    groups: dict[str, list[Count]]
    changes: list

    @property
    def total(self):
        return sum(count.number for counts in self.groups.values() for count in counts)


def figure_rules(model):
    """Yields (label, function of the moment that returns the rows, query of their list) for figures entered in guides."""
    yield "without source", lambda at: model.objects.unsourced(), {"sourced": "no"}
    elsewhere = Code.OTHER_OCCUPATION
    yield "of another occupation", lambda at: with_caution(model.objects.all(), elsewhere), {"caution": elsewhere.value}


RULES = {
    "Guides": [
        AttentionRule(
            "in review", Role, lambda at: Role.objects.filter(status="in_review"), {"status__exact": "in_review"}
        ),
        AttentionRule(
            "due for review", Role, lambda at: Role.objects.due_for_review(timezone.localdate(at)), {"due": "yes"}
        ),
        AttentionRule("in draft", Role, lambda at: Role.objects.filter(status="draft"), {"status__exact": "draft"}),
        AttentionRule(
            "published without an occupation",
            Role,
            lambda at: Role.objects.published().filter(occupation_links__isnull=True),
            {"status__exact": "published", "linked": "no"},
        ),
        *(
            AttentionRule(f"{kind} figures {words}", model, rows, query)
            for kind, model in (("pay", PayClaim), ("outlook", OutlookClaim))
            for words, rows, query in figure_rules(model)
        ),
    ],
    "Jobs": [
        AttentionRule("in review", Posting, lambda at: Posting.objects.in_review(), {"state": "in_review"}),
        AttentionRule(
            "in review, claimed by me",
            Posting,
            lambda at: Posting.objects.in_review().claimed(at),
            {"review": "mine"},
            claimed_only=True,
        ),
        AttentionRule(
            "pending changes", PendingChange, lambda at: PendingChange.objects.waiting(), {"state__exact": "waiting"}
        ),
        AttentionRule(
            "closing this week",
            Posting,
            lambda at: Posting.objects.closing_soon(at),
            {"state": "closing"},
        ),
        AttentionRule("in draft", Posting, lambda at: Posting.objects.filter(status="draft"), {"state": "draft"}),
    ],
    "Directory": [
        AttentionRule(
            "never verified",
            Resource,
            lambda at: Resource.objects.published().filter(last_verified_on__isnull=True),
            {"state__exact": "published", "verified": "never"},
        ),
        AttentionRule(
            "in draft", Resource, lambda at: Resource.objects.filter(state="draft"), {"state__exact": "draft"}
        ),
    ],
}


def attention(*, user, at: datetime | None = None) -> Attention:
    at = at or timezone.now()
    groups = {
        group: [_count(rule, user, at) for rule in rules if is_shown_to(user, rule)] for group, rules in RULES.items()
    }
    return Attention({group: counts for group, counts in groups.items() if counts}, newest_changes(user=user))


def is_shown_to(user, rule: AttentionRule) -> bool:
    reviews = not rule.claimed_only or user.has_perm("postings.publish_posting")
    return reviews and may_see(user, rule.model)


def may_see(user, model) -> bool:
    app, name = model._meta.app_label, model._meta.model_name
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def _count(rule, user, at):
    rows = rule.rows(at).filter(reviewer=user) if rule.claimed_only else rule.rows(at)
    opts = rule.model._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", query=rule.query)
    return Count(rule.label, rows.count(), url)


# -- Newest changes

HISTORY_MODELS = (Role, Section, Item, PayClaim, OutlookClaim, Article, Posting, PostingTemplate, Employer, Resource)
ACTION_LABELS = {"+": "added", "~": "changed", "-": "deleted"}


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
            what=f"{opts.verbose_name} of {version.guide or 'a deleted guide'}" if of_guide else opts.verbose_name,
            name=str(version.instance),
            action=ACTION_LABELS[version.history_type],
            by=str(version.history_user or ""),
            reason=version.history_change_reason or "",
            url=reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[version.id]),
        )


def add_attention(request, context):
    """Called by Unfold for the context of the first page."""
    return {**context, "attention": attention(user=request.user)}
