"""The age of a figure: the year it describes, and whether that is too long ago to rely on."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from careers.occupations.models.figures import Figure


def figure_year(figure: Figure) -> int | None:
    """The year a pay figure describes or a projection starts from; None if unknown."""
    return figure.reference_year if hasattr(figure, "reference_year") else figure.base_year


def is_past_projection(figure: Figure, on: date | None = None) -> bool:
    """Whether the target year of a projection is over."""
    target = getattr(figure, "target_year", None)
    return target is not None and target < (on or timezone.localdate()).year


def is_outdated(figure: Figure, on: date | None = None) -> bool:
    """Whether it describes a year more than FIGURE_REVIEW_YEARS ago, or is a projection whose target year is over."""
    year, today = figure_year(figure), on or timezone.localdate()
    is_old = year is not None and today.year - year > settings.FIGURE_REVIEW_YEARS
    return is_old or is_past_projection(figure, today)


def is_undated(figure: Figure) -> bool:
    return figure_year(figure) is None and getattr(figure, "target_year", None) is None
