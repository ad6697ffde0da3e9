"""The postings whose text is behind the newest version of their template, and the links to bring them up to date."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from careers.postings.admin.template_updates import is_offered
from careers.postings.models import Posting, PostingTemplate
from careers.postings.text.drift import drift_by_posting

MOST_AT_ONCE = 50


def outdated_postings(template: PostingTemplate) -> list[Posting]:
    """Active postings that the newest version would give another text; what was edited in them alone does not count."""
    rows = drift_by_posting(template.postings.active().order_by("-pk"))
    return [posting for posting, drifts in rows if any(is_offered(drift) for drift in drifts)]


def update_address(template: PostingTemplate, postings: Sequence[Posting]) -> str:
    """The page that compares the first MOST_AT_ONCE of the postings with the template and updates them."""
    query = urlencode({"posting": [posting.pk for posting in postings[:MOST_AT_ONCE]]}, doseq=True)
    return f"{reverse('admin:postings_postingtemplate_update', args=[template.pk])}?{query}"


def outdated_note(template: PostingTemplate) -> str | None:
    """'6 live postings and 1 other posting still use version 1. Compare and update'; None if all are up to date."""
    postings = outdated_postings(template)
    if not postings:
        return None
    text = '{} still {} {}. <a class="underline" href="{}">Compare and update</a>'
    verb = "uses" if len(postings) == 1 else "use"
    return format_html(text, _counts(postings), verb, _versions(postings), update_address(template, postings))


def _counts(postings):
    live = sum(posting.is_live() for posting in postings)
    others = len(postings) - live
    noun = "posting" if len(postings) == 1 else "postings"
    if live and others:
        return f"{live:,} live and {others:,} other postings"
    return f"{live:,} live {noun}" if live else f"{others:,} {noun} not yet live"


def _versions(postings):
    numbers = {posting.template_version for posting in postings}
    return f"version {numbers.pop()}" if len(numbers) == 1 else "older versions"
