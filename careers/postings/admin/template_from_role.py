"""From a guide to a template: the page that asks which guide, and the ways that lead there."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from unfold.decorators import action

from careers.core.admin.base import ChoiceBox
from careers.postings.models import PostingTemplate
from careers.postings.posting_templates.from_role import draft_template
from careers.roles.models import Role


class DraftForm(forms.Form):
    role = forms.ModelChoiceField(
        Role.objects.exclude(status=Role.Status.ARCHIVED),
        label="Guide",
        help_text="Its summary, responsibilities, qualifications and skills become the text; the rest stays open in braces.",
    )

    def __init__(self, *args, role_widget, **kwargs):
        super().__init__(*args, **kwargs)
        role_widget.choices = self.fields["role"].choices
        self.fields["role"].widget = role_widget


class DraftingPages:
    """The part of the template's admin that drafts templates from guides."""

    actions_list = ["draft_from_guide"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.draft_view)
        return [path("draft/<int:pk>/", view, name="postings_postingtemplate_draft"), *super().get_urls()]

    @action(description="New template from a guide", url_path="draft", permissions=["add"], icon="note_add")
    def draft_from_guide(self, request):
        return self.draft_view(request)

    def draft_view(self, request, pk=None):
        """GET asks which guide, beginning with the one in the address; POST makes the draft and opens it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = get_object_or_404(Role, pk=pk) if pk else None
        form = DraftForm(
            request.POST if request.method == "POST" else None,
            initial={"role": chosen},
            role_widget=ChoiceBox(PostingTemplate._meta.get_field("role"), self.admin_site),
        )
        if form.is_valid():
            draft = draft_template(form.cleaned_data["role"], by=request.user)
            self.message_user(request, f"The draft is made. {' '.join(draft.told)}")
            return redirect("admin:postings_postingtemplate_change", draft.template.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "New template from a guide",
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/postings/postingtemplate/draft.html", context)
