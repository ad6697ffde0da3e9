"""Mails of the daily run: to the contacts of jobs that close soon, and to the editors in charge."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.models import Posting, ReminderSent
from careers.postings.notifications import contact_requests, digest
from careers.postings.posting_templates.versions import save_template
from tests.factories import EmployerFactory, PostingFactory, PostingTemplateFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def closing(days=3, **fields):
    return PostingFactory(**{"closes_on": in_days(days), "contact_email": "hr@example.com", **fields})


def run(*arguments):
    out, errors = StringIO(), StringIO()
    call_command("close_due", *arguments, stdout=out, stderr=errors)
    return out.getvalue() + errors.getvalue()


def refusing(addresses):
    """Stands in for EmailMessage.send: the mail server refuses these addresses."""
    send = mail.EmailMessage.send

    def send_or_refuse(message, *args, **kwargs):
        if set(message.to) & set(addresses):
            raise OSError("refused")
        return send(message, *args, **kwargs)

    return send_or_refuse


# -- Contacts


def test_the_contact_of_a_job_that_closes_soon_gets_one_mail_however_often_it_runs():
    posting = closing(title="Glass Blower")
    closing(days=30)
    run()
    run()
    assert [message.to for message in mail.outbox] == [["hr@example.com"]]
    assert posting.title in mail.outbox[0].subject
    assert mail.outbox[0].body.count("/jobs/contact/") == 3


def test_the_employers_contact_is_asked_where_the_posting_names_none_and_nobody_where_neither_does():
    closing(contact_email="", employer=EmployerFactory(contact_email="office@example.com"))
    closing(contact_email="")
    run()
    assert [message.to for message in mail.outbox] == [["office@example.com"]]


@pytest.mark.parametrize("fields", [{"filled_at": 1}, {"withdrawn_at": 1}, {"closed_at": 1}, {"status": "draft"}])
def test_what_is_not_live_is_not_asked_about(fields):
    closing(**{name: timezone.now() if value == 1 else value for name, value in fields.items()})
    run()
    assert mail.outbox == []


def test_closed_between_finding_and_asking_there_is_no_mail(monkeypatch):
    posting = closing()
    monkeypatch.setattr(
        Posting,
        "contact",
        property(lambda row: lifecycle.close(Posting.objects.get(pk=row.pk), by=None) and "x@example.com"),
    )
    contact_requests.ask_contacts(at=timezone.now())
    assert (mail.outbox, ReminderSent.objects.count()) == ([], 0)
    assert not Posting.objects.get(pk=posting.pk).is_live()


def test_after_an_extension_the_contact_is_asked_again_before_the_new_day():
    posting = closing()
    run()
    lifecycle.extend(posting, by=None, closes_on=in_days(5))
    run()
    assert len(mail.outbox) == 2


def test_with_the_setting_at_0_no_contact_is_asked(settings):
    settings.CONTACT_REMINDER_DAYS = 0
    closing()
    run()
    assert mail.outbox == []


def test_one_refused_address_does_not_stop_the_rest_and_is_tried_again(monkeypatch):
    closing(contact_email="bad@example.com", days=1)
    closing()
    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMessage, "send", refusing(["bad@example.com"]))
        with pytest.raises(CommandError, match="Not sent: 1"):
            run()
    assert [message.to for message in mail.outbox] == [["hr@example.com"]]
    run()
    assert [message.to for message in mail.outbox] == [["hr@example.com"], ["bad@example.com"]]


def test_a_dry_run_says_who_would_get_a_mail_and_leaves_no_trace():
    closing()
    assert "would go to hr@example.com" in run("--dry-run")
    assert (mail.outbox, ReminderSent.objects.count()) == ([], 0)


def test_a_title_with_a_line_break_does_not_break_the_mail():
    closing(title="Baker\nBcc: all@example.com")
    run()
    assert "\n" not in mail.outbox[0].subject


def test_the_mail_is_plain_text_as_written():
    closing(title="R&D “Lead” <b>")
    run()
    assert "R&D “Lead” <b>" in mail.outbox[0].body


def test_readers_never_see_the_contact(client):
    posting = closing(
        contact_email="secret-hr@example.com", employer=EmployerFactory(contact_email="secret-office@example.com")
    )
    addresses = [
        posting.get_absolute_url(),
        posting.employer.get_absolute_url(),
        "/jobs/",
        "/jobs/feed.json",
        "/jobs/feed.rss",
    ]
    assert not any("secret" in client.get(address).text for address in addresses)


# -- Editors


@pytest.fixture
def editor():
    user = UserFactory(staff=True, groups=["editor"])
    user.email = "editor@example.com"
    user.save()
    return user


def test_an_editor_gets_one_digest_a_day_however_often_it_runs(editor):
    closing(title="Closing Job", contact_email="")
    PostingFactory(in_review=True, title="Waiting Job")
    yesterday = timezone.now() - timedelta(days=1)
    PostingFactory(title="Closed Job", publish_at=yesterday - timedelta(days=9), closed_at=yesterday)
    run()
    run()
    assert [message.to for message in mail.outbox] == [["editor@example.com"]]
    assert mail.outbox[0].subject.endswith("closing soon: 1, waiting for review: 1, closed yesterday: 1")
    assert all(title in mail.outbox[0].body for title in ("Closing Job", "Waiting Job", "Closed Job"))


def test_the_next_day_brings_the_next_digest(editor):
    PostingFactory(in_review=True)
    for days in (0, 0, 1):
        digest.send_digests(at=timezone.now() + timedelta(days=days))
    assert len(mail.outbox) == 2


def test_with_nothing_to_say_there_is_no_mail(editor):
    PostingFactory()
    PostingFactory(draft=True)
    run()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"closes_on": date(2026, 6, 9)}, 10),  # its day was the 9th, though its moment is the first of the 10th
        ({"closes_on": date(2026, 6, 9), "time_zone": "America/New_York"}, 11),  # at four in the morning of the 10th
        ({"closes_on": date(2026, 6, 20), "closed_at": datetime(2026, 6, 10, tzinfo=UTC)}, 11),
        ({"closes_on": date(2026, 6, 12), "closed_at": datetime(2026, 6, 10, 23, 59, tzinfo=UTC)}, 11),
    ],
)
def test_each_closing_is_told_in_the_digest_of_one_day(fields, day):
    """The day after its moment; what was closed by hand is not told again when the announced day is over."""
    PostingFactory(publish_at=datetime(2026, 5, 1, tzinfo=UTC), **fields)
    mornings = [datetime(2026, 6, number, 6, tzinfo=UTC) for number in range(8, 25)]
    assert [at.day for at in mornings if digest.closed_yesterday(at)] == [day]


def test_only_those_who_publish_and_may_log_in_get_it(editor):
    PostingFactory(in_review=True)
    for groups, fields in (
        (["contributor"], {}),
        (["editor"], {"is_active": False}),
        (["editor"], {"is_staff": False}),
    ):
        user = UserFactory(staff=True, groups=groups)
        for name, value in {"email": "no@example.com", **fields}.items():
            setattr(user, name, value)
        user.save()
    UserFactory(staff=True, groups=["editor"])
    assert "Editors without an email address: 1" in run()
    assert [message.to for message in mail.outbox] == [["editor@example.com"]]


def test_a_template_that_moved_on_from_live_postings_is_named_with_their_number(editor):
    template = PostingTemplateFactory(description="Old words.")
    save_template(template, by=editor)
    for traits in ({}, {"draft": True}):
        version = {"template": template, "template_version": template.version, "description": "Old words."}
        PostingFactory(**version, **traits)
    template.description = "New words."
    save_template(template, by=editor)
    run()
    assert mail.outbox[0].subject.endswith(": templates that have changed: 1")
    assert f"- {template.name}: 1 live posting, https://" in mail.outbox[0].body


def test_a_long_list_is_cut_and_says_how_many_more(editor):
    PostingFactory.create_batch(digest.MOST_LINES + 3, in_review=True, employer=EmployerFactory())
    run()
    assert "and 3 more" in mail.outbox[0].body
    assert "waiting for review: 23" in mail.outbox[0].subject


def test_the_digest_asks_the_database_the_same_however_many_postings(editor, django_assert_num_queries):
    at = timezone.now()
    PostingFactory(in_review=True)
    with django_assert_num_queries(7):
        digest.Digest.at(at)
    PostingFactory.create_batch(4, in_review=True)
    closing()
    with django_assert_num_queries(7):
        digest.Digest.at(at)


def test_a_second_run_at_the_same_time_finds_the_note_of_the_first(editor, monkeypatch):
    """Where both asked before either wrote: the key is there once, so the mail goes once."""
    PostingFactory(in_review=True)
    digest.send_digests(at=timezone.now())
    monkeypatch.setattr(type(ReminderSent.objects.all()), "exists", lambda rows: False)
    report, _ = digest.send_digests(at=timezone.now())
    assert (len(mail.outbox), report.already_sent, report.failed) == (1, 1, [])
