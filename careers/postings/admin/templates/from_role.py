"""The page that drafts a template from a guide."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from careers.core.admin.widgets import KeyAutocomplete
from careers.postings.admin.pages import render_page
from careers.postings.models import PostingTemplate
from careers.postings.posting_templates.from_role import draft_template
from careers.roles.models import Role


class DraftForm(forms.Form):
    role = forms.ModelChoiceField(
        Role.objects.exclude(status=Role.Status.ARCHIVED),
        label="Guide",
        help_text="We use its summary, responsibilities, qualifications and skills. Everything else becomes "
        "placeholders in braces.",
    )

    def __init__(self, *args, role_widget, **kwargs):
        super().__init__(*args, **kwargs)
        role_widget.choices = self.fields["role"].choices
        self.fields["role"].widget = role_widget


def draft_view(model_admin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """GET asks which guide, starting with the one in the URL; POST saves the draft and opens it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = DraftForm(
        request.POST if request.method == "POST" else None,
        initial={"role": get_object_or_404(Role, pk=pk) if pk else None},
        role_widget=KeyAutocomplete(PostingTemplate._meta.get_field("role"), model_admin.admin_site),
    )
    if form.is_valid():
        draft = draft_template(form.cleaned_data["role"], by=request.user)
        model_admin.message_user(request, f"Draft created. {' '.join(draft.notes)}")
        return redirect("admin:postings_postingtemplate_change", draft.template.pk)
    return render_page(
        model_admin,
        request,
        "admin/postings/postingtemplate/draft.html",
        "New template from a guide",
        form=form,
        media=model_admin.media + form.media,
    )
