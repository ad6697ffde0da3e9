"""The results of /search/: guides, jobs, occupations and resources that match, in groups."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from careers.occupations.lookup import find_occupations, title_matches
from careers.occupations.models import Occupation
from careers.occupations.search_documents import OCCUPATION
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.index_query import SUGGEST_BELOW, index_question, place_meanings
from careers.postings.models import Posting
from careers.postings.role_counts import with_live_counts
from careers.postings.search_documents import KIND as POSTING
from careers.resources.forms import ResourceFilterForm
from careers.resources.models import Resource
from careers.resources.search_documents import KIND as RESOURCE
from careers.roles.models import AlternateTitle, Role
from careers.roles.occupation_guides import with_guides
from careers.roles.search_documents import GUIDE
from careers.search.conditions import Terms
from careers.search.lookup import rows_in_order
from careers.search.parser import is_unsearchable
from careers.search.query import SearchRequest, Suggestions, run_search
from careers.search.spelling import SuggestedSearch
from careers.search.sync import SearchUnavailableError
from careers.search.text import normalize_title

from .existing import Existing, what_exists
from .pay_answer import PayAnswer, answer_pay
from .pay_question import PayQuestion, read_pay_question

log = logging.getLogger(__name__)
ROWS_PER_GROUP = 5
KINDS = (GUIDE, POSTING, OCCUPATION, RESOURCE)
TotalAndRows = tuple[int, list]  # the number of results, and the first of them


@dataclass(frozen=True)
class ResultGroup:
    """Results of one kind: the first rows, the number of all, and the address of the full list."""

    name: str
    kind: str
    count: int
    rows: list
    address: str
    note: str = ""
    words: str = ""  # what was searched for, where the note speaks of it


@dataclass(frozen=True)
class SearchResults:
    """`best` is the guide whose name was typed exactly; `also_called` is that name if it is not the guide's title.

    Where little was found, `spellings` are likelier spellings of the words. Where nothing has all of the words, the results are
    those without the words of `dropped`. `pay` answers a search that asks for pay. Where nothing at all was found, `existing`
    says what the site has.
    """

    groups: list[ResultGroup] = field(default_factory=list)
    best: Role | None = None
    also_called: str = ""
    spellings: list[SuggestedSearch] = field(default_factory=list)
    dropped: tuple[str, ...] = ()
    is_unsearchable: bool = False
    pay: PayAnswer | None = None
    existing: Existing | None = None

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups)


def search_site(words: str, at: datetime | None = None) -> SearchResults:
    """Asks the search index; while that is unavailable, the database."""
    if not words or is_unsearchable(words):
        return SearchResults(is_unsearchable=bool(words), existing=what_exists(words) if words else None)
    at = at or timezone.now()
    results = search_groups(words, at)
    if question := read_pay_question(words):
        results = with_pay(results, question, at)
    if results.total >= SUGGEST_BELOW:
        return results
    help = suggestions_for(words, at)
    if not results.total and help.best_shortened:
        shortened = search_groups(help.best_shortened.text, at)
        return replace(shortened, dropped=help.best_shortened.dropped, pay=results.pay)
    existing = None if results.total or results.pay else what_exists(words)
    return replace(results, spellings=help.corrected, existing=existing)


def with_pay(results: SearchResults, question: PayQuestion, at: datetime) -> SearchResults:
    """With the answer to a question about pay. Where nothing has all of the words, those that ask for pay are left out."""
    answer = answer_pay(question, guides_for(question.title, at), at)
    if not results.total:
        others = search_groups(question.without_pay, at)
        if others.total:
            return replace(others, dropped=question.pay_words, pay=answer)
    return replace(results, pay=answer)


def guides_for(title: str, at: datetime) -> list[Role]:
    """Guides for a job title, the one of exactly this title alone if there is one; else those that share most of its words."""
    try:
        _, guides = search_guides(title, at)
        if not guides and (shortened := suggestions_for(title, at, GUIDE).best_shortened):
            return search_guides(shortened.text, at)[1]
    except SearchUnavailableError:
        guides = list(guides_in_database(title)[:ROWS_PER_GROUP])
    best, _ = exact_guide(guides, title)
    return [best] if best else guides


def suggestions_for(words: str, at: datetime, kinds: str | tuple[str, ...] = KINDS) -> Suggestions:
    """Empty while the index is unavailable."""
    try:
        request = SearchRequest(
            kinds, words, limit=1, at=at, suggest_below=SUGGEST_BELOW, meanings=place_meanings(words)
        )
        return run_search(request).suggestions
    except SearchUnavailableError:
        return Suggestions()


def search_groups(words: str, at: datetime) -> SearchResults:
    criteria = QueryDict(mutable=True)
    criteria["q"] = words
    try:
        guides, postings, resources = search_index(words, criteria, at)
    except SearchUnavailableError as error:
        log.warning("The site is searched without the index: %s", error)
        guides, postings, resources = search_database(words, criteria)
    query = criteria.urlencode()
    best, also_called = exact_guide(guides[1], words)
    groups = [
        ResultGroup("Role guides", "role", *guides, f"{reverse('roles:index')}?{query}"),
        ResultGroup("Jobs", "posting", *postings, f"{reverse('postings:list')}?{query}"),
        occupation_group(words, query),
        ResultGroup("Resources", "resource", *resources, f"{reverse('resources:list')}?{query}"),
    ]
    return SearchResults(groups, best, also_called)


# -- Guides, postings and resources


def search_guides(words: str, at: datetime) -> TotalAndRows:
    """Those called exactly this come first. Raises SearchUnavailableError."""
    called = run_search(
        SearchRequest(GUIDE, filters={"called": Terms("exact_title", spellings(words))}, limit=ROWS_PER_GROUP)
    ).pks
    guides = run_search(SearchRequest(GUIDE, words, limit=ROWS_PER_GROUP))
    first = list(dict.fromkeys([*called, *guides.pks]))[:ROWS_PER_GROUP]
    return max(guides.total, len(called)), rows_in_order(with_live_counts(Role.objects.published(), at), first)


def search_index(words: str, criteria: QueryDict, at: datetime) -> tuple[TotalAndRows, TotalAndRows, TotalAndRows]:
    postings = run_search(
        replace(
            index_question(PostingFilterForm(criteria), at=at, offset=0, limit=ROWS_PER_GROUP),
            facets=(),
            suggest_below=0,
        )
    )
    resources = run_search(SearchRequest(RESOURCE, words, limit=ROWS_PER_GROUP))
    return (
        search_guides(words, at),
        (postings.total, rows_in_order(Posting.objects.for_cards(), postings.pks)),
        (resources.total, rows_in_order(Resource.objects.published(), resources.pks)),
    )


def spellings(words: str) -> tuple[str, ...]:
    """The words as whole titles are indexed, also without a plural s."""
    typed = normalize_title(words)
    return tuple(filter(None, dict.fromkeys([typed, typed.removesuffix("s")])))


def search_database(words: str, criteria: QueryDict) -> tuple[TotalAndRows, TotalAndRows, TotalAndRows]:
    postings = PostingFilterForm(criteria).filter(Posting.objects.live()).newest_first().for_cards()
    resources = ResourceFilterForm(criteria).filter(Resource.objects.published()).order_by("name", "pk")
    guides = guides_in_database(words)
    return (
        (guides.count(), list(guides[:ROWS_PER_GROUP])),
        (postings.count(), list(postings[:ROWS_PER_GROUP])),
        (resources.count(), list(resources[:ROWS_PER_GROUP])),
    )


def guides_in_database(words: str) -> QuerySet[Role]:
    """Guides with the words in their title come first, then those with the words in an alternate title, then the rest."""
    other = AlternateTitle.objects.filter(role=OuterRef("pk"), title__icontains=words)
    rank = Case(
        When(title__iexact=words, then=Value(0)),
        When(title__icontains=words, then=Value(1)),
        When(Exists(other), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    roles = Role.objects.published().matching(words)
    return with_live_counts(roles).annotate(rank=rank).order_by("rank", "title", "pk")


def exact_guide(guides: list[Role], words: str) -> tuple[Role | None, str]:
    """The guide whose title or alternate title is exactly the words, and that alternate title ("" for the main one)."""
    typed = spellings(words)
    for guide in guides:
        if normalize_title(guide.title) in typed:
            return guide, ""
    titles = AlternateTitle.objects.filter(role__in=[guide.pk for guide in guides]).values_list("role", "title")
    called = {pk: title for pk, title in titles if normalize_title(title) in typed}
    best = next((guide for guide in guides if guide.pk in called), None)
    return best, called[best.pk] if best else ""


def occupation_group(words: str, query: str) -> ResultGroup:
    """Occupations with exactly this title; if there are none, those with a title that contains the words."""
    known = find_occupations(words, Occupation.objects.listed())
    shown = (known.exact or known.others)[:ROWS_PER_GROUP]
    many = len(known.exact)
    note = f"is a job title in {many} occupation{'' if many == 1 else 's'}" if many else ""
    address = f"{reverse('occupations:index')}?{query}"
    return ResultGroup(
        "Occupations", "occupation", known.count, with_guides(title_matches(shown, words)), address, note, words
    )
