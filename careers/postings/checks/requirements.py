"""What a posting still lacks before readers may see it."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from careers.core.prose import is_blank
from careers.postings.models import Posting
from careers.postings.placeholders import blanks_in, spelled_out


@dataclass(frozen=True)
class Missing:
    """A field a posting needs before readers may see it, and what to do about it."""

    field: str
    message: str
    rule: str = "missing"  # the check it counts for


def missing(posting, at=None) -> list[Missing]:
    """What keeps the posting from its readers at this moment, in the order of the form."""
    return [*missing_in_fields(posting, at), *missing_places(posting)]


def missing_in_fields(posting, at=None):
    at = at or timezone.now()
    lacks = []
    if not posting.title.strip():
        lacks.append(Missing("title", "The title is empty."))
    if not posting.employer_id:
        lacks.append(Missing("employer", "No employer is named."))
    if is_blank(posting.description):
        lacks.append(Missing("description", "The description is empty."))
    for field in ("title", *posting.TEXT_FIELDS):
        if names := blanks_in(getattr(posting, field)):
            unfilled = f"Not filled in: {spelled_out(names)} in “{_label(posting, field)}”."
            lacks.append(Missing(field, unfilled, "blank_left"))
    lacks += closing_faults(posting.closes_on, posting.closes_at, posting.time_zone, at)
    if not (posting.apply_url or posting.apply_email):
        lacks.append(Missing("apply_url", "There is no way to apply: give an address or an e-mail address."))
    return lacks


def closing_faults(day, moment, zone, at):
    """Why a posting may not be published or extended with this closing day."""
    if not day:
        return []
    if moment and moment <= at:
        return [
            Missing(
                "closes_on", f"The closing day, {date_format(day, 'j F Y')}, is over. Set a later one.", "closing_day"
            )
        ]
    last = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=settings.POSTING_HORIZON_DAYS)
    if day > last:
        rule = f"The closing day may be at most {settings.POSTING_HORIZON_DAYS} days away"
        return [Missing("closes_on", f"{rule}: {date_format(last, 'j F Y')}.", "closing_day")]
    return []


def missing_places(posting):
    """Remote work needs where people may work from: countries, a span of time zones, or a place. Other work needs its place."""
    if posting.states_location():
        return []
    if posting.workplace == Posting.Workplace.REMOTE:
        unsaid = Missing(
            "remote_countries", "No country is named from which people may apply, no span of time zones, and no place."
        )
        return [] if posting.remote_span else [unsaid]
    if not posting.workplace and posting.remote_countries.exists():
        return [
            Missing("workplace", "Countries to apply from are named: say that the work is remote, or name its place.")
        ]
    return [Missing("places", "No place is named.")]


def _label(posting, field):
    return str(posting._meta.get_field(field).verbose_name)
