"""The claims of an article, gathered while it is placed: each with its context, none twice."""

from dataclasses import dataclass, replace

from .amounts import amounts_in
from .citations import source_line
from .currencies import CERTAIN, CODES, SHARED
from .measures import statistic_of
from .outlook import OutlookContext, OutlookFigures, outlook_in
from .pay import STATISTIC_LABEL, Context, PayFigures, pay_in
from .people import same_role
from .places import place_of_label


@dataclass(frozen=True)
class ClaimNote:
    """What a report says of a claim; written out late, as a source named further down may still be added to it."""

    claim: PayFigures | OutlookFigures
    instead: str = ""

    def __str__(self):
        return self.instead or "; ".join([f"claim: {self.claim}", *self.claim.doubts])


class Figures:
    def __init__(self, placing):
        self.placing, self.draft = placing, placing.draft
        self.open_pay, self.open_outlook, self.seen = [], [], {}

    # -- Contexts

    def context(self, *headings):
        context = Context(heading=headings[0] if headings else "", role=self.placing.role, is_pay=True)
        for heading in headings:
            context = context.under(heading)
        return context

    def outlook_context(self, *headings):
        context = OutlookContext(heading=headings[0] if headings else "", role=self.placing.role, is_outlook=True)
        for heading in headings:
            context = context.under(heading)
        return context

    # -- Reading

    def in_prose(self, block):
        """Claims of a text under any other heading. Returns notes."""
        role = self.placing.role
        return [
            *self.pay(block.text, Context(role=role), block.where),
            *self.outlook(block.text, OutlookContext(role=role), block.where),
        ]

    def pay(self, text, context, where):
        return self.kept(*pay_in(text, context, where))

    def pay_in_series(self, text, context, where, series):
        """A line such as “Lowest: $40,000”: it completes what the lines before it began, which `series` holds."""
        begun = len(series)
        before = sum(len(claim.amounts) for claim in series)
        doubts = pay_in(text, context, where, series)[1]
        if len(series) == begun and sum(len(claim.amounts) for claim in series) > before:
            return [*doubts, ClaimNote(series[-1], f"claim: added to that of {series[0].where}")]
        return self.kept(series[begun:], doubts)

    def outlook(self, text, context, where):
        return self.kept(*outlook_in(text, context, where))

    def kept(self, claims, doubts):
        return [*doubts, *map(self._keep, claims)]

    def _keep(self, claim):
        is_pay = isinstance(claim, PayFigures)
        claims, still_open = (self.draft.pay, self.open_pay) if is_pay else (self.draft.outlook, self.open_outlook)
        earlier = self.seen.setdefault((is_pay, claim.key), claim)
        if earlier is not claim:
            earlier.source = earlier.source or claim.source
            return ClaimNote(earlier, f"the same figure as at {earlier.where}, kept once")
        claims.append(claim)
        still_open.append(claim)
        return ClaimNote(claim)

    def take_source(self, text):
        """A line that names the source of what stands above it: the claims since the last such line rest on it."""
        source = source_line(text)
        if source is None:
            return None
        for claim in [*self.open_pay, *self.open_outlook]:
            claim.source = claim.source or source
        self.close()
        return source

    def close(self):
        self.open_pay, self.open_outlook = [], []

    def finish(self):
        taken = len([claim for claim in self.draft.pay if claim.period_taken])
        if taken:
            self.draft.notes.append(
                f"{taken} pay figure{'s' if taken > 1 else ''} with no period stated: a year is taken."
            )

    # -- Tables

    def table(self, rows, context):
        """{id of row: notes} of a table of pay: its header says what a column is, its first cell whose a row is."""
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
            notes[id(row)] = self._row(row, columns, group)
        return notes

    def _row(self, row, columns, context):
        context, label = self._labels(row, context)
        claims, doubts = [], []
        for index, cell in enumerate(row.cells):
            column = columns[index] if index < len(columns) else ""
            inside = context.under(column) if column else context
            sign = sign_in(column) or inside.sign
            bare = bool(sign or inside.place.country)
            if not cell.text or cell is label or not amounts_in(cell.text, bare=bare):
                continue
            said = f"{column} " if statistic_of(column) else ""
            said += f"{label.text}: " if label is not None and STATISTIC_LABEL.match(label.text) else ""
            inside = replace(inside, sign=sign, statistic=statistic_of(column) or inside.statistic)
            doubts += pay_in(f"{said}{cell.text}", inside, row.where, claims)[1]
        return self.kept(claims, doubts)

    def _labels(self, row, context):
        """What the cells without an amount say of the others: the place, the people, the currency."""
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
                if not STATISTIC_LABEL.match(cell.text) and not same_role(cell.text, context.role):
                    context = replace(context, population=cell.text[:200])
            elif amounts_in(cell.text, bare=True) == []:
                context = context.under(cell.text)
        return context, label


def header_by_contents(rows):
    """A first row without an amount above rows with some."""
    amounts = [any(amounts_in(cell.text, bare=True) for cell in row.cells) for row in rows[:3]]
    return rows[0] if len(amounts) > 1 and not amounts[0] and all(amounts[1:]) else None


def is_sign(text):
    return text.strip() in CERTAIN or text.strip() in SHARED or text.strip() in CODES


def sign_in(header):
    """The currency a header names: “Average (EUR)”, “Salary in £”."""
    return next(
        (word for word in header.replace("(", " ").replace(")", " ").replace("/", " ").split() if is_sign(word)), ""
    )
