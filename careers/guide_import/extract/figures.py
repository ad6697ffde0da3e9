"""The pay and outlook figures of one article, collected in order and without duplicates."""

from dataclasses import dataclass, replace

from careers.guide_import.text.blocks import Block
from careers.guide_import.text.inline import Inline
from careers.guide_import.text.role_names import is_same_role

from .amounts import amounts_in
from .citations import NamedSource, source_line
from .currencies import AMBIGUOUS_SIGNS, CODES, UNAMBIGUOUS_SIGNS
from .measures import statistic_of
from .outlook import OutlookContext, OutlookFigures, outlook_in
from .pay import STATISTIC_LABEL, PayContext, PayFigures, pay_in
from .places import place_of_label


@dataclass(frozen=True)
class ClaimNote:
    """A note on a figure. It is formatted only when shown, as a source named further down may still be added to the figure."""

    claim: PayFigures | OutlookFigures
    text: str = ""

    def __str__(self):
        return self.text or "; ".join([f"claim: {self.claim}", *self.claim.doubts])


# Either a doubt in words or a figure.
Notes = list[str | ClaimNote]


class FigureCollector:
    """`pay` and `outlook` are the figures found so far. Methods that read a text return notes for the import report."""

    def __init__(self, role: str):
        self.role = role
        self.pay: list[PayFigures] = []
        self.outlook: list[OutlookFigures] = []
        self.awaiting_source: list[PayFigures | OutlookFigures] = []
        self.seen = {}

    # -- Contexts

    def pay_context(self, *headings: str) -> PayContext:
        context = PayContext(heading=headings[0] if headings else "", role=self.role, is_pay=True)
        for heading in headings:
            context = context.under(heading)
        return context

    def outlook_context(self, *headings: str) -> OutlookContext:
        context = OutlookContext(heading=headings[0] if headings else "", role=self.role, is_outlook=True)
        for heading in headings:
            context = context.under(heading)
        return context

    # -- Texts

    def add_from_text(
        self, block: Block, pay_context: PayContext | None = None, outlook_context: OutlookContext | None = None
    ) -> Notes:
        """Without a context, only figures whose own sentence says that they are about pay or employment are read."""
        pay_context = pay_context or PayContext(role=self.role)
        outlook_context = outlook_context or OutlookContext(role=self.role)
        return [
            *self._add(*pay_in(block.text, pay_context, block.where)),
            *self._add(*outlook_in(block.text, outlook_context, block.where)),
        ]

    def add_from_series(self, block: Block, context: PayContext, series: list[PayFigures]) -> Notes:
        """A line such as “Lowest: $40,000” completes the last figure of `series`, the lines before it, or begins another."""
        known = len(series)
        amounts_before = sum(len(claim.amounts) for claim in series)
        doubts = pay_in(block.text, context, block.where, series)[1]
        if len(series) == known and sum(len(claim.amounts) for claim in series) > amounts_before:
            return [*doubts, ClaimNote(series[-1], f"claim: added to that of {series[0].where}")]
        return self._add(series[known:], doubts)

    def _add(self, claims, doubts) -> Notes:
        return [*doubts, *map(self._add_claim, claims)]

    def _add_claim(self, claim) -> ClaimNote:
        is_pay = isinstance(claim, PayFigures)
        earlier = self.seen.setdefault((is_pay, claim.key), claim)
        if earlier is not claim:
            if earlier.source is None and claim.source:
                earlier.take_source(claim.source)
            return ClaimNote(earlier, f"the same figure as at {earlier.where}, kept once")
        (self.pay if is_pay else self.outlook).append(claim)
        self.awaiting_source.append(claim)
        return ClaimNote(claim)

    def apply_source_line(self, text: str) -> NamedSource | None:
        """A line that names a source gives it to all unsourced figures since the last such line or the last chapter."""
        source = source_line(text)
        if source is None:
            return None
        for claim in self.awaiting_source:
            if claim.source is None:
                claim.take_source(source)
        self.end_chapter()
        return source

    def end_chapter(self) -> None:
        self.awaiting_source = []

    @property
    def summary(self) -> list[str]:
        """Sentences for the import report."""
        assumed = len([claim for claim in self.pay if claim.period_assumed])
        if not assumed:
            return []
        return [f"{assumed} pay figure{'s' if assumed > 1 else ''} with no period: we assumed per year."]

    # -- Tables

    def add_from_table(self, rows: list[Block], context: PayContext) -> dict[int, Notes]:
        """{id of row: notes} of a pay table: the header describes the columns, the first cell of a row its people or place."""
        header = next((row for row in rows if row.is_header), None) or header_by_contents(rows)
        columns = [cell.text for cell in header.cells] if header else []
        notes, group = {}, context
        for row in rows:
            if row is header:
                continue
            filled = [cell for cell in row.cells if cell.text]
            if len(filled) == 1 and not amounts_in(filled[0].text, bare=True):
                group = context.under(filled[0].text)
                continue
            notes[id(row)] = self._add_from_row(row, columns, group)
        return notes

    def _add_from_row(self, row, columns, context):
        context, label = self._with_labels(row, context)
        claims, doubts = [], []
        for index, cell in enumerate(row.cells):
            column = columns[index] if index < len(columns) else ""
            inside = context.under(column) if column else context
            sign = sign_in(column) or inside.sign
            bare = bool(sign or inside.place.country)
            if not cell.text or cell is label or not amounts_in(cell.text, bare=bare):
                continue
            prefix = f"{column} " if statistic_of(column) else ""
            prefix += f"{label.text}: " if label is not None and STATISTIC_LABEL.match(label.text) else ""
            inside = replace(inside, sign=sign, statistic=statistic_of(column) or inside.statistic)
            doubts += pay_in(f"{prefix}{cell.text}", inside, row.where, claims)[1]
        return self._add(claims, doubts)

    def _with_labels(self, row: Block, context: PayContext) -> tuple[PayContext, Inline | None]:
        """(context, label): the context completed by the cells without an amount, which name a place, people or a currency."""
        label = None
        for index, cell in enumerate(row.cells):
            if not cell.text or amounts_in(cell.text):
                continue
            if is_sign(cell.text):
                context = replace(context, sign=cell.text.strip())
            elif place := place_of_label(cell.text):
                context, label = replace(context, place=place), label or cell
            elif index == 0:
                label = cell
                if not STATISTIC_LABEL.match(cell.text) and not is_same_role(cell.text, context.role):
                    context = replace(context, population=cell.text[:200])
            elif amounts_in(cell.text, bare=True) == []:
                context = context.under(cell.text)
        return context, label


def header_by_contents(rows: list[Block]) -> Block | None:
    """The first row, if it has no amounts and the rows below it have."""
    amounts = [any(amounts_in(cell.text, bare=True) for cell in row.cells) for row in rows[:3]]
    return rows[0] if len(amounts) > 1 and not amounts[0] and all(amounts[1:]) else None


def is_sign(text):
    text = text.strip()
    return text in UNAMBIGUOUS_SIGNS or text in AMBIGUOUS_SIGNS or text in CODES


def sign_in(header):
    """The currency in a column header: “Average (EUR)”, “Salary in £”."""
    return next(
        (word for word in header.replace("(", " ").replace(")", " ").replace("/", " ").split() if is_sign(word)), ""
    )
