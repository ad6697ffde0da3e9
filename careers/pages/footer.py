"""The links of the footer. Every page shows them, so they are read once for each state of the change counter."""

from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest

from careers.changes import counter

from .models import Page


class FooterLink(NamedTuple):
    title: str
    address: str


_kept: tuple[Any, list[FooterLink]] = (None, [])


def footer_links(request: HttpRequest) -> list[FooterLink]:
    global _kept
    if connection.in_atomic_block:
        return published_links()  # the counter's number may still be rolled back
    # set by careers.page_cache.middleware for pages that it may keep
    state = getattr(request, "counter_state", None) or counter.read_state()
    known, links = _kept
    if known != state:
        links = published_links()
        _kept = (state, links)
    return links


def published_links() -> list[FooterLink]:
    pages = Page.objects.published().only("title", "slug", "position")
    return [FooterLink(page.title, page.get_absolute_url()) for page in pages]
