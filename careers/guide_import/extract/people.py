"""Whom a pay figure describes: people of some experience, or of another occupation than the guide's."""

import re

from careers.guide_import.text.role_names import replace_role_names, role_name_variants, role_pattern
from careers.guide_import.text.words import word_stems

from .citations import KNOWN_PUBLISHERS
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
KINDS = (
    "average|median|mean|typical|usual|annual|yearly|monthly|weekly|hourly|daily|base|basic|starting|gross|net|total|estimated"
    "|national|overall|full-time|cash|current|advertised|reported|minimum|maximum|expected"
)
PAY = r"(?:salar(?:y|ies)|wages?|pay|earnings|incomes?|compensation|remuneration)"
EARNS = (
    rf"(?:(?:have|has|had|sees?|saw)(?= (?:an? )?(?:{KINDS})\b)"
    r"|earns?|earned|makes?|made|starts? (?:on|at|out)|takes? home|(?:is|are|were) paid|gets?|commands?|gross|reach|receives?"
    r"|clears?)"
)
WORD = r"[\w’'/&-]{1,40}"
# “captains, mates, and pilots of water vessels”, but not “in May, captains and mates”
LISTED = (
    rf"(?!(?:in|at|by|for|from|on|as|with|according|across|since|of|over)\s)(?:{WORD} ){{0,4}}{WORD}"
    rf"(?:, (?:{WORD} ){{0,4}}{WORD}){{1,6}},? (?:and|or) (?:{WORD} ){{0,6}}?{WORD}"
)
PAIR = rf"(?:^|(?<=[,;]\s))(?:{WORD} ){{0,2}}{WORD}(?<=s) and (?:{WORD} ){{0,3}}?{WORD}"  # “Captains and mates”
VERB_AFTER = rf"\s+(?:\([^()]{{0,80}}\)\s+)?(?:{MODAL} ){{0,3}}(?:expect to )?"
WHO = re.compile(rf"(?P<who>(?:{WORD} ){{0,6}}{WORD}){VERB_AFTER}{EARNS}\b", re.IGNORECASE)
LISTED_EARNERS = re.compile(rf"(?<![\w’'/&-])(?P<who>{LISTED}|{PAIR}){VERB_AFTER}{EARNS}\b", re.IGNORECASE)
AS_WHO = re.compile(
    rf"\bas an? (?P<who>(?:{WORD} ){{0,4}}{WORD}), (?:you|one|they){VERB_AFTER}{EARNS}\b", re.IGNORECASE
)
# “$48,060 a year for all workers”, “… is the median wage for captains”
BEHIND = re.compile(
    rf"^\W*(?:(?:per|a|an) \w+\W*|annually\W*)?(?:(?:is|was|as) )?(?:(?:the|an?) )?(?:(?:{KINDS}) ){{0,4}}(?:{PAY} )?"
    rf"(?:for|among) (?P<who>(?!\w+ing\b)(?:{WORD} ){{0,4}}?{WORD})(?=\s(?:in|at|with|and|who|is|was)\b|\W*$|[,;:.()])",
    re.IGNORECASE,
)
AMOUNTS_TO = (
    r"(?:is|are|was|were|be|stands?|stood|ranges?|ranged|averages?|averaged|comes?|came|var(?:y|ies)|sits?|hovers?|falls?|fell"
    r"|tops?|exceeds?|begins?|rises?|rose|reached|lies)"
)
# “The median annual wage for captains was …”, “The average salary of a captain: …”
PAID = re.compile(
    rf"\b(?:{PAY}(?: (?:level|range|rate|band)s?)? (?:for|of|among|paid to|earned by)|(?:average|median|mean) (?:for|among))\s"
    rf"(?P<who>[^;:()]{{2,120}}?)(?:{VERB_AFTER}(?:{AMOUNTS_TO}|{EARNS})\b|\s*[:(–—]|\s+of\s(?:\w+\s){{0,2}}$)",
    re.IGNORECASE,
)
# “A captain’s average salary …”, “The average captain salary …”
OWN_PAY = re.compile(
    rf"(?P<who>(?:[\w/&-]{{1,40}} ){{0,5}}[\w/&-]{{1,40}}?)(?:['’]s|(?<=s)['’]) (?:(?:{KINDS}) ){{0,4}}{PAY}\b"
    rf"|\b(?:average|median|mean|typical) (?P<named>(?:{WORD} ){{1,5}}?)(?<!['’]s )(?<!s['’] ){PAY}\b",
    re.IGNORECASE,
)
MODALS_AT_END = re.compile(rf"(?:\s+(?:{MODAL}|expect|to))+$", re.IGNORECASE)
MAX_LENGTH = 300  # characters before an amount that name its people
# “…, which includes bakers, butchers and cooks, …” after those who were measured, up to the comma before the verb
ASIDE = re.compile(
    r"(?:,|\s[–—])\s(?:(?:an? \w+ )?(?:which|that|who)|including|such as|among them)\b"
    rf"(?:[^;]{{2,200}}?(?:,|\s[–—])(?=\s+(?:to|has|have|should|{MODAL}|{AMOUNTS_TO}|{EARNS})\b)|[^,.;]{{2,80}},)"
    r"|\s\((?:which|that|who|including|includes|such as|e\.g\.|among them)\b[^()]{2,200}\)",
    re.IGNORECASE,
)
# “with 10+ years of experience” directly after the name of the role, or after “those”
QUALIFIED = re.compile(
    rf"\s*(?P<who>(?:with|without|having|who|working|employed|speciali[sz]ing)\s[^.;]{{3,120}}?)\s+"
    rf"(?:{MODAL} ){{0,3}}(?:expect to )?(?:{EARNS}|{AMOUNTS_TO})\b",
    re.IGNORECASE,
)
ONLY_PLACE = re.compile(r"(?:working|employed|who (?:work|live)s?) (?:in|across|throughout) (?:the )?", re.IGNORECASE)
ANYBODY = re.compile(r"\b(?:those|people|professionals|workers|employees|individuals)\b", re.IGNORECASE)
CUT_BEFORE = re.compile(r"^.*\b(?:that|and|but|while|because|if|when|where)\s+", re.IGNORECASE)
CUT_AFTER = re.compile(r"\s+(?:in|at|with|who|across|for|on|from|working|employed)\b.*$", re.IGNORECASE)
EVERYBODY = re.compile(r"\ball (?:\w+ )?(?:workers|employees|occupations|jobs|professions|earners)\b", re.IGNORECASE)
# Words and word stems that name no particular people.
GENERIC_WORD_LIST = """
a an the most many some all few one you they we it who people professional worker employee individual practitioner staff
someone those these their your average typical usually job position however today here there he she can which what candidate
other thi that thes thos peopl employe rol salar pay wag earning income compensation figur rang rat band of half them us
this role career profession occupation field industr trade titl work full-time full time per one my our his her
year month week day hour nation country national entir whol such same similar example result rul each every how much do does did
"""
PEOPLE_NOUN = (
    r"(?:workers?|professionals?|employees?|practitioners?|staff|people|occupations?|industry|trades?|field|profession)"
)
GENERIC_WORDS = frozenset([*GENERIC_WORD_LIST.split(), *KINDS.split("|")])


def other_earners_in(text_before: str, role: str) -> str:
    """Who earns an amount, if the words before it name other people than the role: “a master electrician makes …”.

    Those named last count.
    """
    text = text_before[-MAX_LENGTH:]
    found = [match for pattern in (LISTED_EARNERS, PAID, OWN_PAY, AS_WHO) for match in pattern.finditer(text)]
    named = [match for match in found if names_people(match[match.lastgroup or 0])]
    last = max(named, key=lambda match: match.end(match.lastgroup or 0), default=None)
    if last and not WHO.search(re.split(r"[,;]", text[last.end() :])[-1]):
        return other_people(last[last.lastgroup or 0], role)
    match = WHO.search(re.split(r"[,;]", text)[-1])
    return other_people(CUT_BEFORE.sub("", MODALS_AT_END.sub("", match["who"])), role) if match else ""


def other_people_behind(text_after: str, role: str) -> str:
    """Other people than the role's that are named directly behind an amount: “$48,060 for all workers”."""
    match = BEHIND.match(text_after)
    return other_people(match["who"], role) if match else ""


def other_people(who: str, role: str) -> str:
    """The people of a subject such as “most civil engineers in Texas”: 'civil engineers'; '' if they are those of the role."""
    if everybody := EVERYBODY.search(who):
        return everybody[0]
    who = CUT_AFTER.sub("", who).strip(" ,")
    if re.search(r"\b(?:years?|experience)\b", who, re.IGNORECASE) or re.search(r"(?<!\S)\d[\d.,]*(?!\w)", who):
        return ""  # people of the role, known by their experience
    if mentions := places_in(who):
        who = who[mentions[-1].end :].strip() or who[: mentions[0].start].strip()
    if any(pattern.search(who) for pattern, _ in KNOWN_PUBLISHERS) or names_only(who, role):
        return ""
    words = who.split()
    while is_generic(words[0]):
        words.pop(0)
    while is_generic(words[-1]) and not re.fullmatch(PEOPLE_NOUN, words[-1], re.IGNORECASE):
        words.pop()
    return " ".join(words)


def names_people(who: str) -> bool:
    """Whether anybody in particular is named, or expressly everybody."""
    return bool(EVERYBODY.search(who)) or not all(map(is_generic, who.split()))


def names_only(who: str, role: str) -> bool:
    """Whether nobody but the people of the role is named, or nobody in particular."""
    known, words = {*word_stems(role), *GENERIC_WORDS}, replace_role_names(who, role_name_variants(role)).split()
    return all(is_generic(word) or {*word_stems(word)} <= known for word in words)


def is_generic(word: str) -> bool:
    return word.lower() in GENERIC_WORDS or {*word_stems(word)} <= GENERIC_WORDS


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
            found = QUALIFIED.match(text_before, match.end())
            if found and not is_only_place(found["who"]):
                return found["who"]
    return ""


def is_only_place(who: str) -> bool:
    """Whether “working in Texas” is all that tells people apart: their figure has its place already."""
    mentions = places_in(who)
    return bool(mentions) and mentions[-1].end == len(who) and bool(ONLY_PLACE.fullmatch(who[: mentions[0].start]))


def people_in(text: str) -> str:
    """Experience or employment named in a text: 'entry-level', 'with 5 years of experience'; '' if none is named."""
    found = [match[0] for match in PEOPLE.finditer(text) if not NOT_PEOPLE.match(match[0])]
    return ", ".join(dict.fromkeys(found))
