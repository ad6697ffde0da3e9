"""A preview of Markdown beside its field: rendered by the server as visitors will see it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse

from .widgets import PreviewedTextarea

LONGEST_TEXT = 100_000  # characters
FIELD = "_preview"  # names the field whose text is shown
FRAGMENT = "_fragment"  # sent by the script, which puts the text beside the field


class PreviewedFieldsMixin:
    """For an admin or inline. Inlines use the page of the admin they belong to."""

    previewed_fields: tuple[str, ...] = ()
    preview_rows = 10

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.previewed_fields:
            kwargs["widget"] = PreviewedTextarea(self.preview_address, attrs={"rows": self.preview_rows})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @property
    def preview_address(self: Any) -> str:
        options = getattr(self, "parent_model", self.model)._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_preview")


class PreviewMixin(PreviewedFieldsMixin):
    """Adds the page of the previews to an admin with a `render_preview`, which makes safe HTML of Markdown."""

    render_preview: Callable[[str], str] | None = None

    def get_urls(self):
        if self.render_preview is None:
            return super().get_urls()
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("preview/", view, name=name), *super().get_urls()]

    def preview_view(self: Any, request: HttpRequest) -> HttpResponse:
        """POST only: the text may be long, and is in no history of addresses. Nothing is stored."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        text = request.POST.get(request.POST.get(FIELD, ""), "")
        is_long = len(text) > LONGEST_TEXT
        shown = f"This text is too long to preview. Shorten it to {LONGEST_TEXT:,} characters." if is_long else ""
        html = shown or self.render_preview(text) or "Nothing to preview yet."
        if FRAGMENT in request.POST:
            return HttpResponse(html, status=413 if is_long else 200)
        context = {**self.admin_site.each_context(request), "title": "Preview", "opts": self.opts, "html": html}
        return TemplateResponse(
            request, "admin/careers/preview.html", context | {"media": self.media}, status=413 if is_long else 200
        )
