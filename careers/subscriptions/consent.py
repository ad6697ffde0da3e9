"""The sentence beside the button, stored with each alert as proof of what was agreed to."""

from django.conf import settings

from careers.postings.job_list.stored_search import PostingSearch


def consent_text(search: PostingSearch) -> str:
    words = search.sentence[:300]
    return f"{settings.SITE_NAME} may email me new jobs for this search: {words}. I can end this with one click at any time."
