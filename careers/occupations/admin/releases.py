"""Releases and import runs in the admin, read-only."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.timesince import timesince
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin, ReadOnlyAdminMixin
from careers.occupations.models import ImportRun, Release

STATE_COLOURS = {
    ImportRun.State.RUNNING.label: "info",
    ImportRun.State.DONE.label: "success",
    ImportRun.State.FAILED.label: "danger",
    ImportRun.State.ABANDONED.label: "warning",
}


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdminMixin, PortalAdmin):
    list_display = ["dataset", "version", "is_current", "source", "updated_at"]
    list_display_links = ["dataset", "version"]
    list_filter = ["dataset", "is_current"]
    list_select_related = ["source"]
    search_fields = ["version", "source__publisher", "source__title"]
    fieldsets = [
        (
            None,
            {
                "description": "Written by the import commands. A release that nobody cites is deleted with its source.",
                "fields": [("dataset", "version"), "is_current", "source", ("created_at", "updated_at")],
            },
        )
    ]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdminMixin, PortalAdmin):
    list_display = ["started_at", "command", "state_label", "duration", "user"]
    list_filter = ["state"]
    search_fields = ["command", "report", "user"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "command",
                    ("state", "duration"),
                    ("started_at", "ended_at"),
                    ("user", "host", "process"),
                    "report_text",
                ]
            },
        )
    ]
    readonly_fields = ["duration", "report_text"]

    @display(description="state", ordering="state", label=STATE_COLOURS)
    def state_label(self, run):
        return run.get_state_display()

    @display(description="took")
    def duration(self, run):
        if not run.ended_at:
            return f"{timesince(run.started_at)} so far" if run.state == ImportRun.State.RUNNING else "not known"
        seconds = (run.ended_at - run.started_at).total_seconds()
        return f"{seconds:.1f} seconds" if seconds < 60 else timesince(run.started_at, run.ended_at)

    @display(description="report")
    def report_text(self, run):
        return format_html('<pre class="report">{}</pre>', run.report) if run.report else "no report"
