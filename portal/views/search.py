from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.postings.stats.collector import count_search_when_served
from portal.search.autocomplete import suggestions
from portal.search.forms import SearchForm, SuggestForm
from portal.search.results import search_site


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.criteria["q"]
    results = search_site(words)
    response = render(request, "portal/search.html", {"form": form, "words": words, "results": results})
    if results.dropped or not results.total:
        count_search_when_served(response, request, words)
    return response


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """JSON for the list below a search box. Not cached while the search index is unavailable."""
    criteria = SuggestForm(request.GET).criteria
    matches = suggestions(criteria["q"], jobs_only=bool(criteria["among"]))
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in matches or ()]})
    response["X-Robots-Tag"] = "noindex"
    if matches is None:
        add_never_cache_headers(response)
    return response
