"""The newest live postings as RSS, Atom and JSON Feed, under the same query string as the list."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max, Q
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from .dates import own_moment
from .job_list.form import PostingFilterForm
from .job_list.results import newest_jobs
from .models import Posting
from .summary import headline

MAX_ENTRIES = 50
# Characters XML 1.0 does not allow: control characters, surrogates, two non-characters.
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PostingFeed:
    """The search of a feed at a moment, for all three formats."""

    def __init__(self, request, at=None):
        self.at = at or timezone.now()
        self.form = PostingFilterForm(request.GET)
        self.address = f"{settings.SITE_URL}{request.path}{self._query}"
        self.list_address = f"{settings.SITE_URL}{reverse('postings:list')}{self._query}"
        self.title = NOT_IN_XML.sub(" ", f"{settings.SITE_NAME}: {self.form.search.sentence}")

    @property
    def _query(self):
        return f"?{query}" if (query := self.form.search.query) else ""

    @property
    def postings(self):
        postings = Posting.objects.select_related("employer", "role").prefetch_related("places", "remote_countries")
        return newest_jobs(self.form, self.at, postings, MAX_ENTRIES)

    @property
    def changed_at(self):
        """The latest moment at which any feed can have changed: a row was saved, or a posting opened or closed."""
        moments = Posting.objects.aggregate(
            Max("updated_at"),
            Max("employer__updated_at"),
            Max("role__updated_at"),
            opened=Max("publish_at", filter=Q(publish_at__lte=self.at)),
            closed=Max("closes_at", filter=Q(closes_at__lte=self.at)),
        )
        return max((moment for moment in moments.values() if moment), default=datetime(2000, 1, 1, tzinfo=UTC))


def stable_id(posting):
    """Does not change with the title, unlike the address."""
    return f"{settings.SITE_URL}{reverse('postings:list')}{posting.pk}/"


def address(posting):
    return settings.SITE_URL + posting.get_absolute_url()


def content(posting):
    context = {"posting": posting, "page": address(posting)}
    return NOT_IN_XML.sub(" ", render_to_string("postings/_feed_entry.html", context))


def published_at(posting):
    return own_moment(posting, posting.publish_at)


def changed_at(posting):
    return own_moment(posting, max(posting.updated_at, posting.publish_at))


def tags(posting):
    terms = (posting.get_employment_type_display(), posting.get_workplace_display(), posting.get_level_display())
    guide = posting.role.title if posting.role and posting.role.is_published else ""
    return [NOT_IN_XML.sub(" ", term) for term in (guide, *terms) if term]


class _LastChangeMixin:
    """Dates the feed by the last change; Django would date an empty feed by the current time."""

    def latest_post_date(self):
        return self.feed["changed_at"]


class RssGenerator(_LastChangeMixin, Rss201rev2Feed):
    pass


class AtomGenerator(_LastChangeMixin, Atom1Feed):
    pass


class RssFeed(Feed):
    feed_type = RssGenerator
    description = subtitle = "The newest open jobs of this search."
    item_guid_is_permalink = False

    def get_object(self, request):
        return PostingFeed(request)

    def title(self, feed):
        return feed.title

    def link(self, feed):
        return feed.list_address

    def feed_url(self, feed):
        return feed.address

    def feed_guid(self, feed):
        return feed.address

    def feed_extra_kwargs(self, feed):
        return {"changed_at": feed.changed_at}

    def items(self, feed):
        return feed.postings

    def item_title(self, posting):
        return NOT_IN_XML.sub(" ", headline(posting))

    def item_description(self, posting):
        return content(posting)

    def item_link(self, posting):
        return address(posting)

    def item_guid(self, posting):
        return stable_id(posting)

    def item_pubdate(self, posting):
        return published_at(posting)

    def item_updateddate(self, posting):
        return changed_at(posting)

    def item_author_name(self, posting):
        return NOT_IN_XML.sub(" ", posting.employer.name)

    def item_categories(self, posting):
        return tags(posting)


class AtomFeed(RssFeed):
    feed_type = AtomGenerator


def _json_item(posting):
    return {
        "id": stable_id(posting),
        "url": address(posting),
        "title": headline(posting),
        "content_html": content(posting),
        "date_published": published_at(posting).isoformat(),
        "date_modified": changed_at(posting).isoformat(),
        "authors": [{"name": posting.employer.name}],
        "tags": tags(posting),
    }


def _json_feed(request):
    feed = PostingFeed(request)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.list_address,
        "feed_url": feed.address,
        "language": "en",
        "items": [_json_item(posting) for posting in feed.postings],
    }
    headers = {"Last-Modified": http_date(feed.changed_at.timestamp())}
    return JsonResponse(document, content_type="application/feed+json", headers=headers)


rss_feed = require_safe(conditional_page(RssFeed()))
atom_feed = require_safe(conditional_page(AtomFeed()))
json_feed = require_safe(conditional_page(_json_feed))
