"""Text as people paste it from Word, PDF and mail, made into the Markdown they mean. Cleaning it twice changes nothing more."""

import re
from dataclasses import dataclass, field

LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028]")  # \x0b: Word's line break within a paragraph
PLAIN_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
# Control characters but tab and line feed, soft hyphen, zero-width space, word joiner, byte order mark, lone surrogates. The
# joiners U+200C and U+200D shape letters, so they stay.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
# Bullets as signs, and as the private characters and letters that Word's symbol fonts leave behind.
SIGNS = "•●∙▪■◦○◆‣⁃➢➤►▸✓✔\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
BULLET = re.compile(rf"([ \t]*)((?:[{SIGNS}]\ufe0f?[ \t]*)+|·[ \t]+|o(?:\t| {{2}})[ \t]*|[§Øü]\t[ \t]*)(.*)")
DASH = re.compile(r"([ \t]*)([–—][ \t]+)(\S.*)")
MARKDOWN_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
RANKS = {"o": 2, "◦": 2, "○": 2, "▪": 4, "■": 4, "§": 4, "\uf0a7": 4}  # Word's second and third level, as columns
NESTED = 2  # columns by which an item is further in than the one it belongs to


def clean_pasted_text(text: str) -> str:
    """Bullets become lists, control characters line breaks; invisible characters and outer space go."""
    cleaned = clean_characters(text)
    while (again := "\n".join(_clean_lines(cleaned.split("\n"))).strip()) != cleaned:
        cleaned = again
    return cleaned


def clean_line(text: str) -> str:
    return " ".join(clean_characters(text).split())


def clean_characters(text: str) -> str:
    """Without control characters, soft hyphens, no-break spaces and other things nobody typed."""
    text = INVISIBLE.sub("", LINE_BREAK.sub("\n", text).replace("\u2029", "\n\n"))
    return "\n".join(_clean_indent(line).rstrip() for line in text.split("\n")).strip("\n")


def _clean_indent(line: str) -> str:
    """An indent with no-break spaces is for the eye; as plain spaces it would turn the line into code."""
    body = line.lstrip()
    indent = line[: len(line) - len(body)]
    return (indent if indent == indent.translate(PLAIN_SPACES) else "") + body.translate(PLAIN_SPACES)


@dataclass
class _Lines:
    done: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)  # columns of the item and of those it belongs to
    is_in_item: bool = False
    awaits_text: bool = False  # a bullet stood alone on its line, as in text from a PDF

    def add_item(self, text: str) -> None:
        self.is_in_item, self.awaits_text = bool(text), not text
        if text:
            self.done.append(f"{'  ' * (len(self.indents) - 1)}- {text}")

    def nest(self, columns: int) -> None:
        while self.indents and columns < self.indents[-1]:
            self.indents.pop()
        if not self.indents or columns >= self.indents[-1] + NESTED:
            self.indents.append(columns)

    def add(self, line: str) -> None:
        """A line without a bullet: the rest of the item above if it starts in lower case, else what follows the list."""
        text = line.strip()
        if self.awaits_text and text:
            self.add_item(text)
        elif self.is_in_item and text[:1].islower():
            self.done[-1] += f" {text}"
        else:
            if self.is_in_item and text and not MARKDOWN_ITEM.match(line):
                self.done.append("")
            self.done.append(line)
            self.indents = self.indents if not text else []
            self.is_in_item = self.awaits_text = False


def _clean_lines(lines: list[str]) -> list[str]:
    cleaned, in_fence = _Lines(), False
    for number, line in enumerate(lines):
        is_fence = bool(FENCE.match(line))
        bullet = None if in_fence or is_fence else _bullet_at(lines, number)
        in_fence ^= is_fence
        if bullet:
            cleaned.nest(len(bullet[1].expandtabs(4)) + RANKS.get(bullet[2][:1], 0))
            cleaned.add_item(bullet[3].strip())
        elif in_fence or is_fence:
            cleaned.done.append(line)
            cleaned.is_in_item = cleaned.awaits_text = False
        else:
            cleaned.add(line)
    return cleaned.done


def _bullet_at(lines: list[str], number: int) -> re.Match[str] | None:
    """A dash is a bullet where the line above or below has one too; alone it starts a thought."""
    if bullet := BULLET.match(lines[number]):
        return bullet
    around = [*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2]]
    dash = DASH.match(lines[number])
    return dash if dash and any(DASH.match(line) or BULLET.match(line) for line in around) else None
