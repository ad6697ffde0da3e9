"""Mails that go out once. The note that one was sent and the sending stand or fall together."""

import logging
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from careers.postings.models import ReminderSent

logger = logging.getLogger(__name__)


@dataclass
class Sending:
    """What became of the mails of one run."""

    sent: list[str] = field(default_factory=list)
    had_already: int = 0
    failed: list[str] = field(default_factory=list)


class NothingToSayError(Exception):
    """Raised by whoever makes a mail, when at the last moment there is nothing to say."""


def plain_mail(template, context, *, subject, to):
    """A plain text mail; a title with line breaks does not break its subject."""
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), render_to_string(template, context), to=[to], headers=headers)


def send_once(key, make, *, to, at, sending, dry_run=False):
    """Send what `make()` gives, unless a mail of this key went out.

    A second process that comes to the same key waits for the first one's note, and then has nothing to do. A mail that
    cannot be sent takes its note with it, is reported, and is tried again by the next run.
    """
    if ReminderSent.objects.filter(key=key).exists():
        sending.had_already += 1
        return
    try:
        with transaction.atomic():
            if not dry_run:
                ReminderSent.objects.create(key=key, sent_at=at)
            message = make()
            if not dry_run:
                message.send()
    except NothingToSayError:
        return
    except IntegrityError:
        sending.had_already += 1
    except Exception as error:
        logger.warning("No mail to %s", to, exc_info=True)
        sending.failed.append(f"{to}: {error}")
    else:
        sending.sent.append(to)
