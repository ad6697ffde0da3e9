"""The few figures with which a guide or an occupation opens: median pay, its range, growth, openings."""

import re
from dataclasses import dataclass

from .age import is_dated, is_undated, year_of
from .format import pay_figures, percentage

WIDE_RANGES = ("10th to 90th percentile", "Stated range")


@dataclass(frozen=True)
class KeyFigure:
    label: str
    value: str
    unit: str
    claim: object

    @property
    def who(self):
        return self.claim.measured_population

    @property
    def when(self):
        """The time the figure describes, unless its unit or the name of its source says it already."""
        claim = self.claim
        words = claim.years if hasattr(claim, "years") else claim.reference_period or str(claim.reference_year or "")
        said = f"{self.unit} {claim.source or ''}"
        return "" if words in said or short_span(words) in said else words

    @property
    def is_undated(self):
        return is_undated(self.claim)

    @property
    def is_dated(self):
        return is_dated(self.claim)


def short_span(words):
    """'2024–2034' as publishers number such releases: '2024-34'."""
    return re.sub(r"(\d{4})–\d\d(\d\d)", r"\1-\2", words)


def best(claims, has):
    """The claim to name first: sourced before unsourced, then the newest, then the editor's order."""
    candidates = [claim for claim in claims if has(claim)]
    return min(candidates, key=lambda claim: (claim.source_id is None, -(year_of(claim) or 0)), default=None)


def best_pay(claims):
    """(statistic, claim): a sourced median, else a sourced mean, else what there is."""
    found = [
        (name, best(claims, lambda claim, name=name: claim.amount(name) is not None)) for name in ("median", "mean")
    ]
    found = [(name, claim) for name, claim in found if claim]
    return min(found, key=lambda pair: pair[1].source_id is None, default=(None, None))


def wide_range(claim):
    """The figures of a claim that say how far pay reaches."""
    return [(label, text) for label, text in pay_figures(claim) if label in WIDE_RANGES]


def key_figures(pay_claims, outlook_claims):
    figures = []
    statistic, pay = best_pay(pay_claims)
    if pay:
        figures.append(KeyFigure(f"{statistic.capitalize()} pay", pay.text_of(statistic), pay.period_spoken, pay))
    if spread := pay or best(pay_claims, wide_range):
        for label, text in wide_range(spread)[:1]:
            figures.append(KeyFigure(f"Pay, {label.lower()}", text, spread.period_spoken, spread))
    if growth := best(outlook_claims, lambda claim: claim.growth_percent is not None):
        text = percentage(growth.growth_percent, "+")
        figures.append(KeyFigure("Expected growth", text, growth.years, growth))
    if openings := best(outlook_claims, lambda claim: claim.annual_openings is not None):
        text = f"{openings.annual_openings:,}"
        figures.append(KeyFigure("Openings", text, "a year", openings))
    return figures
