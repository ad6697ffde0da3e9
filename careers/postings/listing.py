"""The page of /jobs/: found in the index, or by the database where the index cannot answer."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page

from careers.core.facets import Facet
from careers.core.paging import numbered, page_of
from careers.search import searching
from careers.search.sync import UnavailableError

from .models import Posting
from .near import Wider, wider
from .search import question

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listing:
    page: Page
    facets: list[Facet]
    wider: Wider | None = None


def listing(form, at) -> Listing:
    try:
        return _found_in_index(form, at)
    except UnavailableError as error:
        log.info("Jobs are listed without the search index: %s", error)
        return _found_in_database(form, at)


def _found_in_index(form, at):
    size, number = settings.POSTINGS_PER_PAGE, form.criteria["page"]
    asked = question(form, at=at, offset=(number - 1) * size, limit=size)
    answer = searching.ask(asked)
    last = max(-(-answer.total // size), 1)
    if number > last:
        number = last
        answer = searching.ask(question(form, at=at, offset=(number - 1) * size, limit=size))
    page = numbered(in_order(answer.pks), answer.total, number, size)
    return Listing(page, form.facets_from(answer.facets), None if answer.total else wider(form, asked))


def in_order(pks):
    """The cards of these postings. One that was deleted this instant is left out."""
    cards = {posting.pk: posting for posting in Posting.objects.filter(pk__in=pks).for_cards()}
    return [cards[pk] for pk in pks if pk in cards]


def _found_in_database(form, at):
    live = Posting.objects.live(at)
    postings = form.filter(live).newest_first().for_cards()
    return Listing(page_of(postings, form.criteria["page"], settings.POSTINGS_PER_PAGE), form.offered(live))
