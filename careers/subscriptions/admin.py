"""Readers' alerts, for administrators: read, export by address, erase. Alerts are changed by their readers alone."""

from django.contrib import admin
from django.http import JsonResponse
from unfold.decorators import action, display

from careers.core.admin.base import PortalAdmin

from .models import JobAlert, Subscriber
from .searches import AlertSearch
from .services import everything_about


class ReadersAdmin(PortalAdmin):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Subscriber)
class SubscriberAdmin(ReadersAdmin):
    """Deleting a row erases everything stored with the address."""

    list_display = ["email", "created_at", "number_of_alerts"]
    search_fields = ["email"]
    fields = ["email", "created_at"]
    actions = ["export_data"]

    @display(description="alerts")
    def number_of_alerts(self, subscriber):
        return len(subscriber.job_alerts.all())

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("job_alerts")

    @action(description="Export everything stored about the address", permissions=["view"])
    def export_data(self, request, subscribers):
        answer = JsonResponse(
            [everything_about(each) for each in subscribers], safe=False, json_dumps_params={"indent": 2}
        )
        answer["Content-Disposition"] = 'attachment; filename="subscribers.json"'
        return answer


@admin.register(JobAlert)
class JobAlertAdmin(ReadersAdmin):
    list_display = ["subscriber", "sentence", "rhythm", "state", "confirmed_at", "last_sent_at"]
    list_filter = ["state", "rhythm"]
    search_fields = ["subscriber__email"]
    list_select_related = ["subscriber"]
    fields = [
        "subscriber", "sentence", ("rhythm", "state"), ("next_at", "last_sent_at"), "consent_text",
        ("consented_at", "confirmed_at"),
    ]  # fmt: skip
    readonly_fields = ["sentence"]

    @display(description="search")
    def sentence(self, alert):
        return AlertSearch(alert.search).sentence
