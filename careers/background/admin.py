"""Tasks of the queue and the workers that run them. Tasks may name mail addresses, so only administrators see them."""

import json

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult, get_date_max
from unfold.decorators import action, display

from careers.core.admin.base import PortalAdmin, ReadOnlyAdminMixin

from .models import Worker
from .recovery import try_again

STATUS = {"READY": "Queued", "RUNNING": "Running", "SUCCESSFUL": "Done", "FAILED": "Failed"}
COLOURS = {"Queued": "info", "Running": "warning", "Done": "success", "Failed": "danger"}


admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(ReadOnlyAdminMixin, PortalAdmin):
    list_display = ["what", "status_label", "attempts", "enqueued_at", "runs_after", "finished_at", "error"]
    list_filter = ["status", "queue_name"]
    search_fields = ["task_path", "exception_class_path", "traceback"]
    ordering = ["-enqueued_at"]
    actions = ["try_again"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "what", ("status_label", "attempts"), ("enqueued_at", "runs_after"), ("started_at", "finished_at"),
                    "arguments", "traceback_text",
                ]
            },
        )
    ]  # fmt: skip
    readonly_fields = ["what", "status_label", "attempts", "runs_after", "arguments", "traceback_text"]

    def has_retry_permission(self, request):
        return request.user.has_perm("django_tasks_database.change_dbtaskresult")

    @action(description="Try again", permissions=["retry"])
    def try_again(self, request, tasks):
        chosen = list(tasks)
        number = sum(try_again(task.pk, timezone.now()) for task in chosen)
        others = f" The other {len(chosen) - number:,} had not failed." if number < len(chosen) else ""
        self.message_user(request, f"{number:,} task{'' if number == 1 else 's'} will run again.{others}")

    @display(description="task", ordering="task_path")
    def what(self, task):
        return task.task_path.removeprefix("careers.")

    @display(description="status", ordering="status", label=COLOURS)
    def status_label(self, task):
        return STATUS.get(task.status, task.status)

    @display(description="attempts")
    def attempts(self, task):
        return len(task.worker_ids)

    @display(description="runs after", ordering="run_after")
    def runs_after(self, task):
        return task.run_after if task.status == "READY" and task.run_after != get_date_max() else None

    @display(description="last error")
    def error(self, task):
        return task.traceback.strip().rsplit("\n", 1)[-1][:120]

    @display(description="arguments")
    def arguments(self, task):
        return format_html('<pre class="report">{}</pre>', json.dumps(task.args_kwargs, indent=2, ensure_ascii=False))

    @display(description="last error")
    def traceback_text(self, task):
        return format_html('<pre class="report">{}</pre>', task.traceback) if task.traceback else "none"


@admin.register(Worker)
class WorkerAdmin(ReadOnlyAdminMixin, PortalAdmin):
    list_display = ["worker_id", "host", "started_at", "seen_at", "is_alive"]

    @display(description="alive", boolean=True)
    def is_alive(self, worker):
        return worker.is_alive()
