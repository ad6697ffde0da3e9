"""What became of an article, paragraph by paragraph, for the command and for the admin."""

from dataclasses import dataclass

from .draft import Fate
from .save import Imported

EXCERPT = 90
COUNTED = {
    Fate.TITLE: "title",
    Fate.HEADING: "headings",
    Fate.SECTION: "prose",
    Fate.ITEM: "points",
    Fate.CLAIM: "with figures",
    Fate.STEP: "career steps",
    Fate.STUB: "articles to write",
    Fate.SOURCE: "sources",
    Fate.LEFT_OUT: "left out",
    Fate.UNPLACED: "not yet placed",
}


@dataclass(frozen=True)
class Line:
    where: str
    excerpt: str
    fate: str
    target: str
    notes: tuple[str, ...]

    @property
    def outcome(self):
        return f"{self.fate}: {self.target}" if self.target else str(self.fate)


@dataclass(frozen=True)
class Report:
    """`summary` is sentences, `lines` one for each paragraph in the order of the article."""

    summary: list[str]
    lines: list[Line]
    known: list[str]
    refused: list[str]

    def __str__(self):
        text = []
        for line in self.lines:
            text += [f"{line.where}: {line.outcome} | {line.excerpt}", *(f"    {note}" for note in line.notes)]
        for heading, entries in (("In the guide already:", self.known), ("Refused:", self.refused)):
            text += ["", heading, *(f"  {entry}" for entry in entries)] if entries else []
        return "\n".join([*text, "", *self.summary])


def report_of(imported: Imported) -> Report:
    lines = [
        Line(entry.block.where, excerpt(entry.block.text), str(entry.fate), entry.target, tuple(map(str, entry.notes)))
        for entry in imported.draft.settled
    ]
    merge = imported.merge
    return Report(summary_of(imported), lines, merge.known, merge.refused)


def excerpt(text):
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def summary_of(imported):
    draft, merge, about = imported.draft, imported.merge, imported.about
    counts = ", ".join(f"{draft.counts[fate]} {name}" for fate, name in COUNTED.items() if draft.counts[fate])
    encoding = f" in {draft.encoding}" if draft.encoding else ""
    sentences = [
        f"Read as {draft.file_kind}{encoding}: {len(draft.settled)} paragraphs ({counts}).",
        f"The article: “{about.title}”, {about.publisher}{f', {about.year}' if about.year else ''}.",
        *draft.notes,
        *merge.notes,
    ]
    if merge.refused:
        sentences.append(f"{len(merge.refused)} could not become rows and stay in the prose only.")
    return [*sentences, outcome_of(imported)]


def outcome_of(imported):
    merge = imported.merge
    if merge.changes_nothing:
        verb = "was" if imported.is_written else "would be"
        return f"The guide “{merge.role}” holds all of it already: nothing {verb} changed."
    added = ", ".join(f"{number} {name}" for name, number in merge.counts.items()) or "nothing else"
    guide = f"a new draft “{merge.role}”" if merge.is_new else f"the guide “{merge.role}”"
    verb = "Written to" if imported.is_written else "Would write to"
    return f"{verb} {guide}: {added}."
