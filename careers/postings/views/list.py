"""The list of jobs, and its landing pages for one role in one country."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.core.slugs import redirect_with_query
from careers.postings.job_list import landing_pages
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.links import place_links, quick_links
from careers.postings.job_list.results import find_jobs
from careers.postings.stats.collector import count_search_when_served


@require_safe
def posting_list(request):
    form = PostingFilterForm(request.GET)
    results = find_jobs(form, timezone.now())
    landing = landing_pages.landing_page_for(form)
    has_landing_page = landing and landing_pages.is_large_enough(results.page.paginator.count)
    context = list_context(form, results, landing.get_absolute_url() if has_landing_page else "")
    if len(form.criteria["role"]) == 1 and not landing and not results.notice:
        context["country_links"] = landing_pages.country_links(form.criteria["role"][0], results.facets)
    response = render(request, "postings/posting_list.html", context)
    if results.dropped or not results.page.paginator.count:
        count_search_when_served(response, request, form.criteria["q"])
    return response


@require_safe
def posting_landing(request, slug):
    """The list of one role in one country with facts about it; redirects to the plain list where there are too few jobs."""
    form, at = landing_pages.form_for_slug(slug, request.GET.get("page")), timezone.now()
    landing = landing_pages.landing_page_for(form) if form else None
    if landing is None:
        raise Http404("No such list of jobs.")
    results = find_jobs(form, at)
    total = results.page.paginator.count
    if results.notice or not landing_pages.is_large_enough(total):
        return redirect_with_query(request, f"{reverse('postings:list')}?{landing.query}", permanent=False)
    if slug != landing.slug:
        return redirect_with_query(request, landing)
    context = list_context(form, results, landing.get_absolute_url()) | {
        "landing": landing,
        "facts": landing_pages.landing_facts(landing, results.facets, total, at),
        "json_ld": landing_pages.breadcrumb_json_ld(landing),
    }
    return render(request, "postings/posting_list.html", context)


def list_context(form, results, landing_url):
    """`landing_url` is the landing page with the same jobs, or ''; it is then the canonical address."""
    number = results.page.number
    landing_page = f"{landing_url}?page={number}" if number > 1 else landing_url
    return {
        "form": form,
        "search": form.search,
        "results": results,
        "facets": results.facets,
        "page": results.page,
        "quick_links": quick_links(form, results.facets),
        "place_links": place_links(form) if form.area else [],
        "landing_url": landing_url,
        "canonical": landing_page if landing_url else form.search.canonical_path(number),
    }
