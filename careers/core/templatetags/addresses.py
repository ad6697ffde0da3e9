"""{% url %} without arguments and "as", made once: 21 of them take a twentieth of the time of the list of jobs."""

from functools import cache

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix, get_urlconf, reverse

register = template.Library()


class PlainURLNode(URLNode):
    """Of the default instance of its namespace."""

    def render(self, context):
        return plain_address(self.view_name.var, get_script_prefix(), get_urlconf())


@cache
def plain_address(view_name, prefix, urlconf):
    return reverse(view_name, urlconf=urlconf)


@register.tag("url")
def url(parser, token):
    node = django_url(parser, token)
    is_plain = not (node.args or node.kwargs or node.asvar) and isinstance(node.view_name.var, str)
    return PlainURLNode(node.view_name, [], {}, None) if is_plain else node
