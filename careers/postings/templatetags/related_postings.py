from django import template
from django.utils import timezone

from careers.postings.job_list.similar import related_to

register = template.Library()

SHOWN = 3


@register.simple_tag
def related_postings(role):
    """Live postings of other roles that are like this one: a guide knows its own, and looks up for these."""
    return related_to(role, at=timezone.now(), limit=SHOWN)
