"""What somebody should know before relying on a figure. Pure: the claim and the codes its guide is linked to say it all.

Each caution has calm words for readers, and exact ones for editors: what is wrong and what to do about it.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices

from careers.core.money import Period
from careers.geo.countries import place_name
from careers.occupations.figures.age import is_dated, is_over, is_undated, year_of
from careers.occupations.soc import holders

USUAL_SPAN = 10  # years of an official projection
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
    """What is amiss, with the word that marks it."""

    UNSOURCED = "unsourced", "Unsourced"
    DATED = "dated", "Dated"
    UNDATED = "undated", "Undated"
    OTHER_OCCUPATION = "other_occupation", "Another occupation"
    PERIOD_DIFFERS = "period_differs", "Period differs"
    MEAN_AND_MEDIAN_MIXED = "mean_and_median_mixed", "Mean and median"
    GROWTH_FOR_OPENINGS = "growth_for_openings", "Growth and openings"
    UNUSUAL_SPAN = "unusual_span", "Unusual span"


MARKS = (Code.UNSOURCED, Code.DATED, Code.UNDATED)  # the word alone tells readers; the others need their sentence


@dataclass(frozen=True)
class Caution:
    code: Code
    for_readers: str
    for_editors: str

    @property
    def label(self):
        return self.code.label

    @property
    def is_mark(self):
        return self.code in MARKS


def cautions_of(claim, linked_codes=(), on=None):
    """The cautions of one claim, the gravest first.

    `linked_codes` are the codes of the occupations its guide is linked to. Asks for `measured_for`: select it with the claim.
    """
    found = [other_occupation(claim, linked_codes), heading_period(claim), heading_statistic(claim)]
    if hasattr(claim, "growth_percent"):
        found += [growth_for_openings(claim), unusual_span(claim)]
    found += [unsourced(claim), dated(claim, on), undated(claim)]
    return [caution for caution in found if caution]


def guide_cautions(pay_claims):
    """[(place and currency in words, caution)]: what only several claims of one guide show."""
    groups = {}
    for claim in pay_claims:
        groups.setdefault((claim.country, claim.currency), []).append(claim)
    return [
        (f"{place_name(country) or 'No place given'}, {currency}", caution)
        for (country, currency), claims in groups.items()
        if (caution := statistics_mixed(claims))
    ]


def statistics_mixed(claims):
    """Some of these claims give a mean alone, others a median; None where they can be compared."""
    if any(is_mean_alone(claim) for claim in claims) and any(claim.median is not None for claim in claims):
        return Caution(
            Code.MEAN_AND_MEDIAN_MIXED,
            "Some of these figures are medians, others are means. Compare a median with medians only: a few very high "
            "salaries lift a mean and leave the median where it is.",
            "Some claims give a mean alone, others a median. Add the missing statistic where the source has it; "
            "never enter one as the other.",
        )
    return None


def is_mean_alone(claim):
    return claim.mean is not None and claim.median is None


# -- Age -----------------------------------------------------------------------------------------------------------------


def dated(claim, on=None):
    if not is_dated(claim, on):
        return None
    why = (
        "The years of this projection are over."
        if is_over(claim, on)
        else f"Describes {year_of(claim)}: older than {settings.FIGURE_REVIEW_YEARS} years."
    )
    return Caution(
        Code.DATED, why, f"{why} Add the newest edition of its source, and keep this figure only if it is still quoted."
    )


def undated(claim):
    if not is_undated(claim):
        return None
    wanted = "base and target year" if hasattr(claim, "base_year") else "reference year"
    return Caution(
        Code.UNDATED,
        "Nobody says which year this figure describes.",
        f"Enter the {wanted} if the source tells; without it the figure cannot be compared with any other.",
    )


# -- Source and population -----------------------------------------------------------------------------------------------


def unsourced(claim):
    if claim.source_id is not None:
        return None
    return Caution(
        Code.UNSOURCED,
        "No source is named for this figure.",
        "Name the source, or replace the figure by a sourced one. An article that quotes it belongs in “quoted in”.",
    )


def other_occupation(claim, linked_codes):
    measured = measured_codes(claim)
    if not measured or any(is_counted(code, linked) for code in measured for linked in linked_codes):
        return None
    fact = fact_of_population(claim, measured[0])
    return Caution(
        Code.OTHER_OCCUPATION,
        f"{fact}, an occupation this guide is not linked to.",
        f"{fact}. If this role is counted there, link that occupation to the guide; if not, keep the figure "
        "only to show what is quoted. It is never used as a key figure.",
    )


def fact_of_population(claim, code):
    """A population that is the name of an occupation is one; of a sentence that mentions one, only its code is quoted."""
    if claim.measured_for_id:
        return f"Measured for {claim.measured_for}"
    named = SOC_CODE.search(claim.population)
    is_name = not re.search(r"[;:.]", claim.population[: named.start()])
    return f"Measured for {claim.population}" if is_name else f"Speaks of occupation {code}"


def measured_codes(claim):
    """SOC codes of those who were measured: of the occupation named, else those the population mentions."""
    if claim.is_official:
        return []  # it reached the guide through a link
    if claim.measured_for_id is not None:
        return [claim.measured_for.soc_code]
    return SOC_CODE.findall(claim.population)


def is_counted(measured, linked):
    """Whether figures of one SOC code speak for an occupation: the same six digits, or a group or combined code over it."""
    soc_code = linked[:7]
    holder = holders().get(soc_code)
    is_group_over = measured.endswith("0") and soc_code.startswith(measured.rstrip("0"))
    return measured == soc_code or is_group_over or (holder is not None and holder.code == measured)


# -- What the quoting text called it -------------------------------------------------------------------------------------


def heading_period(claim):
    """The heading names other years, or another period of pay, than those measured."""
    fact = other_years(claim) or other_period(claim)
    if not fact:
        return None
    return Caution(
        Code.PERIOD_DIFFERS,
        f"Quoted under the heading “{claim.heading}”, but {fact}.",
        f"The heading “{claim.heading}” does not fit: {fact}. Check period and year; if they are right, keep the heading "
        "so that readers recognise the figure.",
    )


def other_years(claim):
    """'measured May 2022' where the heading names years and none of those measured; '' where they agree."""
    headed = set(YEAR.findall(claim.heading))
    if hasattr(claim, "base_year"):
        known = {str(year) for year in (claim.base_year, claim.target_year) if year}
        return f"it is a projection for {claim.years}" if known and headed - known else ""
    known = {str(claim.reference_year)} if claim.reference_year else set(YEAR.findall(claim.reference_period))
    measured = claim.reference_period or claim.reference_year
    return f"measured {measured}" if headed and known and not headed & known else ""


def other_period(claim):
    if not hasattr(claim, "period"):
        return ""
    named = [period for period, words in PERIOD_WORDS.items() if words.search(claim.heading)]
    return f"it is pay {Period(claim.period).a_period}" if named and claim.period not in named else ""


def heading_statistic(claim):
    """The heading says average over a median or a range, or median over a mean or a range."""
    fact = other_statistic(claim) if hasattr(claim, "median") else ""
    if not fact:
        return None
    return Caution(
        Code.MEAN_AND_MEDIAN_MIXED,
        f"Quoted under the heading “{claim.heading}”, but {fact}.",
        f"The heading “{claim.heading}” does not fit: {fact}. Check under which statistic the figure is entered.",
    )


def other_statistic(claim):
    says_mean, says_median = MEAN_WORDS.search(claim.heading), MEDIAN_WORDS.search(claim.heading)
    fits_mean = says_mean and claim.mean is not None
    fits_median = says_median and claim.median is not None
    if not (says_mean or says_median) or fits_mean or fits_median:
        return ""
    if says_mean and claim.median is not None:
        return "it is a median: half earn less, half earn more"
    if says_median and claim.mean is not None:
        return "it is a mean, which a few very high salaries lift"
    return "it is a range"


# -- Projections ---------------------------------------------------------------------------------------------------------


def growth_for_openings(claim):
    has_growth, has_openings = claim.growth_percent is not None, claim.annual_openings is not None
    if OPENINGS_WORDS.search(claim.heading) and has_growth and not has_openings:
        fact = "it is the growth of employment; openings are counted in posts a year"
    elif GROWTH_WORDS.search(claim.heading) and has_openings and not has_growth:
        fact = "it counts openings a year; growth is a percentage"
    else:
        return None
    return Caution(
        Code.GROWTH_FOR_OPENINGS,
        f"Quoted under the heading “{claim.heading}”, but {fact}.",
        f"The heading “{claim.heading}” does not fit: {fact}. Check under which figure it is entered.",
    )


def span_of(claim):
    """Years a projection covers; None where base or target year is not known."""
    return claim.target_year - claim.base_year if claim.base_year and claim.target_year else None


def unusual_span(claim):
    years = span_of(claim)
    if years in (None, USUAL_SPAN):
        return None
    return Caution(
        Code.UNUSUAL_SPAN,
        f"Covers {years} year{'' if years == 1 else 's'}, where official projections cover ten: do not compare it with those.",
        f"Covers {years} years instead of ten. Check base and target year against the source.",
    )
