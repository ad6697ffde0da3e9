"""Running text with its emphasis and links, which can be cut anywhere and written as Markdown."""

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
    """Runs in one line; `lines_of` makes them of text with line breaks."""

    runs: tuple[Run, ...] = ()

    @classmethod
    def of(cls, text):
        return cls((Run(tidy(text).strip()),)) if tidy(text).strip() else cls()

    @cached_property
    def text(self):
        return "".join(run.text for run in self.runs)

    def cut(self, start=0, end=None):
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

    def plain(self):
        """The same without emphasis, for what is shown in bold anyway."""
        return Inline(tuple(replace(run, bold=False, italic=False) for run in self.runs))

    @property
    def is_bold(self):
        """Whether all of it that can be read is emphasised."""
        return bool(self.text.strip()) and all(run.bold or not re.search(r"\w", run.text) for run in self.runs)

    @property
    def bold_length(self):
        """How many characters at the beginning the source emphasises; 0 where it is none or all."""
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
        text = "".join(wrapped(run, around) for run, around in with_neighbours(merged(self.runs)))
        return NUMBER_AT_START.sub(r"\1\\\2", MARK_AT_START.sub(r"\\\g<0>", text))


def tidy(text):
    """Spaces of every width become one space, a line of dots that leads to something a colon; what cannot be seen goes."""
    return re.sub(r"[^\S\n]+", " ", LEADER.sub(": ", CONTROL.sub("", text.translate(INVISIBLE))))


def merged(runs: Iterable[Run]):
    """Neighbours of the same look as one."""
    groups = groupby(runs, key=lambda run: (run.bold, run.italic, run.href))
    return [Run("".join(run.text for run in group), *look) for look, group in groups]


def with_neighbours(runs):
    """Each run with the texts before and after it."""
    texts = ["", *(run.text for run in runs), ""]
    return [(run, (texts[index], texts[index + 2])) for index, run in enumerate(runs)]


def wrapped(run, around):
    """The run as Markdown. Marks stand close to letters, or Markdown would not see them as marks."""
    core = run.text.strip()
    if not core:
        return run.text
    before, after = run.text[: run.text.index(core)], run.text[run.text.index(core) + len(core) :]
    if run.href and WEB_ADDRESS.match(run.href):
        return f"{before}[{escaped(core)}]({run.href}){after}"
    mark = "**" if run.bold else "*" if run.italic else ""
    body = core.rstrip(":;,.!?)–—-")
    if not mark or not body or not (body[0].isalnum() and body[-1].isalnum()):
        return escaped(run.text)
    touches = (not before and around[0][-1:].isalnum()) or (body == core and not after and around[1][:1].isalnum())
    if touches:
        return escaped(run.text)
    return f"{before}{mark}{escaped(body)}{mark}{escaped(core[len(body) :])}{after}"


def escaped(text):
    return SPECIAL.sub(lambda match: "\\" + match[0], text)


def lines_of(runs: Iterable[Run]):
    """Runs whose text may hold line breaks -> an Inline for each line that says something."""
    lines = [[]]
    for run in runs:
        first, *others = tidy(run.text).split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    return [line for line in map(closed_up, lines) if line.text.strip()]


def closed_up(runs):
    """One space at most between words, also across runs."""
    kept, space = [], True
    for run in merged(runs):
        text = re.sub(r" +", " ", run.text).removeprefix(" " if space else "")
        if text:
            kept.append(replace(run, text=text))
            space = text.endswith(" ")
    if not kept:
        return Inline()
    line = Inline(tuple(kept))
    return line.cut(0, len(line.text))
