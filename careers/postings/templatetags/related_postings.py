from django import template
from django.utils import timezone

from careers.postings.job_list import similar

register = template.Library()

SHOWN = 3


@register.simple_tag
def related_postings(role):
    """Live postings of other roles that are similar to this one."""
    return similar.related_postings(role, at=timezone.now(), limit=SHOWN)
