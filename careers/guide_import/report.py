"""The outcome of an import, paragraph by paragraph, for the command and the admin."""

from dataclasses import dataclass

from .draft import BlockOutcome, Outcome
from .pipeline import ImportResult, Places
from .placement.places import choices_for

MAX_EXCERPT = 90  # characters
# Names of the outcomes in the summary.
COUNT_NAMES = {
    Outcome.TITLE: "title",
    Outcome.HEADING: "headings",
    Outcome.PROSE: "prose",
    Outcome.ITEM: "points",
    Outcome.CLAIM: "with figures",
    Outcome.STEP: "career steps",
    Outcome.STUB: "articles to write",
    Outcome.SOURCE: "sources",
    Outcome.LEFT_OUT: "skipped",
    Outcome.UNPLACED: "not yet placed",
}


@dataclass(frozen=True)
class ReportLine:
    """`choices` are the places somebody may choose for it, and `chosen` the one they chose."""

    where: str
    excerpt: str
    outcome: str
    notes: tuple[str, ...]
    choices: list[tuple[str, list[tuple[str, str]]]]
    chosen: str = ""


@dataclass(frozen=True)
class Report:
    """`summary` are sentences; `lines` has one line per paragraph, in the order of the article."""

    summary: list[str]
    lines: list[ReportLine]
    known: list[str]
    refused: list[str]

    def __str__(self):
        text = []
        for line in self.lines:
            text += [f"{line.where}: {line.outcome} | {line.excerpt}", *(f"    {note}" for note in line.notes)]
        for heading, entries in (("Already in the guide:", self.known), ("Refused:", self.refused)):
            text += ["", heading, *(f"  {entry}" for entry in entries)] if entries else []
        return "\n".join([*text, "", *self.summary])


def build_report(result: ImportResult, places: Places | None = None) -> Report:
    chosen = places or {}
    lines = [report_line(entry, chosen.get(index, "")) for index, entry in enumerate(result.draft.outcomes)]
    return Report(summary_of(result), lines, result.changes.known, result.changes.refused)


def report_line(entry: BlockOutcome, chosen: str = "") -> ReportLine:
    outcome = f"{entry.outcome}: {entry.target}" if entry.target else str(entry.outcome)
    block, notes = entry.block, tuple(map(str, entry.notes))
    return ReportLine(block.where, excerpt(block.text), outcome, notes, choices_for(block), chosen)


def excerpt(text: str) -> str:
    return text if len(text) <= MAX_EXCERPT else text[: MAX_EXCERPT - 1].rstrip() + "…"


def summary_of(result: ImportResult) -> list[str]:
    draft, changes, details = result.draft, result.changes, result.details
    counts = ", ".join(
        f"{draft.counts[outcome]} {name}" for outcome, name in COUNT_NAMES.items() if draft.counts[outcome]
    )
    encoding = f" in {draft.encoding}" if draft.encoding else ""
    sentences = [
        f"Read as {draft.file_kind}{encoding}: {len(draft.outcomes)} paragraphs ({counts}).",
        f"The article: “{details.title}”, {details.publisher}{f', {details.year}' if details.year else ''}.",
        *draft.notes,
        *changes.notes,
    ]
    if changes.refused:
        sentences.append(f"{len(changes.refused)} could not become figures or links, so they are in the text only.")
    return [*sentences, effect_of(result)]


def effect_of(result: ImportResult) -> str:
    changes = result.changes
    if changes.is_empty:
        verb = "was" if result.is_written else "would be"
        return f"The guide “{changes.role}” holds all of it already: nothing {verb} changed."
    added = ", ".join(f"{number} {name}" for name, number in changes.counts.items()) or "nothing else"
    guide = f"a new draft “{changes.role}”" if changes.is_new else f"the guide “{changes.role}”"
    verb = "Written to" if result.is_written else "Would write to"
    return f"{verb} {guide}: {added}."
