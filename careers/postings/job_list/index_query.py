"""A search of /jobs/ as a question to the search index."""

from datetime import datetime

from careers.core.facets import MAX_OPTIONS
from careers.geo.place_search import place_named
from careers.postings.search_documents import KIND
from careers.search.conditions import Condition, Terms
from careers.search.parser import parse_clauses
from careers.search.query import NEWEST, RELEVANCE, WORDS, SearchRequest

from .conditions import conditions
from .location_filter import place_condition

SORTS = {"relevance": RELEVANCE, "newest": NEWEST, "pay": "pay_order", "closest": NEWEST}
INDEX_NAMES = {"pay": "band"}  # filters whose facet has another name in the index
SUGGEST_BELOW = 3  # hits


def index_question(form, *, at: datetime, offset: int, limit: int) -> SearchRequest:
    return SearchRequest(
        KIND,
        form.criteria["q"],
        {_index_name(name): condition.index() for name, condition in conditions(form, at).items()},
        tuple(_index_name(name) for name in form.facets),
        SORTS[form.order],
        offset,
        limit,
        MAX_OPTIONS,
        at,
        tie_breaker="posted",
        leading=_leading(form),
        best_first=True,
        complete_facets=("band", "country"),
        suggest_below=SUGGEST_BELOW,
        meanings=place_meanings(form.criteria["q"]),
    )


def _leading(form) -> tuple[Condition, ...]:
    if form.order == "pay":
        return (Terms("currency", (form.pay_currency,)),)
    return form.area.rings_in_index() if form.order == "closest" else ()


def place_meanings(words: str) -> dict[str, Condition]:
    """{word: condition on the place it names}: "Cologne" finds jobs in Köln, "Deutschland" those in Germany."""
    names = {" ".join(clause.words) for clause in parse_clauses(words) if not clause.is_prefix}
    return {name: place_condition(place) for name in names if (place := place_named(name))}


def _index_name(name):
    return INDEX_NAMES.get(name, name)


def by_filter(counts: dict) -> dict:
    """Counts of the index, under the names of the form."""
    names = {index_name: name for name, index_name in INDEX_NAMES.items()} | {WORDS: "q"}
    return {names.get(name, name): values for name, values in counts.items()}
