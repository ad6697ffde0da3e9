import unicodedata
from functools import wraps

from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.redirects import current_by_old_slug
from careers.roles.figures.official import evidence_of
from careers.roles.forms import CompareForm, OccupationForm, RoleIndexForm
from careers.roles.guide.comparison import chosen_roles, comparison_of
from careers.roles.guide.contents import guide_of
from careers.roles.guide.structured_data import structured_guide
from careers.roles.models import Article, Item, Role


def may_read(user, role):
    """Readers see published guides; staff who may look at guides in the admin see every one."""
    return role.is_published or (user.is_staff and user.has_perm("roles.view_role"))


def role_page(view):
    """A page of one guide: found by slug, moved from an old slug, hidden from readers while it is not published."""

    @require_safe
    @wraps(view)
    def page(request, slug, **rest):
        role = Role.objects.filter(slug=slug).first() or current_by_old_slug(Role, slug)
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


@require_safe
def role_index(request):
    form = RoleIndexForm(request.GET)
    roles = form.filter(Role.objects.published()).with_live_counts().order_by(Lower("title"), "pk")
    context = {"form": form, "letters": by_letter(roles), "count": len(roles)}
    return render(request, "roles/role_index.html", context)


def by_letter(roles):
    """[(letter, [roles])]: accents do not count, and titles that start with no letter stand under “#”."""
    letters = {}
    for role in roles:
        first = unicodedata.normalize("NFD", role.title.strip())[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(role)
    return sorted(letters.items())


@role_page
def role_detail(request, role):
    evidence = evidence_of([role])[role.pk]
    guide = guide_of(role, evidence.showing(OccupationForm(request.GET, codes=evidence.codes).code))
    return show(request, "roles/role_detail.html", role, guide=guide, structured=structured_guide(role, evidence))


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
        moved = current_by_old_slug(Article, article, role=role)
        if moved is None or moved.role_id != role.pk:
            raise Http404("No such article.")
        return redirect(moved, permanent=True)
    others = role.articles.written().exclude(pk=found.pk)
    return show(request, "roles/role_article.html", role, article=found, others=others)


@require_safe
def role_compare(request):
    form = CompareForm(request.GET)
    roles = chosen_roles(form.slugs)
    comparison = comparison_of(roles) if len(roles) > 1 else None
    return render(request, "roles/role_compare.html", {"form": form, "roles": roles, "comparison": comparison})
