"""Postings built from templates: blanks, versions, and what a posting still lacks.

A blank is a word in braces: {employer}. Case, spaces and hyphens do not matter: {Closing day} is {closing_day}.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from careers.core.blanks import BLANK
from careers.core.money import Pay
from careers.core.places import country_name, place_name
from careers.core.prose import is_blank

from .models import Employer, Posting, PostingPlace, PostingTemplate, RemoteCountry, TemplateVersion

KNOWN_BLANKS = {
    "title": "the posting's title",
    "employer": "the employer's name",
    "place": "the places, joined by “or”",
    "workplace": "on site, hybrid or remote",
    "pay": "the pay as readers see it; without pay, its sentence is left out",
    "closing_day": "the last day to apply; without one, its sentence is left out",
    "employment_type": "full time, part time and so on",
    "experience": "the experience asked for, such as 2 years; without any, its sentence is left out",
}

# A posting may do without these: the sentence that speaks of one is left out when there is nothing to say.
OPTIONAL_BLANKS = frozenset({"pay", "closing_day", "experience"})


@dataclass(frozen=True)
class Place:
    """ISO 3166-1 country, ISO 3166-2 subdivision, and a city."""

    country: str
    subdivision: str = ""
    city: str = ""

    def __str__(self):
        return place_name(self.country, self.subdivision, self.city)


@dataclass(frozen=True)
class Missing:
    """A field a posting needs before readers may see it, and what to do about it."""

    field: str
    message: str


def blank_name(word):
    return re.sub(r"[\s-]+", "_", word.strip()).lower()


def blanks_in(*texts):
    """The names of the blanks, each once, in the order in which they come."""
    return list(dict.fromkeys(blank_name(match[1]) for text in texts for match in BLANK.finditer(text or "")))


def filled_in(text, values: Mapping[str, str]):
    """The text with each blank that has a value filled in; other blanks stay as they are."""
    return BLANK.sub(lambda match: values.get(blank_name(match[1])) or match[0], text or "")


def without_unsaid(text, values: Mapping[str, str]):
    """The text without the sentences that speak of pay, closing day or experience where none is given."""
    unsaid = {name for name in OPTIONAL_BLANKS if not values.get(name)}
    lines = []
    for line in (text or "").splitlines():
        sentences = re.split(r"(?<=[.!?])\s+", line)
        said = [sentence for sentence in sentences if not unsaid.intersection(blanks_in(sentence))]
        if said == sentences or any(says_something(sentence) for sentence in said):
            lines.append(" ".join(said) if len(said) < len(sentences) else line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def says_something(text):
    return any(character.isalnum() for character in text)


def lone_braces(text):
    """The pieces of the text where a brace has no partner, shortened for a message."""
    pieces, opened = [], None
    for index, character in enumerate(text or ""):
        if character == "{":
            if opened is not None:
                pieces.append(text[opened : opened + 20])
            opened = index
        elif character == "}":
            if opened is None:
                pieces.append(text[max(0, index - 19) : index + 1])
            opened = None
    return pieces if opened is None else [*pieces, text[opened : opened + 20]]


def template_texts(template):
    return [template.title, *(getattr(template, field) for field in template.TEXT_FIELDS)]


def values_of(posting, places: Iterable[Place], remote_countries: Iterable[str] = ()):
    """What the known blanks stand for here; '' where that is not known. Remote work without a place names its countries."""
    where = [str(place) for place in places] or [country_name(country) for country in remote_countries]
    return {
        "title": posting.title,
        "employer": posting.employer.name,
        "place": " or ".join(where),
        "workplace": posting.get_workplace_display().lower(),
        "pay": str(posting.pay) if posting.pay_currency and posting.pay_period else "",
        "closing_day": date_format(posting.closes_on, "j F Y") if posting.closes_on else "",
        "employment_type": posting.get_employment_type_display().lower(),
        "experience": posting.experience_text,
    }


@transaction.atomic
def save_template(template, *, by):
    """Save; when the text differs from the newest version kept, keep it as the next version."""
    if template.pk:
        PostingTemplate.objects.select_for_update().filter(pk=template.pk).first()
    newest = template.versions.first() if template.pk else None
    texts = {field: getattr(template, field) for field in template.TEXT_FIELDS}
    changed = newest is None or any(getattr(newest, field) != text for field, text in texts.items())
    template.version = (newest.number if newest else 0) + changed
    template._history_user = by
    template.save()
    if changed:
        TemplateVersion.objects.create(template=template, number=template.version, made_by=by, **texts)
    return template


@transaction.atomic
def build_posting(
    *,
    template: PostingTemplate,
    employer: Employer,
    places: Iterable[Place | Mapping] = (),
    remote_countries: Iterable[str] = (),
    title: str | None = None,
    terms: Mapping | None = None,
    pay: Pay | None = None,
    closes_on: date | None = None,
    time_zone: str = "UTC",
    blanks: Mapping[str, str] | None = None,
    by,
) -> Posting:
    """A draft with the template's text, its blanks filled as far as they are known.

    The text is a copy: a later change of the template leaves the posting as it is. `title` and `terms` stand in for the
    template's own; a term given as None is left to the template. Raises ValidationError.
    """
    if template.employer_id and template.employer_id != employer.pk:
        raise ValidationError({"employer": f"This template is for {template.employer} alone."})
    if not template.version:
        save_template(template, by=by)
    places, remote_countries = _distinct_places(places), list(dict.fromkeys(remote_countries))
    posting = _draft(template, employer, pay or Pay(None, None, "", ""), closes_on, time_zone)
    for field, term in (terms or {}).items():
        if term is not None:
            setattr(posting, field, term)
    posting.clean_fields(exclude={"title", "slug", *posting.TEXT_FIELDS})
    known = values_of(posting, places, remote_countries)
    _fill_texts(posting, template, title or template.title, known, blanks or {})
    posting.full_clean()
    posting._history_user = by
    posting._change_reason = f"Built from the template “{template.name}”, version {template.version}"
    posting.save()
    for position, place in enumerate(places):
        _add(PostingPlace(posting=posting, position=position, **asdict(place)))
    for country in remote_countries:
        _add(RemoteCountry(posting=posting, country=country))
    posting.skills.set(template.skills.all())
    return posting


def _distinct_places(places):
    places = [place if isinstance(place, Place) else Place(**place) for place in places]
    return list(dict.fromkeys(places))


def _draft(template, employer, pay, closes_on, time_zone):
    return Posting(
        employer=employer,
        role=template.role,
        template=template,
        template_version=template.version,
        closes_on=closes_on,
        time_zone=time_zone,
        pay_min=pay.low,
        pay_max=pay.high,
        pay_currency=pay.currency,
        pay_period=pay.period,
        **{field: getattr(template, field) for field in template.TERM_FIELDS},
    )


def _fill_texts(posting, template, title, known, blanks):
    """Known blanks win over an editor's own of the same name; an empty value leaves the blank for the draft."""
    own = {blank_name(name): value.strip() for name, value in blanks.items()}
    values = {**own, **{name: value for name, value in known.items() if value}}
    posting.title = filled_in(title, {name: value for name, value in values.items() if name != "title"})
    values["title"] = posting.title
    for field in template.TEXT_FIELDS:
        setattr(posting, field, filled_in(without_unsaid(getattr(template, field), values), values))


def _add(row):
    try:
        row.full_clean()
    except ValidationError as error:
        name = "places" if isinstance(row, PostingPlace) else "remote_countries"
        raise ValidationError({name: error.messages}) from error
    row.save()


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
            words = ", ".join(f"{{{name}}}" for name in names)
            lacks.append(Missing(field, f"Not filled in: {words} in “{_label(posting, field)}”."))
    lacks += closing_faults(posting.closes_on, posting.closes_at, posting.time_zone, at)
    if not (posting.apply_url or posting.apply_email):
        lacks.append(Missing("apply_url", "There is no way to apply: give an address or an e-mail address."))
    return lacks


def closing_faults(day, moment, zone, at):
    """Why a posting may not be published or extended with this closing day."""
    if not day:
        return []
    if moment and moment <= at:
        return [Missing("closes_on", f"The closing day, {date_format(day, 'j F Y')}, is over.")]
    last = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=settings.POSTING_HORIZON_DAYS)
    if day > last:
        rule = f"The closing day may be at most {settings.POSTING_HORIZON_DAYS} days away"
        return [Missing("closes_on", f"{rule}: {date_format(last, 'j F Y')}.")]
    return []


def missing_places(posting):
    """Remote work needs the countries people may apply from, or a place; other work needs its place."""
    if posting.places.exists():
        return []
    has_countries = posting.remote_countries.exists()
    if posting.workplace == Posting.Workplace.REMOTE:
        unsaid = Missing("remote_countries", "No country is named from which people may apply, and no place.")
        return [] if has_countries else [unsaid]
    if not posting.workplace and has_countries:
        return [
            Missing("workplace", "Countries to apply from are named: say that the work is remote, or name its place.")
        ]
    return [Missing("places", "No place is named.")]


def _label(posting, field):
    return str(posting._meta.get_field(field).verbose_name)
