"""New postings from old ones: relisting what ended, and cloning what is needed once more.

The rule for every column: it is COPIED, or it is of that one posting and starts empty. A test keeps the two complete.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format

from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.postings.permissions import refuse_without_right

from .transitions import refresh_locked, refuse_unless, with_reason

State = Posting.State

COPIED = (
    "title", "employer", "role", "template", "template_version", *Posting.TEXT_FIELDS, *Posting.TERM_FIELDS, "time_zone",
    "pay_min", "pay_max", "pay_currency", "pay_period", "remote_offset_from", "remote_offset_to", "apply_url", "apply_email",
    "contact_email", "blank_values", "text_bases",
)  # fmt: skip
OF_ONE_POSTING = (
    "id", "created_at", "updated_at", "slug", "status", "publish_at", "closes_on", "closes_at", "closed_at", "filled_at",
    "withdrawn_at", "source", "source_ref", "relisted_from", "submitted_by", "submitted_at", "reviewer", "review_claimed_at",
)  # fmt: skip


def relist(posting, *, by, reason="", at=None):
    """Closed or filled -> a new draft with the same text and empty dates, tied to the old one. Returns the new posting.

    The old page leads readers to the new one once that is live.
    """
    with transaction.atomic():
        refresh_locked(posting)
        refuse_without_right(by, "relist", posting)
        refuse_unless(
            "relist",
            posting.state(at),
            {State.WITHDRAWN: "It was withdrawn. Clone it where the text is still wanted."},
            otherwise="It is {state}: only a posting that has ended is relisted.",
        )
        if standing := standing_relistings(posting).first():
            raise ValidationError(f"It was relisted already, as no. {standing.pk}.", code="already")
        return copy_of(posting, by, with_reason(f"Relisted from no. {posting.pk}", reason), relisted_from=posting)


def clone(posting, *, by, reason="", at=None):
    """Any posting -> a new draft with the same text and terms; nothing ties it to the old one. Returns the new posting."""
    with transaction.atomic():
        refresh_locked(posting)
        refuse_without_right(by, "clone", posting)
        return copy_of(posting, by, with_reason(f"Cloned from no. {posting.pk}", reason))


def is_relistable(posting, at=None):
    return not standing_relistings(posting).exists()


def standing_relistings(posting):
    """Relistings that were neither rejected nor withdrawn: those may be done once more."""
    return posting.relistings.exclude(Q(status=Posting.Status.REJECTED) | Q(withdrawn_at__isnull=False))


def copy_of(posting, by, said, **more):
    new = Posting(**{name: getattr(posting, name) for name in COPIED}, **more)
    blank_old_closing_day(new, posting.closes_on)
    new._history_user, new._change_reason = by, said
    new.save()
    for place in posting.places.all():
        PostingPlace.objects.create(
            posting=new,
            country=place.country,
            subdivision=place.subdivision,
            city=place.city,
            position=place.position,
        )
    for remote in posting.remote_countries.all():
        RemoteCountry.objects.create(posting=new, country=remote.country)
    new.skills.set(posting.skills.all())
    keep_findings(new)
    return new


def blank_old_closing_day(posting, day):
    """Where the text names the old closing day, as the template wrote it, the blank stands again: it must be filled in."""
    if day:
        for field in posting.TEXT_FIELDS:
            text = getattr(posting, field).replace(date_format(day, "j F Y"), "{closing_day}")
            setattr(posting, field, text)
