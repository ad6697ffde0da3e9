"""One page of /jobs/: found in the search index, or in the database where the index cannot answer."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page
from django.db.models.functions import Substr

from careers.core.facets import Facet, SearchLink
from careers.core.pagination import get_page, page_of_slice
from careers.core.prose import strip_markdown
from careers.postings.models import Posting
from careers.search import lookup, query
from careers.search.highlight import NO_HIGHLIGHTS
from careers.search.sync import SearchUnavailableError

from .facets import PostingFacets
from .form import PostingFilterForm
from .index_query import by_filter, index_question
from .links import Suggestions, sort_links, suggest
from .newest_matches import find_newest_matches, is_too_large_to_count

log = logging.getLogger(__name__)

# Extracts are taken from the beginning of each text.
SEARCHED_CHARACTERS = 4000
BEGINNINGS = {f"{name}_beginning": Substr(name, 1, SEARCHED_CHARACTERS) for name in Posting.TEXT_FIELDS}


LED_BY = {"pay": "paid", "closest": "km"}  # annotations that only jobs that lead have
OTHERS = {  # the heading of the jobs behind those that lead, by the order of the list
    "relevance": "Other matches: keywords found only in the job’s text",
    "pay": "Pay not stated, or not in {currency}",
    "closest": "Other remote jobs",
}


@dataclass(frozen=True)
class CardGroup:
    """`heading` parts these cards from those before; '' for the first ones of a list."""

    heading: str
    cards: list


@dataclass(frozen=True)
class JobResults:
    """`groups` are the cards of the page, `distances` {key: '12 km away'} of those around the place searched."""

    page: Page
    facets: list[Facet]
    sort_links: list[SearchLink]
    groups: list[CardGroup]
    distances: dict[int, str] = field(default_factory=dict)
    suggestions: Suggestions = field(default_factory=Suggestions)
    notice: str = ""  # what is missing where the index cannot answer; the facets then have no counts
    dropped: tuple[str, ...] = ()  # words and phrases without which the jobs were found: no job has all of them


def find_jobs(form: PostingFilterForm, at: datetime) -> JobResults:
    try:
        return find_in_index(form, at)
    except SearchUnavailableError as error:
        log.info("Jobs are listed without the search index: %s", error)
        return find_newest(form, at) if is_too_large_to_count(at) else find_in_database(form, at)


def find_in_index(form, at):
    size = settings.POSTINGS_PER_PAGE
    question = index_question(form, at=at, offset=(form.criteria["page"] - 1) * size, limit=size)
    answer = query.run_search(question)
    suggestions, dropped = suggest(form, question, answer), ()
    if shorter := answer.suggestions.best_shortened:
        answer, dropped = query.run_search(replace(question, text=shorter.text)), shorter.dropped
    cards = cards_in_order(answer.pks, answer.row_cache, answer.highlighter)
    page = page_of_slice(cards, answer.total, answer.offset // size + 1, size)
    facets = PostingFacets(form).from_index(by_filter(answer.facets), answer.row_cache)
    groups = _groups(form, cards, set(answer.pks[: answer.leading]))
    links = sort_links(form, _currency(facets))
    return JobResults(page, facets, links, groups, _distances(form, cards), suggestions, dropped=dropped)


def find_in_database(form, at):
    """Without relevance, highlighting and suggestions."""
    live = Posting.objects.live(at)
    postings = form.sorted_in_database(form.filter(live)).for_cards()
    page = get_page(postings, form.criteria["page"], settings.POSTINGS_PER_PAGE)
    facets, order = PostingFacets(form).from_database(live), form.order_in_database
    cards = page.object_list = list(page.object_list)
    leading = {card.pk for card in cards if order not in LED_BY or getattr(card, LED_BY[order]) is not None}
    links = sort_links(form, _currency(facets), order=order)
    return JobResults(page, facets, links, _groups(form, cards, leading), _distances(form, cards))


def find_newest(form, at):
    """A part of find_in_database() that takes about the same time on a board of any size."""
    found, size = find_newest_matches(form, at), settings.POSTINGS_PER_PAGE
    page = get_page(found.pks, form.criteria["page"], size)
    cards = load_cards(page.object_list)
    page.object_list = [cards[pk] for pk in page.object_list if pk in cards]
    links, groups = sort_links(form, "", order="newest"), [CardGroup("", page.object_list)]
    distances = _distances(form, page.object_list)
    return JobResults(page, PostingFacets(form).uncounted(), links, groups, distances, notice=found.notice)


def _groups(form, cards, leading):
    """The cards that lead, and the others under a heading that says why they come later."""
    first = [card for card in cards if card.pk in leading]
    others = [card for card in cards if card.pk not in leading]
    heading = OTHERS.get(form.order, "").format(currency=form.pay_currency)
    return [group for group in (CardGroup("", first), CardGroup(heading, others)) if group.cards]


def _distances(form, cards):
    if not form.has_centre:
        return {}
    words = {card.pk: form.area.distance_words(card.card_places) for card in cards}
    return {pk: distance for pk, distance in words.items() if distance}


def _currency(facets):
    return next(facet.currency for facet in facets if facet.name == "pay")


def newest_jobs(form, at, limit, load, name):
    """load(keys) -> {key: value} for the newest jobs the search finds; values are kept in the row cache under `name`."""
    question = replace(
        index_question(form, at=at, offset=0, limit=limit), facets=(), sort=query.NEWEST, leading=(), suggest_below=0
    )
    try:
        answer = query.run_search(question)
        pks, kept = answer.pks, answer.row_cache.setdefault(name, {})
    except SearchUnavailableError as error:
        log.info("The newest jobs of a search are looked for without the index: %s", error)
        pks, kept = find_newest_matches(form, at).pks[:limit], {}
    return lookup.kept_values(kept, pks, load)


def cards_in_order(pks, row_cache, marks=NO_HIGHLIGHTS):
    """Cards of these postings, with highlighted words and an extract. Postings deleted in the meantime are left out.

    `row_cache` is that of the search result: a card is loaded once until any of its rows changes.
    """
    if marks:
        cards = lookup.kept_values(row_cache.setdefault("cards with texts", {}), pks, load_cards_with_texts)
        return [highlighted(card, marks) for card in cards]
    return lookup.kept_values(row_cache.setdefault("cards", {}), pks, load_cards)


def load_cards(pks, postings=None):
    postings = Posting.objects.for_cards() if postings is None else postings
    return {card.pk: card for card in postings.order_by().filter(pk__in=pks)}


def load_cards_with_texts(pks):
    cards = load_cards(pks, Posting.objects.for_cards().annotate(**BEGINNINGS))
    for card in cards.values():
        card.card_texts = [strip_markdown(getattr(card, beginning)) for beginning in BEGINNINGS]
    return cards


def highlighted(card, marks):
    """A copy with the highlighted words of one search. copy.copy() takes ten times as long: it pickles the model."""
    copy = Posting.__new__(Posting)
    copy.__dict__.update(card.__dict__)
    copy.card_title, copy.card_employer = marks.highlight(card.title), marks.highlight(card.employer.name)
    copy.card_extract = next(filter(None, map(marks.extract, card.card_texts)), "")
    return copy
