from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import LineField, Ordered, ProseField, Slugged, Timestamped
from careers.core.slugs import validate_title


class PageQuerySet(PublicQuerySet):
    def published(self):
        return self.filter(is_published=True)


class Page(PublicModel, Slugged, Ordered, Timestamped):
    """A text about the site at /<slug>/."""

    slug_source = "title"
    slug_fallback = "page"
    # First parts of other addresses: tests/pages/test_pages.py compares them with portal/urls.py.
    slug_reserved = frozenset(
        {
            "admin",
            "alerts",
            "favicon",
            "healthz",
            "jobs",
            "manifest",
            "media",
            "occupations",
            "resources",
            "roles",
            "search",
            "share",
            "sources",
            "static",
        }
    )

    title = models.CharField(max_length=80, validators=[validate_title])
    summary = LineField(max_length=200, blank=True, help_text="One sentence for search engines and shared links.")
    text = ProseField(
        help_text="Markdown: separate paragraphs with a blank line, start list items with - and headings with ##."
    )
    is_published = models.BooleanField(
        "published", default=False, help_text="Visitors can open the page, and the footer links to it."
    )

    history = HistoricalRecords()
    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        permissions = [("publish_page", "Can publish pages and change published ones")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])
