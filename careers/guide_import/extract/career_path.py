"""Career steps: titles before, beside and after a role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from careers.guide_import.text.inline import Inline
from careers.guide_import.text.points import split_lead
from careers.guide_import.text.role_names import is_same_role
from careers.guide_import.text.words import exact_words
from careers.roles.models import CareerStep

from .industries import list_members

# Words in the headings and sentences above a title.
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
# Words in a title.
RANKS = [
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
NOT_IN_A_TITLE = re.compile(
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
MAX_TITLE_WORDS = 7


@dataclass
class StepDraft:
    """`quoted` if the text that names the step stays in the prose of the guide."""

    kind: CareerStep.Kind
    title: str
    note: Inline = field(default_factory=Inline)
    years: tuple[int | None, int | None] = (None, None)
    where: str = ""
    quoted: bool = True
    text: str = ""  # of the entry that names the step

    @property
    def key(self):
        return exact_words(self.title)

    def is_said_by(self, step: CareerStep) -> bool:
        """Whether the step of a guide holds what the entry says beside the title. A quoted entry stays in the prose."""
        has_note = exact_words(self.note.text) == exact_words(step.note)
        has_years = self.years in ((None, None), (step.years_min, step.years_max))
        return self.quoted or (has_note and has_years)


def step_of_entry(
    inline: Inline,
    *,
    role: str,
    texts_above: Sequence[str],
    kind: CareerStep.Kind | None = None,
    where: str = "",
) -> StepDraft | None:
    """The step of a list entry that begins with a title; None for other entries."""
    text = inline.text
    lead, note = split_lead(inline)
    title = (lead.text or text).strip(" .")
    years = years_in(title) if years_in(title) != (None, None) else years_in(note.text[:60])
    title = re.sub(r"\s{2,}", " ", YEARS.sub(" ", title)).strip(" ,–—-()")
    title = re.sub(r"^(?:level|step|stage|year|phase) \d+\s*[:.–-]?\s*", "", title, flags=re.IGNORECASE)
    if not is_title(title):
        return None
    kind = kind or kind_of_step(title, texts_above)
    is_quoted = len(note.text) > 300 or not lead.text
    return StepDraft(kind, title[:120], note, years, where, quoted=is_quoted, text=text)


def is_title(text):
    words = text.split()
    return (
        0 < len(words) <= MAX_TITLE_WORDS and len(text) <= 120 and text[0].isupper() and not NOT_IN_A_TITLE.search(text)
    )


def kind_of_step(title: str, texts_above: Sequence[str]) -> CareerStep.Kind:
    """By a nearest text such as “Related roles”, else by the rank in the title, else by the other texts above."""
    nearest = texts_above[0] if texts_above else ""
    if BESIDE.search(nearest) and not AFTER.search(nearest):
        return CareerStep.Kind.BESIDE
    for kind, pattern in RANKS:
        if re.search(pattern, title, re.IGNORECASE):
            return kind
    for text in texts_above:
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


def kinds_by_position(titles: Sequence[str], role: str) -> dict[int, CareerStep.Kind | None]:
    """{index: kind} of titles listed in order of rank, by their position before or after the role; {} without the role."""
    own = [index for index, title in enumerate(titles) if is_role(title, role)]
    if len(own) != 1 or len(titles) < 3:
        return {}
    kinds = {}
    for index in range(len(titles)):
        kinds[index] = CareerStep.Kind.BEFORE if index < own[0] else CareerStep.Kind.AFTER if index > own[0] else None
    return kinds


def is_role(title, role):
    return is_same_role(re.sub(r"\([^)]*\)", "", title), role)


def years_in(text):
    match = YEARS.search(text)
    if not match:
        return None, None
    low, high = match["low"] or match["low2"], match["high"] or match["high2"]
    return int(low), int(high) if high and int(high) >= int(low) else (None if match["more"] or high else int(low))


def steps_in_prose(sentence: str, *, role: str, texts_above: Sequence[str], where: str) -> list[StepDraft]:
    """Titles listed in a sentence about the career path: “move on to Lead Designer, Design Manager or Head of Design”."""
    if sentence.rstrip().endswith(":"):  # the titles are those of the list below
        return []
    match = STARTS.search(sentence) or LIST_IN_TEXT.search(sentence) or LOWER_LIST.search(sentence)
    if match and match.re is STARTS:
        titles = [title[:1].upper() + title[1:] for title in list_members(match["list"])]
        return [StepDraft(CareerStep.Kind.BEFORE, title, Inline(), where=where) for title in titles if is_title(title)]
    if not match:
        return []
    titles = list_members(match["list"])
    if match.re is LOWER_LIST:
        is_list = len(titles) > 1 and all(len(title.split()) <= 4 for title in titles)
        titles = [title.title() for title in titles] if is_list else []
    titles = [title for title in titles if is_title(title) and is_capitalised(title) and not is_role(title, role)]
    lead_in = sentence[: match.end() - len(match["list"])]
    return [StepDraft(kind_of_step(title, (lead_in, *texts_above)), title, Inline(), where=where) for title in titles]


def steps_of_arrow_line(text: str, role: str, where: str) -> list[StepDraft]:
    """The steps of “Junior Cook → Cook → Sous-Chef → Head Chef”."""
    titles = [title.strip(" .") for title in re.split(r"\s*(?:→|➔|➜|⟶|->|=>|›|»|(?<=\s)>(?=\s))\s*", text)]
    if len(titles) < 3 or not all(is_title(title) for title in titles):
        return []
    kinds = kinds_by_position(titles, role)
    steps = [(kinds.get(index) or kind_of_step(title, ()), title) for index, title in enumerate(titles)]
    return [StepDraft(kind, title, Inline(), where=where) for kind, title in steps if not is_role(title, role)]


def is_capitalised(title):
    return all(word[0].isupper() for word in title.split() if len(word) > 3)
