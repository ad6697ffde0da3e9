from collections.abc import Iterable
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.geo.place_suggestions import PlaceSuggestion, suggest_places
from portal.search.autocomplete import Suggestion, suggestions
from portal.search.forms import SearchForm, SuggestForm
from portal.search.results import search_site


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.criteria["q"]
    return render(request, "portal/search.html", {"form": form, "words": words, "results": search_site(words)})


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """JSON for the list below a search box. Not cached while the search index is unavailable."""
    criteria = SuggestForm(request.GET).criteria
    matches = suggestions(criteria["q"], jobs_only=bool(criteria["among"]))
    response = suggestions_response(matches or ())
    if matches is None:
        add_never_cache_headers(response)
    return response


@require_safe
def suggest_place(request: HttpRequest) -> JsonResponse:
    """JSON for the list below a field for a location."""
    return suggestions_response(suggest_places(SuggestForm(request.GET).criteria["q"]))


def suggestions_response(matches: Iterable[Suggestion | PlaceSuggestion]) -> JsonResponse:
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in matches]})
    response["X-Robots-Tag"] = "noindex"
    return response
