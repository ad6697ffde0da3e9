"""The coverage page: guides without live postings, postings without a guide, guides in demand whose review is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone

from careers.core.counts import count_subquery
from careers.core.text import fold_text
from careers.postings.models import DailyCount, Posting
from careers.postings.role_counts import with_live_counts
from careers.roles.models import AlternateTitle, Role

MAX_ROWS = 50
DEMAND_DAYS = 30
MAX_SUGGESTIONS = 3
Status = Posting.Status


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a queryset, and the number of all."""

    rows: list
    total: int

    @classmethod
    def of(cls, queryset) -> "FirstRows":
        return cls(list(queryset[:MAX_ROWS]), queryset.count())


@dataclass(frozen=True)
class PostingWithoutGuide:
    posting: Posting
    suggested: list[Role]


@dataclass(frozen=True)
class Coverage:
    guides_without_postings: FirstRows
    postings_without_guide: FirstRows
    guides_due_for_review: FirstRows

    @classmethod
    def at(cls, at: datetime) -> "Coverage":
        """A fixed number of queries, however many rows."""
        postings, titles = FirstRows.of(postings_without_role(at)), roles_by_title()
        suggested = [PostingWithoutGuide(each, suggested_roles(each.title, titles)) for each in postings.rows]
        return cls(
            FirstRows.of(roles_without_postings(at)),
            FirstRows(suggested, postings.total),
            FirstRows.of(roles_due_for_review(at)),
        )


def roles_without_postings(at):
    """Published guides without a live posting, each with the number of its drafts and postings in review."""
    live = Posting.objects.live(at).filter(role=OuterRef("pk"))
    unpublished = Posting.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
    roles = Role.objects.published().filter(~Exists(live))
    return roles.annotate(unpublished=count_subquery(unpublished, by="role")).order_by("title", "pk")


def postings_without_role(at):
    """Live, scheduled, in review or draft: not those that ended."""
    ahead = Posting.objects.scheduled(at) | Posting.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
    return (Posting.objects.live(at) | ahead).filter(role__isnull=True).select_related("employer").order_by("-pk")


def roles_due_for_review(at):
    """Guides due for review that have views or live postings.

    The most viewed come first: views of their postings in the last DEMAND_DAYS days.
    """
    since = timezone.localdate(at) - timedelta(days=DEMAND_DAYS)
    viewed = DailyCount.objects.of_kind(DailyCount.Kind.VIEW).filter(day__gt=since, posting__role=OuterRef("pk"))
    total = viewed.order_by().values("posting__role").annotate(total=Sum("number")).values("total")
    due = with_live_counts(Role.objects.due_for_review(timezone.localdate(at)), at)
    wanted = due.annotate(views=Coalesce(Subquery(total), 0)).filter(Q(views__gt=0) | Q(live_count__gt=0))
    return wanted.order_by("-views", "-live_count", "title", "pk")


# -- Suggestions


def roles_by_title() -> dict[tuple[str, ...], Role]:
    """{words of a title: the guide}. A guide's own title wins over an alternate title of another."""
    titles: dict[tuple[str, ...], Role] = {}
    roles = Role.objects.exclude(status=Role.Status.ARCHIVED).only("title").in_bulk()
    named = [(role.title, role) for role in roles.values()]
    alternates = AlternateTitle.objects.filter(role__in=roles).order_by("role__title", "title")
    named += [(title, roles[pk]) for title, pk in alternates.values_list("title", "role")]
    for title, role in named:
        if words := tuple(fold_text(title).split()):
            titles.setdefault(words, role)
    return titles


def suggested_roles(title: str, titles: dict[tuple[str, ...], Role]) -> list[Role]:
    """Guides with a title that occurs in this one, word for word; the longest match first."""
    words = fold_text(title).split()
    found: dict[int, Role] = {}
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            if role := titles.get(tuple(words[start : start + length])):
                found.setdefault(role.pk, role)
    return list(found.values())[:MAX_SUGGESTIONS]


def may_see_coverage(user) -> bool:
    return user.has_perms(["roles.view_role", "postings.view_posting"])


def coverage_view(request, admin_site):
    if not may_see_coverage(request.user):
        raise PermissionDenied
    context = {
        **admin_site.each_context(request),
        "title": "Coverage",
        "coverage": Coverage.at(timezone.now()),
        "demand_days": DEMAND_DAYS,
        "may_build": request.user.has_perm("postings.add_posting"),
    }
    return TemplateResponse(request, "admin/coverage.html", context)
