"""The public pages of the resource directory."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.pagination import get_page
from careers.core.slugs import find_by_old_slug, redirect_with_query
from careers.geo.languages import language_name
from careers.roles.models import Role

from .forms import ResourceFacets, ResourceFilterForm, quick_links
from .models import Resource

PER_PAGE = 30


@require_safe
def resource_list(request):
    form = ResourceFilterForm(request.GET)
    published = Resource.objects.published()
    resources = form.sorted(form.filter(published)).for_cards()
    page = get_page(resources, form.criteria["page"], PER_PAGE)
    facets = ResourceFacets(form).from_database(published)
    context = {"form": form, "facets": facets, "quick_links": quick_links(form, facets, published), "page": page}
    return render(request, "resources/resource_list.html", context)


@require_safe
def resource_detail(request, slug):
    resource = _with_relations().filter(slug=slug).first()
    if resource is None:
        return _redirect_renamed(request, find_by_old_slug(Resource, slug))
    is_published = resource.state == Resource.State.PUBLISHED
    is_preview = not is_published and may_preview(request.user)
    if not is_published and not is_preview:
        return _absent(request, resource)
    context = {
        "resource": resource,
        "language": language_name(resource.language),
        "replacement": resource.replacement(),
        "preview": is_preview,
        "preview_state": resource.get_state_display(),
    }
    response = render(request, "resources/resource_detail.html", context)
    if is_preview:
        add_never_cache_headers(response)
    return response


def may_preview(user):
    return user.is_staff and user.has_perm("resources.view_resource")


def _with_relations():
    roles = Prefetch("roles", Role.objects.published().only("slug", "title"), to_attr="guides")
    return Resource.objects.select_related("category__parent").prefetch_related(roles, "skills")


def _absent(request, resource):
    """Raises Http404 for a draft. An archived resource redirects to its replacement or answers 410."""
    if resource.state == Resource.State.DRAFT:
        raise Http404("No resource is shown here.")
    if replacement := resource.replacement():
        return redirect_with_query(request, replacement)
    return render(request, "410.html", status=410)


def _redirect_renamed(request, resource):
    if resource is None or resource.state == Resource.State.DRAFT:
        raise Http404("No resource is shown here.")
    return redirect_with_query(request, resource)
