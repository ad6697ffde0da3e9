"""Daily digest for editors who may publish: jobs closing, waiting and closed, and outdated templates."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careers.postings.models import Posting
from careers.postings.review.mail import publishers
from careers.postings.text.drift import DriftState, drift_by_posting

from .outbox import SendReport, plain_mail, send_once

MOST_LINES = 20


@dataclass(frozen=True)
class Section:
    """A heading of the digest with its first lines, the number of further ones, and the URL of the full list."""

    heading: str
    lines: list[str]
    more: int
    url: str

    @property
    def number(self):
        return len(self.lines) + self.more


@dataclass(frozen=True)
class Digest:
    sections: list[Section]

    @classmethod
    def at(cls, at):
        waiting = Posting.objects.in_review().order_by("updated_at", "pk")
        sections = [
            _posting_section("Closing soon", Posting.objects.closing_soon(at).order_by("closes_at", "pk"), "closing"),
            _posting_section("Waiting for review", waiting, "in_review"),
            _posting_section("Closed yesterday", closed_yesterday(at).order_by("pk"), "closed"),
            _template_section(at),
        ]
        return cls([section for section in sections if section.lines])

    @property
    def subject(self):
        return ", ".join(f"{section.heading.lower()}: {section.number:,}" for section in self.sections)


def _posting_section(heading, postings, state):
    url = settings.SITE_URL + reverse("admin:postings_posting_changelist", query={"state": state})
    shown = postings.select_related("employer").defer(*Posting.TEXT_FIELDS)[:MOST_LINES]
    return Section(heading, [_posting_line(posting) for posting in shown], max(0, postings.count() - MOST_LINES), url)


def _posting_line(posting):
    closing = f", closing day {date_format(posting.closes_on)}" if posting.closes_on else ""
    return f"{posting.title}, {posting.employer.name} (no. {posting.pk}){closing}"


def _template_section(at):
    """Templates whose live postings are out of date, with the number of those postings."""
    behind = Counter(
        posting.template for posting, fields in drift_by_posting(_of_older_versions(at)) if _has_moved(fields)
    )
    lines = [
        f"{template.name}: {number} live posting{'' if number == 1 else 's'}, "
        f"{settings.SITE_URL}{reverse('admin:postings_postingtemplate_drift', args=[template.pk])}"
        for template, number in sorted(behind.items(), key=lambda pair: (-pair[1], pair[0].pk))
    ]
    url = settings.SITE_URL + reverse("admin:postings_postingtemplate_changelist")
    return Section("Templates that have changed", lines[:MOST_LINES], max(0, len(lines) - MOST_LINES), url)


def _of_older_versions(at):
    return Posting.objects.live(at).filter(template__version__gt=F("template_version"))


def _has_moved(fields):
    return any(drift.state in (DriftState.MOVED, DriftState.BOTH) for drift in fields)


def closed_yesterday(at: datetime) -> QuerySet:
    """Closed by hand between the last two midnights of the site's time zone, or by a closing day that ended then; not reopened.

    A closing day that ends at the later midnight counts; one that ended at the earlier was reported the day before.
    """
    today = timezone.localdate(at)
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (today - timedelta(days=1), today))
    by_hand = Q(closed_at__gte=first, closed_at__lt=last)
    by_day = Q(closed_at__isnull=True, closes_at__gt=first, closes_at__lte=last)
    return Posting.objects.closed(at).filter(by_hand | by_day)


def send_digests(*, at: datetime, dry_run: bool = False) -> tuple[SendReport, int]:
    """Returns the report and the number of editors without an e-mail address."""
    report, digest = SendReport(), Digest.at(at)
    editors = list(publishers())
    for editor in editors if digest.sections else ():
        if editor.email:
            key = f"digest:{editor.pk}:{timezone.localdate(at)}"
            build_mail = partial(digest_mail, digest, editor.email)
            send_once(key, build_mail, to=editor.email, at=at, report=report, dry_run=dry_run)
    return report, sum(not editor.email for editor in editors)


def digest_mail(digest: Digest, to: str) -> EmailMessage:
    admin = settings.SITE_URL + reverse("admin:index")
    context = {"digest": digest, "site_name": settings.SITE_NAME, "admin": admin}
    subject = f"{settings.SITE_NAME}: {digest.subject}"
    return plain_mail("postings/mail/digest.txt", context, subject=subject, to=to)
