"""The age of a figure: the year it describes, and whether that is too long ago to rely on."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from careers.occupations.models.figures import OutlookFigures, PayFigures


def figure_year(figure: PayFigures | OutlookFigures) -> int | None:
    """The year a pay figure describes or a projection starts from; None if unknown."""
    return figure.base_year if isinstance(figure, OutlookFigures) else figure.reference_year


def is_past_projection(figure: PayFigures | OutlookFigures, on: date | None = None) -> bool:
    """Whether the target year of a projection is over."""
    if not isinstance(figure, OutlookFigures) or figure.target_year is None:
        return False
    return figure.target_year < (on or timezone.localdate()).year


def is_outdated(figure: PayFigures | OutlookFigures, on: date | None = None) -> bool:
    """Whether it describes a year more than FIGURE_REVIEW_YEARS ago, or is a projection whose target year is over."""
    year, today = figure_year(figure), on or timezone.localdate()
    is_old = year is not None and today.year - year > settings.FIGURE_REVIEW_YEARS
    return is_old or is_past_projection(figure, today)


def is_undated(figure: PayFigures | OutlookFigures) -> bool:
    has_target = isinstance(figure, OutlookFigures) and figure.target_year is not None
    return figure_year(figure) is None and not has_target
