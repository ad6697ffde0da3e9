"""A posting in one line, for lists and previews on other sites: feeds, messengers, search engines."""

from collections.abc import Iterable

from django.utils.text import Truncator

from careers.core import prose
from careers.core.facets import join_with_or
from careers.geo.countries import country_name, country_with_article

from .models import Posting

MAX_NAMED = 3  # places, and countries of remote work
MAX_CHARACTERS = 200  # of a summary; messengers and search engines cut what is longer


def headline(posting: Posting) -> str:
    """'Data Engineer – Pebblegate Bank, Frankfurt (remote in Germany)'."""
    where = place_words(posting)
    parting = " " if where.startswith("(") else ", "
    return f"{posting.title} – {posting.employer.name}" + (f"{parting}{where}" if where else "")


def place_words(posting: Posting) -> str:
    """'Frankfurt (remote in Germany)', '(remote)'"""
    places = ", ".join(_place_names(posting))
    how = workplace_words(posting) if posting.workplace != Posting.Workplace.ONSITE else ""
    return " ".join(filter(None, [places, f"({how[0].lower()}{how[1:]})" if how else ""]))


def summary(posting: Posting) -> str:
    """'Frankfurt. Remote in Germany. Full time. €80,000 to €90,000 a year. The first words of the text…'"""
    facts = [
        ", ".join(_place_names(posting)),
        workplace_words(posting),
        posting.get_employment_type_display(),
        str(posting.pay) if posting.pay else "",
        prose.plain_text(posting.description),
    ]
    return Truncator(". ".join(fact for fact in facts if fact)).chars(MAX_CHARACTERS)


def workplace_words(posting: Posting) -> str:
    """'Remote in Germany', 'Hybrid'; '' where it is not stated."""
    is_remote = posting.workplace == Posting.Workplace.REMOTE
    codes = [remote.country for remote in posting.remote_countries.all()] if is_remote else []
    reach = reach_of(posting, codes, MAX_NAMED) if is_remote else ""
    return f"{posting.get_workplace_display()} {reach}".strip()


def reach_words(posting: Posting) -> str:
    """Where remote workers may be: 'in Germany or Spain', 'within UTC−5 to UTC+2', both, or ''."""
    return reach_of(posting, [remote.country for remote in posting.remote_countries.all()])


def reach_of(posting: Posting, country_codes: Iterable[str], at_most: int | None = None) -> str:
    parts = [f"in {_countries(country_codes, at_most)}"] if country_codes else []
    if posting.remote_span:
        parts.append(f"within {posting.remote_span}")
    return ", ".join(parts)


def _countries(codes: Iterable[str], at_most: int | None) -> str:
    """'Germany, the Netherlands or Spain'; with more than `at_most` names 'Germany or 7 more countries'."""
    names = [country_with_article(code) for code in sorted(codes, key=country_name)]
    if at_most and len(names) > at_most:
        names = [*names[: at_most - 1], f"{len(names) - at_most + 1} more countries"]
    return join_with_or(names)


def _place_names(posting: Posting) -> list[str]:
    """Cities; where none is named, the region or country. At most three, and how many more there are."""
    names = [place.city or place.place_name for place in posting.places.all()]
    return names if len(names) <= MAX_NAMED else [*names[:MAX_NAMED], f"{len(names) - MAX_NAMED} more places"]
