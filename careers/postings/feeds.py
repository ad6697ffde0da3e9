"""The newest live postings as RSS, Atom and JSON Feed, under the same query string as the list."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Subquery
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from careers.roles.models import Role

from .dates import own_moment
from .job_list.form import PostingFilterForm
from .job_list.results import newest_jobs
from .models import Employer, Posting
from .summary import headline

MAX_ENTRIES = 50
PASSING = ("publish_at", "closes_at")  # moments that change a feed when they pass
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
    def entries(self):
        return newest_jobs(self.form, self.at, MAX_ENTRIES, load_entries, "feed entries")

    @property
    def changed_at(self):
        """The latest moment at which any feed can have changed: a row was saved, or a posting opened or closed."""
        saved = [newest_moment(model.objects, "updated_at") for model in (Posting, Employer, Role)]
        passed = [newest_moment(Posting.objects.filter(**{f"{name}__lte": self.at}), name) for name in PASSING]
        moments = Posting.objects.order_by().values_list(*saved, *passed)[:1]
        return max(filter(None, chain(*moments)), default=datetime(2000, 1, 1, tzinfo=UTC))


def newest_moment(rows, name):
    """As a subquery, which finds it at the end of the column's index."""
    return Subquery(rows.filter(**{f"{name}__isnull": False}).order_by(f"-{name}").values(name)[:1])


@dataclass(frozen=True)
class FeedEntry:
    """A posting in a feed. `stable_id` does not change with the title, unlike the address."""

    stable_id: str
    address: str
    title: str
    content: str
    published_at: datetime
    changed_at: datetime
    employer: str
    tags: list[str]

    @classmethod
    def from_posting(cls, posting):
        address = settings.SITE_URL + posting.get_absolute_url()
        content = render_to_string("postings/_feed_entry.html", {"posting": posting, "page": address})
        return cls(
            f"{settings.SITE_URL}{reverse('postings:list')}{posting.pk}/",
            address,
            NOT_IN_XML.sub(" ", headline(posting)),
            NOT_IN_XML.sub(" ", content),
            own_moment(posting, posting.publish_at),
            own_moment(posting, max(posting.updated_at, posting.publish_at)),
            NOT_IN_XML.sub(" ", posting.employer.name),
            [NOT_IN_XML.sub(" ", tag) for tag in tags(posting)],
        )


def tags(posting):
    terms = (posting.get_employment_type_display(), posting.get_workplace_display(), posting.get_level_display())
    guide = posting.role.title if posting.role and posting.role.is_published else ""
    return [term for term in (guide, *terms) if term]


def load_entries(pks):
    postings = Posting.objects.select_related("employer", "role").prefetch_related("places", "remote_countries")
    return {posting.pk: FeedEntry.from_posting(posting) for posting in postings.filter(pk__in=pks)}


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
    description = subtitle = "The newest open jobs for this search."
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
        return feed.entries

    def item_title(self, entry):
        return entry.title

    def item_description(self, entry):
        return entry.content

    def item_link(self, entry):
        return entry.address

    def item_guid(self, entry):
        return entry.stable_id

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.changed_at

    def item_author_name(self, entry):
        return entry.employer

    def item_categories(self, entry):
        return entry.tags


class AtomFeed(RssFeed):
    feed_type = AtomGenerator


def _json_item(entry):
    return {
        "id": entry.stable_id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.content,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.changed_at.isoformat(),
        "authors": [{"name": entry.employer}],
        "tags": entry.tags,
    }


def _json_feed(request):
    feed = PostingFeed(request)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.list_address,
        "feed_url": feed.address,
        "language": "en",
        "items": [_json_item(entry) for entry in feed.entries],
    }
    headers = {"Last-Modified": http_date(feed.changed_at.timestamp())}
    return JsonResponse(document, content_type="application/feed+json", headers=headers)


rss_feed = require_safe(conditional_page(RssFeed()))
atom_feed = require_safe(conditional_page(AtomFeed()))
json_feed = require_safe(conditional_page(_json_feed))
