"""Links and references to other articles, such as “Resume guide for electricians”, which become stubs of articles to write."""

import re
from dataclasses import dataclass

from careers.core.urls import http_url
from careers.guide_import.text.blocks import Block
from careers.guide_import.text.inline import Link
from careers.roles.models import Article

STUB_KINDS = [
    (
        Article.Kind.COVER_LETTER,
        r"\bcover(?:ing)?[- ]letters?\b|\bmotivation(?:al)? letters?\b|\bletters? of (?:motivation"
        r"|application)",
    ),
    (Article.Kind.RESUME, r"\br[eé]sum[eé]s?\b|\bcvs?\b|\bcurriculum vitae\b"),
]
ARTICLE_WORDS = re.compile(
    r"\b(?:guide|examples?|samples?|templates?|tips|how to|writing|write|builder|format|description"
    r"|questions|salary|career|ideas|checklist|article)\b"
    r"|:",
    re.IGNORECASE,
)
REFERENCE_PREFIX = re.compile(
    r"^(?:\W*)(?:related(?: (?:reading|articles?|posts?|guides?|links?))?|read (?:also|more|next|on)"
    r"|see also|also read|also see|more on this|you (?:may|might) also like"
    r"|further reading|up next|recommended(?: reading)?|don['’]t miss|next read|keep reading|check out"
    r"|explore(?: more)?|learn more|see our|read our)\b\s*[:–—-]?\s*(?=\S)",
    re.IGNORECASE,
)
REFERENCE_WORDS = re.compile(
    r"\b(?:our|read|see|check(?:ing)? out|visit|have a look at|take a look at)\b", re.IGNORECASE
)
NAMED_ARTICLE = re.compile(
    r"((?:[A-Z][\w-]+ ){0,4}(?:[Rr]esume|[Rr]ésumé|CV|[Cc]over [Ll]etter|[Jj]ob [Pp]osting"
    r"|[Jj]ob [Dd]escription)s? (?:\w+ )?"
    r"(?:[Gg]uide|[Ee]xamples?|[Ss]amples?|[Tt]emplates?|[Tt]ips))"
)
MAX_LINE_LENGTH = 300  # characters of a summary, which keeps the line
JOB_TEMPLATE = re.compile(
    r"\bjob[- ](?:posting|description|advert\w*)[- ](?:template|sample|example)s?\b", re.IGNORECASE
)


@dataclass
class StubDraft:
    kind: Article.Kind
    title: str
    address: str = ""
    text: str = ""
    where: str = ""


def article_stubs_in(block: Block, *, in_list: bool = False) -> list[StubDraft]:
    """The articles a line refers to. With `in_list` it is a line under “Related articles”, where each refers to one."""
    if len(block.text) > MAX_LINE_LENGTH:
        return []
    links = [link for link in block.inline.links if len(link.text.split()) > 1]
    if (
        not links
        and block.word_count <= 40
        and REFERENCE_WORDS.search(block.text)
        and (named := NAMED_ARTICLE.findall(block.text))
    ):
        return [
            StubDraft(kind_of(title), title[:160], "", "" if index else block.text, block.where)
            for index, title in enumerate(dict.fromkeys(named))
        ]
    first = article_stub_in(block, in_list=in_list)
    titles = [title.strip(" .") for title in re.split(r"\s[|•·]\s", first.title)] if first and not links else []
    if len(titles) > 1 and all(len(title.split()) > 1 for title in titles):
        return [
            StubDraft(kind_of(title), title, "", "" if index else block.text, block.where)
            for index, title in enumerate(titles)
        ]
    if first is None or len(links) < 2:
        return [first] if first else []
    return [
        StubDraft(
            kind_of(link.text),
            link.text.strip(" .")[:160],
            address_of(link),
            block.text if index == 0 else "",
            block.where,
        )
        for index, link in enumerate(links)
    ]


def article_stub_in(block: Block, *, in_list: bool = False) -> StubDraft | None:
    text = block.text.strip()
    prefix = REFERENCE_PREFIX.match(text)
    title = text[prefix.end() :].strip(" .") if prefix else text
    links = [link for link in block.inline.links if link.text]
    kind = kind_of(title)
    named = (
        kind != Article.Kind.OTHER
        and len(title.split()) <= 12
        and ARTICLE_WORDS.search(title)
        and not title.endswith("?")
    )
    linked = bool(links) and any(
        kind_of(link.text) != Article.Kind.OTHER or JOB_TEMPLATE.search(link.text) for link in links
    )
    template = JOB_TEMPLATE.search(title) and len(title.split()) <= 10
    short = len(title.split()) <= 18
    if not (
        (in_list and short) or (prefix and (links or short)) or named or template or (linked and block.word_count <= 40)
    ):
        return None
    link = links[0] if len(links) == 1 or linked else None
    if link and (in_list or prefix or linked) and len(link.text.split()) > 1:
        title = link.text.strip(" .")
    return StubDraft(kind_of(title), title[:160], address_of(link), text, block.where)


def kind_of(title: str) -> Article.Kind:
    return next((kind for kind, pattern in STUB_KINDS if re.search(pattern, title, re.IGNORECASE)), Article.Kind.OTHER)


def address_of(link: Link | None) -> str:
    return http_url(link.href) if link is not None and len(link.href) <= 500 else ""
