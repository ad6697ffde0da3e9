"""Links from the list of /jobs/ to other searches: another order, filter or place, and suggestions where little is found."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from careers.core.facets import Facet, SearchLink
from careers.geo.place_search import other_places
from careers.search.query import SearchRequest, run_search

from .form import PostingFilterForm
from .index_query import by_filter
from .location_filter import RADII, REMOTE
from .pay_filter import OR_MORE, PayFacet, has_amount

MAX_SUGGESTIONS = 5


@dataclass(frozen=True)
class Suggestions:
    """For a search that finds little: `best_spelling` is the likeliest spelling of the words, `spellings` are others,
    `fewer_filters` leave out one filter or all words but some, `larger_radius` is the next radius that finds any job."""

    best_spelling: SearchLink | None = None
    spellings: list[SearchLink] = field(default_factory=list)
    fewer_filters: list[SearchLink] = field(default_factory=list)
    larger_radius: SearchLink | None = None


# -- Another order, filter or place


def sort_links(form: PostingFilterForm, currency: str, order: str | None = None) -> list[SearchLink]:
    """One for each order that makes sense; by pay in this currency, if there is one. `order` is that of the list where it is
    not the one asked for."""
    current = order or form.order
    choices = {"newest": "newest"}
    if form.criteria["q"]:
        choices = {"relevance": "best match"} | choices
    if form.has_centre:
        choices["closest"] = "closest"
    if currency:
        choices["pay"] = f"pay in {currency}"
    default = next(iter(choices))
    return [
        SearchLink(label, _query_sorted_by(form, choice, default, currency), is_chosen=choice == current)
        for choice, label in choices.items()
    ]


def _query_sorted_by(form, order, default, currency):
    pairs = [pair for pair in form.pairs() if pair[0] != "sort"]
    if order == "pay":
        pairs = [*(pair for pair in pairs if pair[0] != "currency"), ("currency", currency)]
    elif not has_amount(pairs):
        pairs = [pair for pair in pairs if pair[0] != "currency"]
    return urlencode(pairs if order == default else [*pairs, ("sort", order)])


def quick_links(form: PostingFilterForm, facets: list[Facet]) -> list[SearchLink]:
    """Remote jobs, and jobs from an amount on, in one step; only filters of which nothing is chosen yet."""
    by_name = {facet.name: facet for facet in facets}
    links, pay = [], by_name["pay"]
    if not form.criteria["workplace"] and any(option.value == REMOTE for option in by_name["workplace"].options):
        links.append(SearchLink("Remote", _query_with(form, workplace=REMOTE)))
    if not form.criteria["pay"] and isinstance(pay, PayFacet) and pay.amounts:
        before, after = _query_with(form, pay="*", currency=pay.currency).split("pay=%2A")
        links += [
            SearchLink(f"{option.label.removesuffix(OR_MORE)}+", f"{before}pay={option.value}{after}")
            for option in pay.amounts
        ]
    return links


def place_links(form: PostingFilterForm) -> list[SearchLink]:
    """Other places of the same name."""
    return [
        SearchLink(place.search_text, _query_near(form, place.search_text))
        for place in other_places(form.criteria["near"])
    ]


def _query_near(form, text, km=None):
    """This search around another place, or with another radius."""
    return _query_with(form, near=text, **({"within": str(km)} if km else {}))


def _query_with(form, **changed):
    """This search with other values of these fields, in the order of the form's fields."""
    values = defaultdict(list, {name: [value] for name, value in changed.items()})
    for name, value in form.pairs():
        if name not in changed:
            values[name].append(value)
    return urlencode([(name, value) for name in form.fields if name in values for value in values[name]])


# -- Suggestions


def suggest(form: PostingFilterForm, question: SearchRequest, answer) -> Suggestions:
    """`answer` is the index's answer to `question`."""
    spellings = [_link_with_words(form, spelling) for spelling in answer.suggestions.corrected]
    return Suggestions(
        spellings[0] if spellings else None,
        spellings[1:MAX_SUGGESTIONS],
        _fewer_filters(form, answer.suggestions)[:MAX_SUGGESTIONS],
        None if answer.total else suggest_larger_radius(form, question),
    )


def _fewer_filters(form, help):
    links = [
        SearchLink(_without_label(form, name), _query_without(form, name), total)
        for name, total in by_filter(help.without).items()
        if total
    ]
    links += [_link_with_words(form, words, f"if you remove {quoted(words.dropped)}") for words in help.shortened]
    return sorted(links, key=lambda link: -link.total)


def quoted(words):
    """'“a” and “b”'"""
    *most, last = [f"“{word}”" for word in words]
    return f"{', '.join(most)} and {last}" if most else last


def _without_label(form, name):
    """'if you remove Country: Germany or France'"""
    return f"if you remove {form.fields[name].label}: {' or '.join(form.chosen(name).values())}"


def _query_without(form, name):
    dropped = {name, *form.dependents.get(name, ())}
    return urlencode([pair for pair in form.pairs() if pair[0] not in dropped])


def _link_with_words(form, rewording, label=""):
    query = urlencode([("q", rewording.text), *(pair for pair in form.pairs() if pair[0] != "q")])
    return SearchLink(label or rewording.text, query, rewording.total)


def suggest_larger_radius(form: PostingFilterForm, question: SearchRequest) -> SearchLink | None:
    """The next larger radius that finds any job; None where there is none. `question` is the one that found nothing."""
    if not form.area or not form.area.km:
        return None
    for km in (km for km in RADII if km > form.area.km):
        chosen = {**question.filters, "near": replace(form.area, km=km).index()}
        if total := run_search(replace(question, filters=chosen, facets=(), offset=0, limit=1, suggest_below=0)).total:
            return SearchLink(f"{km} km", _query_near(form, form.criteria["near"], km), total)
    return None
