from django import template

from careers.core import addresses, places, prose

register = template.Library()


@register.filter
def markdown(text, top=3):
    """Untrusted Markdown (postings, employers): links carry rel="nofollow ugc"."""
    return prose.render(text or "", top=top)


@register.filter
def guide_markdown(text, top=3):
    """Our editors' Markdown (guides, articles, the directory)."""
    return prose.render(text or "", top=top, trusted=True)


@register.filter
def inline_markdown(text):
    return prose.render_inline(text or "", trusted=True)


@register.filter
def template_markdown(text, top=3):
    """The text of a posting template: its blanks are marked."""
    return prose.render_with_blanks(text or "", top=top)


@register.filter
def plain(text):
    return prose.plain(text or "")


@register.filter
def country_name(code):
    return places.country_name(code)


@register.filter
def json_ld(data):
    return prose.json_ld(data)


@register.filter
def web_address(url):
    return addresses.web_address(url)


@register.filter
def host(url):
    return addresses.host(url)
