"""The page that builds a posting from a template, and the pages that lead to it from a guide or an employer."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from careers.core.admin.widgets import KeyAutocomplete
from careers.core.forms import FilterForm
from careers.postings.admin.pages import render_page
from careers.postings.admin.postings.acts import finding_fragment
from careers.postings.checks import blocking
from careers.postings.checks.store import keep_findings
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.postings.placeholders import KNOWN_PLACEHOLDERS, placeholders_in, template_texts
from careers.postings.posting_templates.build import build_posting, is_role_archived
from careers.roles.models import Role

from .forms import BuildForm


class EmployerSelection(FilterForm):
    """?employer=<number>: the employer the form starts with; an unknown one is ignored."""

    employer = forms.ModelChoiceField(Employer.objects.all(), required=False)


def may_build(model_admin, request: HttpRequest) -> bool:
    return request.user.has_perm("postings.add_posting") and model_admin.has_view_permission(request)


def require_may_build(model_admin, request: HttpRequest) -> None:
    if not may_build(model_admin, request):
        raise PermissionDenied


def build_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    require_may_build(model_admin, request)
    template = get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)
    employer = EmployerSelection(request.GET).criteria.get("employer")
    form = BuildForm(
        request.POST if request.method == "POST" else None,
        template=template,
        employer_widget=KeyAutocomplete(Posting._meta.get_field("employer"), model_admin.admin_site),
        initial={"employer": template.employer_id or (employer and employer.pk)},
    )
    if form.is_valid():
        try:
            posting = build_posting(**form.arguments, by=request.user)
        except ValidationError as error:
            form.add_service_error(error)
        else:
            keep_findings(posting)
            return _open_draft(model_admin, request, posting)
    used = placeholders_in(*template_texts(template))
    return render_page(
        model_admin,
        request,
        "admin/postings/postingtemplate/build.html",
        f"New posting from “{template.name}”",
        template=template,
        form=form,
        role_is_archived=is_role_archived(template),
        known_placeholders=[(name, KNOWN_PLACEHOLDERS[name]) for name in used if name in KNOWN_PLACEHOLDERS],
        media=model_admin.media + form.media,
    )


def _open_draft(model_admin, request, posting):
    url = reverse("admin:postings_posting_change", args=[posting.pk])
    if found := blocking(posting):
        listed = " ".join(finding.sentence for finding in found)
        model_admin.message_user(request, f"Draft created. Still missing: {listed}", messages.WARNING)
        return redirect(url + finding_fragment(found[0]))
    message = "Draft created, and nothing is missing. Check it, then publish it."
    model_admin.message_user(request, message)
    return redirect(url)


def build_for_role_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Lists the guide's templates; redirects if there is only one and it is a house template."""
    require_may_build(model_admin, request)
    role = get_object_or_404(Role, pk=pk)
    templates = role.templates.select_related("role", "employer")
    if len(templates) == 1 and templates[0].employer_id is None:
        return redirect("admin:postings_postingtemplate_build", templates[0].pk)
    return _choose_page(model_admin, request, f"for {role}", templates, about=f"The guide “{role}”")


def build_for_employer_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    require_may_build(model_admin, request)
    employer = get_object_or_404(Employer, pk=pk)
    templates = PostingTemplate.objects.filter(Q(employer=employer) | Q(employer__isnull=True))
    templates = templates.select_related("role", "employer").order_by("role__title", "-employer", "name")
    query = f"?employer={employer.pk}"
    return _choose_page(model_admin, request, f"at {employer}", templates, about=employer.name, query=query)


def _choose_page(model_admin, request, whose, templates, *, about, query=""):
    template, title = "admin/postings/postingtemplate/choose.html", f"New posting {whose}: choose a template"
    return render_page(model_admin, request, template, title, templates=templates, query=query, about=about)
