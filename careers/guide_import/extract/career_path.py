"""Titles before, beside and after a role, and the industries it is found in."""

import re

from careers.guide_import.classify.headings import role_pattern
from careers.guide_import.draft import StepDraft
from careers.guide_import.text.inline import Inline
from careers.guide_import.text.points import lead_and_text
from careers.roles.models import CareerStep

from .people import stems

BEFORE = re.compile(
    r"\b(?:before|start\w*|begin\w*|entry|first|background|come from|previous|earlier|junior|trainee"
    r"|apprentic\w+|assistant|intern\w*|graduate|foundation"
    r"|early|stepping stone|novice|helper|stagiaire|commis|probation\w*|student|associate)\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\b(?:after|next(?! door)|senior|lead\w*|advanc\w+|promot\w+|mov(?:e|ing) (?:up|on|into)|progress\w*|head"
    r"|chief|manager\w*|management|director|principal|executive"
    r"|master|owner|president|vp|partner|later|higher|top|become|supervis\w+|step up|grow into|further"
    r"|years (?:on|later)|staff|sous|deputy|matron|foreman)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"\b(?:related|similar|alternative\w*|also (?:called|known)|other|neighbou?r\w*|adjacent|sideways"
    r"|lateral\w*|beside|alongside|next door|speciali\w+|branch\w*"
    r"|switch\w*|transition\w*|job titles?)\b",
    re.IGNORECASE,
)
SENIORITY = [
    (
        CareerStep.Kind.BEFORE,
        r"^(?:junior|trainee|apprentice|assistant|intern|graduate|student|associate|entry[- ]level|helper"
        r"|commis|probationary|novice|newly)\b|\b(?:intern|trainee|apprentice|assistant|helper)$",
    ),
    (
        CareerStep.Kind.AFTER,
        r"^(?:senior|lead|principal|head|chief|master|executive|deputy|staff|managing|regional|vice|vp|sr)\b"
        r"|\b(?:manager|director|supervisor|owner|president|officer|partner|consultant|foreman|superintendent"
        r"|head|lead)$",
    ),
]
YEARS = re.compile(
    r"\(?\b(?P<low>\d{1,2})(?:\s?(?:–|-|to)\s?(?P<high>\d{1,2}))?(?P<more>\+)?\s?(?:years?"
    r"|yrs?)\b(?: of experience)?\)?|\(years? (?P<low2>\d{1,2})\s?(?:–|-|to)\s?(?P<high2>\d{1,2})\)",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"\b(?:is|are|was|can|will|may|has|have|you|your|they|their|this|that|which|who|with|get|gain|earn"
    r"|build|learn|years?|experience|degree|training|course"
    r"|certificat\w+|skills?|more|salary|school|college|university|level)\b|[.?!;]",
    re.IGNORECASE,
)
LIST_IN_TEXT = re.compile(
    r"\b(?:such as|like|including|includes?|to|into|as|become|are|include|titles?|roles?|positions?"
    r"|either)\s*:?\s+(?:an? |the |roles? (?:such as|like) )?"
    r"(?P<list>[A-Z][^.;:()]*)"
)
LOWER_LIST = re.compile(
    r"\b(?:become|move (?:up|on) to(?: become)?|promoted to|advance to|progress to|rise to|work as"
    r"|step up to)\s+(?:an? |the )?"
    r"(?P<list>[a-z][^.;:()]*)",
)
STARTS = re.compile(
    r"^(?P<list>[A-Z][^.;:]*?) (?:are|is) (?:the |a )?(?:\w+ )?(?:starting points?|entry (?:roles?|jobs?"
    r"|points?)|first (?:jobs?|steps?|roles?)"
    r"|stepping stones?)\b"
)
MOST_WORDS = 7
INDUSTRY_LIST = re.compile(
    r"\b(?:industries|sectors|fields|settings|places|employers|areas|companies|domains"
    r"|organi[sz]ations)\b[^.;:]{0,50}?"
    r"(?:\b(?:such as|like|including|includes?|are|from|namely|e\.g\.)\b|:)\s*(?P<list>[^.;]+)",
    re.IGNORECASE,
)
IN_LIST = re.compile(
    r"\b(?:work|employed|found|jobs|hired|needed)\b[^.;:]{0,20}\b(?:in|by"
    r"|across)\s+(?P<list>[^.;]+?)\s+(?:industries|sectors|companies|firms)\b",
    re.I,
)


def step_of_entry(inline, *, role, around, ladder=None, where=""):
    """A career step of a list entry that begins with a title; None where it does not."""
    text = inline.text
    lead, note = lead_and_text(inline)
    title = (lead.text or text).strip(" .")
    years = years_in(title) if years_in(title) != (None, None) else years_in(note.text[:60])
    title = re.sub(r"\s{2,}", " ", YEARS.sub(" ", title)).strip(" ,–—-()")
    title = re.sub(r"^(?:level|step|stage|year|phase) \d+\s*[:.–-]?\s*", "", title, flags=re.IGNORECASE)
    if not is_title(title):
        return None
    kind = ladder or kind_of_step(title, around, role)
    return StepDraft(kind, title[:120], note, years, where, quoted=len(note.text) > 300 or not lead.text)


def is_title(text):
    words = text.split()
    return 0 < len(words) <= MOST_WORDS and len(text) <= 120 and text[0].isupper() and not NO_TITLE.search(text)


def kind_of_step(title, around, role):
    """By the words above it, or else by the title's own rank: “Related roles” makes a manager stand beside."""
    nearest = around[0] if around else ""
    if BESIDE.search(nearest) and not AFTER.search(nearest):
        return CareerStep.Kind.BESIDE
    for kind, pattern in SENIORITY:
        if re.search(pattern, title, re.IGNORECASE):
            return kind
    for text in around:
        found = {
            CareerStep.Kind.BEFORE: BEFORE.search(text),
            CareerStep.Kind.BESIDE: BESIDE.search(text),
            CareerStep.Kind.AFTER: AFTER.search(text),
        }
        kinds = [kind for kind, match in found.items() if match]
        if len(kinds) == 1:
            return kinds[0]
        if CareerStep.Kind.AFTER in kinds and CareerStep.Kind.BEFORE not in kinds:  # “Senior job titles”
            return CareerStep.Kind.AFTER
    return CareerStep.Kind.BESIDE


def ladder_of(titles, role):
    """The kinds of titles that climb past the role itself: before it, it (None), after it. {} where it is no rung."""
    own = [index for index, title in enumerate(titles) if is_role(title, role)]
    if len(own) != 1 or len(titles) < 3:
        return {}
    kinds = {}
    for index in range(len(titles)):
        kinds[index] = CareerStep.Kind.BEFORE if index < own[0] else CareerStep.Kind.AFTER if index > own[0] else None
    return kinds


def is_role(title, role):
    return stems(re.sub(r"\([^)]*\)", "", title)) == stems(role)


def years_in(text):
    match = YEARS.search(text)
    if not match:
        return None, None
    low, high = match["low"] or match["low2"], match["high"] or match["high2"]
    return int(low), int(high) if high and int(high) >= int(low) else (None if match["more"] or high else int(low))


def steps_in_prose(sentence, *, role, around, where):
    """Titles a sentence about the career path lists: “move on to Lead Designer, Design Manager or Head of Design”."""
    match = STARTS.search(sentence) or LIST_IN_TEXT.search(sentence) or LOWER_LIST.search(sentence)
    if match and match.re is STARTS:
        titles = [title[:1].upper() + title[1:] for title in members(match["list"])]
        return [StepDraft(CareerStep.Kind.BEFORE, title, Inline(), where=where) for title in titles if is_title(title)]
    if not match:
        return []
    titles = members(match["list"])
    if match.re is LOWER_LIST:
        titles = [title.title() for title in titles if len(title.split()) <= 4] if len(titles) > 1 else []
    titles = [title for title in titles if is_title(title) and is_capitalised(title) and not is_role(title, role)]
    cue = sentence[: match.end() - len(match["list"])]
    return [StepDraft(kind_of_step(title, (cue, *around), role), title, Inline(), where=where) for title in titles]


def rungs_in(text, role, where):
    """“Junior Cook → Cook → Sous-Chef → Head Chef”: steps up to the role and on from it."""
    titles = [title.strip(" .") for title in re.split(r"\s*(?:→|➔|➜|⟶|->|=>|›|»|(?<=\s)>(?=\s))\s*", text)]
    if len(titles) < 3 or not all(is_title(title) for title in titles):
        return []
    ladder = ladder_of(titles, role)
    steps = [(ladder.get(index) or kind_of_step(title, (), role), title) for index, title in enumerate(titles)]
    return [StepDraft(kind, title, Inline(), where=where) for kind, title in steps if not is_role(title, role)]


def is_capitalised(title):
    return all(word[0].isupper() for word in title.split() if len(word) > 3)


def members(text):
    """'a, b, and c' -> ['a', 'b', 'c']"""
    parts = re.split(r"\s*[,;/]\s*(?:and |or )?|\s+(?:and|or)\s+", text)
    return [
        re.sub(r"^(?:an?|the|even|eventually|finally|then)\s+", "", part.strip(" ."))
        for part in parts
        if part.strip(" .")
    ]


def industries_in(text):
    """Industries a sentence enumerates: “industries such as healthcare, finance and retail”."""
    match = INDUSTRY_LIST.search(text) or IN_LIST.search(text)
    if not match:
        return []
    names = [re.sub(r"\b(?:industr(?:y|ies)|sectors?)\b", "", name).strip() for name in members(match["list"])]
    return [name for name in names if is_industry(name)] if len(names) > 1 else []


def industries_listed(text):
    """Industries of a line that is nothing but their names: “Retail; hospitals; government”."""
    names = members(text)
    return names if len(names) > 2 and all(is_industry(name) for name in names) else []


def is_industry(name):
    return (
        0 < len(name.split()) <= 4
        and len(name) <= 60
        and not re.search(r"\d|\b(?:more|others?|many|etc|so on|you|your|is|are|that)\b", name)
    )


def industry_of_entry(inline):
    lead, text = lead_and_text(inline)
    name = (lead.text or (text.text if len(text.text.split()) <= 4 else "")).strip(" .")
    return name if is_industry(name) else ""


def mentions_role(text, role):
    pattern = role_pattern(role)
    return bool(pattern and pattern.search(text))
