"""The admin's first page: what needs attention, counted, each count a link to the rows it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import Employer, PendingChange, Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.figures.cautions import Code
from careers.roles.figures.quality import having
from careers.roles.models import Article, Item, OutlookClaim, PayClaim, Role, Section

NEWEST = 8


@dataclass(frozen=True)
class Concern:
    """A kind of row that waits for somebody: which rows, and the list that shows exactly these."""

    label: str
    model: type
    rows: Callable[[datetime], QuerySet]
    query: dict
    of_reviewer: bool = False  # of these rows the ones the user has taken on; said to those who review


@dataclass(frozen=True)
class Count:
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Attention:
    """Counts by group, and the newest changes; only of what the user may see."""

    groups: dict[str, list[Count]]
    changes: list

    @property
    def total(self):
        return sum(count.number for counts in self.groups.values() for count in counts)


def figure_concerns(model):
    """(what is amiss, which rows, the query of their list); of guides' own figures."""
    yield "without source", lambda at: model.objects.of_guides().unsourced(), {"sourced": "no"}
    elsewhere = Code.OTHER_OCCUPATION
    yield "of another occupation", lambda at: having(model.objects.of_guides(), elsewhere), {"caution": elsewhere.value}


CONCERNS = {
    "Guides": [
        Concern("in review", Role, lambda at: Role.objects.filter(status="in_review"), {"status__exact": "in_review"}),
        Concern("due for review", Role, lambda at: Role.objects.due_for_review(timezone.localdate(at)), {"due": "yes"}),
        Concern("in draft", Role, lambda at: Role.objects.filter(status="draft"), {"status__exact": "draft"}),
        Concern(
            "published without an occupation",
            Role,
            lambda at: Role.objects.published().filter(occupation_links__isnull=True),
            {"status__exact": "published", "linked": "no"},
        ),
        *(
            Concern(f"{kind} figures {words}", model, rows, query)
            for kind, model in (("pay", PayClaim), ("outlook", OutlookClaim))
            for words, rows, query in figure_concerns(model)
        ),
    ],
    "Jobs": [
        Concern("in review", Posting, lambda at: Posting.objects.in_review(), {"state": "in_review"}),
        Concern(
            "in review, with me",
            Posting,
            lambda at: Posting.objects.in_review().claimed(at),
            {"review": "mine"},
            of_reviewer=True,
        ),
        Concern(
            "pending changes", PendingChange, lambda at: PendingChange.objects.waiting(), {"state__exact": "waiting"}
        ),
        Concern(
            "closing this week",
            Posting,
            lambda at: Posting.objects.closing_soon(at),
            {"state": "closing"},
        ),
        Concern("in draft", Posting, lambda at: Posting.objects.filter(status="draft"), {"state": "draft"}),
    ],
    "Directory": [
        Concern("broken links", Resource, lambda at: Resource.objects.broken(), {"link": "broken"}),
        Concern(
            "never verified",
            Resource,
            lambda at: Resource.objects.published().filter(last_verified_on__isnull=True),
            {"state__exact": "published", "verified": "never"},
        ),
        Concern("in draft", Resource, lambda at: Resource.objects.filter(state="draft"), {"state__exact": "draft"}),
    ],
}


def attention(*, user, at=None):
    at = at or timezone.now()
    groups = {
        group: [_count(concern, user, at) for concern in concerns if is_told(user, concern)]
        for group, concerns in CONCERNS.items()
    }
    return Attention({group: counts for group, counts in groups.items() if counts}, newest_changes(user=user))


def is_told(user, concern):
    reviews = not concern.of_reviewer or user.has_perm("postings.publish_posting")
    return reviews and may_see(user, concern.model)


def may_see(user, model):
    app, name = model._meta.app_label, model._meta.model_name
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def _count(concern, user, at):
    rows = concern.rows(at).filter(reviewer=user) if concern.of_reviewer else concern.rows(at)
    opts = concern.model._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", query=concern.query)
    return Count(concern.label, rows.count(), url)


# -- Newest changes

WATCHED = (Role, Section, Item, PayClaim, OutlookClaim, Article, Posting, PostingTemplate, Employer, Resource)
ACTS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(frozen=True)
class Change:
    at: datetime
    what: str
    name: str
    act: str
    by: str
    reason: str
    url: str


def newest_changes(*, user, limit=NEWEST):
    """From the history tables, one query each; a row changed many times in a row is named once."""
    versions = [change for model in WATCHED if may_see(user, model) for change in _changes_of(model, limit * 3)]
    once = {change.url: change for change in sorted(versions, key=lambda change: change.at)}
    return sorted(once.values(), key=lambda change: change.at, reverse=True)[:limit]


def _changes_of(model, limit):
    opts = model._meta
    of_guide = model in (Section, Item, PayClaim, OutlookClaim, Article)
    versions = model.history.select_related("history_user").order_by("-history_date", "-history_id")
    if of_guide:
        versions = versions.annotate(guide=F("role__title"))
    if model in (PayClaim, OutlookClaim):
        versions = versions.filter(occupation__isnull=True)  # imported figures are no news
    for version in versions[:limit]:
        yield Change(
            at=version.history_date,
            what=f"{opts.verbose_name} of {version.guide or 'a deleted guide'}" if of_guide else opts.verbose_name,
            name=str(version.instance),
            act=ACTS[version.history_type],
            by=str(version.history_user or ""),
            reason=version.history_change_reason or "",
            url=reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[version.id]),
        )


def add_attention(request, context):
    return {**context, "attention": attention(user=request.user)}
