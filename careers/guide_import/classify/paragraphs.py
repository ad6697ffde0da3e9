"""What a paragraph or a list is about by what it says itself, for texts that lost their headings."""

import re

from careers.guide_import.extract.career_path import SENIORITY, is_title
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import Context, pay_in
from careers.guide_import.text.blocks import Kind
from careers.guide_import.text.points import CLOCK, lead_and_text

from .boilerplate import stubs_of
from .topics import Topic

# In the order in which they are asked.
INTRODUCTIONS = [
    (
        Topic.RESPONSES,
        r"\b(?:challenges?|difficult\w*|hurdles?|obstacles?|problems?|they)\b.{0,40}\b(?:overcome|tackled|met"
        r"|handled|solved|eased)\b"
        r"|\b(?:overcome|tackle|deal with|address|cope with|get past|handle|solve|rise to|meet|manage"
        r"|work around|respond to)\b.{0,40}"
        r"\b(?:challenges?|difficult\w*|hurdles?|obstacles?|problems?|pressures?|them|these|this)\b"
        r"|\bwhat helps\b|\bways around\b",
    ),
    (
        Topic.CHALLENGES,
        r"\b(?:challenges?|difficult(?:y|ies)|hurdles?|obstacles?|downsides?|drawbacks?|struggles?)\b"
        r"|\bhard(?:est)? parts?\b|\bnot (?:always )?easy\b",
    ),
    (
        Topic.KPIS,
        r"\bKPIs?\b|\bperformance (?:indicators?|measures?|metrics?)\b|\bmetrics\b|\b(?:is|are|be|being|get"
        r"|gets|been) (?:usually |often |typically )?"
        r"(?:measured|judged|evaluated|assessed|rated|tracked)\b|\bsuccess is\b",
    ),
    (
        Topic.INTERVIEW,
        r"\binterview\w*\b|\bquestions? (?:you|that|which|employers|they|to)\b|\b(?:be|get) asked\b"
        r"|\b(?:likely|may|might|will) (?:to )?ask\b",
    ),
    (
        Topic.PAY,
        r"\b(?:salar(?:y|ies)|earn\w*|wages?|pay(?: rates?| bands?| scales?)?|paid|compensation|remuneration"
        r"|take home|income)\b",
    ),
    (
        Topic.OUTLOOK,
        r"\b(?:job )?outlook\b|\bjob growth\b|\b(?:employment|demand|jobs)\b.{0,40}\b(?:grow\w*|rise"
        r"|project\w*|expected|forecast\w*)\b",
    ),
    (
        Topic.DAY,
        r"\b(?:typical|average|normal|usual|ordinary|working) (?:day|shift|week|morning)\b|\b(?:day"
        r"|shift) (?:starts?|begins?|looks?|usually|might|may|can)\b"
        r"|\bday in the life\b|\bon any given (?:day|shift)\b|\bday[- ]to[- ]day\b",
    ),
    (
        Topic.TOOLS,
        r"\b(?:tools?|software|equipment|technolog(?:y|ies)|kit|machines|programs|systems|apps)\b.{0,60}(?::"
        r"|\buse|\brely|\bwork with|\binclude|\bfamiliar)"
        r"|\b(?:use|rely on|work with|reach for|familiar with)\b.{0,30}\b(?:tools?|software|equipment"
        r"|technolog\w+|kit|machines|programs)\b",
    ),
    (
        Topic.REQUIREMENTS,
        r"\b(?:skills?|qualifications?|requirements?|certificates?|degree|licen[cs]e|diploma|apprenticeship"
        r"|competenc\w+|qualities|traits)\b"
        r"|\byou(?:['’]ll| will)? (?:also |usually |generally )?need\b|\bemployers (?:usually |often )?(?:look"
        r"|ask|want|expect"
        r"|prefer)\b|\bmust (?:have|hold|be)\b",
    ),
    (
        Topic.INDUSTRIES,
        r"\bindustries\b|\bsectors\b|\b(?:work|employed|jobs|find work|hired)\b.{0,20}\b(?:in|by|at"
        r"|for) (?:hospitals|schools|companies|firms|agencies|hotels"
        r"|a (?:range|variety|number)|many)\b|\bemployers include\b",
    ),
    (
        Topic.TIPS,
        r"\btips?\b|\badvice\b|\bif you (?:want|would like|hope|plan|are thinking)\b|\b(?:to"
        r"|can) (?:get started|become|break into|stand out|get ahead)\b"
        r"|\bsteps\b.{0,20}\b(?:to|toward)",
    ),
    (
        Topic.PATH,
        r"\bcareer (?:path|ladder|progression|route)\b|\b(?:promot\w+|progress(?:es|ion)? (?:to|into)"
        r"|advance\w* (?:to|into)|move (?:up|on) (?:to|into)"
        r"|step(?:s|ping)? up|work (?:your|their) way|go on to|next step|rung)\b|\bjob titles\b"
        r"|\brelated (?:roles|jobs|careers)\b",
    ),
    (
        Topic.PROSPECTS,
        r"\b(?:benefits|advantages|reasons|rewards|perks|upsides)\b|\bgood career\b|\bwhy (?:become|choose"
        r"|people)\b",
    ),
    (Topic.FUTURE, r"\bfuture\b|\btrends\b|\bcoming (?:years|decade)\b|\byears ahead\b|\blooking ahead\b"),
    (
        Topic.WORK,
        r"\b(?:dut(?:y|ies)|responsibilit(?:y|ies)|tasks?|responsible for|in charge of|takes? care of"
        r"|looks? after)\b|\bthe (?:job|role"
        r"|work|position) (?:involves|includes|means|consists)\b"
        r"|\bwhat (?:they|you) do\b",
    ),
]
# What opens a paragraph of its own subject where no heading does.
OPENINGS = [
    (
        Topic.SUMMARY,
        r"^(?:in (?:conclusion|summary|short|closing|the end|sum)|to (?:sum up|conclude|summari[sz]e)"
        r"|all in all|ultimately|overall)\b",
    ),
    (
        Topic.OVERVIEW,
        r"\b(?:is|are) (?:an? |the )?(?:\w+ ){0,3}(?:professionals?|specialists?|persons?|people|experts?"
        r"|workers?|craftsperson|tradesperson|practitioners?)\b.{0,20}\bwho\b",
    ),
    (
        Topic.RESPONSES,
        r"^(?:to (?:overcome|tackle|deal with|address|cope with|meet|handle)|overcoming|the (?:best"
        r"|good) .{0,30}(?:overcome|cope|deal))\b",
    ),
    (
        Topic.CHALLENGES,
        r"\b(?:biggest|main|greatest|common|hardest|chief|several|many|some)\b.{0,20}\b(?:challenges?"
        r"|difficult(?:y|ies)|hurdles?|obstacles?|downsides?)\b|\bcomes? with .{0,20}challenges\b",
    ),
    (
        Topic.KPIS,
        r"\bKPIs?\b|\bkey performance\b|\b(?:performance|success|work) (?:is|are|gets) (?:usually |often "
        r"|mostly |typically )?(?:measured|judged|evaluated|assessed|tracked)\b",
    ),
    (Topic.INTERVIEW, r"\b(?:at|in|for|during) (?:the|an|your|any) (?:job )?interview\b|\binterview questions\b"),
    (
        Topic.DAY,
        r"\b(?:typical|average|normal|ordinary) (?:day|shift|week|morning)\b|^(?:the|a|each|every|your) (?:day"
        r"|shift|morning) (?:starts?|begins?)\b",
    ),
    (Topic.FUTURE, r"\bthe future of\b|^(?:looking ahead|in the (?:coming|next) (?:years|decade)|over the next)\b"),
    (
        Topic.PATH,
        r"\bcareer (?:path|ladder|progression)\b|\bcan (?:be promoted|move up|progress|advance)\b"
        r"|\bwith (?:a few years'? |more |enough )?experience,? (?:they|you|many|most"
        r"|some)\b.{0,40}\b(?:become|move|lead|run|open|step|progress|advance|promot)\w*",
    ),
    (
        Topic.TIPS,
        r"^(?:if you (?:want|would like|hope|wish|are thinking)|anyone who wants|want to become|to become)\b"
        r"|\b(?:our|some|a few|these) (?:\w+ )?tips\b",
    ),
    (
        Topic.TOOLS,
        r"\b(?:tools of the trade|tools? (?:used|include|they use)|software (?:used|includes?|they use)"
        r"|rely on (?:a range of |several )?(?:tools|software|equipment))\b",
    ),
    (
        Topic.REQUIREMENTS,
        r"\b(?:employers (?:usually |often |generally |mostly )?(?:look for|ask for|expect|require|want"
        r"|prefer)|you(?:['’]ll| will) (?:usually |also )?need|qualifications? (?:needed|required)|(?:a"
        r"|the) (?:degree|licen[cs]e|diploma|certificate|apprenticeship) .{0,30}(?:is|are) (?:usually |often "
        r"|normally |generally )?(?:required|needed|essential|expected))\b",
    ),
    (
        Topic.WORK,
        r"\b(?:responsible for|main duties|duties include|responsibilities include|tasks include|the (?:job"
        r"|role|work) (?:involves|includes|consists of))\b",
    ),
    (
        Topic.PROSPECTS,
        r"\b(?:rewarding (?:career|job|profession)|reasons to|benefits of (?:being|becoming|working)"
        r"|advantages of)\b",
    ),
]
INTRODUCTIONS, OPENINGS = (
    [(topic, re.compile(pattern, re.IGNORECASE)) for topic, pattern in table] for table in (INTRODUCTIONS, OPENINGS)
)
MEASURES = re.compile(
    r"\b(?:share of|percentage|proportion|number of|rate\b|ratio|time (?:to|taken|it takes|from|between)"
    r"|how (?:many|often|long|much|fast|quickly|well|few)"
    r"|average|per (?:hour|shift|day|week|month|person|unit)|score|turnaround|accuracy|count of|cost per"
    r"|against (?:target|budget|plan))\b",
    re.IGNORECASE,
)
NEEDS = re.compile(
    r"\b(?:degree|diploma|licen[cs]e|certifi\w+|qualification|years? (?:of )?experience|knowledge of"
    r"|ability to|proficien\w+|skills?|familiar\w*|fluen\w+"
    r"|understanding of|attention to|good (?:eye|head|communicat\w+|knowledge)|competen\w+|strong"
    r"|excellent|comfortable with|eye for)\b",
    re.IGNORECASE,
)
LEAST_SHARE = 0.6
LONGEST = 600


def topic_of_introduction(text):
    """What a sentence that leads to a list announces; None where it announces nothing we know."""
    last = re.split(r"(?<=[.!?])\s+", text.strip()[-LONGEST:])[-1]
    return next((topic for topic, pattern in INTRODUCTIONS if pattern.search(last)), None)


def topic_of_opening(text):
    """The subject a paragraph sets in its first sentence; None where it goes on with the one before."""
    first = re.split(r"(?<=[.!?])\s+", text.strip()[:LONGEST])[0]
    return next((topic for topic, pattern in OPENINGS if pattern.search(first)), None)


def topic_of_list(entries, role):
    """What the entries of a list are, whatever stands above them; None where they could be anything."""
    top = min(entry.depth for entry in entries)
    entries = [entry for entry in entries if entry.kind == Kind.ENTRY and entry.depth == top]
    for topic, fewest, holds in KINDS_OF_LIST:
        if len(entries) >= fewest and share(entries, lambda entry, holds=holds: holds(entry, role)) >= LEAST_SHARE:
            return topic
    return None


def is_question(entry, role):
    return entry.text.rstrip("”\"') ").endswith("?")


def has_pay(entry, role):
    return bool(pay_in(entry.text, Context(role=role, is_pay=True))[0])


def has_outlook(entry, role):
    return bool(outlook_in(entry.text, OutlookContext(role=role, is_outlook=True))[0])


def is_link(entry, role):
    return bool(stubs_of(entry))


def has_clock(entry, role):
    match = CLOCK.match(entry.text)
    return bool(match and re.search(r"[:.]\d{2}|[ap]\.?m|o'clock", match[0], re.IGNORECASE))


def is_measure(entry, role):
    lead, text = lead_and_text(entry.inline)
    return bool(lead.text and text.text and MEASURES.search(text.text[:80]))


def is_rank(entry, role):
    """Whether an entry begins with a title of some rank: “Senior Accountant”, “Ward Manager: …”."""
    lead, text = lead_and_text(entry.inline)
    title = re.sub(r"\([^)]*\)", "", lead.text or text.text).strip()
    return is_title(title) and any(re.search(pattern, title, re.IGNORECASE) for _, pattern in SENIORITY)


def is_doing(entry, role):
    """“Taking samples”, “Monitoring: …”: what somebody does."""
    return bool(re.match(r"(?:\w+ly )?[A-Za-z]{3,}ing\b", entry.text))


def is_need(entry, role):
    return bool(NEEDS.search(entry.text))


# (topic, fewest entries, what most of them are), in the order in which they are asked.
KINDS_OF_LIST = [
    (Topic.INTERVIEW, 3, is_question),
    (Topic.PAY, 2, has_pay),
    (Topic.OUTLOOK, 2, has_outlook),
    (Topic.RELATED, 2, is_link),
    (Topic.DAY, 3, has_clock),
    (Topic.KPIS, 3, is_measure),
    (Topic.PATH, 3, is_rank),
    (Topic.WORK, 3, is_doing),
    (Topic.REQUIREMENTS, 3, is_need),
]


def share(entries, holds):
    return sum(map(bool, map(holds, entries))) / len(entries)
