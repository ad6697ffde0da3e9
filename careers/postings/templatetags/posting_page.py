"""Dates on the page of one posting, by the rule: counted in days within two weeks, otherwise the date.

The days since it was posted count in the site's time zone, as on cards. The days until it closes count in the posting's own,
like the date beside them; so its page expires at midnight there as well (careers/postings/views/page.py).
"""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from careers.postings.dates import RELATIVE_DAYS, own_day

register = template.Library()


@register.filter
def posted(posting, at):
    """'<time datetime="2026-12-13">Posted 2 days ago</time>'"""
    day = own_day(posting, posting.publish_at)
    days = (timezone.localdate(at) - timezone.localdate(posting.publish_at)).days
    if days <= 1:
        words = "yesterday" if days == 1 else "today"
    else:
        words = f"{days} days ago" if days <= RELATIVE_DAYS else date_format(day)
    return format_html('<time datetime="{}">Posted {}</time>', day.isoformat(), words)


@register.filter
def days_left(posting, at):
    """'in 3 days, ', to stand before the closing day; '' for a day that is over or more than 14 days away."""
    if not posting.closes_on:
        return ""
    days = (posting.closes_on - own_day(posting, at)).days
    if days in (0, 1):
        return "tomorrow, " if days else "today, "
    return f"in {days} days, " if 0 < days <= RELATIVE_DAYS else ""
