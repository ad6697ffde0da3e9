"""The links of the footer. Every page shows them, so they are read once for each state of the change counter."""

from typing import Any

from django.http import HttpRequest

from .models import Page

_kept: tuple[Any, list[Page]] = (None, [])


def footer_pages(request: HttpRequest) -> list[Page]:
    global _kept
    state = getattr(request, "counter_state", None)  # set by careers.page_cache.middleware
    if state is None:
        return published_pages()
    known, pages = _kept
    if known != state:
        pages = published_pages()
        _kept = (state, pages)
    return pages


def published_pages() -> list[Page]:
    return list(Page.objects.published().only("title", "slug", "position"))
