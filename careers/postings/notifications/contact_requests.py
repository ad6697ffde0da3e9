"""The employer's contact is asked before a job closes, and answers by a signed link that expires.

A link names the posting, the answer, the closing day it was sent about and the contact it was sent to. It acts only while
the posting is live and these are still so; what changed meanwhile is said in a sentence, and nothing happens.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format

from careers.postings import lifecycle
from careers.postings.checks.requirements import closing_faults
from careers.postings.lifecycle.transitions import spoken
from careers.postings.models import Posting

from .outbox import NothingToSayError, Sending, plain_mail, send_once

SALT = "careers.postings.notifications.contact_requests"
EXTENSIONS = (14, 30, 60)  # days after the present closing day that are offered


class Answer(TextChoices):
    STILL_OPEN = "still-open", "still hiring"
    FILLED = "filled", "filled"
    EXTEND = "extend", "keep it open longer"


@dataclass(frozen=True)
class Asked:
    """What a link says."""

    posting_id: int
    answer: Answer
    closes_on: date
    contact_mark: str


# -- Asking


def ask_contacts(*, at, dry_run=False):
    """One mail for each live posting that closes within the days set and has a contact; once for each closing day."""
    sending = Sending()
    soon = Posting.objects.closing_within(settings.CONTACT_REMINDER_DAYS, at).select_related("employer")
    for posting in soon.order_by("closes_at", "pk") if settings.CONTACT_REMINDER_DAYS else ():
        if to := posting.contact:
            key = f"contact:{posting.pk}:{posting.closes_on}"
            make = partial(question, posting.pk, posting.closes_on, at)
            send_once(key, make, to=to, at=at, sending=sending, dry_run=dry_run)
    return sending


def question(pk, closes_on, at):
    """The mail, made from the posting as it stands now: between finding and asking somebody may have closed it."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("employer").filter(pk=pk).first()
    if posting is None or not posting.is_live(at) or posting.closes_on != closes_on or not posting.contact:
        raise NothingToSayError
    day = date_format(posting.closes_on, "j F Y")
    context = {
        "posting": posting,
        "site_name": settings.SITE_NAME,
        "page": settings.SITE_URL + posting.get_absolute_url(),
        "links": {answer.name.lower(): settings.SITE_URL + link_of(posting, answer) for answer in Answer},
        "link_days": settings.CONTACT_LINK_DAYS,
    }
    subject = f"“{posting.title}” closes on {day}: are you still hiring?"
    return plain_mail("postings/mail/contact.txt", context, subject=subject, to=posting.contact)


# -- Links


def link_of(posting, answer):
    parts = [posting.pk, str(answer), posting.closes_on.isoformat(), mark_of(posting.contact)]
    return reverse("postings:contact", args=[signing.dumps(parts, salt=SALT)])


def mark_of(contact):
    """Tells one contact from another without putting the address into the link."""
    return salted_hmac(SALT, contact.lower()).hexdigest()[:16]


def asked_by(token):
    """Raises signing.SignatureExpired for an old link, signing.BadSignature for one that is none of ours."""
    pk, answer, closes_on, mark = signing.loads(token, salt=SALT, max_age=timedelta(days=settings.CONTACT_LINK_DAYS))
    return Asked(pk, Answer(answer), date.fromisoformat(closes_on), mark)


# -- Answering


def refusal(asked, posting, at):
    """Why the answer no longer fits the posting; '' where it does."""
    state = posting.state(at)
    if state != Posting.State.LIVE:
        return f"It is {spoken(state)} meanwhile, so this link changes nothing."
    if not posting.contact or not constant_time_compare(mark_of(posting.contact), asked.contact_mark):
        return "Somebody else is its contact meanwhile, so this link changes nothing."
    if asked.answer != Answer.FILLED and posting.closes_on != asked.closes_on:
        until = (
            f"is open until {date_format(posting.closes_on, 'j F Y')}" if posting.closes_on else "has no closing day"
        )
        return f"Its closing day was changed meanwhile: it {until}. This link changes nothing."
    return ""


def extension_days(posting, at):
    """The closing days offered: those the portal takes."""
    days = [posting.closes_on + timedelta(days=number) for number in EXTENSIONS]
    return [day for day in days if not closing_faults(day, None, posting.time_zone, at)]


def carry_out(asked, *, until=None, at=None):
    """Do what the link says, through the acts of the posting. Raises ValidationError with a sentence."""
    at = at or timezone.now()
    with transaction.atomic():
        posting = Posting.objects.select_for_update().filter(pk=asked.posting_id).first()
        if posting is None:
            raise ValidationError("This job was deleted meanwhile.")
        if sentence := refusal(asked, posting, at):
            raise ValidationError(sentence)
        reason = f"Said by the contact, {posting.contact}, through the link in the reminder"
        if asked.answer == Answer.FILLED:
            return lifecycle.fill(posting, by=None, reason=reason, at=at)
        if asked.answer == Answer.STILL_OPEN:
            return lifecycle.confirm(posting, by=None, reason=reason, at=at)
        if until not in extension_days(posting, at):
            raise ValidationError("Choose one of the days offered.")
        return lifecycle.extend(posting, by=None, closes_on=until, reason=reason, at=at)
