"""The links of the footer. Every page shows them, so they are read once for each state of the change counter."""

from typing import NamedTuple

from django.http import HttpRequest

from careers.changes.kept import keep

from .models import Page


class FooterLink(NamedTuple):
    title: str
    address: str


def footer_links(request: HttpRequest) -> list[FooterLink]:
    state = getattr(request, "counter_state", None)  # set by careers.page_cache.middleware for pages that it may keep
    return keep("footer links", published_links, state)


def published_links() -> list[FooterLink]:
    pages = Page.objects.published().only("title", "slug", "position")
    return [FooterLink(page.title, page.get_absolute_url()) for page in pages]
