"""Texts and small elements for the pages of postings.

Cards are cached, because a list has twenty of them and most share their facts.
"""

from functools import cache, lru_cache
from urllib.parse import quote

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from careers.core import prose
from careers.geo.countries import place_name
from careers.postings.dates import (
    CardDates,
    age_words,
    closing_words,
    days_left,
    days_open,
    ended_words,
    own_day,
    own_moment,
)
from careers.postings.summary import headline, reach_of, reach_words, summary

register = template.Library()
register.filter(closing_words)
register.filter(days_left)
register.filter(ended_words)
register.filter(headline)
register.filter(reach_words)
register.filter(summary)

PLACES_SHOWN = COUNTRIES_SHOWN = 3  # on a card


@register.filter
def opening_day(posting):
    """'<time datetime="2026-12-13">13 Dec 2026</time>'"""
    day = own_day(posting, posting.publish_at)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day))


@register.filter
def posted(posting, at):
    """'<time datetime="2026-12-13">Posted 2 days ago</time>'"""
    day = own_day(posting, posting.publish_at)
    words = age_words(days_open(posting, timezone.localdate(at))) or date_format(day)
    return format_html('<time datetime="{}">Posted {}</time>', day.isoformat(), words)


SLOT = "<!--slot-->"  # for what a search adds: title and employer with marks, distance, extract
MARKS = {"New": "accent", "Closing soon": "warn"}  # the kinds of their badges


@register.simple_tag
def posting_cards(postings, heading, distances=None):
    """The cards of postings of `for_cards()`. `heading` is the level of their titles, `distances` {key: '12 km away'}."""
    today, distances = timezone.localdate(), distances or {}
    cards = [_card(posting, heading, today, distances.get(posting.pk)) for posting in postings]
    return prose.join_html("", cards)


def _card(posting, heading, today, distance):
    """A card is rendered once for each row and day; what a search adds is put into its slots."""
    if (kept := posting.card_html.get(heading)) is None or kept.day != today:
        kept = posting.card_html[heading] = _RenderedCard(posting, heading, today)
    if not (distance or posting.card_title or posting.card_note):
        return kept.plain
    texts = posting.card_title or posting.title, posting.card_employer or posting.employer.name
    return prose.fill_html(kept.pattern, *texts, _items((distance,)) if distance else "", _below_facts(posting))


class _RenderedCard:
    """A card as it is on one day: its `pattern`, and `plain` where a search adds nothing."""

    def __init__(self, posting, heading, day):
        dates = _dates_line(CardDates.of(posting, day)) if posting.publish_at else ""
        html = get_template("postings/_card.html").render({"posting": posting, "heading": heading, "dates": dates})
        self.pattern = html.replace("{", "{{").replace("}", "}}").replace(SLOT, "{}")
        self.day, self.texts = day, (posting.title, posting.employer.name)

    @cached_property
    def plain(self):
        return format_html(self.pattern, *self.texts, "", "")


@lru_cache(maxsize=4096)
def _dates_line(dates):
    """'New Posted 2 days ago · Closes 31 Dec'"""
    marks = [format_html('<span class="badge badge--{}">{}</span> ', MARKS[mark], mark) for mark in dates.marks]
    times = [(dates.opened_on.isoformat(), f"Posted {dates.posted_words}")]
    if dates.closes_on:
        times.append((dates.closes_on.isoformat(), f"Closes {dates.closing_words}"))
    return format_html(
        "{}" * len(marks) + "{}", *marks, format_html_join(" · ", '<time datetime="{}">{}</time>', times)
    )


def _below_facts(posting):
    """An extract where words are searched for, a note on the page of saved jobs."""
    if posting.card_note:
        return format_html('<p class="card-note">{}</p>', posting.card_note)
    extract = posting.card_extract
    return prose.fill_html('<p class="card-extract"><bdi>{}</bdi></p>', extract) if extract else ""


@register.filter
def card_facts(posting):
    """List items for a posting of `for_cards()`: 'Berlin, Germany', 'and 2 more', 'Remote in Germany', 'Full time'."""
    return _items(tuple(_facts(posting)))


@lru_cache(maxsize=4096)
def _items(texts):
    return format_html_join("\n", "<li>{}</li>", ((text,) for text in texts))


def _facts(posting):
    places = posting.card_places
    for place in places[:PLACES_SHOWN]:
        yield place_name(*place)
    if len(places) > PLACES_SHOWN:
        yield f"and {len(places) - PLACES_SHOWN} more"
    if posting.workplace:
        is_remote = posting.workplace == posting.Workplace.REMOTE
        reach = reach_of(posting, posting.card_countries, COUNTRIES_SHOWN) if is_remote else ""
        yield f"{_word(posting.Workplace, posting.workplace)} {reach}".strip()
    if posting.employment_type:
        yield _word(posting.EmploymentType, posting.employment_type)


def _word(choices, value):
    return _words(choices).get(value, value)


@cache
def _words(choices):
    """{value: label}. get_..._display() builds this table at each call."""
    return dict(choices.choices)


@register.filter
def logo_or_initials(employer):
    if logo := employer.logo_url:
        return format_html('<img class="initials" src="{}" width="48" height="48" alt="" loading="lazy">', logo)
    return _initials_element(employer.initials)


@lru_cache(maxsize=1000)
def _initials_element(initials):
    return format_html('<span class="initials" aria-hidden="true">{}</span>', initials)


@register.filter
def save_button(posting):
    """Hidden without JavaScript; saved.js shows and switches it."""
    return format_html(
        '<button type="button" class="button button--quiet save" aria-pressed="false" data-save="{0}" data-title="{1}">'
        'Save<span class="visually-hidden"> <bdi>{1}</bdi></span></button>',
        posting.pk,
        posting.title,
    )


@register.filter
def in_zone(moment, posting):
    """ISO 8601 with the UTC offset of the posting's time zone: '2026-12-13T00:00:00+01:00'."""
    return own_moment(posting, moment).isoformat(timespec="seconds")


@register.filter
def experience_words(terms):
    """The experience a posting or template asks for; '' where it is not stated."""
    if terms.months_of_experience == 0:
        return "None needed"
    return f"At least {terms.experience_text}" if terms.experience_text else ""


@register.filter
def apply_mailto(posting):
    """A mailto: address with the job in the subject."""
    subject = f"Application: {posting.title} ({posting.employer.name})"
    return f"mailto:{quote(posting.apply_email, safe='@')}?subject={quote(subject, safe='')}"
