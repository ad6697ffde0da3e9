"""Cautions about a figure: no source, too old, measured for another occupation, quoted under a wrong heading.

Each has a text for readers and one for editors, which says what to do. Nothing is queried, except `measured_for` of a figure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.db.models import TextChoices

from careers.core.money import Period
from careers.geo.countries import place_name
from careers.occupations.figures.age import figure_year, is_outdated, is_past_projection, is_undated
from careers.occupations.figures.format import time_text
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.occupations.soc import combined_code_by_member

USUAL_SPAN = 10  # years that an official projection covers
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SOC_CODE = re.compile(r"(?<![\d-])\d\d-\d{4}(?!\d)")
MEAN_WORDS = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
MEDIAN_WORDS = re.compile(r"\bmedian\b", re.IGNORECASE)
OPENINGS_WORDS = re.compile(r"\b(?:openings?|vacanc(?:y|ies))\b", re.IGNORECASE)
GROWTH_WORDS = re.compile(r"\b(?:growth|grows?|growing|increase)\b", re.IGNORECASE)
PERIOD_WORDS = {
    Period.HOUR: re.compile(r"\b(?:hourly|(?:per|an|each) hour)\b", re.IGNORECASE),
    Period.DAY: re.compile(r"\b(?:daily|(?:per|a|each) day)\b", re.IGNORECASE),
    Period.WEEK: re.compile(r"\b(?:weekly|(?:per|a|each) week)\b", re.IGNORECASE),
    Period.MONTH: re.compile(r"\b(?:monthly|(?:per|a|each) month)\b", re.IGNORECASE),
    Period.YEAR: re.compile(r"\b(?:yearly|annual(?:ly)?|per annum|(?:per|a|each) year)\b", re.IGNORECASE),
}


class Code(TextChoices):
    """Kinds of cautions. The label is the word that marks a figure."""

    UNSOURCED = "unsourced", "Unsourced"
    DATED = "dated", "Old"
    UNDATED = "undated", "No year"
    OTHER_OCCUPATION = "other_occupation", "Different job"
    PERIOD_DIFFERS = "period_differs", "Period differs"
    MEAN_AND_MEDIAN_MIXED = "mean_and_median_mixed", "Mean and median"
    GROWTH_FOR_OPENINGS = "growth_for_openings", "Growth and openings"
    UNUSUAL_SPAN = "unusual_span", "Unusual span"


MARKS = (Code.UNSOURCED, Code.DATED, Code.UNDATED)  # shown to readers as a badge; the others with their sentence


@dataclass(frozen=True)
class Caution:
    code: Code
    for_readers: str
    for_editors: str

    @property
    def label(self) -> str:
        return self.code.label

    @property
    def is_mark(self) -> bool:
        return self.code in MARKS


def cautions_of(
    figure: PayFigures | OutlookFigures, linked_codes: Iterable[str] = (), on: date | None = None
) -> list[Caution]:
    """The cautions of one figure, the most serious first.

    `linked_codes` are the codes of the occupations that its guide is linked to. Select `measured_for` with the figure.
    """
    found = [other_occupation(figure, linked_codes), heading_period(figure), heading_statistic(figure)]
    if isinstance(figure, OutlookFigures):
        found += [growth_for_openings(figure), unusual_span(figure)]
    found += [unsourced(figure), dated(figure, on), undated(figure)]
    return [caution for caution in found if caution]


def guide_cautions(pay_figures: Iterable[PayFigures]) -> list[tuple[str, Caution]]:
    """[(place and currency as text, caution)] that concern several figures of a guide together."""
    groups: dict[tuple[str, str], list[PayFigures]] = {}
    for figure in pay_figures:
        groups.setdefault((figure.country, figure.currency), []).append(figure)
    return [
        (f"{place_name(country) or 'No place given'}, {currency}", caution)
        for (country, currency), figures in groups.items()
        if (caution := statistics_mixed(figures))
    ]


def statistics_mixed(figures: list[PayFigures]) -> Caution | None:
    """For figures of which some have only a mean and others a median; None if they are comparable."""
    if any(is_mean_only(figure) for figure in figures) and any(figure.median is not None for figure in figures):
        return Caution(
            Code.MEAN_AND_MEDIAN_MIXED,
            "Some of these figures are medians and others are means. Compare medians only with medians: a few very high "
            "salaries raise a mean but not a median.",
            "Some figures give only a mean, others a median. Add the missing statistic if the source has it. "
            "Never enter one as the other.",
        )
    return None


def is_mean_only(figure: PayFigures) -> bool:
    return figure.mean is not None and figure.median is None


# -- Age -----------------------------------------------------------------------------------------------------------------


def dated(figure: PayFigures | OutlookFigures, on: date | None = None) -> Caution | None:
    if not is_outdated(figure, on):
        return None
    why = (
        "This projection’s years are over."
        if is_past_projection(figure, on)
        else f"This figure is from {figure_year(figure)}: over {settings.FIGURE_REVIEW_YEARS} years old."
    )
    return Caution(
        Code.DATED,
        why,
        f"{why} Add the newest edition of its source. Keep this figure only if articles still quote it.",
    )


def undated(figure: PayFigures | OutlookFigures) -> Caution | None:
    if not is_undated(figure):
        return None
    wanted = "base and target year" if isinstance(figure, OutlookFigures) else "reference year"
    return Caution(
        Code.UNDATED,
        "The year of this figure is unknown.",
        f"Enter the {wanted} if the source gives it. Without it, readers cannot compare the figure with others.",
    )


# -- Source and population -----------------------------------------------------------------------------------------------


def unsourced(figure: PayFigures | OutlookFigures) -> Caution | None:
    if figure.source_id is not None:
        return None
    return Caution(
        Code.UNSOURCED,
        "This figure has no source.",
        "Add the source, or replace the figure with a sourced one. If an article quotes it, enter the article in “quoted in”.",
    )


def other_occupation(figure: PayFigures | OutlookFigures, linked_codes: Iterable[str]) -> Caution | None:
    measured = measured_codes(figure)
    if not measured or any(includes(code, linked) for code in measured for linked in linked_codes):
        return None
    fact = population_text(figure, measured[0])
    return Caution(
        Code.OTHER_OCCUPATION,
        fact,
        f"{fact} If official statistics count this role there, link that occupation to the guide. If not, keep the figure "
        "only to show what an article said. It is never used as a key figure.",
    )


def population_text(figure: PayFigures | OutlookFigures, code: str) -> str:
    """Quotes a population that is an occupation's name; of a longer text that mentions an occupation, only the code."""
    if figure.measured_for_id:
        return f"This figure is for {figure.measured_for}."
    named = cast(re.Match, SOC_CODE.search(figure.population))  # measured_codes() has found one
    is_name = not re.search(r"[;:.]", figure.population[: named.start()])
    return f"This figure is for {figure.population if is_name else f'occupation {code}'}."


def measured_codes(figure: PayFigures | OutlookFigures) -> list[str]:
    """SOC codes the figure was measured for: that of `measured_for`, else those mentioned in its population."""
    if figure.is_official:
        return []  # it is shown because of a link
    if figure.measured_for is not None:
        return [figure.measured_for.soc_code]
    return SOC_CODE.findall(figure.population)


def includes(measured: str, linked: str) -> bool:
    """Whether a SOC code includes a linked occupation: the same six digits, or a group or combined code over it."""
    soc_code = linked[:7]
    combined = combined_code_by_member().get(soc_code)
    is_group_over = measured.endswith("0") and soc_code.startswith(measured.rstrip("0"))
    return measured == soc_code or is_group_over or (combined is not None and combined.code == measured)


# -- Heading under which it was quoted -----------------------------------------------------------------------------------


def heading_period(figure: PayFigures | OutlookFigures) -> Caution | None:
    """The heading names other years, or another period of pay, than those measured."""
    fact = other_years(figure) or other_period(figure)
    if not fact:
        return None
    return Caution(
        Code.PERIOD_DIFFERS,
        f"Quoted under the heading “{figure.heading}”, but {fact}.",
        f"The heading “{figure.heading}” does not fit: {fact}. Check the period and year. If they are right, keep the heading "
        "so that readers recognise the figure.",
    )


def other_years(figure: PayFigures | OutlookFigures) -> str:
    """'measured May 2022' if the heading names years, but not the one measured; '' if they agree."""
    in_heading = set(YEAR.findall(figure.heading))
    if isinstance(figure, OutlookFigures):
        known = {str(year) for year in (figure.base_year, figure.target_year) if year}
        return f"it is a projection for {figure.years}" if known and in_heading - known else ""
    known = {str(figure.reference_year)} if figure.reference_year else set(YEAR.findall(figure.reference_period))
    return f"measured {time_text(figure)}" if in_heading and known and not in_heading & known else ""


def other_period(figure: PayFigures | OutlookFigures) -> str:
    if not isinstance(figure, PayFigures):
        return ""
    named = [period for period, words in PERIOD_WORDS.items() if words.search(figure.heading)]
    return f"it is pay {Period(figure.period).a_period}" if named and figure.period not in named else ""


def heading_statistic(figure: PayFigures | OutlookFigures) -> Caution | None:
    """The heading says average over a median or a range, or median over a mean or a range."""
    fact = other_statistic(figure) if isinstance(figure, PayFigures) else ""
    if not fact:
        return None
    return Caution(
        Code.MEAN_AND_MEDIAN_MIXED,
        f"Quoted under the heading “{figure.heading}”, but {fact}.",
        f"The heading “{figure.heading}” does not fit: {fact}. Check that you entered it as the right statistic.",
    )


def other_statistic(figure: PayFigures) -> str:
    says_mean, says_median = MEAN_WORDS.search(figure.heading), MEDIAN_WORDS.search(figure.heading)
    fits_mean = says_mean and figure.mean is not None
    fits_median = says_median and figure.median is not None
    if not (says_mean or says_median) or fits_mean or fits_median:
        return ""
    if figure.median is not None:
        return "it is a median: half earn less, half earn more"
    if figure.mean is not None:
        return "it is a mean, and a few very high salaries raise a mean"
    return "it is a range"


# -- Projections ---------------------------------------------------------------------------------------------------------


def growth_for_openings(figure: OutlookFigures) -> Caution | None:
    has_growth, has_openings = figure.growth_percent is not None, figure.annual_openings is not None
    if OPENINGS_WORDS.search(figure.heading) and has_growth and not has_openings:
        fact = "it is growth in employment, not openings"
    elif GROWTH_WORDS.search(figure.heading) and has_openings and not has_growth:
        fact = "it is a number of openings per year, not growth"
    else:
        return None
    return Caution(
        Code.GROWTH_FOR_OPENINGS,
        f"Quoted under the heading “{figure.heading}”, but {fact}.",
        f"The heading “{figure.heading}” does not fit: {fact}. Check that you entered it in the right field.",
    )


def span_of(figure: OutlookFigures) -> int | None:
    """Number of years that a projection covers; None if base or target year is unknown."""
    return figure.target_year - figure.base_year if figure.base_year and figure.target_year else None


def unusual_span(figure: OutlookFigures) -> Caution | None:
    years = span_of(figure)
    if years in (None, USUAL_SPAN):
        return None
    return Caution(
        Code.UNUSUAL_SPAN,
        f"Covers {years} year{'' if years == 1 else 's'}, but official projections cover 10: do not compare the two.",
        f"Covers {years} years instead of 10. Check the base and target year against the source.",
    )
