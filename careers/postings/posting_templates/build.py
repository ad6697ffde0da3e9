"""Postings built from templates."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction

from careers.core.money import Pay
from careers.postings.models import Employer, Posting, PostingPlace, PostingTemplate, RemoteCountry
from careers.postings.placeholders import blanks_in, filled_in, template_texts
from careers.postings.text.render import Place, own_values, rendered, values_of
from careers.roles.models import Role

from .versions import save_template

ROWS = ("employer", "role", "template")  # at hand as rows, so that they are not asked for again


@transaction.atomic
def build_posting(*, template: PostingTemplate, by, **given) -> Posting:
    """A draft, saved with its places; `given` as drafted() takes it. Raises ValidationError."""
    if not template.version:
        save_template(template, by=by)
    posting, parts = drafted(template=template, **given)
    posting._history_user = by
    posting._change_reason = f"Built from the template “{template.name}”, version {template.version}"
    posting.save()
    for part in parts:
        part.posting = posting
        part.save()
    posting.skills.set(template.skills.all())
    return posting


def drafted(
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
):
    """-> (posting, its places and countries), looked through and not saved: the template's text with its blanks filled.

    The text is a copy: a later change of the template leaves all but its locked fields as they are. `title` and `terms`
    stand in for the template's own; a term given as None is left to the template. Raises ValidationError.
    """
    if template.employer_id and template.employer_id != employer.pk:
        raise ValidationError({"employer": f"This template is for {template.employer} alone."})
    places, remote_countries = _distinct_places(places), list(dict.fromkeys(remote_countries))
    answers = own_values(blanks or {})
    refuse_unanswered(template, answers)
    posting = _draft(template, employer, pay or Pay(None, None, "", ""), closes_on, time_zone)
    for field, term in (terms or {}).items():
        if term is not None:
            setattr(posting, field, term)
    posting.clean_fields(exclude={"title", "slug", *ROWS, *posting.TEXT_FIELDS})
    _fill_texts(posting, template, title or template.title, values_of(posting, places, remote_countries), answers)
    posting.full_clean(exclude=[*ROWS, "time_zone"])  # looked up above, among hundreds
    refuse_parts(places, remote_countries)
    rows = [PostingPlace(position=position, **asdict(place)) for position, place in enumerate(places)]
    rows += [RemoteCountry(country=country) for country in remote_countries]
    return posting, rows


def refuse_unanswered(template, answers):
    """A blank declared as required has an answer, where the text uses it."""
    missing = [blank for blank in template.blanks.all() if blank.is_required and blank.name not in answers]
    used = blanks_in(*template_texts(template)) if missing else []
    if unanswered := [blank for blank in missing if blank.name in used]:
        raise ValidationError({f"blank_{blank.name}": f"{blank.spoken} is needed." for blank in unanswered})


def _distinct_places(places):
    places = [place if isinstance(place, Place) else Place(**place) for place in places]
    return list(dict.fromkeys(places))


def is_role_gone(template):
    """Readers do not open an archived guide, so a new posting does not lead there."""
    return template.role.status == Role.Status.ARCHIVED


def _draft(template, employer, pay, closes_on, time_zone):
    return Posting(
        employer=employer,
        role=None if is_role_gone(template) else template.role,
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


def _fill_texts(posting, template, title, known, answers):
    """Text and values are kept: drift is told from both. An empty value leaves the blank for the draft."""
    values = answers | {name: value for name, value in known.items() if value}
    posting.title = filled_in(title, {name: value for name, value in values.items() if name != "title"})
    posting.blank_values = values | {"title": posting.title}
    for field in template.TEXT_FIELDS:
        setattr(posting, field, rendered(getattr(template, field), posting.blank_values))


def refuse_parts(places, remote_countries):
    for place in places:
        if faults := place_faults(place):
            raise ValidationError({"places": faults})
    for country in remote_countries:
        if faults := country_faults(country):
            raise ValidationError({"remote_countries": faults})


@lru_cache(maxsize=4096)
def place_faults(place: Place):
    """A place is right or wrong by itself, in every posting: a long table asks once for each."""
    return faults_of(PostingPlace(**asdict(place)))


@lru_cache(maxsize=512)
def country_faults(country):
    return faults_of(RemoteCountry(country=country))


def faults_of(part):
    try:
        part.full_clean(exclude=["posting"])
    except ValidationError as error:
        return error.messages
    return []
