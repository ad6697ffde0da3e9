from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from careers.geo.place_suggestions import suggest_places
from portal.search.forms import SuggestForm


@require_safe
def suggest_place(request: HttpRequest) -> JsonResponse:
    """JSON for the list below a field for a location."""
    found = suggest_places(SuggestForm(request.GET).criteria["q"])
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
