"""Industries that a text names."""

import re

from careers.guide_import.text.inline import Inline
from careers.guide_import.text.points import split_lead

INDUSTRY_LIST = re.compile(
    r"\b(?:industries|sectors|fields|settings|places|employers|areas|companies|domains"
    r"|organi[sz]ations)\b[^.;:]{0,50}?"
    r"(?:\b(?:such as|like|including|includes?|are|from|namely|e\.g\.)\b|:)\s*(?P<list>[^.;]+)",
    re.IGNORECASE,
)
WORK_IN_LIST = re.compile(
    r"\b(?:work|employed|found|jobs|hired|needed)\b[^.;:]{0,20}\b(?:in|by"
    r"|across)\s+(?P<list>[^.;]{1,200}?)\s+(?:industries|sectors|companies|firms)\b",
    re.I,
)


def list_members(text: str) -> list[str]:
    """'a, b, and c' -> ['a', 'b', 'c']"""
    parts = re.split(r"\s*[,;/]\s*(?:and |or )?|\s+(?:and|or)\s+", text)
    return [
        re.sub(r"^(?:an?|the|even|eventually|finally|then)\s+", "", part.strip(" ."))
        for part in parts
        if part.strip(" .")
    ]


def industries_in(text: str) -> list[str]:
    """Industries a sentence lists: “industries such as healthcare, finance and retail”."""
    match = INDUSTRY_LIST.search(text) or WORK_IN_LIST.search(text)
    if not match:
        return []
    names = [re.sub(r"\b(?:industr(?:y|ies)|sectors?)\b", "", name).strip() for name in list_members(match["list"])]
    return [name for name in names if is_industry(name)] if len(names) > 1 else []


def industries_of_line(text: str) -> list[str]:
    """Industries of a line that consists of their names: “Retail; hospitals; government”."""
    names = list_members(text)
    return names if len(names) > 2 and all(is_industry(name) for name in names) else []


def is_industry(name):
    return (
        0 < len(name.split()) <= 4
        and len(name) <= 60
        and not re.search(r"\d|\b(?:more|others?|many|etc|so on|you|your|is|are|that)\b", name)
    )


def industry_of_entry(inline: Inline) -> str:
    """The industry that a list entry is or begins with; '' for other entries."""
    lead, text = split_lead(inline)
    name = (lead.text or (text.text if len(text.text.split()) <= 4 else "")).strip(" .")
    return name if is_industry(name) else ""
