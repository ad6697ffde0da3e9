"""From a posting to a template: the page that asks for its name and whose it is."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from unfold import widgets

from careers.postings.models import PostingTemplate
from careers.postings.posting_templates.from_posting import template_from


class SaveAsTemplateForm(forms.Form):
    name = forms.CharField(max_length=120, widget=widgets.UnfoldAdminTextInputWidget)
    owner = forms.ChoiceField(
        label="For",
        choices=[("employer", "This employer alone"), ("house", "Every employer: a house template, shown to readers")],
        widget=widgets.UnfoldAdminSelectWidget,
    )

    def take_errors(self, error):
        for message in error.messages:
            self.add_error(None, message)


class SavingAsTemplate:
    """The part of the posting's admin that makes a template of it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.save_as_template_view)
        return [
            path("<int:pk>/save-as-template/", view, name="postings_posting_save_as_template"),
            *super().get_urls(),
        ]

    def may_save_as_template(self, request):
        return request.user.has_perm("postings.add_postingtemplate")

    def save_as_template_view(self, request, pk):
        if not (self.may_save_as_template(request) and self.has_view_permission(request)):
            raise PermissionDenied
        posting = self.get_object(request, str(pk))
        if posting is None:
            raise Http404
        form = SaveAsTemplateForm(request.POST if request.method == "POST" else None, initial={"name": posting.title})
        if form.is_valid() and (template := self._template_from(request, form, posting)):
            self.message_user(request, "The template is made. Read it through: what is left of this posting goes out.")
            return redirect("admin:postings_postingtemplate_change", template.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Save as template: {posting}",
            "opts": PostingTemplate._meta,
            "posting": posting,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/postings/posting/save_as_template.html", context)

    def _template_from(self, request, form, posting):
        owner = posting.employer if form.cleaned_data["owner"] == "employer" else None
        try:
            return template_from(posting, name=form.cleaned_data["name"], employer=owner, by=request.user)
        except ValidationError as error:
            form.take_errors(error)
            return None
