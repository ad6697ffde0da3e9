"""The page of /jobs/: found in the index, or by the database where the index cannot answer."""

import logging
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page
from django.db.models.functions import Substr

from careers.core.facets import Facet
from careers.core.pagination import numbered, page_of
from careers.postings.models import Posting
from careers.postings.search_documents import by_filter, question
from careers.search import lookup, query
from careers.search.highlight import NONE
from careers.search.sync import UnavailableError

from .form import Span
from .location_filter import Wider, wider

log = logging.getLogger(__name__)

HEAD = 4000  # characters of each text in which an extract is looked for
HEADS = {f"{name}_head": Substr(name, 1, HEAD) for name in Posting.TEXT_FIELDS}
MOST_OFFERED = 5


@dataclass(frozen=True)
class Offer:
    """Another search, and how many jobs it gives."""

    words: str
    query: str
    total: int


@dataclass(frozen=True)
class Offers:
    """For a search that finds little: `meant` is the likeliest spelling of the words, `near` are others, `fewer` leave one
    thing away."""

    meant: Offer | None = None
    near: list[Offer] = field(default_factory=list)
    fewer: list[Offer] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    page: Page
    facets: list[Facet]
    sorts: list[Span]
    offers: Offers = field(default_factory=Offers)
    wider: Wider | None = None


def listing(form, at) -> Listing:
    try:
        return _found_in_index(form, at)
    except UnavailableError as error:
        log.info("Jobs are listed without the search index: %s", error)
        return _found_in_database(form, at)


def _found_in_index(form, at):
    size = settings.POSTINGS_PER_PAGE
    asked = question(form, at=at, offset=(form.criteria["page"] - 1) * size, limit=size)
    answer = query.ask(asked)
    page = numbered(in_order(answer.pks, answer.marks), answer.total, answer.offset // size + 1, size)
    facets = form.facets_from(by_filter(answer.facets), answer.kept)
    sorts, others = form.sorts(_currency(facets)), offers(form, answer.help)
    return Listing(page, facets, sorts, others, None if answer.total else wider(form, asked))


def newest(form, at, rows, most):
    """The newest rows that the page of this search lists, however it orders them."""
    asked = replace(question(form, at=at, offset=0, limit=most), facets=(), sort=query.NEWEST, leads=None, help_below=0)
    try:
        return lookup.in_order(rows, query.ask(asked).pks)
    except UnavailableError as error:
        log.info("The newest jobs of a search are looked for without the index: %s", error)
        return list(form.filter(rows.live(at)).newest_first()[:most])


def in_order(pks, marks=NONE):
    """The cards of these postings, words marked and with an extract. One deleted this instant is left out."""
    cards = {posting.pk: posting for posting in _cards(with_heads=bool(marks)).filter(pk__in=pks)}
    if marks:
        for posting in cards.values():
            posting.card_title, posting.card_employer = marks.marked(posting.title), marks.marked(posting.employer.name)
            posting.card_extract = _extract((getattr(posting, head) for head in HEADS), marks)
    return [cards[pk] for pk in pks if pk in cards]


@cache
def _cards(with_heads):
    """Put together once rather than for every page."""
    return Posting.objects.for_cards().order_by().annotate(**(HEADS if with_heads else {}))


def _extract(texts, marks):
    return next(filter(None, map(marks.extract, texts)), "")


def _found_in_database(form, at):
    """Without relevance, marks and other words."""
    live = Posting.objects.live(at)
    postings = form.in_order(form.filter(live)).for_cards()
    page, facets = page_of(postings, form.criteria["page"], settings.POSTINGS_PER_PAGE), form.offered(live)
    return Listing(page, facets, form.sorts(_currency(facets)))


def _currency(facets):
    return next(facet.currency for facet in facets if facet.name == "pay")


# -- What else could be asked


def offers(form, answered):
    spelt = [Offer(found.text, _with_words(form, found.text), found.total) for found in answered.spelt]
    fewer = [
        Offer(_named(form, name), _without(form, name), total)
        for name, total in by_filter(answered.without).items()
        if total
    ]
    fewer += [Offer(f"only “{found.text}”", _with_words(form, found.text), found.total) for found in answered.shorter]
    fewer.sort(key=lambda offer: -offer.total)
    return Offers(spelt[0] if spelt else None, spelt[1:MOST_OFFERED], fewer[:MOST_OFFERED])


def _named(form, name):
    """'without Country: Germany or France'"""
    return f"without {form.fields[name].label}: {' or '.join(form.spoken(name).values())}"


def _without(form, name):
    gone = {name, *form.spoken_with.get(name, ())}
    return urlencode([pair for pair in form.pairs() if pair[0] not in gone])


def _with_words(form, typed):
    return urlencode([("q", typed), *(pair for pair in form.pairs() if pair[0] != "q")])
