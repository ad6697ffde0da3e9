"""Acts that make a new draft from a posting: relist (for one that has ended) and clone.

Every column is either in COPIED or in NOT_COPIED; a test checks that none is forgotten.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from careers.core.models import Actor, set_history_note, whole_first_version
from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.postings.permissions import require_act_permission
from careers.postings.posting_templates.sync import refill_posting
from careers.postings.text.drift import Base, field_base
from careers.postings.text.facts import remember_bases

from .transitions import lock_and_refresh, note_with_reason, require_state

State = Posting.State
CLOSING_DAY = "{closing_day}"

COPIED = (
    "title", "employer", "role", "template", "template_version", *Posting.TEXT_FIELDS, *Posting.TERM_FIELDS, "time_zone",
    "pay_min", "pay_max", "pay_currency", "pay_period", "remote_offset_from", "remote_offset_to", "apply_url", "apply_email",
    "contact_email", "blank_values", "text_bases",
)  # fmt: skip
NOT_COPIED = (
    "id", "created_at", "updated_at", "slug", "status", "publish_at", "closes_on", "closes_at", "closed_at", "filled_at",
    "withdrawn_at", "source", "source_ref", "relisted_from", "submitted_by", "submitted_at", "reviewer", "review_claimed_at",
)  # fmt: skip


def relist(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Closed or filled -> a new draft with the same text and empty dates, linked to the old posting. Returns the draft.

    Once the new posting is live, the old page links to it.
    """
    with transaction.atomic():
        lock_and_refresh(posting)
        require_act_permission(by, "relist", posting)
        require_state(
            "relist",
            posting.state(at),
            {State.WITHDRAWN: "It was withdrawn. Clone it if you still need the text."},
            otherwise="It is {state}. You can relist only a posting that has ended.",
        )
        if relisting := active_relistings(posting).first():
            raise ValidationError(f"It has already been relisted, as no. {relisting.pk}.", code="already")
        return create_copy(
            posting, by, note_with_reason(f"Relisted from no. {posting.pk}", reason), relisted_from=posting
        )


def clone(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Any posting -> a new draft with the same text and terms, not linked to the old posting. Returns the draft."""
    with transaction.atomic():
        lock_and_refresh(posting)
        require_act_permission(by, "clone", posting)
        return create_copy(posting, by, note_with_reason(f"Cloned from no. {posting.pk}", reason))


def is_relistable(posting: Posting, at: datetime | None = None) -> bool:
    return not active_relistings(posting).exists()


def active_relistings(posting: Posting) -> QuerySet:
    """Relistings that were neither rejected nor withdrawn. A posting has at most one."""
    return posting.relistings.exclude(Q(status=Posting.Status.REJECTED) | Q(withdrawn_at__isnull=False))


def create_copy(posting: Posting, by: Actor, history_note: str, **values: Any) -> Posting:
    new = Posting(**{name: getattr(posting, name) for name in COPIED}, **values)
    restore_closing_day_placeholder(new, posting.closes_on)
    set_history_note(new, by=by, reason=history_note)
    with whole_first_version(new):
        new.save()
        _copy_rows(posting, new)
    refill_posting(new, by=by)
    keep_findings(new)
    return new


def _copy_rows(posting: Posting, new: Posting) -> None:
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


def restore_closing_day_placeholder(posting: Posting, day: date | None) -> None:
    """Replaces the old closing day in the text by its placeholder, which waits for a new day.

    The text then counts as filled in with the placeholder itself: refill() replaces it once the posting has a closing day.
    """
    if not day:
        return
    for field in posting.TEXT_FIELDS:
        text = getattr(posting, field).replace(date_format(day, "j F Y"), CLOSING_DAY)
        setattr(posting, field, text)
    bases = {field: field_base(posting, field) for field in posting.TEXT_FIELDS}
    waiting = {field: Base(base.version, with_placeholder(base.values)) for field, base in bases.items()}
    remember_bases(posting, waiting, Base(posting.template_version, with_placeholder(posting.blank_values)))


def with_placeholder(values: Mapping[str, str]) -> dict[str, str]:
    return {**values, "closing_day": CLOSING_DAY} if "closing_day" in values else dict(values)
