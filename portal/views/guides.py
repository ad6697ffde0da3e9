"""Pages of guides that also show open jobs, resources or the posting template of a role."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.postings.job_list.pay_statistics import role_offers
from careers.postings.role_counts import with_live_counts
from careers.roles.figures.official import official_figures_of
from careers.roles.forms import CompareForm, OccupationForm
from careers.roles.guide.comparison import compare_roles, roles_by_slug
from careers.roles.guide.contents import guide_contents
from careers.roles.guide.structured_data import structured_guide
from careers.roles.models import Role
from careers.roles.views import render_role_page, role_page
from portal.guide_skills import guide_skills
from portal.pay_by_country import pay_by_country
from portal.related_content import related_content


@role_page
def role_detail(request: HttpRequest, role: Role) -> HttpResponse:
    official = official_figures_of([role])[role.pk]
    code = OccupationForm(request.GET, codes=official.codes).code
    offers = role_offers(role)
    guide = guide_contents(role, official.select(code), offers.advertised)
    context = {
        "guide": guide,
        "related": related_content(role),
        "skills": guide_skills(guide),
        "countries": pay_by_country(guide.pay, offers.countries),
        "structured": structured_guide(role, official),
    }
    return render_role_page(request, "portal/role_detail.html", role, **context)


@role_page
def role_template(request: HttpRequest, role: Role) -> HttpResponse:
    template = role.templates.house().first()
    if template is None:
        raise Http404("This role has no posting template.")
    return render_role_page(request, "portal/role_template.html", role, template=template, parts=template.text_parts)


@require_safe
def role_compare(request: HttpRequest) -> HttpResponse:
    form = CompareForm(request.GET)
    roles = roles_by_slug(with_live_counts(Role.objects.published()), form.slugs)
    comparison = compare_roles(roles) if len(roles) > 1 else None
    context = {"form": form, "roles": roles, "comparison": comparison, "canonical": canonical_comparison(roles)}
    return render(request, "portal/role_compare.html", context)


def canonical_comparison(roles: list[Role]) -> str:
    """Where search engines find this page: any two roles compared have one address. '' for one role, or more than two."""
    slugs = sorted(role.slug for role in roles)
    query = urlencode([("role", slug) for slug in slugs])
    return "" if len(slugs) not in (0, 2) else reverse("roles:compare") + (f"?{query}" if query else "")
