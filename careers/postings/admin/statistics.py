"""Views, apply clicks and saves in the admin: totals in the list, a page and a table for each posting."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from unfold.decorators import display

from careers.core.forms import FilterForm
from careers.files.csv_export import csv_text
from careers.postings.models import DailyCount
from careers.postings.stats.report import Readership, host_words, total_of

Kind = DailyCount.Kind
SPANS = {7: "7 days", 30: "30 days", 90: "90 days", 365: "a year"}
USUAL_SPAN = 30
WITH_TOTALS = {"postings_posting_changelist", "postings_posting_export"}


class SpanForm(FilterForm):
    """?days=90: how far back; an unknown number means the usual span."""

    days = forms.CharField(required=False)

    def clean_days(self):
        days = self.cleaned_data["days"]
        return int(days) if days in map(str, SPANS) else USUAL_SPAN


class StatisticsPages:
    """The part of the posting's admin that shows what was counted."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"postings_posting_{name}")

        return [
            page("<int:pk>/statistics/", self.statistics_view, "statistics"),
            page("<int:pk>/statistics.csv", self.statistics_csv, "statistics_csv"),
            *super().get_urls(),
        ]

    # -- List

    def get_list_display(self, request):
        return [*super().get_list_display(request), "view_total", "apply_total", "save_total"]

    def get_queryset(self, request):
        postings = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name in WITH_TOTALS:
            postings = postings.annotate(
                viewed=total_of(Kind.VIEW), applied=total_of(Kind.APPLY), saved=total_of(Kind.SAVE)
            )
        return postings

    @display(description="views", ordering="viewed")
    def view_total(self, posting):
        return posting.viewed

    @display(description="apply clicks", ordering="applied")
    def apply_total(self, posting):
        return posting.applied

    @display(description="saves", ordering="saved")
    def save_total(self, posting):
        return posting.saved

    # -- One posting

    def _readership(self, request, pk):
        posting = self.get_object(request, str(pk))
        if posting is None:
            raise Http404
        if not self.has_view_permission(request, posting):
            raise PermissionDenied
        days, today = SpanForm(request.GET).criteria["days"], timezone.localdate()
        return posting, days, Readership.of(posting, first=today - timedelta(days=days - 1), last=today)

    def statistics_view(self, request, pk):
        posting, days, readership = self._readership(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Statistics: {posting}",
            "opts": self.opts,
            "media": self.media,
            "posting": posting,
            "spans": SPANS,
            "days": days,
            "readership": readership,
            "busy_days": [(day, tally) for day, tally in reversed(readership.by_day.items()) if tally],
            "hosts": [(host_words(host), tally) for host, tally in readership.by_host.items()],
            "csv": f"{reverse('admin:postings_posting_statistics_csv', args=[pk])}?days={days}",
        }
        return TemplateResponse(request, "admin/postings/posting/statistics.html", context)

    def statistics_csv(self, request, pk):
        posting, _, readership = self._readership(request, pk)
        rows = [["Day", "Referring host", "Views", "Apply clicks", "Saves"]]
        for (day, host), tally in readership.by_day_and_host.items():
            rows.append([day.isoformat(), host, tally.views, tally.applies, tally.saves])
        name = f"statistics-{posting.pk}-{readership.first}-{readership.last}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=headers)
