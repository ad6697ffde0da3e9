"""The page of an employer, public once any posting of theirs has opened."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.forms import FilterForm
from careers.core.pagination import get_page
from careers.core.slugs import find_by_old_slug, redirect_with_query
from careers.postings.models import Employer

from .preview import may_preview


@require_safe
def employer_detail(request, slug):
    employer = Employer.objects.filter(slug=slug).first() or find_by_old_slug(Employer, slug)
    is_public = employer is not None and employer.is_public()
    if employer is None or not (is_public or may_preview(request.user)):
        raise Http404("No employer is shown here.")
    if employer.slug != slug:
        return redirect_with_query(request, employer, permanent=is_public)
    postings = employer.postings.live().newest_first().for_cards()
    page = get_page(postings, FilterForm(request.GET).criteria["page"], settings.POSTINGS_PER_PAGE)
    context = {"employer": employer, "page": page, "preview": not is_public}
    response = render(request, "postings/employer_detail.html", context)
    if not is_public:
        add_never_cache_headers(response)
    return response
