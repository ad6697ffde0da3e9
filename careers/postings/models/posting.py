from datetime import timedelta
from enum import nonmember
from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import (
    AddressSlugField,
    AmountField,
    BatchedChecks,
    CurrencyField,
    Timestamped,
    WebAddressField,
    any_not_null,
    ascending,
    positive_or_null,
)
from careers.core.money import Pay, Period
from careers.core.slugs import make_slug, validate_title
from careers.core.time_zones import end_of_day, offset_choices, offset_range_label, validate_zone, zone_choices

from .cards import CARD_FIELDS, CardIterable
from .review import Claimed, ClaimedQuerySetMixin
from .text import PostingTerms, PostingText

CLOSING_SOON_DAYS = 7


def _not_ended():
    return Q(status="published", withdrawn_at__isnull=True, closed_at__isnull=True, filled_at__isnull=True)


def _before_closing(at):
    return Q(closes_at__isnull=True) | Q(closes_at__gt=at)


class PostingQuerySet(ClaimedQuerySetMixin, PublicQuerySet):
    """The state of a posting depends on the time: methods take the moment as `at`, now by default."""

    def opened(self, at=None):
        """Published, with an opening moment in the past; closed ones included, withdrawn ones not."""
        return self.filter(
            status=Posting.Status.PUBLISHED, publish_at__lte=at or timezone.now(), withdrawn_at__isnull=True
        )

    def not_ended(self):
        """Published, and not closed, filled or withdrawn by hand: live from `publish_at` until `closes_at`."""
        return self.filter(_not_ended())

    def live(self, at=None):
        """Open to applicants: opened, not yet closed, not filled."""
        at = at or timezone.now()
        return self.not_ended().filter(_before_closing(at), publish_at__lte=at)

    def readable(self, at=None):
        """Those with a public page: live ones, and ended ones for CLOSED_POSTING_DAYS."""
        at = at or timezone.now()
        grace = at - timedelta(days=settings.CLOSED_POSTING_DAYS)
        return self.opened(at).filter(
            _before_closing(grace),
            Q(closed_at__isnull=True) | Q(closed_at__gt=grace),
            Q(filled_at__isnull=True) | Q(filled_at__gt=grace),
        )

    def scheduled(self, at=None):
        return self.filter(
            status=Posting.Status.PUBLISHED, publish_at__gt=at or timezone.now(), withdrawn_at__isnull=True
        )

    def closed(self, at=None):
        """Opened, and since then closed by hand or by its closing day; filled ones not included."""
        at = at or timezone.now()
        return self.opened(at).filter(Q(closed_at__isnull=False) | Q(closes_at__lte=at), filled_at__isnull=True)

    def filled(self, at=None):
        return self.opened(at).filter(filled_at__isnull=False)

    def withdrawn(self):
        return self.filter(status=Posting.Status.PUBLISHED, withdrawn_at__isnull=False)

    def in_state(self, state, at=None):
        """Those for which `Posting.state(at)` returns `state`."""
        words = {"live": self.live, "scheduled": self.scheduled, "closed": self.closed, "filled": self.filled}
        if state == Posting.State.WITHDRAWN:
            return self.withdrawn()
        return words[state](at) if state in words else self.filter(status=state)

    def active(self, at=None):
        """Those in one of State.ACTIVE: drafts, postings in review, and published ones that have not ended."""
        undecided = Q(status__in=[Posting.Status.DRAFT, Posting.Status.IN_REVIEW])
        return self.filter(undecided | _not_ended() & _before_closing(at or timezone.now()))

    def closing_within(self, days, at=None):
        """Live ones that close within `days` days."""
        at = at or timezone.now()
        return self.live(at).filter(closes_at__lte=at + timedelta(days=days))

    def closing_soon(self, at=None):
        return self.closing_within(CLOSING_SOON_DAYS, at)

    def in_review(self):
        """Waiting for the decision of an editor, also after `closes_at`."""
        return self.filter(status=Posting.Status.IN_REVIEW)

    def newest_first(self):
        return self.order_by("-publish_at", "-pk")

    def for_cards(self, *more):
        """With the columns a card shows and `more`: three queries for any number of rows.

        Sets a private attribute of QuerySet; tests/postings/job_list/test_page.py fails if Django stops reading it.
        """
        rows = self.select_related("employer").only(*CARD_FIELDS, *more)
        rows._iterable_class = CardIterable
        return rows


@cache
def _detail_path(prefix):
    """'/jobs/{}-{}/' of a site under this script prefix. Cached: reverse() for each card took 5 % of a list's time."""
    return reverse("postings:detail", args=[0, "slug"]).replace("0-slug", "{}-{}")


class Posting(BatchedChecks, PublicModel, PostingText, PostingTerms, Claimed, Timestamped):
    """One dated opening at an employer."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"
        REJECTED = "rejected", "Rejected"

    class State(models.TextChoices):
        """The status at a given moment, see `Posting.state`."""

        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        REJECTED = "rejected", "Rejected"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SCHEDULED = "scheduled", "Scheduled"
        FILLED = "filled", "Filled"
        CLOSED = "closed", "Closed"
        LIVE = "live", "Live"

        BEFORE_OPENING = nonmember(frozenset({"draft", "in_review", "scheduled"}))
        LIVE_OR_SCHEDULED = nonmember(frozenset({"live", "scheduled"}))
        ACTIVE = nonmember(frozenset({"draft", "in_review", "scheduled", "live"}))
        ENDED = nonmember(frozenset({"closed", "filled", "withdrawn", "rejected"}))

    title = models.CharField(
        max_length=120,
        validators=[validate_title],
        help_text="Only the name of the job, for example Data Engineer. Do not add pay, place, employer or codes.",
    )
    slug = AddressSlugField(editable=False)
    employer = models.ForeignKey("postings.Employer", models.PROTECT, related_name="postings")
    role = models.ForeignKey(
        "roles.Role",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="postings",
        help_text="The role guide that the job links to. Visitors can also filter jobs by it.",
    )
    template = models.ForeignKey(
        "postings.PostingTemplate", models.SET_NULL, null=True, blank=True, editable=False, related_name="postings"
    )
    template_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    blank_values = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What the placeholders were last filled with."
    )
    text_bases = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="Text fields that come from another version, or other values: {field: {version, values}}.",
    )  # fmt: skip
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, db_index=True, editable=False)

    publish_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When visitors can first see the published posting, in the time zone below. Leave empty to show "
        "it as soon as it is published.",
    )
    closes_on = models.DateField(
        "closing day",
        null=True,
        blank=True,
        help_text="The last day to apply. The job closes at the end of that day in the time zone below. Leave empty "
        "to keep it open until filled.",
    )
    time_zone = models.CharField(max_length=60, default="UTC", choices=zone_choices, validators=[validate_zone])
    closes_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was closed by hand, before its closing day."
    )
    filled_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    pay_min = AmountField("pay from")
    pay_max = AmountField("pay to")
    pay_currency = CurrencyField(blank=True)
    pay_period = models.CharField(max_length=10, choices=Period, blank=True)

    apply_url = WebAddressField(
        "apply at",
        max_length=1000,
        blank=True,
        help_text="Web address of the application form, for example https://example.org/apply.",
    )
    apply_email = models.EmailField("apply by email", blank=True)
    contact_email = models.EmailField(
        "contact",
        blank=True,
        help_text="Enter someone to ask whether the job is still open, if not the employer's contact. Only staff see this.",
    )

    source = models.CharField(
        max_length=60, null=True, blank=True, editable=False, help_text="Name of the feed that the posting came from."
    )
    source_ref = models.CharField(max_length=200, null=True, blank=True, editable=False)

    remote_offset_from = models.SmallIntegerField(
        "time zones from",
        null=True,
        blank=True,
        choices=offset_choices,
        help_text="For remote work: the westernmost time zone people may work in. Fill in both ends or neither.",
    )
    remote_offset_to = models.SmallIntegerField(
        "time zones to", null=True, blank=True, choices=offset_choices, help_text="The easternmost time zone."
    )

    relisted_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="relistings"
    )

    skills = models.ManyToManyField("roles.Skill", blank=True, related_name="postings")

    history = HistoricalRecords(m2m_fields=[skills])
    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [("publish_posting", "Can publish, close and withdraw postings")]
        indexes = [
            models.Index(
                fields=["-publish_at", "-id"], condition=Q(status="published"), name="posting_published_newest"
            ),
            models.Index(fields=["closes_at"], name="posting_closes_at"),
            models.Index(fields=["updated_at"], name="posting_updated_at"),
            # page_expiry.py looks up the next moment of each after every change.
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="posting_publish_at"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="posting_closed_by_hand"),
            models.Index(fields=["filled_at"], condition=Q(filled_at__isnull=False), name="posting_filled"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_ref"], name="posting_source_once"),
            models.CheckConstraint(
                condition=ascending("pay_min", "pay_max"),
                name="posting_pay_ascends",
                violation_error_message="“Pay from” is higher than “pay to”. Enter the lower amount first.",
            ),
            models.CheckConstraint(
                condition=positive_or_null("pay_min", "pay_max"),
                name="posting_pay_positive",
                violation_error_message="Enter an amount above zero, or leave both fields empty if the pay is not stated.",
            ),
            models.CheckConstraint(
                condition=~any_not_null("pay_min", "pay_max") | ~(Q(pay_currency="") | Q(pay_period="")),
                name="posting_pay_complete",
                violation_error_message="Choose a currency and a period for the pay, for example EUR per year.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True, closes_at__isnull=True)
                | Q(closes_on__isnull=False, closes_at__isnull=False),
                name="posting_closing_moment_known",
                violation_error_message="The closing time is set from the closing day. Change the closing day instead.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(publish_at__isnull=True) | Q(closes_at__gt=F("publish_at")),
                name="posting_closes_after_opening",
                violation_error_message="The posting would close before it opens. Choose a later closing day or an "
                "earlier opening time.",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(publish_at__isnull=False),
                name="posting_published_has_moment",
                violation_error_message="Enter the day and time when visitors can first see the posting.",
            ),
            models.CheckConstraint(
                condition=Q(remote_offset_from__isnull=True, remote_offset_to__isnull=True)
                | Q(
                    remote_offset_from__isnull=False,
                    remote_offset_to__isnull=False,
                    remote_offset_from__lte=F("remote_offset_to"),
                ),
                name="posting_time_zones_span",
                violation_error_message=(
                    "Enter both time zones, the western one first. "
                    "If the range crosses the date line, list countries instead."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = make_slug(self.title, "job")
        self.closes_at = end_of_day(self.closes_on, self.time_zone) if self.closes_on else None
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "slug", "closes_at", "updated_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return _detail_path(get_script_prefix()).format(self.pk, quote(self.slug))

    def clean(self):
        # Set here as well as in save(), so that the constraints on closes_at are checked with the form.
        validate_zone(self.time_zone)
        self.closes_at = end_of_day(self.closes_on, self.time_zone) if self.closes_on else None
        if self.closes_at and self.publish_at and self.closes_at <= self.publish_at:
            raise ValidationError(
                {
                    "closes_on": "The posting would close before it opens. Choose a later closing day or an earlier "
                    "opening time."
                }
            )
        if self.remote_offset_from is not None and self.workplace != self.Workplace.REMOTE:
            raise ValidationError(
                {
                    "remote_offset_from": "Time zones are only for remote work. Remove them, or set the workplace to remote."
                }
            )

    @property
    def remote_span(self):
        """'UTC−5 to UTC+2': the time zones remote workers may be in; '' where none are named."""
        if self.remote_offset_from is None or self.remote_offset_to is None:
            return ""
        return offset_range_label(self.remote_offset_from, self.remote_offset_to)

    def states_location(self):
        """Whether it says where the work is: a place, or for remote work the countries people may apply from."""
        is_remote = self.workplace == self.Workplace.REMOTE
        return bool(self.places.all()) or (is_remote and bool(self.remote_countries.all()))

    @property
    def pay(self):
        """Falsy where pay is not stated."""
        return Pay(self.pay_min, self.pay_max, self.pay_currency, self.pay_period)

    @property
    def contact(self):
        """Who is asked whether the job is still open: the posting's own contact, else the employer's, else ''."""
        return self.contact_email or self.employer.contact_email

    @property
    def ended_at(self):
        """The moment it closes or was filled, whichever comes first; None where neither is known."""
        return min((moment for moment in (self.closes_at, self.closed_at, self.filled_at) if moment), default=None)

    def state(self, at=None):
        """The state at a moment. `PostingQuerySet.in_state` is the same rule in SQL; a test compares them."""
        at = at or timezone.now()
        if self.status != self.Status.PUBLISHED:
            return self.State(self.status)
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.publish_at > at:
            return self.State.SCHEDULED
        if self.filled_at:
            return self.State.FILLED
        if self.closed_at or (self.closes_at and self.closes_at <= at):
            return self.State.CLOSED
        return self.State.LIVE

    def is_waiting(self):
        """Whether it waits for the decision of an editor."""
        return self.status == self.Status.IN_REVIEW

    def is_live(self, at=None):
        return self.state(at) == self.State.LIVE

    def is_readable(self, at=None):
        """The same rule as `PostingQuerySet.readable`."""
        at = at or timezone.now()
        if self.state(at) == self.State.LIVE:
            return True
        grace = timedelta(days=settings.CLOSED_POSTING_DAYS)
        return self.state(at) in (self.State.CLOSED, self.State.FILLED) and self.ended_at > at - grace
