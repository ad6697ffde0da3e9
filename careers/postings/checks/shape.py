"""Rules for the length and layout of the text, and for contact data in it."""

import re

from .finding import CORPUS, FORMATS, GOOGLE_CONTENT, STYLE, Note, Rule, quoted

FEWEST_CHARACTERS, FEWEST_WORDS, MOST_WORDS = 100, 150, 1200
WALL_WORDS, LISTLESS_WORDS = 150, 250
LIST_MARK = re.compile(r"^\s*(?:[-*+•·▪]|\d{1,2}[.)])\s")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/.-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,5}\)|\d{2,5})[ .-]\d{3,4}[ .-]\d{3,5}(?![\w-])")
# Contact data near these words helps applicants (adjustments, fraud warnings) and does not bypass the application form.
FOR_HELP = re.compile(
    r"accommodat|disabilit|adjustment|accessib|privacy|fraud|scam|legitimate|verify|report|impersonat|talent@|official",
    re.IGNORECASE,
)
AROUND = 220


def too_short(subject):
    characters, words = len(subject.text), len(subject.words)
    if 0 < characters < FEWEST_CHARACTERS:
        yield Note(
            "description",
            f"The text has {characters} characters. Other job boards refuse fewer than {FEWEST_CHARACTERS}.",
        )
    elif 0 < words < FEWEST_WORDS:
        yield Note(
            "description",
            f"The text has {words} words. Postings with fewer than {FEWEST_WORDS} usually miss something; half of "
            "all postings have 684 or more.",
        )


def too_long(subject):
    if len(subject.words) > MOST_WORDS:
        yield Note(
            "description",
            f"The text has {len(subject.words):,} words. Only 1 posting in 20 is longer than {MOST_WORDS:,}.",
        )


def wall_of_text(subject):
    for field, text in subject.texts.items():
        longest = max((len(block.split()) for block in prose_blocks(text)), default=0)
        if longest > WALL_WORDS:
            yield Note(field, f"One paragraph has {longest} words. Split it into shorter ones.")


def prose_blocks(text):
    """The text's paragraphs without list items."""
    for block in re.split(r"\n\s*\n", text):
        yield "\n".join(line for line in block.splitlines() if not LIST_MARK.match(line))


def no_list(subject):
    if len(subject.words) > LISTLESS_WORDS and not any(LIST_MARK.match(line) for _, line in subject.lines):
        yield Note(
            "description",
            "This long text has no list. Put duties and requirements on lines that start with “- ”.",
        )


def contact_in_text(subject):
    for field, text in subject.plain_texts.items():
        found = [
            match[0] for pattern in (EMAIL, PHONE) for match in pattern.finditer(text) if not is_for_help(text, match)
        ]
        if found:
            yield Note(
                field,
                f"{quoted(found)}: robots collect contact details from the text, and we cannot count applications "
                "sent there. Use “How to apply” instead.",
            )


def is_for_help(text, match):
    return bool(FOR_HELP.search(text[max(0, match.start() - AROUND) : match.end() + AROUND]))


RULES = [
    Rule("too_short", "Short text", FORMATS, too_short),
    Rule("too_long", "Long text", f"{CORPUS}: 95 in 100 have at most 1,198 words", too_long),
    Rule("wall_of_text", "Wall of text", STYLE, wall_of_text),
    Rule("no_list", "No list", FORMATS, no_list),
    Rule("contact_in_text", "Contact data in the text", GOOGLE_CONTENT, contact_in_text),
]
