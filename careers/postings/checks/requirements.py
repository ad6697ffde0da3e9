"""Requirements a posting must meet before readers may see it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from careers.core.prose import is_blank
from careers.core.time_zones import end_of_day
from careers.postings.models import Posting
from careers.postings.placeholders import format_placeholders, placeholders_in


@dataclass(frozen=True)
class Requirement:
    """A requirement a posting does not meet: the field it concerns and what the editor should do."""

    field: str
    message: str
    rule: str = "missing"  # name of the check that reports it


def unmet_requirements(posting: Posting, at: datetime | None = None) -> list[Requirement]:
    """What keeps the posting from being published now, in the order of the form."""
    return [*unmet_field_requirements(posting, at), *unmet_place_requirements(posting)]


def unmet_field_requirements(posting: Posting, at: datetime | None = None) -> list[Requirement]:
    at = at or timezone.now()
    unmet = []
    if not posting.title.strip():
        unmet.append(Requirement("title", "Enter a title, for example Data Engineer."))
    if not posting.employer_id:
        unmet.append(Requirement("employer", "Choose an employer."))
    if is_blank(posting.description):
        unmet.append(Requirement("description", "Enter a description of the job."))
    for field in ("title", *posting.TEXT_FIELDS):
        if names := placeholders_in(getattr(posting, field)):
            unfilled = f"Not filled in: {format_placeholders(names)} in “{_label(posting, field)}”."
            unmet.append(Requirement(field, unfilled, "blank_left"))
    unmet += closing_day_errors(posting.closes_on, posting.closes_at, posting.time_zone, at)
    if not (posting.apply_url or posting.apply_email):
        unmet.append(Requirement("apply_url", "Say how to apply: enter a web address or an email address."))
    return unmet


def closing_day_errors(day: date | None, moment: datetime | None, zone: str, at: datetime) -> list[Requirement]:
    """Why a posting may not be published or extended with this closing day: it is over, or too far in the future.

    ``moment`` is the end of the day in the zone; without it only the distance is checked.
    """
    if not day:
        return []
    if moment and moment <= at:
        over = f"The closing day, {date_format(day)}, has passed. Enter a later one."
        return [Requirement("closes_on", over, "closing_day")]
    last = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=settings.POSTING_HORIZON_DAYS)
    if day > last:
        rule = f"Choose a closing day at most {settings.POSTING_HORIZON_DAYS} days away"
        return [Requirement("closes_on", f"{rule}: {date_format(last)}.", "closing_day")]
    return []


def new_closing_day_errors(day: date, zone: str, at: datetime) -> list[Requirement]:
    """For a closing day that is being set: it must be in the future, and not too far."""
    return closing_day_errors(day, None, zone, at) or closing_day_errors(day, end_of_day(day, zone), zone, at)


def unmet_place_requirements(posting: Posting) -> list[Requirement]:
    if posting.places.exists():
        return []
    unmet = place_requirement(
        posting.workplace,
        has_places=False,
        has_countries=posting.remote_countries.exists(),
        has_span=bool(posting.remote_span),
    )
    return [unmet] if unmet else []


def place_requirement(
    workplace: str, *, has_places: bool, has_countries: bool, has_span: bool = False
) -> Requirement | None:
    """Remote work needs countries, a span of time zones or a place; other work needs a place. None if this is met."""
    if has_places:
        return None
    if workplace == Posting.Workplace.REMOTE:
        where = "Say where people can work: add countries to apply from, time zones or a place."
        return None if has_countries or has_span else Requirement("remote_countries", where)
    if not workplace and has_countries:
        remote = "You have entered countries to apply from. Set the workplace to remote, or add the place of work."
        return Requirement("workplace", remote)
    return Requirement("places", "Add the place of work.")


def _label(posting: Posting, field: str) -> str:
    model_field: Any = posting._meta.get_field(field)
    return str(model_field.verbose_name)
