"""Markers at the start of a list entry or a heading: bullets, numbers, ticks, “Step 2:”."""

import re

BULLET = r"[-*+•·◦▪▫■□●○‣⁃∙►▸▶➤➢➔→✓✔✅☑✗✘❖◆◇★☆♦–—»›]\ufe0f?"
BULLETS = re.compile(rf"(?P<marker>(?:{BULLET})(?=\s)|[•·◦▪▫■●○‣⁃∙►▸▶➤➢✓✔✅☑❖◆★➔]\ufe0f?(?=\S)|\[[ xX]\](?=\s))\s*")
ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
NUMBERS = re.compile(
    rf"(?P<marker>\((?:\d{{1,2}}|[a-z]|{ROMAN})\)|(?:\d{{1,2}}|[a-zA-Z]|{ROMAN}|{ROMAN.upper()})\)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?|\d{{1,2}}\.(?!\d)|(?:{ROMAN}|{ROMAN.upper()}|[a-zA-Z])\.(?=\s)|#\d{{1,2}}[.:)]?|[①-⑳]"
    r"|(?:step|tip|question|q|challenge|no\.?|part|chapter|section)\s?(?:#|no\.?)?\s?\d{1,2}\s?[.:)–-]|q[.:](?=\s))\s*",
    re.IGNORECASE,
)
EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+\s*")
CHECKBOX = re.compile(r"\[[ xX]\]\s+")


def find_bullet(text: str) -> tuple[str, int]:
    """('•', offset of the text after it); ('', 0) without a bullet."""
    match = BULLETS.match(text)
    return (match["marker"], match.end()) if match and match.end() < len(text) else ("", 0)


def find_number(text: str) -> tuple[str, int]:
    """('3.', offset of the text after it); ('', 0) without a number. “1.5 million” starts with none."""
    match = NUMBERS.match(text)
    if not match or match.end() >= len(text):
        return "", 0
    rest = text[match.end() :]
    single_letter = re.fullmatch(r"[a-zA-Z]\.", match["marker"])
    if single_letter and re.match(r"[A-Za-z]\.", rest):  # initials
        return "", 0
    if re.match(r"\d[\d.]*$", match["marker"]) and re.match(r"[%\d]|(?:million|lakh|per ?cent|k|years?)\b", rest):
        return "", 0
    if re.match(r"\d+\.\d", match["marker"]) and not rest[0].isupper():  # 41.21 an hour
        return "", 0
    return match["marker"], match.end()


def find_marker(text: str) -> tuple[str, int]:
    marker, end = find_bullet(text)
    return (marker, end) if marker else find_number(text)


def find_emoji(text: str) -> tuple[str, int]:
    """('🔧', offset of the text after it); ('', 0) without an emoji."""
    match = EMOJI.match(text)
    return (match[0].strip(), match.end()) if match and match.end() < len(text) else ("", 0)


def ordinal(marker: str) -> tuple[str, int | None]:
    """(style, number): ('.', 3) for '3.', ('q:', 2) for 'Q2:', ('.', 3) for '2.3'; (style, None) for a bullet."""
    digits = re.findall(r"\d+", marker)
    style = re.sub(r"\d+", "", marker).strip().lower()
    if digits:
        return style, int(digits[-1])
    letters = re.fullmatch(r"\(?([a-z])[.)]", marker, re.IGNORECASE)
    return (re.sub(r"[a-zA-Z]", "", marker) + "a", ord(letters[1].lower()) - 96) if letters else (style, None)


def is_number_marker(marker: str) -> bool:
    return bool(marker) and not BULLETS.match(marker + " x")
