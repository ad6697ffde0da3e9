"""Projected growth in the words of the U.S. Bureau of Labor Statistics (BLS).

BLS sorts occupations by growth in whole percent, compared with the growth of all occupations, so each edition of its
projections has thresholds of its own. Growth of all occupations from 2024 to 2034 is 3 percent.
Words: BLS, Occupational Outlook Handbook. Thresholds: O*NET OnLine, "Projected growth (2024-2034)", which sorts the BLS
figures the same way: much faster than average (7% or higher), faster (5% to 6%), average (3% to 4%), slower (1% to 2%),
little or no change, decline (-1% or lower).
"""

from decimal import ROUND_HALF_UP, Decimal

# {(base year, target year): [(least growth in whole percent, words)]}. Add the next edition when its figures are imported.
THRESHOLDS: dict[tuple[int | None, int | None], list[tuple[int, str]]] = {
    (2024, 2034): [
        (7, "much faster than average"),
        (5, "faster than average"),
        (3, "about as fast as average"),
        (1, "slower than average"),
        (0, "little or no change"),
    ],
}
DECLINE = "decline"


def growth_words(percent: Decimal, base_year: int | None, target_year: int | None) -> str:
    """'much faster than average'; '' for years whose thresholds are not known."""
    thresholds = THRESHOLDS.get((base_year, target_year))
    if thresholds is None:
        return ""
    whole = percent.quantize(Decimal(1), ROUND_HALF_UP)
    return next((words for least, words in thresholds if whole >= least), DECLINE)
