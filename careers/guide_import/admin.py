"""“Import an article” in the admin: upload or paste an article, preview the outcome, then create the draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action

from careers.core.admin.widgets import KeyAutocomplete
from careers.core.ids import is_row_id
from careers.roles.models import Article

from .forms import ArticleForm
from .pipeline import ImportResult, import_article, preview_import
from .report import build_report
from .text.blocks import ArticleError

PAGE = "admin:roles_role_import_article"
MAX_CHOICES = 600  # paragraphs; a list of places beside each would make a longer page too heavy


class ArticleImportMixin:
    """Two views for the admin of guides: the import page, and a link from a guide to it."""

    actions_list = ["import_article"]

    def has_import_article_permission(self, request, obj=None):
        return self.has_add_permission(request) and request.user.has_perm("occupations.add_source")

    @action(
        description="Import an article", url_path="import-article", permissions=["import_article"], icon="upload_file"
    )
    def import_article(self, request: HttpRequest) -> HttpResponse:
        """A POST with `_make` writes; any other POST, or one that cannot be written, shows a preview."""
        form = self._article_form(request)
        preview = None
        if form.is_bound and form.is_valid():
            if "_make" in request.POST and (result := self._import(request, form)):
                return redirect("admin:roles_role_change", result.changes.role.pk)
            preview = self._preview(form)
        return self._article_page(request, form, preview)

    @action(description="Add an article", url_path="add-article", permissions=["import_article"], icon="upload_file")
    def add_article(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(f"{reverse(PAGE)}?guide={object_id}")

    def _article_form(self, request):
        widget = KeyAutocomplete(Article._meta.get_field("role"), self.admin_site)
        if request.method == "POST":
            return ArticleForm(request.POST, request.FILES, guide_widget=widget)
        guide = request.GET.get("guide", "")
        return ArticleForm(guide_widget=widget, initial={"guide": guide if is_row_id(guide) else None})

    def _preview(self, form: ArticleForm) -> ImportResult | None:
        try:
            result = preview_import(form.cleaned_data["article"], form.details, places=form.places)
            form.keep_article()
        except (ArticleError, ValidationError) as error:
            if not form.non_field_errors():  # “Create draft” has said it already
                form.add_error(None, getattr(error, "messages", [str(error)]))
            return None
        return result

    def _import(self, request, form):
        try:
            result = import_article(form.cleaned_data["article"], form.details, places=form.places, by=request.user)
        except (ArticleError, ValidationError) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
            return None
        for sentence in build_report(result).summary:
            self.message_user(request, sentence, messages.SUCCESS)
        return result

    def _article_page(self, request, form, preview):
        context = {
            **self.admin_site.each_context(request),
            "title": "Import an article",
            "opts": self.opts,
            "form": form,
            "report": build_report(preview, form.places) if preview else None,
            "may_choose_places": preview is not None and len(preview.draft.outcomes) <= MAX_CHOICES,
            "changes": preview.changes if preview else None,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/guide_import/import_article.html", context)
