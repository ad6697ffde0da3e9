"""Rules for titles: the name of the job and nothing else."""

import re
import unicodedata

from careers.geo.countries import country_name, subdivision_name

from .finding import FORMATS, GOOGLE, Note, Rule, quoted

LONGEST = 80
LONG_WORD = re.compile(r"[^\W\d_]{5,}")  # short words in capitals are usually names: QA, SQL, DBA
PAY = re.compile(
    r"[$€£¥₹]\s?\d[\d.,]*\s?k?\b|\b(?!401)\d[\d.,]*\s?k\b|\b\d[\d.,]*\s?(?:USD|EUR|GBP|CHF|CAD|AUD)\b|\b(?:per|an|/)\s?(?:hour|hr)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"#\s?\d+|\b(?:req|ref|id|jr|job|r)[-_ .:#]*\d{3,}\b|\b\d{5,}\b|\[[A-Z]{1,4}\d+\]", re.IGNORECASE)
DATE = re.compile(
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}\b",
    re.IGNORECASE,
)
ADVERTISING = re.compile(
    r"\b(?:urgent(?:ly)?|hiring|apply now|immediate start|asap|start now|great pay|no experience needed)\b",
    re.IGNORECASE,
)
SYMBOL_RUN = re.compile(r"([!?*~=#+>|_•★☆-])\s?\1+|[!*~★☆►➤✔]")
ADDRESS = re.compile(
    r"https?://|www\.|\b[\w.+-]+@[\w-]+\.\w{2,}|\b[\w-]+\.(?:com|org)\b|(?:\+|\b)\d[\d ()/-]{7,}\d",
    re.IGNORECASE,
)
REMOTE = re.compile(r"\b(?:remote|on[- ]?site|hybrid)\b", re.IGNORECASE)


def title_pattern_check(pattern, sentence):
    """A check that reports the pattern's matches in the title."""

    def check(subject):
        if found := [match[0].strip() for match in pattern.finditer(subject.title)]:
            yield Note("title", f"{quoted(found)}: {sentence}")

    return check


def title_in_capitals(subject):
    """Letters of scripts without upper case are ignored."""
    letters = [letter for letter in subject.title if letter.isupper() or letter.islower()]
    if any(word.isupper() for word in LONG_WORD.findall(subject.title)) and sum(
        letter.isupper() for letter in letters
    ) > 0.75 * len(letters):
        yield Note("title", "The title is in capitals. Use normal capitalisation, for example Data Engineer.")


def symbols_in_title(subject):
    found = [match[0] for match in SYMBOL_RUN.finditer(subject.title)]
    found += [letter for letter in subject.title if unicodedata.category(letter) == "So"]
    if found:
        yield Note("title", f"{quoted(found)}: remove symbols and emoji from the title.")


def place_in_title(subject):
    place_names = {place.city for place in subject.places}
    place_names |= {subdivision_name(place.subdivision) for place in subject.places if place.subdivision}
    place_names |= {
        country_name(code) for code in (*(place.country for place in subject.places), *subject.remote_countries)
    }
    found = [name for name in sorted(place_names) if len(name) > 2 and contains_word(subject.title, name)]
    found += [match[0] for match in REMOTE.finditer(subject.title)]
    if found:
        yield Note("title", f"{quoted(found)}: enter places and the workplace in their own fields.")


def contains_word(text, name):
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def employer_in_title(subject):
    if len(subject.employer) > 2 and contains_word(subject.title, subject.employer):
        yield Note("title", f"“{subject.employer}” is in the title. Remove it: the employer is shown beside the title.")


def long_title(subject):
    if len(subject.title) > LONGEST:
        yield Note(
            "title",
            f"The title has {len(subject.title)} characters; lists and search engines cut titles off after about {LONGEST}.",
        )


def description_is_title(subject):
    description = subject.plain_texts.get("description", "").casefold().strip(" .")
    if description and description == subject.title.casefold().strip(" ."):
        yield Note(
            "description", "The description only repeats the title, and search engines reject that. Describe the work."
        )


RULES = [
    Rule("title_pay", "Pay in the title", GOOGLE, title_pattern_check(PAY, "enter pay in its own fields.")),
    Rule("title_place", "Place in the title", GOOGLE, place_in_title),
    Rule("title_employer", "Employer in the title", GOOGLE, employer_in_title),
    Rule(
        "title_code",
        "Code in the title",
        GOOGLE,
        title_pattern_check(CODE, "remove requisition numbers from the title."),
    ),
    Rule("title_date", "Date in the title", GOOGLE, title_pattern_check(DATE, "remove dates from the title.")),
    Rule(
        "title_urge",
        "Advertising in the title",
        GOOGLE,
        title_pattern_check(ADVERTISING, "use only the name of the job in the title."),
    ),
    Rule("title_capitals", "Title in capitals", f"{GOOGLE} (not confirmed here)", title_in_capitals),
    Rule("title_symbols", "Symbols in the title", f"{GOOGLE} (not confirmed here)", symbols_in_title),
    Rule(
        "title_contact",
        "Contact data in the title",
        GOOGLE,
        title_pattern_check(ADDRESS, "remove addresses and phone numbers from the title."),
    ),
    Rule("title_long", "Long title", FORMATS, long_title),
    Rule("description_is_title", "Description repeats the title", GOOGLE, description_is_title),
]
