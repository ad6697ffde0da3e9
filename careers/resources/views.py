from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.pagination import page_of
from careers.core.redirects import current_by_old_slug
from careers.geo.languages import language_name
from careers.roles.models import Role

from .forms import ResourceFilterForm
from .models import Resource

PER_PAGE = 30


@require_safe
def resource_list(request):
    form = ResourceFilterForm(request.GET)
    published = Resource.objects.published()
    resources = form.ordered(form.filter(published)).for_cards()
    page = page_of(resources, form.criteria["page"], PER_PAGE)
    context = {"form": form, "facets": form.offered(published), "page": page}
    return render(request, "resources/resource_list.html", context)


@require_safe
def resource_detail(request, slug):
    resource = _with_relations().filter(slug=slug).first()
    if resource is None:
        return _moved(current_by_old_slug(Resource, slug))
    is_published = resource.state == Resource.State.PUBLISHED
    is_preview = not is_published and may_preview(request.user)
    if not is_published and not is_preview:
        return _absent(request, resource)
    context = {
        "resource": resource,
        "language": language_name(resource.language),
        "heir": resource.heir(),
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
    """A draft was never here. An archived entry leads to what replaced it, or is gone."""
    if resource.state == Resource.State.DRAFT:
        raise Http404("No resource is shown here.")
    if heir := resource.heir():
        return redirect(heir, permanent=True)
    return render(request, "410.html", status=410)


def _moved(resource):
    if resource is None or resource.state == Resource.State.DRAFT:
        raise Http404("No resource is shown here.")
    return redirect(resource, permanent=True)
