import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from careers.background.mail import queue_mail
from careers.background.status import background_status
from careers.background.worker import beat

from .queue import run_queue
from .test_recovery import NoServer

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # of the admin's own templates
LIST = "admin:django_tasks_database_dbtaskresult_changelist"


@pytest.fixture
def failed(settings):
    settings.EMAIL_BACKEND = f"{NoServer.__module__}.NoServer"
    queue_mail("<b>Hello</b>", "Text", "ada@example.org")
    run_queue()
    return DBTaskResult.objects.get()


def test_an_administrator_reads_the_error_and_tries_again(as_group, failed):
    client = as_group("administrator")
    page = client.get(reverse(LIST)).text
    assert "Failed" in page
    assert "OSError: no server" in page
    one = client.get(reverse("admin:django_tasks_database_dbtaskresult_change", args=[failed.pk])).text
    assert "&lt;b&gt;Hello&lt;/b&gt;" in one
    chosen = {"action": "try_again", "_selected_action": [str(failed.pk)]}
    assert client.post(reverse(LIST), chosen | {"_selected_action": ["1"]}).status_code == 400
    assert "1 task will run again." in client.post(reverse(LIST), chosen, follow=True).text
    assert DBTaskResult.objects.get().status == "READY"


def test_nobody_else_sees_addresses_or_tries_again(as_group, failed):
    client = as_group("editor")
    assert client.get(reverse(LIST)).status_code == 403
    client.post(reverse(LIST), {"action": "try_again", "_selected_action": [str(failed.pk)]})
    assert DBTaskResult.objects.get().status == "FAILED"


def test_the_status_says_when_no_worker_runs():
    queue_mail("Hello", "Text", "ada@example.org")
    assert "No background worker is running, so no mail is sent. 1 task waits." in background_status().problem
    beat("first")
    assert background_status().problem == ""


def test_the_first_page_tells_administrators_and_nobody_else(as_group, failed):
    page = as_group("administrator").get("/admin/").text
    assert "No background worker is running, so no mail is sent." in page
    assert "1 background task has failed" in page
    assert "background" not in as_group("editor").get("/admin/").text
    beat("first")
    assert "No background worker" not in as_group("administrator").get("/admin/").text
