"""Asks an employer's contact before a job closes; the contact answers through signed links that expire.

A link names the posting, the answer, the closing day and the contact it was sent to. It works only while the posting is live
and closing day and contact are unchanged.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format

from careers.postings import lifecycle
from careers.postings.checks.requirements import closing_day_errors
from careers.postings.lifecycle.transitions import state_phrase
from careers.postings.models import Posting

from .outbox import NothingToSendError, SendReport, plain_mail, send_once

SALT = "careers.postings.notifications.contact_requests"
EXTENSIONS = (14, 30, 60)  # days after the present closing day that are offered


class Answer(TextChoices):
    """The answers a contact can give; the values are part of the signed links."""

    STILL_OPEN = "still-open", "still hiring"
    FILLED = "filled", "filled"
    EXTEND = "extend", "keep it open longer"


@dataclass(frozen=True)
class ContactLink:
    """The content of a link."""

    posting_id: int
    answer: Answer
    closes_on: date
    contact_fingerprint: str


# -- Asking


def ask_contacts(*, at: datetime, dry_run: bool = False) -> SendReport:
    """Mails the contact of each live posting that closes within CONTACT_REMINDER_DAYS; once per closing day."""
    report = SendReport()
    soon = Posting.objects.closing_within(settings.CONTACT_REMINDER_DAYS, at).select_related("employer")
    for posting in soon.order_by("closes_at", "pk") if settings.CONTACT_REMINDER_DAYS else ():
        if to := posting.contact:
            key = f"contact:{posting.pk}:{posting.closes_on}"
            build_mail = partial(reminder_mail, posting.pk, posting.closes_on, at)
            send_once(key, build_mail, to=to, at=at, report=report, dry_run=dry_run)
    return report


def reminder_mail(pk: int, closes_on: date, at: datetime) -> EmailMessage:
    """Reads the posting again. Raises NothingToSendError if it has changed since it was selected."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("employer").filter(pk=pk).first()
    if posting is None or not posting.is_live(at) or posting.closes_on != closes_on or not posting.contact:
        raise NothingToSendError
    day = date_format(posting.closes_on)
    context = {
        "posting": posting,
        "site_name": settings.SITE_NAME,
        "page": settings.SITE_URL + posting.get_absolute_url(),
        "links": {answer.name.lower(): settings.SITE_URL + answer_url(posting, answer) for answer in Answer},
        "link_days": settings.CONTACT_LINK_DAYS,
    }
    subject = f"“{posting.title}” closes on {day}: are you still hiring?"
    return plain_mail("postings/mail/contact.txt", context, subject=subject, to=posting.contact)


# -- Links


def answer_url(posting: Posting, answer: Answer) -> str:
    closes_on = cast(date, posting.closes_on)  # contacts are asked about a closing day
    parts = [posting.pk, str(answer), closes_on.isoformat(), contact_fingerprint(posting.contact)]
    return reverse("postings:contact", args=[signing.dumps(parts, salt=SALT)])


def contact_fingerprint(contact: str) -> str:
    """Identifies the contact in a link without revealing the address."""
    return salted_hmac(SALT, contact.lower()).hexdigest()[:16]


def read_token(token: str) -> ContactLink:
    """Raises signing.SignatureExpired for an old link, signing.BadSignature for an invalid one."""
    pk, answer, closes_on, fingerprint = signing.loads(
        token, salt=SALT, max_age=timedelta(days=settings.CONTACT_LINK_DAYS)
    )
    return ContactLink(pk, Answer(answer), date.fromisoformat(closes_on), fingerprint)


# -- Answering


def refusal(link: ContactLink, posting: Posting, at: datetime) -> str:
    """Why the link no longer applies to the posting; '' if it does."""
    state = posting.state(at)
    if state != Posting.State.LIVE:
        return f"This job is now {state_phrase(state)}, so this link no longer works."
    if not posting.contact or not constant_time_compare(contact_fingerprint(posting.contact), link.contact_fingerprint):
        return "Somebody else is now the contact for this job, so this link no longer works."
    if link.answer != Answer.FILLED and posting.closes_on != link.closes_on:
        until = f"is open until {date_format(posting.closes_on)}" if posting.closes_on else "has no closing day"
        return f"The closing day has changed since we wrote to you: the job {until}. This link no longer works."
    return ""


def extension_days(posting: Posting, at: datetime) -> list[date]:
    """The closing days offered, without those too far in the future."""
    closes_on = cast(date, posting.closes_on)
    days = [closes_on + timedelta(days=number) for number in EXTENSIONS]
    return [day for day in days if not closing_day_errors(day, None, posting.time_zone, at)]


def apply_answer(link: ContactLink, *, until: date | None = None, at: datetime | None = None) -> Posting:
    """Carries out the answer with the acts of the lifecycle. Raises ValidationError with one sentence."""
    at = at or timezone.now()
    with transaction.atomic():
        posting = Posting.objects.select_for_update().filter(pk=link.posting_id).first()
        if posting is None:
            raise ValidationError("This job has since been deleted.")
        if sentence := refusal(link, posting, at):
            raise ValidationError(sentence)
        reason = f"{posting.contact}, the contact, answered through the link in the reminder"
        if link.answer == Answer.FILLED:
            return lifecycle.fill(posting, by=None, reason=reason, at=at)
        if link.answer == Answer.STILL_OPEN:
            return lifecycle.confirm(posting, by=None, reason=reason, at=at)
        if until not in extension_days(posting, at):
            raise ValidationError("Choose one of the days listed.")
        return lifecycle.extend(posting, by=None, closes_on=until, reason=reason, at=at)
