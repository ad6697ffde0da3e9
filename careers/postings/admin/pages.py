"""Helpers for pages of our own in the admin: functions called as ``view(model_admin, request, ...)``, listed in ``pages``."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path


class PagesMixin:
    """Adds the URLs of ``pages``: (route, view, name). Each is named admin:<app>_<model>_<name>."""

    opts: Any
    admin_site: Any
    pages: Iterable[tuple[str, Callable, str]] = ()

    def get_urls(self) -> list[URLPattern]:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(route, self.admin_site.admin_view(partial(view, self)), name=f"{prefix}_{name}")
            for route, view, name in self.pages
        ]
        return [*own, *super().get_urls()]


def object_or_404(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> Any:
    row = model_admin.get_object(request, str(pk))
    if row is None:
        raise Http404
    return row


def change_view_name(model_admin: ModelAdmin) -> str:
    return f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change"


def render_page(
    model_admin: ModelAdmin, request: HttpRequest, template: str, title: str, /, **context
) -> TemplateResponse:
    shared = {"title": title, "opts": model_admin.opts, "media": model_admin.media}
    return TemplateResponse(request, template, {**model_admin.admin_site.each_context(request), **shared, **context})
