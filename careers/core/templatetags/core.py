from collections.abc import Iterable
from functools import lru_cache
from operator import add

from django import template
from django.utils.html import format_html

from careers.core import prose, urls
from careers.core.facets import Option

register = template.Library()


@register.filter
def markdown(text, top=3):
    """Untrusted Markdown (postings, employers): links get rel="nofollow ugc"."""
    return prose.render_markdown(text or "", top=top)


@register.filter
def markdown_of_page(text, page):
    """Untrusted Markdown that is read elsewhere, such as in a feed; `page` is the absolute address it belongs to."""
    return prose.render_markdown(text or "", page=page)


@register.filter
def guide_markdown(text, top=3):
    """Markdown of our editors (guides, articles, resources)."""
    return prose.render_markdown(text or "", top=top, trusted=True)


@register.filter
def inline_markdown(text):
    return prose.render_inline_markdown(text or "", trusted=True)


@register.filter
def placeholder_markdown(text, top=3):
    """Markdown of a posting template, with its placeholders marked."""
    return prose.render_with_placeholders(text or "", top=top)


@register.filter
def plain(text):
    return prose.plain_text(text or "")


@register.filter
def thousands(number):
    """100000 -> '100,000'."""
    return f"{number:,}" if isinstance(number, int) else number


@register.filter
def total(rows, name):
    """The sum of an attribute of the rows."""
    return sum(getattr(row, name) for row in rows)


class CaptureNode(template.Node):
    """Unlike the nodes of simple_block_tag it shows Django the blocks inside it, which `block.super` needs."""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def capture(parser, token):
    """{% capture name %}…{% endcapture %}: what is between, as a variable, for several places."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


@register.filter
def json_ld(data):
    return prose.json_ld_script(data)


@register.filter
def web_address(url):
    return urls.http_url(url)


@register.filter
def host(url):
    return urls.host_name(url)


@register.filter
def checkboxes(options: Iterable[Option], name: str):
    """The options of a facet with their counts."""
    return _choices("checkbox", options, name)


@register.simple_tag(takes_context=True)
def page_query(context):
    """The query string of this page up to the page number: '?q=cook&page='."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}&page=" if query else "?page="


@register.filter
def radio_buttons(options: Iterable[Option], name: str):
    return _choices("radio", options, name)


def _choices(kind, options, name):
    """In one piece, since a page has a hundred of them."""
    boxes = (_choice(kind, name, option.value, option.label, option.is_chosen) for option in options)
    counts = (_count(option.count) for option in options)
    return prose.join_html("\n", map(add, boxes, counts))


@lru_cache(maxsize=4096)
def _count(number):
    """The end of a choice."""
    return format_html(
        "{}</label>", "" if number is None else format_html(' <span class="count">{}</span>', thousands(number))
    )


@lru_cache(maxsize=4096)
def _choice(kind, name, value, label, is_chosen):
    checked = " checked" if is_chosen else ""
    return format_html(
        '<label class="check"><input type="{}" name="{}" value="{}"{}> <bdi>{}</bdi>', kind, name, value, checked, label
    )
