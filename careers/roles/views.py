"""Pages of guides that show nothing of other apps, and what the portal's views of guides share with them."""

from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.slugs import find_by_old_slug, redirect_with_query

from .models import Article, Item, Role


def may_read(user: AbstractUser | AnonymousUser, role: Role) -> bool:
    """Published guides are public; staff who may view guides in the admin may read all."""
    return role.is_published or (user.is_staff and user.has_perm("roles.view_role"))


def role_page(view):
    """For a view of one guide, which it gets in place of the slug. Redirects old slugs; 404 unless the user may read it."""

    @require_safe
    @wraps(view)
    def page(request, slug, **rest):
        role = Role.objects.filter(slug=slug).first() or find_by_old_slug(Role, slug)
        if role is None or not may_read(request.user, role):
            raise Http404("No such guide.")
        if role.slug == slug:
            response = view(request, role, **rest)
        else:
            response = redirect_with_query(request, request.resolver_match.view_name, slug=role.slug, **rest)
        if not role.is_published:
            add_never_cache_headers(response)
        return response

    return page


def render_role_page(request: HttpRequest, template_name: str, role: Role, **context: Any) -> HttpResponse:
    state = {"role": role, "preview": not role.is_published, "preview_state": role.get_status_display()}
    return render(request, template_name, state | context)


@role_page
def role_interview(request, role):
    questions = role.items.filter(kind=Item.Kind.INTERVIEW_QUESTION)
    if not questions:
        raise Http404("This guide has no interview questions.")
    return render_role_page(request, "roles/role_interview.html", role, questions=questions)


@role_page
def role_article(request, role, article):
    found = role.articles.written().filter(slug=article).first()
    if found is None:
        moved = find_by_old_slug(Article, article, role=role)
        if moved is None or moved.role_id != role.pk:
            raise Http404("No such article.")
        return redirect_with_query(request, moved)
    others = role.articles.written().exclude(pk=found.pk)
    return render_role_page(request, "roles/role_article.html", role, article=found, others=others)
