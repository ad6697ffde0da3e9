from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.slugs import find_by_old_slug

from .models import Article, Item, Role


def may_read(user, role):
    """Readers see published guides; staff who may look at guides in the admin see every one."""
    return role.is_published or (user.is_staff and user.has_perm("roles.view_role"))


def role_page(view):
    """A page of one guide: found by slug, moved from an old slug, hidden from readers while it is not published."""

    @require_safe
    @wraps(view)
    def page(request, slug, **rest):
        role = Role.objects.filter(slug=slug).first() or find_by_old_slug(Role, slug)
        if role is None or not may_read(request.user, role):
            raise Http404("No such guide.")
        if role.slug == slug:
            response = view(request, role, **rest)
        else:
            response = redirect(request.resolver_match.view_name, permanent=True, slug=role.slug, **rest)
        if not role.is_published:
            add_never_cache_headers(response)
        return response

    return page


def show(request, template_name, role, **context):
    state = {"role": role, "preview": not role.is_published, "preview_state": role.get_status_display()}
    return render(request, template_name, state | context)


@role_page
def role_template(request, role):
    template = role.templates.house().first()
    if template is None:
        raise Http404("This role has no posting template.")
    return show(request, "roles/role_template.html", role, template=template, parts=template.text_parts)


@role_page
def role_interview(request, role):
    questions = role.items.filter(kind=Item.Kind.INTERVIEW_QUESTION)
    if not questions:
        raise Http404("This guide has no interview questions.")
    return show(request, "roles/role_interview.html", role, questions=questions)


@role_page
def role_article(request, role, article):
    found = role.articles.written().filter(slug=article).first()
    if found is None:
        moved = find_by_old_slug(Article, article, role=role)
        if moved is None or moved.role_id != role.pk:
            raise Http404("No such article.")
        return redirect(moved, permanent=True)
    others = role.articles.written().exclude(pk=found.pk)
    return show(request, "roles/role_article.html", role, article=found, others=others)
