"""`{% url %}` of all templates. An address without arguments is looked up once: the frame of each page names a dozen, and
Django looks through the patterns of the site for each."""

from functools import cache

from django import template
from django.template import defaulttags
from django.urls import get_script_prefix, reverse

register = template.Library()


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    return node if node.args or node.kwargs or node.asvar else KnownURLNode(node.view_name)


class KnownURLNode(template.Node):
    def __init__(self, view_name):
        self.view_name = view_name

    def render(self, context):
        return address_of(self.view_name.resolve(context), get_script_prefix())


@cache
def address_of(view_name, prefix):
    """The script prefix, which is a request's, decides as well."""
    return reverse(view_name)
