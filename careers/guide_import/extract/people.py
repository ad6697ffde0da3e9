"""Whom a pay figure describes: people of some experience, or of another occupation than the guide's."""

import re

from careers.guide_import.text.role_names import role_pattern
from careers.guide_import.text.words import word_stems

from .places import places_in

YEARS_OF = (
    r"(?:(?:more than|over|at least|up to|under|less than|fewer than|around|about|with) ){0,3}"
    r"\d{1,2}\+?(?:\s?(?:–|-|to|and)\s?\d{1,2})?\+? (?:or more )?years?"
)
PEOPLE = re.compile(
    r"\b(?:entry[- ]level|starting out|starting|starters?|newly[- ](?:qualified|licensed|certified|trained)"
    r"|new(?:ly)? graduates?|graduates?|beginners?|juniors?|trainees?|apprentices?|interns?|mid[- ](?:level|career|senior)"
    r"|intermediate|experienced|seniors?(?:[- ]level)?|leads?\b(?! to)|principals?|seasoned|veterans?|early[- ]career"
    r"|late[- ]career|top earners?|self-employed|freelancers?|freelance|contractors?|part-time|public sector|private sector"
    r"|unionized|non-union|union members?|(?:with |after |having )?"
    rf"{YEARS_OF}(?:['’]? ?(?:of )?(?:\w+ )?experience| in the (?:job|role|trade)| on the job)?)(?![\w-])",
    re.IGNORECASE,
)
NOT_PEOPLE = re.compile(r"^(?:starting|lead|leads|intern)$", re.IGNORECASE)
MODAL = r"(?:can|could|may|might|will|typically|usually|often|generally|now|also|well)"
EARNS = (
    r"(?:earns?|earned|makes?|made|starts? (?:on|at|out)|takes? home|(?:is|are|were) paid|gets?|commands?|gross|reach|receives?"
    r"|clears?)"
)
WHO = re.compile(
    rf"(?P<who>(?:[\w’'/&-]{{1,40}} ){{0,6}}[\w’'/&-]{{1,40}})\s+(?:\([^()]{{0,80}}\)\s+)?"
    rf"(?:{MODAL} ){{0,3}}(?:expect to )?{EARNS}\b",
    re.IGNORECASE,
)
MODALS_AT_END = re.compile(rf"(?:\s+(?:{MODAL}|expect|to))+$", re.IGNORECASE)
MAX_LENGTH = 300  # characters before an amount that name its people
# “…, which includes bakers, …” after those who were measured
ASIDE = re.compile(r",\s(?:(?:an? \w+ )?(?:which|that|who)|including|such as|among them)\b[^,.;]{2,80},", re.IGNORECASE)
# “with 10+ years of experience” directly after the name of the role, or after “those”
QUALIFIED = re.compile(
    rf"\s*(?P<who>(?:with|without|having|who|working|employed|speciali[sz]ing)\s[^.;]{{3,120}}?)\s+"
    rf"(?:{MODAL} ){{0,3}}(?:expect to )?{EARNS}\b",
    re.IGNORECASE,
)
ANYBODY = re.compile(r"\b(?:those|people|professionals|workers|employees|individuals)\b", re.IGNORECASE)
CUT_BEFORE = re.compile(r"^.*\b(?:that|and|but|while|because|if|when|where)\s+", re.IGNORECASE)
CUT_AFTER = re.compile(r"\s+(?:in|at|with|who|of|across|for|on|from|working)\b.*$", re.IGNORECASE)
# Words and word stems that name no particular people.
GENERIC_WORD_LIST = """
a an the most many some all few one you they we it who people professional worker employee individual practitioner staff
someone those these their your average typical usually job position however today here there he she can which what candidate
other thi that thes thos peopl employe rol salar pay wag earning income compensation figur rang rat band
"""
PEOPLE_NOUN = r"(?:workers?|professionals?|employees?|practitioners?|staff|people)\b"
GENERIC_WORDS = frozenset(GENERIC_WORD_LIST.split())


def other_earners_in(text_before: str, role: str) -> str:
    """Who earns an amount, if the words before it name other people than the role: “a master electrician makes …”."""
    match = WHO.search(re.split(r"[,;]", text_before)[-1][-MAX_LENGTH:])
    who = MODALS_AT_END.sub("", match["who"]) if match else ""
    who = CUT_AFTER.sub("", CUT_BEFORE.sub("", who)).strip()
    if re.search(r"\b(?:years?|experience)\b", who, re.IGNORECASE):
        who = ""  # people of the role, known by their experience
    if mentions := places_in(who):
        who = who[mentions[-1].end :].strip() or who[: mentions[0].start].strip()
    words = [
        word for word in who.split() if word.lower() not in GENERIC_WORDS and not {*word_stems(word)} <= GENERIC_WORDS
    ]
    if (
        not 0 < len(words) <= 6
        or set(word_stems(" ".join(words))) <= {*word_stems(role), *GENERIC_WORDS}
        or places_in(words[-1])
    ):
        return ""
    kind = re.search(rf"{re.escape(words[-1])}(?: {PEOPLE_NOUN})?", who, re.IGNORECASE)
    return " ".join([*words[:-1], kind[0] if kind else words[-1]])


def without_asides(text: str) -> str:
    """“Food processing workers, which includes bakers, earn …” without the bakers, who were not measured by themselves."""
    return ASIDE.sub("", text)


def without_years(text: str) -> str:
    """Without “more than 5 years”, which tells of people and not of the ends of a range."""
    return re.sub(YEARS_OF, " ", text, flags=re.IGNORECASE)


def qualified_people_in(text_before: str, role: str) -> str:
    """'with 10+ years of experience' in “Bakers with 10+ years of experience earn …”; '' if nothing tells them apart."""
    for pattern in filter(None, (role_pattern(role), ANYBODY)):
        for match in pattern.finditer(text_before):
            if found := QUALIFIED.match(text_before, match.end()):
                return found["who"]
    return ""


def people_in(text: str) -> str:
    """Experience or employment named in a text: 'entry-level', 'with 5 years of experience'; '' if none is named."""
    found = [match[0] for match in PEOPLE.finditer(text) if not NOT_PEOPLE.match(match[0])]
    return ", ".join(dict.fromkeys(found))
