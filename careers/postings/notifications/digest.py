"""Once a day, a mail to those who publish: what closes, what waits, what closed. No mail where there is nothing to say."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careers.postings.models import Posting
from careers.postings.text.drift import Drift, drifts_of

from .outbox import Sending, plain_mail, send_once

CLOSING_DAYS = 7
MOST_LINES = 20
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Part:
    """One heading of the digest: its first lines, how many more there are, and the page that shows all."""

    heading: str
    lines: list[str]
    more: int
    url: str

    @property
    def number(self):
        return len(self.lines) + self.more


@dataclass(frozen=True)
class Digest:
    parts: list[Part]

    @classmethod
    def at(cls, at):
        parts = [
            _part(
                "Closing soon", Posting.objects.closing_within(CLOSING_DAYS, at).order_by("closes_at", "pk"), "closing"
            ),
            _part("Waiting for review", waiting(), "in_review"),
            _part("Closed yesterday", closed_yesterday(at).order_by("pk"), "closed"),
            _drifted(at),
        ]
        return cls([part for part in parts if part.lines])

    @property
    def subject(self):
        return ", ".join(f"{part.heading.lower()}: {part.number}" for part in self.parts)


def _part(heading, postings, state):
    url = settings.SITE_URL + reverse("admin:postings_posting_changelist", query={"state": state})
    shown = postings.select_related("employer").defer(*Posting.TEXT_FIELDS)[:MOST_LINES]
    return Part(heading, [_line(posting) for posting in shown], max(0, postings.count() - MOST_LINES), url)


def _line(posting):
    closing = f", closing day {date_format(posting.closes_on, 'j F Y')}" if posting.closes_on else ""
    return f"{posting.title}, {posting.employer.name} (no. {posting.pk}){closing}"


def _drifted(at):
    """Templates that have moved on from what readers see of them, each with the number of its live postings behind."""
    behind = Counter(posting.template for posting, fields in drifts_of(_of_older_versions(at)) if _has_moved(fields))
    lines = [
        f"{template.name}: {number} live posting{'' if number == 1 else 's'}, "
        f"{settings.SITE_URL}{reverse('admin:postings_postingtemplate_drift', args=[template.pk])}"
        for template, number in sorted(behind.items(), key=lambda pair: (-pair[1], pair[0].pk))
    ]
    url = settings.SITE_URL + reverse("admin:postings_postingtemplate_changelist")
    return Part("Templates that moved on", lines[:MOST_LINES], max(0, len(lines) - MOST_LINES), url)


def _of_older_versions(at):
    return Posting.objects.live(at).filter(template__version__gt=F("template_version"))


def _has_moved(fields):
    return any(drift.state in (Drift.MOVED, Drift.BOTH) for drift in fields)


def waiting():
    return Posting.objects.filter(status=Posting.Status.IN_REVIEW).order_by("updated_at", "pk")


def closed_yesterday(at):
    """Closed by hand between two midnights of the site's zone, or by a closing day that ended then; not opened again since.

    A day that ends at the later midnight is yesterday, one that ends at the earlier was told of the morning before.
    """
    today = timezone.localdate(at)
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (today - timedelta(days=1), today))
    by_hand = Q(closed_at__gte=first, closed_at__lt=last)
    by_day = Q(closed_at__isnull=True, closes_at__gt=first, closes_at__lte=last)
    return Posting.objects.ended(at).filter(by_hand | by_day)


def editors_in_charge():
    """People who may publish and may log in."""
    users = get_user_model().objects.with_perm("postings.publish_posting", backend=MODEL_BACKEND)
    return users.filter(is_staff=True).order_by("pk")


def send_digests(*, at, dry_run=False):
    """(what became of them, how many editors have no e-mail address)"""
    sending, digest = Sending(), Digest.at(at)
    editors = list(editors_in_charge())
    for editor in editors if digest.parts else ():
        if editor.email:
            key = f"digest:{editor.pk}:{timezone.localdate(at)}"
            make = partial(digest_mail, digest, editor.email)
            send_once(key, make, to=editor.email, at=at, sending=sending, dry_run=dry_run)
    return sending, sum(not editor.email for editor in editors)


def digest_mail(digest, to):
    admin = settings.SITE_URL + reverse("admin:index")
    context = {"digest": digest, "site_name": settings.SITE_NAME, "admin": admin}
    subject = f"{settings.SITE_NAME}: {digest.subject}"
    return plain_mail("postings/mail/digest.txt", context, subject=subject, to=to)
