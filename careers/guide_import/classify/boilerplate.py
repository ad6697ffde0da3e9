"""What stands around an article's text: by-lines, comment forms, share buttons, links to other articles."""

import re
from urllib.parse import urlsplit

from careers.guide_import.draft import StubDraft
from careers.roles.models import Article

# (reason, pattern, most words of a block that this may be)
BOILERPLATE = [
    (
        "who wrote it and when",
        r"^(?:posted|written|published|reviewed|edited|updated|created|fact[- ]checked"
        r"|medically reviewed) (?:by|on|in)\b",
        20,
    ),
    (
        "who wrote it and when",
        r"^(?:last )?(?:updated|modified|reviewed|published|posted)\b\s*(?:on|:|\d|jan|feb|mar|apr|may|jun|jul"
        r"|aug|sep|oct|nov|dec)",
        12,
    ),
    (
        "who wrote it and when",
        r"^by\s+[A-ZÀ-Þ][\w.'’-]+(?:\s+[A-ZÀ-Þ][\w.'’-]+){0,3}(?:\s*(?:[|,·•–—-]|on|in|at|\d).*)?$",
        16,
    ),
    (
        "who wrote it and when",
        r"^by (?:(?:our|the|a) )?(?:\w+ )?(?:staff|editor(?:ial|s)?|writers?|team|contributors?)\b[^.]*$",
        12,
    ),
    (
        "who wrote it and when",
        r"^(?:\w+ )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w+,? )?\d{4}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$"
        r"|^\w+ \d{1,2}, \d{4}\b.{0,40}$",
        9,
    ),
    (
        "who wrote it and when",
        r"\b\d+[- ]?min(?:ute)?s?\.? read\b|\breading time\b|^\d+ (?:views|reads|likes|shares|claps)\b",
        14,
    ),
    (
        "comments of readers",
        r"your e-?mail address will not be published|required fields are marked|save my name|\bcancel reply\b"
        r"|^leave a (?:reply|comment)",
        45,
    ),
    (
        "comments of readers",
        r"^(?:name|e-?mail|website|comment|message|your name|your e-?mail|subject)\s*(?:\*|:"
        r"|\(required\))?\s*$|^(?:post|submit|send|add) (?:a )?(?:comment|reply|message)$|^reply$"
        r"|^log in to (?:reply|comment)|\bsays:$",
        8,
    ),
    (
        "comments of readers",
        r"^\d+ (?:comments?|repl(?:y|ies)|responses?|thoughts on)\b|^(?:comments? are closed|no comments yet"
        r"|be the first to comment)",
        20,
    ),
    (
        "newsletter box",
        r"\bnewsletter\b.*\b(?:subscribe|sign|join|inbox|e-?mail)|\b(?:subscribe|sign up"
        r"|join)\b.*\b(?:newsletter|inbox|mailing list|weekly|updates|alerts|subscribers|readers|free)\b"
        r"|^subscribe\b",
        45,
    ),
    (
        "newsletter box",
        r"\b(?:drop|enter|leave|type|share) (?:us )?your e-?mail\b|^your e-?mail\b|\bunsubscribe\b"
        r"|\bwe (?:never|won't|will never|don't) spam"
        r"|\bno spam\b|^sign ?up\b",
        30,
    ),
    (
        "share buttons",
        r"^(?:share|tweet|pin|print|like|follow|copy link|e-?mail this|save)\b(?: (?:this|it|us|on|with|via|to"
        r"|article|post|now|link|page|story|by|e-?mail|facebook|twitter|x|linkedin|whatsapp|pinterest|reddit"
        r"|instagram|friends|your|and|or|\||,|·|/))*[:.!]?$",
        16,
    ),
    (
        "share buttons",
        r"^(?:(?:facebook|twitter|linkedin|whatsapp|pinterest|reddit|instagram|tiktok|youtube|telegram|e-?mail"
        r"|print|x|copy link)[\s|,·•/]*){1,10}$|\bfollow us on\b|\bshare this (?:article|post|page|guide)",
        20,
    ),
    (
        "advertisement",
        r"^(?:advertisement|advertisements|ad|ads|sponsored|promoted|sponsored content|advertorial)[.:]?$"
        r"|\bpaid partnership\b|\bpromo ?code\b|\buse (?:the )?code [A-Z0-9]{4,}\b",
        30,
    ),
    (
        "advertisement",
        r"^(?:ready to|want to|looking to|need)\b.*\b(?:try|sign up|get started (?:today|now)|book (?:a|your)"
        r"|our (?:course|bootcamp|tool|builder|service|platform|template)s?|click here|free trial)\b",
        40,
    ),
    (
        "advertisement",
        r"\b(?:start your free trial|enrol(?:l)? (?:now|today)|buy now|shop now|get \d+% off|claim your"
        r"|limited[- ]time)\b",
        35,
    ),
    (
        "advertisement",
        r"\b(?:try|use|check out|get|grab|download|with) (?:our|the) (?:free |new )?(?:\w+ ){0,2}"
        r"(?:builder|app|course|bootcamp|checker|generator|service|quiz|academy|platform)\b",
        25,
    ),
    (
        "cookie notice",
        r"\b(?:we|this (?:site|website)|our (?:site|website)) uses? cookies\b|\baccept (?:all )?cookies\b"
        r"|\bcookie (?:policy|settings|preferences|consent)\b|\bby (?:continuing|using) .{0,40}(?:site"
        r"|website).{0,40}(?:agree|consent|accept)",
        60,
    ),
    (
        "copyright line",
        r"^(?:©|\(c\)|copyright\b)|\ball rights reserved\b|^(?:terms of (?:use|service)|privacy policy)\b",
        40,
    ),
    (
        "disclosure",
        r"\baffiliate (?:links?|commission)|\bwe may (?:earn|receive) (?:a |an )?(?:\w+ )?(?:commission"
        r"|compensation)|\bthis (?:post|article|page) (?:may )?contains? (?:affiliate|sponsored)|^disclaimer:"
        r"|^disclosure:",
        60,
    ),
    (
        "navigation",
        r"^(?:home|start)\s*(?:[>›»/|→]\s*[\w &'’-]+\s*){1,6}$|^(?:skip to|back to (?:the )?top|jump to"
        r"|scroll to|previous|next)(?:\b.{0,60})?$|^(?:« |← |» )|(?: »| →|›)$|^(?:menu|search|login|log in"
        r"|register|sign in|home|close|toggle|contact(?: us)?|about(?: us)?|load more|show more|read more"
        r"|see more|view all|expand|collapse)[.:…]?$",
        14,
    ),
    (
        "contact line",
        r"^(?:call|phone|contact|e-?mail|write to)(?: us)?\s*(?:on|at|:)|^(?:tel|phone|fax)\.?\s*:|^\+?[\d ()/-]{7,}$",
        12,
    ),
    ("navigation", r"^(?:tags?|categor(?:y|ies)|filed under|tagged|topics?|posted in)\s*:\s*\S", 25),
    (
        "caption of a picture",
        r"^(?:image|photo|picture|photograph|illustration|credit|figure|source of (?:image|picture))s?\s*(?:by"
        r"|:|credit|courtesy|via|\d)|^(?:getty images|shutterstock|unsplash|istock)",
        25,
    ),
    ("table of contents", r"^(?:table of contents|contents|on this page|in this article)\s*:?$", 6),
    (
        "about the author",
        r"^(?:about the author|author bio|the author)\b|^[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+ is (?:a|an"
        r"|our) (?:\w+ ){0,3}(?:writer|editor|author|journalist|content|blogger|contributor|copywriter"
        r"|career coach|career expert)",
        90,
    ),
]
COMPILED = [(reason, re.compile(pattern, re.IGNORECASE), most) for reason, pattern, most in BOILERPLATE]
AUTHOR_LINE = re.compile(BOILERPLATE[2][1])  # names begin with capitals
STUB_KINDS = [
    (
        Article.Kind.COVER_LETTER,
        r"\bcover(?:ing)?[- ]letters?\b|\bmotivation(?:al)? letters?\b|\bletters? of (?:motivation"
        r"|application)",
    ),
    (Article.Kind.RESUME, r"\br[eé]sum[eé]s?\b|\bcvs?\b|\bcurriculum vitae\b"),
]
STUB_WORDS = re.compile(
    r"\b(?:guide|examples?|samples?|templates?|tips|how to|writing|write|builder|format|description"
    r"|questions|salary|career|ideas|checklist|article)\b"
    r"|:",
    re.IGNORECASE,
)
LEADS_TO = re.compile(
    r"^(?:\W*)(?:related(?: (?:reading|articles?|posts?|guides?|links?))?|read (?:also|more|next|on)"
    r"|see also|also read|also see|more on this|you (?:may|might) also like"
    r"|further reading|up next|recommended(?: reading)?|don['’]t miss|next read|keep reading|check out"
    r"|explore(?: more)?|learn more|see our|read our)\b\s*[:–—-]?\s*(?=\S)",
    re.IGNORECASE,
)
POINTS_ON = re.compile(r"\b(?:our|read|see|check(?:ing)? out|visit|have a look at|take a look at)\b", re.IGNORECASE)
NAMED = re.compile(
    r"((?:[A-Z][\w-]+ ){0,4}(?:[Rr]esume|[Rr]ésumé|CV|[Cc]over [Ll]etter|[Jj]ob [Pp]osting"
    r"|[Jj]ob [Dd]escription)s? (?:\w+ )?"
    r"(?:[Gg]uide|[Ee]xamples?|[Ss]amples?|[Tt]emplates?|[Tt]ips))"
)
LONGEST_LINE = 1000
JOB_TEMPLATE = re.compile(
    r"\bjob[- ](?:posting|description|advert\w*)[- ](?:template|sample|example)s?\b", re.IGNORECASE
)


def reason_to_leave_out(block):
    """What a block is that is no part of the text; '' where it is a part."""
    text, words = block.text.strip(), block.words
    if not re.search(r"\w", text):
        return "ornament"
    if len(text) > LONGEST_LINE:
        return ""
    for index, (reason, pattern, most) in enumerate(COMPILED):
        if words <= most and pattern.search(text) and (index != 2 or AUTHOR_LINE.search(f"by{text[2:]}")):
            return reason
    return ""


def stubs_of(block, *, in_list=False):
    """The articles a line points to: “Resume guide for electricians”; none where it points to none.

    `in_list` says that the line stands under “Related articles”, where every line does.
    """
    if len(block.text) > LONGEST_LINE:
        return []
    links = [link for link in block.inline.links if len(link.text.split()) > 1]
    if not links and block.words <= 40 and POINTS_ON.search(block.text) and (named := NAMED.findall(block.text)):
        return [
            StubDraft(kind_of(title), title[:160], "", "" if index else block.text, block.where)
            for index, title in enumerate(dict.fromkeys(named))
        ]
    first = stub_of(block, in_list=in_list)
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


def stub_of(block, *, in_list=False):
    text = block.text.strip()
    announced = LEADS_TO.match(text)
    title = text[announced.end() :].strip(" .") if announced else text
    links = [link for link in block.inline.links if link.text]
    kind = kind_of(title)
    named = (
        kind != Article.Kind.OTHER and len(title.split()) <= 12 and STUB_WORDS.search(title) and not title.endswith("?")
    )
    linked = bool(links) and any(
        kind_of(link.text) != Article.Kind.OTHER or JOB_TEMPLATE.search(link.text) for link in links
    )
    template = JOB_TEMPLATE.search(title) and len(title.split()) <= 10
    short = len(title.split()) <= 18
    if not (
        (in_list and short) or (announced and (links or short)) or named or template or (linked and block.words <= 40)
    ):
        return None
    link = links[0] if len(links) == 1 or linked else None
    if link and (in_list or announced or linked) and len(link.text.split()) > 1:
        title = link.text.strip(" .")
    return StubDraft(kind_of(title), title[:160], address_of(link), text, block.where)


def kind_of(title):
    return next((kind for kind, pattern in STUB_KINDS if re.search(pattern, title, re.IGNORECASE)), Article.Kind.OTHER)


def address_of(link):
    if link is None:
        return ""
    parts = urlsplit(link.href)
    return link.href if parts.scheme in ("http", "https") and parts.hostname and len(link.href) <= 500 else ""
