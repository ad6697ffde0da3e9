"""Sends each mail once: the record of a sent mail and the sending succeed or fail together."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from careers.postings.models import ReminderSent

logger = logging.getLogger(__name__)


@dataclass
class SendReport:
    """Outcome of one run. ``already_sent`` counts mails that an earlier run had sent."""

    sent: list[str] = field(default_factory=list)
    already_sent: int = 0
    failed: list[str] = field(default_factory=list)


class NothingToSendError(Exception):
    """Raised while building a mail that has become unnecessary."""


def plain_mail(template: str, context: dict, *, subject: str, to: str) -> EmailMessage:
    """Line breaks in the subject become spaces."""
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), render_to_string(template, context), to=[to], headers=headers)


def send_once(
    key: str,
    build_mail: Callable[[], EmailMessage],
    *,
    to: str,
    at: datetime,
    report: SendReport,
    dry_run: bool = False,
) -> None:
    """Builds and sends a mail unless one with this key was sent. The outcome is added to ``report``.

    A concurrent run with the same key waits on the unique key and then sends nothing. If sending fails, the record is
    rolled back and the next run tries again.
    """
    if ReminderSent.objects.filter(key=key).exists():
        report.already_sent += 1
        return
    try:
        with transaction.atomic():
            if not dry_run:
                ReminderSent.objects.create(key=key, sent_at=at)
            message = build_mail()
            if not dry_run:
                message.send()
    except NothingToSendError:
        return
    except IntegrityError:
        report.already_sent += 1
    except Exception as error:
        logger.warning("Could not send the mail to %s", to, exc_info=True)
        report.failed.append(f"{to}: {error}")
    else:
        report.sent.append(to)
