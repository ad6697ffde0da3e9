import re

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

HYPHENATED = re.compile(r"(\d+(?:\.\d+)?(?:[-–]\d+(?:\.\d+)?)+)")


@register.filter
def unbroken(text):
    """Codes and years in a text stay on one line: '15-2051.00', '2024–2034'."""
    *pairs, rest = HYPHENATED.split(str(text))
    pattern = '{}<span class="unbroken">{}</span>'
    return format_html("{}{}", format_html_join("", pattern, zip(pairs[::2], pairs[1::2], strict=True)), rest)
