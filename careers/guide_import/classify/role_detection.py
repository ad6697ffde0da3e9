"""The role an article is about, by its title and headings."""

import re
from collections import Counter
from collections.abc import Iterable

from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.words import word_stems

ARTICLE = r"(?:an?|the)\s+"
NAME = r"(?P<role>[A-ZÀ-Þa-zà-þ][\w+#.&/'’-]*(?:\s+(?:[\w+#&/'’-]+|of|in|and)){0,5}?)"
AFTER = (
    r"(?:'s|’s|s'|s’)?\s+(?:job|career|salar|pay\b|dut|responsib|skills|role\b|guide|interview|resume|cv\b"
    r"|kpi|outlook|profile|requirements"
    r"|description|qualif|do\b|earn|make|work\b|need|use\b|face|be\b|has|have|spend|really|actually"
    r"|get paid|at a glance|\bin\s+20)"
)
END = r"\s*(?:[?:|,.(–—-].*|\bin\s+.*|\bwithout\b.*|\bstep\b.*)?$"
SUBJECTS = (
    r"(?:salar(?:y|ies)|pay|earnings|kpis|skills|tools|tips|interview questions|outlook|prospects|duties"
    r"|responsibilities|requirements"
    r"|career|future|challenges|path)"
)
QUESTIONS = [
    rf"\b(?:what|how much|where|how|why)\b.{{0,20}}?\b(?:do|does|is|are|can|will"
    rf"|should)\s+(?:{ARTICLE})?{NAME}{AFTER}",
    rf"\b(?:day|week|shift|night) in the life of\s+(?:{ARTICLE})?{NAME}{END}",
    r"\b(?:(?:how|want) to (?:become|be|hire|train as|work as)|becoming|being|work(?:ing)? as|life as|become)"
    rf"\s+{ARTICLE}{NAME}{END}",
    rf"^what (?:exactly )?(?:is|are)\s+{ARTICLE}{NAME}\s*\??$",
    rf"\b{SUBJECTS}\b.{{0,20}}?\b(?:for|of|as|to become|being)\s+{ARTICLE}{NAME}{END}",
]
GUIDES = r"^(?:the )?(?:complete |ultimate |full |career |job )*(?:guide|profile|spotlight|description)"
TITLES = [
    rf"{GUIDES}\s*(?:to|for|:|-|–)\s*(?:becoming |being )?(?:{ARTICLE})?{NAME}\s*(?:[:|,(–—].*)?$",
    rf"^(?:{ARTICLE})?{NAME}{AFTER}",
    rf"^(?:{ARTICLE})?{NAME}\s*(?:[:|(–—]|\s-\s).+$",
]
QUESTIONS, TITLES = ([re.compile(pattern, re.IGNORECASE) for pattern in patterns] for patterns in (QUESTIONS, TITLES))
MAX_TITLE_LENGTH = 200  # characters
NOT_IN_A_ROLE = {
    "you", "it", "they", "we", "i", "this", "that", "role", "job", "career", "people", "someone", "one", "these", "those",
    "what", "how", "why", "your", "their", "our", "average", "median", "mean", "typical",
}  # fmt: skip


def detect_role(title: str, blocks: Iterable[Block]) -> str:
    """The role named most often in the title and the headings; '' if none is."""
    votes: Counter = Counter()
    spellings: dict[tuple, str] = {}
    for name, weight in [
        *((name, 2) for name in names_in_title(title)),
        *((name, 1) for name in names_in_headings(blocks)),
    ]:
        key = tuple(word_stems(name))
        if key and could_be_role(name):
            votes[key] += weight
            spellings.setdefault(key, name)
    return spellings[votes.most_common(1)[0][0]] if votes else ""


def could_be_role(name):
    return not NOT_IN_A_ROLE & {word.lower() for word in name.split()}


def names_in_title(title):
    title = title[:MAX_TITLE_LENGTH]
    for pattern in [*QUESTIONS, *TITLES]:
        match = pattern.search(title.strip())
        if match and could_be_role(normalise_name(match["role"])):
            return [normalise_name(match["role"])]
    words = title.strip(" .").split()
    is_name = 0 < len(words) <= 4 and not re.search(rf"\b{SUBJECTS}\b", title, re.IGNORECASE)
    return [normalise_name(" ".join(words))] if is_name else []


def names_in_headings(blocks):
    for block in blocks:
        if block.kind == BlockKind.HEADING and block.level != 1 and len(block.text) <= MAX_TITLE_LENGTH:
            for pattern in QUESTIONS:
                if match := pattern.search(block.text):
                    yield normalise_name(match["role"])
                    break


def normalise_name(name):
    name = re.sub(
        r"^(?:(?:an?|the|most|good|great|average|median|typical|mean)\s+)+", "", name.strip(), flags=re.IGNORECASE
    ).strip(" .,:;?!'’“”\"")
    name = re.sub(r"\s+(?:in|for|and|of)$", "", name)
    if name.isupper() and len(name) > 4:
        name = " ".join(word if len(word) < 3 else word.title() for word in name.split())
    return singular(name)


def singular(name):
    """Only the last word changes: 'Electricians' -> 'Electrician', 'Sales Assistants' -> 'Sales Assistant'."""
    *before, last = name.split() or [""]
    if re.search(r"(?:[^aeiou]ies)$", last):
        last = f"{last[:-3]}y"
    elif re.search(r"(?:ch|sh|x|ss)es$", last):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        last = last[:-1]
    return " ".join([*before, last])
