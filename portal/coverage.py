"""Where guides and postings miss each other: guides nobody hires for, postings without a guide, guides read but not tended."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone

from careers.core.counts import number_of
from careers.core.text import folded
from careers.postings.models import DailyCount, Posting
from careers.postings.role_counts import with_live_counts
from careers.roles.models import AlternateTitle, Role

MOST_ROWS = 50
DEMAND_DAYS = 30
MOST_SUGGESTIONS = 3
Status = Posting.Status


@dataclass(frozen=True)
class Rows:
    """The first of them, and how many there are."""

    shown: list
    number: int

    @classmethod
    def of(cls, queryset):
        return cls(list(queryset[:MOST_ROWS]), queryset.count())


@dataclass(frozen=True)
class Unassigned:
    posting: Posting
    suggested: list[Role]


@dataclass(frozen=True)
class Coverage:
    idle: Rows
    unassigned: Rows
    stale: Rows

    @classmethod
    def at(cls, at):
        """A fixed number of queries, however many rows."""
        unassigned, titles = Rows.of(postings_without_role(at)), known_titles()
        suggested = [Unassigned(posting, suggested_roles(posting.title, titles)) for posting in unassigned.shown]
        return cls(Rows.of(idle_roles(at)), Rows(suggested, unassigned.number), Rows.of(stale_roles(at)))


def idle_roles(at):
    """Published guides without a live posting, each with the number of its postings that are not published yet."""
    live = Posting.objects.live(at).filter(role=OuterRef("pk"))
    unpublished = Posting.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
    roles = Role.objects.published().filter(~Exists(live))
    return roles.annotate(unpublished=number_of(unpublished, by="role")).order_by("title", "pk")


def postings_without_role(at):
    """Those that readers see or may come to see."""
    ahead = Posting.objects.scheduled(at) | Posting.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
    return (Posting.objects.live(at) | ahead).filter(role__isnull=True).select_related("employer").order_by("-pk")


def stale_roles(at):
    """Guides due for review, the most wanted first: by views of their postings in the last days, then by live postings."""
    since = timezone.localdate(at) - timedelta(days=DEMAND_DAYS)
    viewed = DailyCount.objects.of_kind(DailyCount.Kind.VIEW).filter(day__gt=since, posting__role=OuterRef("pk"))
    total = viewed.order_by().values("posting__role").annotate(total=Sum("number")).values("total")
    due = with_live_counts(Role.objects.due_for_review(timezone.localdate(at)), at)
    wanted = due.annotate(views=Coalesce(Subquery(total), 0)).filter(Q(views__gt=0) | Q(live_count__gt=0))
    return wanted.order_by("-views", "-live_count", "title", "pk")


# -- Suggestions


def known_titles():
    """{words of a title: the guide}; a guide's own title before the alternate titles of others."""
    titles = {}
    roles = Role.objects.exclude(status=Role.Status.ARCHIVED).only("title").in_bulk()
    named = [(role.title, role) for role in roles.values()]
    alternates = AlternateTitle.objects.filter(role__in=roles).order_by("role__title", "title")
    named += [(title, roles[pk]) for title, pk in alternates.values_list("title", "role")]
    for title, role in named:
        if words := tuple(folded(title).split()):
            titles.setdefault(words, role)
    return titles


def suggested_roles(title, titles):
    """Guides one of whose titles stands in this one, word for word; the longest first."""
    words = folded(title).split()
    found = {}
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            if role := titles.get(tuple(words[start : start + length])):
                found.setdefault(role.pk, role)
    return list(found.values())[:MOST_SUGGESTIONS]


def may_see(user):
    return user.has_perms(["roles.view_role", "postings.view_posting"])


def coverage_view(request, admin_site):
    if not may_see(request.user):
        raise PermissionDenied
    context = {
        **admin_site.each_context(request),
        "title": "Coverage",
        "coverage": Coverage.at(timezone.now()),
        "demand_days": DEMAND_DAYS,
        "may_build": request.user.has_perm("postings.add_posting"),
    }
    return TemplateResponse(request, "admin/coverage.html", context)
