"""Builds postings from templates."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction

from careers.core.models import set_history_note, whole_first_version
from careers.core.money import Pay
from careers.postings.models import Employer, Posting, PostingPlace, PostingTemplate, RemoteCountry
from careers.postings.placeholders import placeholders_in, template_texts
from careers.postings.text.render import Place, custom_values, known_values, render_text, render_title
from careers.roles.models import Role

from .versions import save_template

FOREIGN_KEYS = ("employer", "role", "template")  # loaded already: validating them would query each again


@transaction.atomic
def build_posting(*, template: PostingTemplate, by, **arguments) -> Posting:
    """A saved draft with its places. ``arguments`` are those of draft_posting(). Raises ValidationError."""
    if not template.version:
        save_template(template, by=by)
    posting, related_rows = draft_posting(template=template, **arguments)
    reason = f"Built from the template “{template.name}”, version {template.version}"
    set_history_note(posting, by=by, reason=reason)
    with whole_first_version(posting):
        posting.save()
        for row in related_rows:
            row.posting = posting
            row.save()
        posting.skills.set(template.skills.all())
    return posting


def draft_posting(
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
    placeholder_values: Mapping[str, str] | None = None,
    apply_url: str = "",
    apply_email: str = "",
) -> tuple[Posting, list[PostingPlace | RemoteCountry]]:
    """The posting and its places and countries, validated but not saved. Raises ValidationError.

    ``title`` and ``terms`` override the template's own; a term of None does not. The text is a copy: later changes of the
    template only change its locked fields.
    """
    if template.employer_id and template.employer_id != employer.pk:
        raise ValidationError(
            {"employer": f"This template is only for {template.employer}. Choose that employer or another template."}
        )
    distinct, remote_countries = _distinct_places(places), list(dict.fromkeys(remote_countries))
    custom = custom_values(placeholder_values or {})
    require_placeholder_values(template, custom)
    posting = _draft(template, employer, pay or Pay(None, None, "", ""), closes_on, time_zone)
    posting.apply_url, posting.apply_email = apply_url, apply_email
    for field, term in (terms or {}).items():
        if term is not None:
            setattr(posting, field, term)
    posting.clean_fields(exclude={"title", "slug", *FOREIGN_KEYS, *posting.TEXT_FIELDS})
    _fill_texts(posting, template, title or template.title, known_values(posting, distinct, remote_countries), custom)
    posting.full_clean(exclude=[*FOREIGN_KEYS, "time_zone"])  # the time zone was validated above
    _validate_locations(distinct, remote_countries)
    rows: list[PostingPlace | RemoteCountry] = [
        PostingPlace(position=position, **asdict(place)) for position, place in enumerate(distinct)
    ]
    rows += [RemoteCountry(country=country) for country in remote_countries]
    return posting, rows


def require_placeholder_values(template: PostingTemplate, values: Mapping[str, str]) -> None:
    """Raises ValidationError for each required placeholder that the text uses and that has no value."""
    missing = [placeholder for placeholder in template.blanks.all() if placeholder.is_required]
    missing = [placeholder for placeholder in missing if placeholder.name not in values]
    used = placeholders_in(*template_texts(template)) if missing else []
    errors = {f"blank_{blank.name}": f"{blank.spoken} is needed." for blank in missing if blank.name in used}
    if errors:
        raise ValidationError(errors)


def _distinct_places(places):
    places = [place if isinstance(place, Place) else Place(**place) for place in places]
    return list(dict.fromkeys(places))


def is_role_archived(template: PostingTemplate) -> bool:
    """Readers cannot open an archived guide, so a new posting does not link to it."""
    return template.role.status == Role.Status.ARCHIVED


def _draft(template, employer, pay, closes_on, time_zone):
    return Posting(
        employer=employer,
        role=None if is_role_archived(template) else template.role,
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


def _fill_texts(posting, template, title, known, custom):
    """Also stores the values, from which drift is worked out. Placeholders without a value stay in the draft."""
    values = custom | {name: value for name, value in known.items() if value}
    posting.title = render_title(title, values)
    posting.blank_values = values | {"title": posting.title}
    for field in template.TEXT_FIELDS:
        setattr(posting, field, render_text(getattr(template, field), posting.blank_values))


def _validate_locations(places, remote_countries):
    for place in places:
        if errors := place_errors(place):
            raise ValidationError({"places": errors})
    for country in remote_countries:
        if errors := country_errors(country):
            raise ValidationError({"remote_countries": errors})


@lru_cache(maxsize=4096)
def place_errors(place: Place) -> list[str]:
    """Cached: a table of hundreds of postings names few different places."""
    return _errors_of(PostingPlace(**asdict(place)))


@lru_cache(maxsize=512)
def country_errors(country: str) -> list[str]:
    return _errors_of(RemoteCountry(country=country))


def _errors_of(row):
    try:
        row.full_clean(exclude=["posting"])
    except ValidationError as error:
        return error.messages
    return []
