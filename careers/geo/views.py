from django.http import Http404, HttpRequest, JsonResponse

from .countries import country_names, subdivision_name
from .subdivisions import codes_in


def subdivision_list(request: HttpRequest, country: str) -> JsonResponse:
    """The names of a country's subdivisions, for the suggestions of a form."""
    if country not in country_names():
        raise Http404
    return JsonResponse({"names": sorted({subdivision_name(code) for code in codes_in(country)})})
