"""Which role an article is about, by its title and by what its headings ask."""

import re
from collections import Counter

from careers.guide_import.extract.people import stems
from careers.guide_import.text.blocks import Kind

ARTICLE = r"(?:an?|the)\s+"
NAME = r"(?P<role>[A-ZÀ-Þa-zà-þ][\w+#.&/'’-]*(?:\s+(?:[\w+#&/'’-]+|of|in|and)){0,5}?)"
AFTER = (
    r"(?:'s|’s|s'|s’)?\s+(?:job|career|salar|pay\b|dut|responsib|skills|role\b|guide|interview|resume|cv\b"
    r"|kpi|outlook|profile|requirements"
    r"|description|qualif|do\b|earn|make|work\b|need|use\b|face|be\b|has|have|spend|really|actually"
    r"|get paid|\bin\s+20)"
)
END = r"\s*(?:[?:|,.(–—-].*|\bin\s+.*|\bwithout\b.*|\bstep\b.*)?$"
SUBJECTS = (
    r"(?:salary|pay|earnings|kpis|skills|tools|tips|interview questions|outlook|prospects|duties"
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
LONGEST = 200
NO_ROLE = {
    "you",
    "it",
    "they",
    "we",
    "i",
    "this",
    "that",
    "role",
    "job",
    "career",
    "people",
    "someone",
    "one",
    "these",
    "those",
}
NO_ROLE |= {"what", "how", "why", "your", "their", "our"}


def role_of(title, blocks):
    """The title of the role an article names most often; '' where it names none."""
    votes, spelt = Counter(), {}
    for name, weight in [*((name, 2) for name in of_title(title)), *((name, 1) for name in of_headings(blocks))]:
        key = tuple(stems(name))
        if key and names_a_role(name):
            votes[key] += weight
            spelt.setdefault(key, name)
    return spelt[votes.most_common(1)[0][0]] if votes else ""


def names_a_role(name):
    return not NO_ROLE & {word.lower() for word in name.split()}


def of_title(title):
    title = title[:LONGEST]
    for pattern in [*QUESTIONS, *TITLES]:
        match = pattern.search(title.strip())
        if match and names_a_role(clean(match["role"])):
            return [clean(match["role"])]
    words = title.strip(" .").split()
    return [clean(" ".join(words))] if 0 < len(words) <= 4 else []


def of_headings(blocks):
    for block in blocks:
        if block.kind == Kind.HEADING and block.level != 1 and len(block.text) <= LONGEST:
            for pattern in QUESTIONS:
                if match := pattern.search(block.text):
                    yield clean(match["role"])
                    break


def clean(name):
    name = re.sub(r"^(?:an?|the|most|good|great)\s+", "", name.strip(), flags=re.IGNORECASE).strip(" .,:;?!'’“”\"")
    name = re.sub(r"\s+(?:in|for|and|of)$", "", name)
    if name.isupper() and len(name) > 4:
        name = " ".join(word if len(word) < 3 else word.title() for word in name.split())
    return singular(name)


def singular(name):
    """'Electricians' -> 'Electrician'; 'Nurses' -> 'Nurse'; words such as 'Sales' stay where they do not stand last."""
    *before, last = name.split() or [""]
    if re.search(r"(?:[^aeiou]ies)$", last):
        last = f"{last[:-3]}y"
    elif re.search(r"(?:ch|sh|x|ss)es$", last):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        last = last[:-1]
    return " ".join([*before, last])


def names_of(*titles):
    """Every way the text may call the role: 'Machine Learning Engineer' also as 'ML Engineer' and 'MLE'."""
    names = []
    for title in titles:
        words = title.split()
        names.append(title)
        if len(words) > 2:
            names.append(f"{''.join(word[0] for word in words[:-1]).upper()} {words[-1]}")
        if len(words) > 1 and len({word[0] for word in words}) > 0:
            names.append("".join(word[0] for word in words).upper())
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))
