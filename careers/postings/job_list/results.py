"""One page of /jobs/: found in the search index, or in the database where the index cannot answer."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page
from django.db.models.functions import Substr

from careers.core.facets import Facet
from careers.core.pagination import get_page, page_of_slice
from careers.postings.models import Posting
from careers.search import lookup, query
from careers.search.highlight import NO_HIGHLIGHTS
from careers.search.sync import SearchUnavailableError

from .facets import PostingFacets
from .form import PostingFilterForm
from .index_query import by_filter, index_question
from .links import SearchLink, Suggestions, sort_links, suggest

log = logging.getLogger(__name__)

# Extracts are taken from the beginning of each text.
SEARCHED_CHARACTERS = 4000
BEGINNINGS = {f"{name}_beginning": Substr(name, 1, SEARCHED_CHARACTERS) for name in Posting.TEXT_FIELDS}


@dataclass(frozen=True)
class JobResults:
    page: Page
    facets: list[Facet]
    sort_links: list[SearchLink]
    suggestions: Suggestions = field(default_factory=Suggestions)
    dropped: tuple[str, ...] = ()  # words and phrases without which the jobs were found: no job has all of them


def find_jobs(form: PostingFilterForm, at: datetime) -> JobResults:
    try:
        return find_in_index(form, at)
    except SearchUnavailableError as error:
        log.info("Jobs are listed without the search index: %s", error)
        return find_in_database(form, at)


def find_in_index(form, at):
    size = settings.POSTINGS_PER_PAGE
    question = index_question(form, at=at, offset=(form.criteria["page"] - 1) * size, limit=size)
    answer = query.run_search(question)
    suggestions, dropped = suggest(form, question, answer), ()
    if shorter := answer.suggestions.best_shortened:
        answer, dropped = query.run_search(replace(question, text=shorter.text)), shorter.dropped
    page = page_of_slice(cards_in_order(answer.pks, answer.highlighter), answer.total, answer.offset // size + 1, size)
    facets = PostingFacets(form).from_index(by_filter(answer.facets), answer.row_cache)
    return JobResults(page, facets, sort_links(form, _currency(facets)), suggestions, dropped)


def find_in_database(form, at):
    """Without relevance, highlighting and suggestions."""
    live = Posting.objects.live(at)
    postings = form.sorted_in_database(form.filter(live)).for_cards()
    page = get_page(postings, form.criteria["page"], settings.POSTINGS_PER_PAGE)
    facets = PostingFacets(form).from_database(live)
    return JobResults(page, facets, sort_links(form, _currency(facets)))


def _currency(facets):
    return next(facet.currency for facet in facets if facet.name == "pay")


def newest_jobs(form, at, postings, limit):
    """The newest of `postings` that the search finds, in whatever order its page lists them."""
    question = replace(
        index_question(form, at=at, offset=0, limit=limit), facets=(), sort=query.NEWEST, leading=None, suggest_below=0
    )
    try:
        return lookup.rows_in_order(postings, query.run_search(question).pks)
    except SearchUnavailableError as error:
        log.info("The newest jobs of a search are looked for without the index: %s", error)
        return list(form.filter(postings.live(at)).newest_first()[:limit])


def cards_in_order(pks, marks=NO_HIGHLIGHTS):
    """Cards of these postings, with highlighted words and an extract. Postings deleted in the meantime are left out."""
    postings = Posting.objects.for_cards().order_by().filter(pk__in=pks)
    if not marks:
        cards = {posting.pk: posting for posting in postings}
    else:
        cards = {posting.pk: highlighted(posting, marks) for posting in postings.annotate(**BEGINNINGS)}
    return [cards[pk] for pk in pks if pk in cards]


def highlighted(posting, marks):
    posting.card_title, posting.card_employer = marks.highlight(posting.title), marks.highlight(posting.employer.name)
    extracts = (marks.extract(getattr(posting, beginning)) for beginning in BEGINNINGS)
    posting.card_extract = next(filter(None, extracts), "")
    return posting
