"""What the form of a published posting, and its history, may not do to its opening and its closing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting
from tests.admin_pages import asked, complete, filled, sent
from tests.factories import PostingPlaceFactory, RoleFactory, SkillFactory

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def change(posting):
    return reverse("admin:postings_posting_change", args=[posting.pk])


def save(client, posting, **changes):
    return client.post(change(posting), filled(client, change(posting)) | changes)


def errors_of(response):
    return response.context["adminform"].form.errors.as_text()


def opening(day, time="09:00"):
    return {"publish_at_0": day, "publish_at_1": time}


def test_a_scheduled_posting_keeps_an_opening_moment(editor):
    response = save(editor, complete(scheduled=True), **opening("", ""))
    assert "Enter the day and time" in errors_of(response)


@pytest.mark.parametrize("trait", ["draft", "scheduled"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_opening_day_beyond_what_zones_can_count_is_a_form_error(editor, trait, day):
    posting = complete(**{trait: True}, closes_on=None, time_zone="Asia/Tokyo")
    assert "days from now" in errors_of(save(editor, posting, **opening(day)))


def test_a_scheduled_posting_does_not_open_in_the_past(editor):
    posting = complete(scheduled=True)
    day = timezone.localdate() - timedelta(days=9)
    assert "has passed" in errors_of(save(editor, posting, **opening(day)))
    assert Posting.objects.get(pk=posting.pk).state() == State.SCHEDULED


def test_another_time_zone_does_not_close_a_live_posting(editor, monkeypatch):
    noon = timezone.now().replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    posting = complete(publish_at=noon - timedelta(days=9), closes_on=noon.date(), time_zone="UTC")
    assert "has passed" in errors_of(save(editor, posting, time_zone="Pacific/Kiritimati"))
    assert Posting.objects.get(pk=posting.pk).state() == State.LIVE


@pytest.mark.parametrize(
    ("lacking", "words"),
    [({"apply_url": ""}, "Say how to apply"), ({"closes_on": timezone.localdate() - timedelta(days=5)}, "has passed")],
)
def test_a_live_posting_does_not_go_back_to_an_unfit_version(editor, lacking, words):
    posting = complete(draft=True, **lacking)
    old = posting.history.first()
    fit = {"apply_url": "https://example.com/apply", "closes_on": timezone.localdate() + timedelta(days=20)}
    save(editor, posting, **fit, _act="publish")
    assert Posting.objects.get(pk=posting.pk).state() == State.LIVE
    page = reverse("admin:postings_posting_simple_history", args=[posting.pk, old.pk])
    data = {}
    for field in asked(editor, page).context["adminform"].form:
        data |= sent(field)
    assert words in errors_of(editor.post(page, data))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time anyway")
def test_the_form_is_saved_on_the_row_as_it_stands_locked(editor):
    posting = complete(draft=True)
    data = filled(editor, change(posting))
    with CaptureQueriesContext(connection) as queries:
        editor.post(change(posting), data)
    assert any("FOR UPDATE" in query["sql"] and "postings_posting" in query["sql"] for query in queries)


@pytest.mark.postgres
def test_publishing_from_the_form_takes_few_statements(editor):
    posting = complete(draft=True, closes_on=timezone.localdate() + timedelta(days=20), role=RoleFactory())
    PostingPlaceFactory(posting=posting, city="Hamburg")
    posting.skills.set([SkillFactory() for _ in range(3)])
    keep_findings(posting)
    data = filled(editor, change(posting)) | {"_act": "publish"}
    with CaptureQueriesContext(connection) as queries:
        editor.post(change(posting), data)
    assert Posting.objects.get(pk=posting.pk).state() == State.LIVE
    assert sum("SAVEPOINT" not in query["sql"] for query in queries) <= 40
