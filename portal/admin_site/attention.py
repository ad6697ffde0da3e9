"""Rows that need attention, counted and grouped by what to do with them, each with a link to a list of exactly these rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import PendingChange, Posting
from careers.resources.models import Resource
from careers.roles.figures.cautions import Code
from careers.roles.figures.quality import with_caution
from careers.roles.models import OutlookClaim, PayClaim, Role


@dataclass(frozen=True)
class AttentionRule:
    """Rows that need attention, and the query of the admin list that shows exactly these."""

    label: str
    model: Any
    rows: Callable[[datetime], QuerySet]
    query: dict
    claimed_only: bool = False  # only rows the user has claimed for review; shown only to users who may publish


@dataclass(frozen=True)
class Count:
    label: str
    number: int
    url: str


def figure_rules() -> Iterator[AttentionRule]:
    """For figures entered in guides. Official figures come from imports and always have a source."""
    elsewhere = Code.OTHER_OCCUPATION
    for kind, model in (("Pay", PayClaim), ("Outlook", OutlookClaim)):
        yield AttentionRule(
            f"{kind} figures without a source",
            model,
            lambda at, model=model: model.objects.unsourced(),
            {"sourced": "no"},
        )
        yield AttentionRule(
            f"{kind} figures for another occupation",
            model,
            lambda at, model=model: with_caution(model.objects.all(), elsewhere),
            {"caution": elsewhere.value},
        )


RULES = {
    "Review": [
        AttentionRule(
            "Postings you have claimed",
            Posting,
            lambda at: Posting.objects.in_review().claimed(at),
            {"review": "mine"},
            claimed_only=True,
        ),
        AttentionRule("Postings in review", Posting, lambda at: Posting.objects.in_review(), {"state": "in_review"}),
        AttentionRule(
            "Changes to published postings",
            PendingChange,
            lambda at: PendingChange.objects.waiting(),
            {"state__exact": "waiting"},
        ),
        AttentionRule(
            "Guides in review", Role, lambda at: Role.objects.filter(status="in_review"), {"status__exact": "in_review"}
        ),
    ],
    "Extend or let close": [
        AttentionRule(
            "Postings closing this week", Posting, lambda at: Posting.objects.closing_soon(at), {"state": "closing"}
        ),
    ],
    "Check again": [
        AttentionRule(
            "Guides due for review",
            Role,
            lambda at: Role.objects.due_for_review(timezone.localdate(at)),
            {"due": "yes"},
        ),
        AttentionRule(
            "Resources never verified",
            Resource,
            lambda at: Resource.objects.published().filter(last_verified_on__isnull=True),
            {"state__exact": "published", "verified": "never"},
        ),
    ],
    "Fix": [
        AttentionRule(
            "Published guides without an occupation",
            Role,
            lambda at: Role.objects.published().filter(occupation_links__isnull=True),
            {"status__exact": "published", "linked": "no"},
        ),
        *figure_rules(),
    ],
    "Finish": [
        AttentionRule("Draft postings", Posting, lambda at: Posting.objects.filter(status="draft"), {"state": "draft"}),
        AttentionRule("Draft guides", Role, lambda at: Role.objects.filter(status="draft"), {"status__exact": "draft"}),
        AttentionRule(
            "Draft resources", Resource, lambda at: Resource.objects.filter(state="draft"), {"state__exact": "draft"}
        ),
    ],
}


def attention(*, user, at: datetime | None = None) -> dict[str, list[Count]]:
    """{what to do: counts above zero}, of models the user may see. One query for each rule."""
    at = at or timezone.now()
    groups = {}
    for act, rules in RULES.items():
        counts = [_count(rule, user, at) for rule in rules if is_shown_to(user, rule)]
        if waiting := [count for count in counts if count.number]:
            groups[act] = waiting
    return groups


def sees_any_rule(user) -> bool:
    return any(is_shown_to(user, rule) for rules in RULES.values() for rule in rules)


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
