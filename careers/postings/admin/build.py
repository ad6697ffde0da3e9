"""From a template to a draft: the page that asks what the text cannot know, and the ways that lead there."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from careers.core.admin.base import ChoiceBox
from careers.core.forms import FilterForm
from careers.postings.admin.forms import BuildForm
from careers.postings.checks import blocking
from careers.postings.checks.store import keep_findings
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.postings.placeholders import KNOWN_BLANKS, blanks_in, template_texts
from careers.postings.posting_templates.build import build_posting, is_role_gone
from careers.roles.models import Role

from .acts import missing_query


class BuildFrom(FilterForm):
    """?employer=<number>: the employer the page starts with; an unknown one is dropped."""

    employer = forms.ModelChoiceField(Employer.objects.all(), required=False)


class BuildingPages:
    """The part of the template's admin that builds postings."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"postings_postingtemplate_{name}")

        return [
            page("<int:pk>/build/", self.build_view, "build"),
            page("build-for-role/<int:pk>/", self.build_for_role_view, "build_for_role"),
            page("build-for-employer/<int:pk>/", self.build_for_employer_view, "build_for_employer"),
            *super().get_urls(),
        ]

    def may_build(self, request):
        return request.user.has_perm("postings.add_posting") and self.has_view_permission(request)

    def build_view(self, request, pk):
        self._require_building(request)
        template = get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)
        form = BuildForm(
            request.POST if request.method == "POST" else None,
            template=template,
            employer_widget=ChoiceBox(Posting._meta.get_field("employer"), self.admin_site),
            initial={"employer": template.employer_id or chosen_employer(request)},
        )
        if form.is_valid() and (posting := self._build(request, form)):
            return self._open_draft(request, posting)
        context = {
            "template": template,
            "form": form,
            "role_is_gone": is_role_gone(template),
            "filled": [
                (name, KNOWN_BLANKS[name]) for name in blanks_in(*template_texts(template)) if name in KNOWN_BLANKS
            ],
            "media": self.media + form.media,
        }
        return self._page(request, "build", f"New posting from “{template.name}”", context)

    def _build(self, request, form):
        try:
            posting = build_posting(**form.request_for(request.user))
        except ValidationError as error:
            form.take_errors(error)
            return None
        keep_findings(posting)
        return posting

    def _open_draft(self, request, posting):
        change = reverse("admin:postings_posting_change", args=[posting.pk])
        if found := blocking(posting):
            listed = " ".join(finding.sentence for finding in found)
            self.message_user(request, f"The draft is made. Still missing: {listed}", messages.WARNING)
            return redirect(change + missing_query(found[0]))
        self.message_user(request, "The draft is made, and nothing is missing. Read it through, then publish it.")
        return redirect(change)

    def build_for_role_view(self, request, pk):
        """Straight to the role's house template where it has one alone; otherwise its templates to choose from."""
        self._require_building(request)
        role = get_object_or_404(Role, pk=pk)
        templates = role.templates.select_related("role", "employer")
        if len(templates) == 1 and templates[0].employer_id is None:
            return redirect("admin:postings_postingtemplate_build", templates[0].pk)
        context = {"templates": templates, "query": "", "about": f"The guide “{role}”"}
        return self._page(request, "choose", f"New posting for {role}: choose a template", context)

    def build_for_employer_view(self, request, pk):
        self._require_building(request)
        employer = get_object_or_404(Employer, pk=pk)
        templates = PostingTemplate.objects.filter(Q(employer=employer) | Q(employer__isnull=True))
        context = {
            "templates": templates.select_related("role", "employer").order_by("role__title", "-employer", "name"),
            "query": f"?employer={employer.pk}",
            "about": employer.name,
        }
        return self._page(request, "choose", f"New posting at {employer}: choose a template", context)

    def _require_building(self, request):
        if not self.may_build(request):
            raise PermissionDenied

    def _page(self, request, name, title, context):
        shared = {"title": title, "opts": self.opts, "media": self.media}
        context = {**self.admin_site.each_context(request), **shared, **context}
        return TemplateResponse(request, f"admin/postings/postingtemplate/{name}.html", context)


def chosen_employer(request):
    employer = BuildFrom(request.GET).criteria.get("employer")
    return employer.pk if employer else None
