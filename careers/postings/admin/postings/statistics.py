"""Views, apply clicks and saves in the admin: totals in the list, and a page and a CSV file for each posting."""

from datetime import timedelta

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from careers.core.forms import FilterForm
from careers.files.csv_export import csv_response
from careers.postings.admin.pages import object_or_404, render_page
from careers.postings.models import DailyCount, Posting
from careers.postings.stats.report import PostingStatistics, host_label, total_count

Kind = DailyCount.Kind
SPANS = {7: "7 days", 30: "30 days", 90: "90 days", 365: "a year"}
DEFAULT_SPAN = 30


class SpanForm(FilterForm):
    """?days=90: how far back; an invalid number means DEFAULT_SPAN."""

    days = forms.CharField(required=False)

    def clean_days(self):
        days = self.cleaned_data["days"]
        return int(days) if days in map(str, SPANS) else DEFAULT_SPAN


def with_totals(postings: QuerySet) -> QuerySet:
    return postings.annotate(
        viewed=total_count(Kind.VIEW), applied=total_count(Kind.APPLY), saved=total_count(Kind.SAVE)
    )


def statistics_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    posting, days, statistics = _read_statistics(model_admin, request, pk)
    return render_page(
        model_admin,
        request,
        "admin/postings/posting/statistics.html",
        f"Statistics: {posting}",
        posting=posting,
        spans=SPANS,
        days=days,
        statistics=statistics,
        busy_days=[(day, tally) for day, tally in reversed(statistics.by_day.items()) if tally],
        hosts=[(host_label(host), tally) for host, tally in statistics.by_host.items()],
        csv=f"{reverse('admin:postings_posting_statistics_csv', args=[pk])}?days={days}",
    )


def statistics_csv_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    posting, _, statistics = _read_statistics(model_admin, request, pk)
    rows: list[list[object]] = [["Day", "Referring host", "Views", "Apply clicks", "Saves"]]
    for (day, host), tally in statistics.by_day_and_host.items():
        rows.append([day.isoformat(), host, tally.views, tally.applies, tally.saves])
    return csv_response(rows, f"statistics-{posting.pk}-{statistics.first}-{statistics.last}.csv")


def _read_statistics(model_admin, request, pk) -> tuple[Posting, int, PostingStatistics]:
    posting = object_or_404(model_admin, request, pk)
    if not model_admin.has_view_permission(request, posting):
        raise PermissionDenied
    days, today = SpanForm(request.GET).criteria["days"], timezone.localdate()
    return posting, days, PostingStatistics.of(posting, first=today - timedelta(days=days - 1), last=today)
