"""Finds the article in a web page and says why other elements do not belong to it."""

import re
from itertools import pairwise

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

MEDIA_TAGS = {"svg", "iframe", "object", "embed", "canvas", "audio", "video", "picture", "img"}
TEXTLESS_TAGS = {"script", "style", "template", "noscript", "head", "map", "datalist", *MEDIA_TAGS}
# {tag: the reason shown in the import report}
SKIPPED_TAGS = {
    "nav": "navigation", "footer": "page footer", "aside": "aside", "form": "form", "dialog": "pop-up", "menu": "navigation",
    "button": "button", "select": "form", "textarea": "form", "input": "form", "label": "form", "fieldset": "form",
    "figcaption": "caption of a picture",
}  # fmt: skip
SKIPPED_ARIA_ROLES = {
    "navigation": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "aside",
}
SKIPPED_ARIA_ROLES |= {"search": "form", "dialog": "pop-up", "alertdialog": "pop-up", "form": "form"}
# Words in class and id attributes.
SKIPPED_CLASS_WORDS = {
    "comments": "comments of readers", "comment": "comments of readers", "respond": "comments of readers",
    "disqus": "comments of readers", "commentlist": "comments of readers",
    "sidebar": "aside", "newsletter": "newsletter box", "subscribe": "newsletter box", "subscription": "newsletter box",
    "signup": "newsletter box", "optin": "newsletter box", "mailchimp": "newsletter box", "hubspot": "newsletter box",
    "cookie": "cookie notice", "cookies": "cookie notice", "gdpr": "cookie notice", "consent": "cookie notice",
    "share": "share buttons", "sharing": "share buttons", "social": "share buttons", "addtoany": "share buttons",
    "breadcrumb": "breadcrumb", "breadcrumbs": "breadcrumb", "advert": "advertisement", "advertisement": "advertisement",
    "ads": "advertisement", "adsbygoogle": "advertisement", "sponsored": "advertisement", "promo": "advertisement",
    "popup": "pop-up", "modal": "pop-up", "overlay": "pop-up", "toc": "table of contents",
    "pagination": "navigation", "navbar": "navigation", "nav": "navigation", "menu": "navigation", "skip": "navigation",
    "byline": "who wrote it and when", "postmeta": "who wrote it and when",
}  # fmt: skip
SKIPPED_CLASS_PAIRS = {
    ("author", "box"): "about the author", ("author", "bio"): "about the author", ("about", "author"): "about the author",
    ("entry", "meta"): "who wrote it and when", ("post", "meta"): "who wrote it and when",
    ("table", "contents"): "table of contents", ("site", "footer"): "page footer", ("site", "header"): "page header",
    ("screen", "reader"): "text for screen readers", ("sr", "only"): "text for screen readers",
    ("sign", "up"): "newsletter box", ("opt", "in"): "newsletter box", ("skip", "link"): "navigation",
    ("skip", "to"): "navigation", ("tag", "list"): "navigation", ("tags", "links"): "navigation",
}  # fmt: skip
SKIPPED_EVEN_WITH_TITLE = {"comments of readers", "hidden", "pop-up", "newsletter box", "cookie notice"}
# Classes such as “no-sidebar” and “has-comments” describe the page, not the element.
STATE_CLASS = re.compile(
    r"\b(?:has|no|with|without|is|hide|show|wp|enable|open|close|closed|disabled?)[-_]", re.IGNORECASE
)
SKIPPED_OUTSIDE_MAIN = {
    "div", "section", "p", "ul", "ol", "table", "header", "article", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "blockquote",
    "center", "figure", "details", "main",
}  # fmt: skip
# Shares of the text of the page.
MIN_SHARE_OF_MAIN = 0.5
MAX_SHARE_OF_EXTRAS = 0.4


class Page:
    """The body of a page, with the text size of each element in characters."""

    def __init__(self, body):
        self.sizes = {}
        self._measure(body)
        self.total = self.sizes[id(body)] or 1
        self.main = self._find_main(body)
        self.ancestors = {id(tag) for tag in self.main.parents} if self.main else set()
        self.inside = {id(tag) for tag in self.main.descendants if isinstance(tag, Tag)} if self.main else set()

    def _measure(self, tag):
        size = 0
        for child in tag.children:
            if isinstance(child, Tag):
                size += self._measure(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                size += len(" ".join(child.split()))
        if tag.name in TEXTLESS_TAGS or (tag.name in SKIPPED_TAGS and tag.name != "form"):
            size = 0
        self.sizes[id(tag)] = size
        return size

    def share(self, tag):
        return self.sizes.get(id(tag), 0) / self.total

    def _find_main(self, body):
        """The smallest element marked as the main one that holds at least half of the text; None if there is none."""
        found = [*body.find_all("main"), *body.find_all(attrs={"role": "main"}), *body.find_all("article")]
        found += body.find_all(attrs={"itemprop": "articleBody"})
        fitting = [tag for tag in found if self.share(tag) >= MIN_SHARE_OF_MAIN]
        return min(fitting, key=self.share) if fitting else None

    def skip_reason(self, tag: Tag) -> str:
        """Why an element does not belong to the article; '' if it does."""
        if tag is self.main or (id(tag) in self.ancestors and tag.name != "form"):
            return ""
        if reason := self._reason_by_markup(tag):
            return "" if tag.find("h1") is not None and reason not in SKIPPED_EVEN_WITH_TITLE else reason
        if self.main is None:
            return "page header" if tag.name == "header" and tag.find(["h1", "h2"]) is None else ""
        if tag.name in SKIPPED_OUTSIDE_MAIN and id(tag) not in self.inside:
            holds_title = self.main.find("h1") is None and (tag.name == "h1" or tag.find("h1") is not None)
            return "" if holds_title else "outside the main text"
        return ""

    def _reason_by_markup(self, tag):
        share = self.share(tag)
        if tag.name in SKIPPED_TAGS and (tag.name != "form" or share < MIN_SHARE_OF_MAIN):
            return SKIPPED_TAGS[tag.name]
        if id(tag) not in self.inside and is_hidden(tag):
            return "hidden"
        if (role := str(tag.get("role") or "")) in SKIPPED_ARIA_ROLES and share < MIN_SHARE_OF_MAIN:
            return SKIPPED_ARIA_ROLES[role]
        return skip_reason_of_class(tag) if share < MAX_SHARE_OF_EXTRAS else ""


def is_hidden(tag):
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def skip_reason_of_class(tag):
    for label in [*tag.get_attribute_list("class"), tag.get("id")]:
        if not label or STATE_CLASS.search(str(label)):
            continue
        words = [word.lower() for word in re.split(r"[-_\s]+|(?<=[a-z])(?=[A-Z])", str(label)) if word]
        for pair in pairwise(words):
            if pair in SKIPPED_CLASS_PAIRS:
                return SKIPPED_CLASS_PAIRS[pair]
        for word in words[:4]:
            if word in SKIPPED_CLASS_WORDS:
                return SKIPPED_CLASS_WORDS[word]
    return ""
