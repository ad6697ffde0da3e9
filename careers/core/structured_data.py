"""Building blocks of schema.org data."""

from collections.abc import Iterable

from django.conf import settings


def breadcrumb_list(trail: Iterable[tuple[str, str]]) -> dict:
    """A BreadcrumbList of (name, path on this site)."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + path}
        for position, (name, path) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
