"""Text of one line with its emphasis and links. It can be cut at any offset and written as Markdown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w+;)")
MARK_AT_START = re.compile(r"^(?:[>|]|#{1,6}(?= |$)|[-+](?= |$)|(?:={2,}|-{2,}|~{3,}|-(?: -)+)\s*$)")
NUMBER_AT_START = re.compile(r"^(\d{1,9})([.)](?= |$))")
WEB_ADDRESS = re.compile(r"https?://[^\s<>()]+$", re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
LEADER = re.compile(r"(?<=[^\s.·…]) ?(?:[.·…] ?){5,}+(?=\S)")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True)
class Inline:
    """The runs of one line. `split_lines` builds these from text with line breaks."""

    runs: tuple[Run, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> "Inline":
        text = normalise_spaces(text).strip()
        return cls((Run(text),)) if text else cls()

    @cached_property
    def text(self):
        return "".join(run.text for run in self.runs)

    def cut(self, start: int = 0, end: int | None = None) -> "Inline":
        """The part between two offsets of `text`, without spaces at its ends."""
        end = len(self.text) if end is None else end
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        end = start + len(self.text[start:end].rstrip())
        kept, position = [], 0
        for run in self.runs:
            piece = run.text[max(0, start - position) : max(0, end - position)]
            if piece:
                kept.append(replace(run, text=piece))
            position += len(run.text)
        return Inline(tuple(kept))

    def without_emphasis(self) -> "Inline":
        """For leads, which pages show in bold anyway."""
        return Inline(tuple(replace(run, bold=False, italic=False) for run in self.runs))

    @property
    def is_bold(self):
        """Whether every letter and digit is bold."""
        return bool(self.text.strip()) and all(run.bold or not re.search(r"\w", run.text) for run in self.runs)

    @property
    def bold_length(self):
        """Number of bold characters at the start; 0 if none or all are bold."""
        length = 0
        for run in self.runs:
            if not run.bold and run.text.strip():
                return length
            length += len(run.text)
        return 0

    @property
    def links(self):
        return tuple(Link(run.text.strip(), run.href) for run in self.runs if run.href)

    @cached_property
    def markdown(self):
        runs = merge_equal_runs(self.runs)
        texts = ["", *(run.text for run in runs), ""]
        neighbours = zip(texts, texts[2:], strict=False)
        text = "".join(run_markdown(run, *around) for run, around in zip(runs, neighbours, strict=True))
        return NUMBER_AT_START.sub(r"\1\\\2", MARK_AT_START.sub(r"\\\g<0>", text))


def normalise_spaces(text: str) -> str:
    """Collapse spaces of any width, replace dot leaders (“Salary ..... $40”) with a colon, remove invisible characters."""
    return re.sub(r"[^\S\n]+", " ", LEADER.sub(": ", CONTROL.sub("", text.translate(INVISIBLE))))


def merge_equal_runs(runs: Iterable[Run]) -> list[Run]:
    """Join adjacent runs of the same format."""
    groups = groupby(runs, key=lambda run: (run.bold, run.italic, run.href))
    return [Run("".join(run.text for run in group), *format_) for format_, group in groups]


def run_markdown(run: Run, text_before: str, text_after: str) -> str:
    """Emphasis marks go directly beside letters and apart from other words; elsewhere Markdown does not recognise them."""
    core = run.text.strip()
    if not core:
        return run.text
    before, after = run.text[: run.text.index(core)], run.text[run.text.index(core) + len(core) :]
    if run.href and WEB_ADDRESS.match(run.href):
        return f"{before}[{escape_markdown(core)}]({run.href}){after}"
    mark = "**" if run.bold else "*" if run.italic else ""
    body = core.rstrip(":;,.!?)–—-")
    if not mark or not body or not (body[0].isalnum() and body[-1].isalnum()):
        return escape_markdown(run.text)
    touches_word = (not before and text_before[-1:].isalnum()) or (
        body == core and not after and text_after[:1].isalnum()
    )
    if touches_word:
        return escape_markdown(run.text)
    return f"{before}{mark}{escape_markdown(body)}{mark}{escape_markdown(core[len(body) :])}{after}"


def escape_markdown(text: str) -> str:
    return SPECIAL.sub(lambda match: "\\" + match[0], text)


def split_lines(runs: Iterable[Run]) -> list[Inline]:
    """Runs whose text may contain line breaks, as one Inline per non-empty line."""
    lines = [[]]
    for run in runs:
        first, *others = normalise_spaces(run.text).split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    return [line for line in map(collapse_spaces, lines) if line.text.strip()]


def collapse_spaces(runs: Iterable[Run]) -> Inline:
    """At most one space between words, also across runs."""
    kept, space = [], True
    for run in merge_equal_runs(runs):
        text = re.sub(r" +", " ", run.text).removeprefix(" " if space else "")
        if text:
            kept.append(replace(run, text=text))
            space = text.endswith(" ")
    if not kept:
        return Inline()
    line = Inline(tuple(kept))
    return line.cut(0, len(line.text))
