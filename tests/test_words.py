"""One name for each thing and plain words in all that people read, from pages and forms to commands and starter content.

`RULES` says what to write instead; `EXCEPTIONS` names each place where the word is right, with the reason.
"""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# {label or sentence that was replaced: by what}
OLD_LABELS = {
    "Words in the job": "Keywords",
    "Around a city": "Distance",
    "Exclude remote": "Exclude remote jobs",
    "Pay a year": "Yearly pay",
    "Leads to": "Opens",
    "Skills asked for": "Required skills",
    "Counted under": "How official statistics classify this job",
    "Show its figures": "Show figures for this occupation",
    "Undated": "No year",
    "Roles next door": "Similar roles",
    "Where it can lead": "Next steps",
    "Where people come from": "Common starting points",
    "How the work is measured": "How success is measured",
    "Skills beyond these": "Only in this role",
    "Most alike": "Closest",
    "Roles it serves": "Useful for",
    "Free in part": "Partly free",
    "There is no page here": "Page not found",
    "What would become of it": "Preview",
    "I take it on": "Claim",
    "Nobody is on it": "Unclaimed",
    "Give it back": "Release",
    "What its address answers": "What visitors and search engines see",
    "Filled in by itself": "Filled in automatically",
    "Many postings": "Bulk create",
    "Postings that differ": "Out-of-date postings",
    "Template has moved on": "Template changed",
    "Edited here": "Edited in posting",
    "Update as chosen": "Apply",
    "By what is lacking": "Missing information",
}
# {what is banned: (pattern, what to write)}; everywhere
RULES = {
    "mend": (r"\bmend(?:s|ed|ing)?\b", "fix"),
    "meanwhile": (r"\bmeanwhile\b|\bin the meantime\b", "since then"),
    "from … on": (r"\bfrom (?:now|then|here|today|\w+day|\{[^{}]*\}|\d{4}) on\b", "starting …"),
    "take away": (r"\b(?:take|takes|taken|taking|took) (?:it |them )?away\b", "remove"),
    "is no X": (r"(?<!there )\b(?:is|are) no (?!longer|more|\d)[a-z]", "is not a …; in errors: what to type"),
    "stands": (
        r"\b(?<!where you )stands?\b(?!-|\s(?:out|for|up|in for|still|alone)\b)|\b(?<!the )rests? on\b",
        "is, comes, has",
    ),
    "may be meant": (r"\bmay be meant\b", "Did you mean …?"),
    "Empty:": (r"(?:^|[.!?] )Empty[:,]", "Leave empty to …"),
    "at the employer": (r"\bApply at the employer\b", "Apply on the employer’s site"),
    "deleted since": (r"\bdeleted since\b", "has since been deleted"),
    "pay claim": (r"\b(?:pay|outlook|salary) claims?\b|\bno claim\b", "pay figure, outlook figure"),
    "vacancy": (r"\bvacanc(?:y|ies)\b", "job (public), posting (admin)"),
    "blank": (r"\bblanks?\b(?! (?:lines?|posting)\b)", "placeholder"),
    "e-mail": (r"\be-mails?\b", "email"),
    "sign in": (r"\bsign(?:s|ed)? (?:in|out)\b", "log in, log out"),
    "already last": (
        r"\b(?:is|are|was|were) (?:listed|counted|built|open|marked|used|a draft|in review) already\b",
        "is already …",
    ),
    "examination": (r"\bexaminations?\b", "exam"),
    "sees to it": (r"\bsees? to it\b", "make sure"),
    "role page": (r"\brole page\b|\bjob page\b", "guide, job"),
    "an old label": (f"^\\W*(?:{'|'.join(OLD_LABELS)})\\W*$", "its new name in OLD_LABELS"),
}
# In pages, forms, mails and commands. In a text about work or code the same words may be right.
INTERFACE_RULES = RULES | {
    "moment": (r"\bmoments?\b", "time"),
    "alone": (r"\balone\b", "only"),
    "leave out": (r"\b(?:leave|leaves|left|leaving) (?:it |them )?out\b", "exclude, skip, remove"),
    "look": (r"^\s*Look(?: again)?\s*$|\bLooked at\b", "preview, check"),
    "is told": (r"\b(?:is|are|was|were) (?:told|meant)\b", "say who does what: We show …"),
    "hand in": (r"\bhand(?:s|ed)? in\b", "submit"),
    "take it back": (r"\btak(?:e|en) (?:it )?back\b", "withdraw"),
    "entry of the directory": (r"\b(?:directory|resource) entr(?:y|ies)\b|^\s*Entr(?:y|ies)\s*$", "resource"),
    "finding": (r"\bfindings?\b(?! (?:a|the|your|an)\b)", "problem, suggestion"),
    "facet": (r"\bfacets?\b", "filter"),
}
PATTERNS = {name: re.compile(rule, re.IGNORECASE | re.MULTILINE) for name, (rule, _) in INTERFACE_RULES.items()}

# {(file, what is banned): why it is right there}
EXCEPTIONS = {
    ("careers/postings/checks/__init__.py", "finding"): "the name of a class",
}
# Pages that are being rewritten. Remove a line when its words are gone.
BEING_REWRITTEN = {
    ("careers/postings/admin/postings/acts.py", "from … on"),
    ("careers/postings/admin/postings/admin.py", "deleted since"),
}


# -- What people read


def words_of_template(text):
    """Text and the attributes that are read out or shown; each tag and variable is a gap."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "{}", text, flags=re.DOTALL)
    shown = re.findall(r'\b(?:aria-label|title|placeholder|alt|content|value)="([^"]*)"', text)
    return [re.sub(r"<[^>]*>", "\n", text), *shown]


def words_of_source(text):
    """String constants with more than one word, docstrings left out; the parts of an f-string are joined."""
    tree = ast.parse(text)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts.append("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inner:
            texts.append(node.value)
    spoken = [text for text in texts if re.search(r"\w\s+\w", text) or re.fullmatch(r"[A-Z][a-z]+:?", text)]
    return [text for text in spoken if not re.search(r"\\b|\(\?[:<=!]|\bclass=", text)]  # patterns and markup


def words_of_document(text):
    """Prose of Markdown: code is not read as words."""
    return [re.sub(r"```.*?```|^ {4}.*?$|`[^`]*`|^\[\[\w+\]\]$", " ", text, flags=re.DOTALL | re.MULTILINE)]


def words_of_data(text):
    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from strings(part)

    return [found for found in strings(tomllib.loads(text)) if " " in found]


def files(*patterns):
    return [path for pattern in patterns for path in sorted(ROOT.glob(pattern)) if "migrations" not in path.parts]


KINDS = {
    "templates": (words_of_template, INTERFACE_RULES, ["templates/**/*.html", "templates/**/*.txt"]),
    "source": (words_of_source, INTERFACE_RULES, ["careers/**/*.py", "portal/**/*.py"]),
    "documents": (words_of_document, RULES, ["README.md", "CONTRIBUTING.md", "docs/*.md", "starter/**/*.md"]),
    "data": (words_of_data, INTERFACE_RULES, ["careers/postings/checks/data/*.toml"]),
    "tables": (lambda text: [text], RULES, ["starter/*.csv"]),
}


def faults_of(texts, rules=tuple(INTERFACE_RULES)):
    """[(what is banned, the words around it)]"""
    return [
        (name, re.sub(r"\s+", " ", text[max(0, match.start() - 40) : match.end() + 40]).strip())
        for text in texts
        for name in rules
        for match in PATTERNS[name].finditer(text)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_people_read_plain_words(kind):
    read, rules, patterns = KINDS[kind]
    found = []
    for path in files(*patterns):
        name = str(path.relative_to(ROOT))
        for banned, where in faults_of(read(path.read_text()), rules):
            if (name, banned) not in EXCEPTIONS.keys() | BEING_REWRITTEN:
                found.append(f"{name}: “{where}”. Not “{banned}”; write: {INTERFACE_RULES[banned][1]}")
    assert not found, "\n".join(found)


def test_models_have_the_names_of_the_interface():
    names = {
        str(name)
        for model in apps.get_models()
        if model.__module__.startswith("careers.") and not model.__name__.startswith("Historical")
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
    }
    assert faults_of(sorted(names)) == []


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("Mend it before it is published.", "mend"),
        ("It has meanwhile been closed.", "meanwhile"),
        ("Live from {} on.", "from … on"),
        ("“Mars” is no time zone.", "is no X"),
        ("The year stands in the title.", "stands"),
        ("Empty: open until filled", "Empty:"),
        ("3 pay claims", "pay claim"),
        ("One vacancy a posting", "vacancy"),
        ("Fill in the blanks.", "blank"),
        ("Send an e-mail.", "e-mail"),
        ("Look again", "look"),
        ("In this browser alone", "alone"),
        ("It was left out.", "leave out"),
        ("Hand in for approval", "hand in"),
        ("Entries", "entry of the directory"),
        ("2 findings", "finding"),
        ("This level is listed already.", "already last"),
        ("Examination fees", "examination"),
        ("The team sees to it.", "sees to it"),
        ("Roles next door", "an old label"),
    ],
)
def test_what_is_banned_is_found(text, banned):
    assert banned in dict(faults_of([text]))


@pytest.mark.parametrize(
    "text",
    [
        "There is no job with these words.",
        "It is no longer open.",
        "Separate paragraphs with a blank line.",
        "ML stands for machine learning.",
        "09:00 Stand-up",
        "You learn the rest on the job.",
        "We are finding a new home.",
        "What you want to do next",
    ],
)
def test_plain_words_pass(text):
    assert faults_of([text]) == []


def test_words_are_read_from_what_people_see():
    page = '<p class="blank">{% if a %}One{% endif %} {{ two }}</p>{# note #}<img alt="A picture">'
    assert [" ".join(text.split()) for text in words_of_template(page)] == ["One {}", "A picture"]
    source = '"""Docstring here."""\nnames = ["plain", "two words"]\ntext = f"{names} and more"\npattern = r"a \\b c"'
    assert set(words_of_source(source)) == {"two words", "{} and more"}
    assert "code" not in words_of_document("Some `code here` and\n\n    code block\n")[0]


def test_each_exception_is_needed():
    kinds = {name: (read, rules) for read, rules, patterns in KINDS.values() for name in map(str, files(*patterns))}
    for name, banned in EXCEPTIONS:
        read, rules = kinds[str(ROOT / name)]
        assert banned in dict(faults_of(read((ROOT / name).read_text()), rules)), (name, banned)
