"""How old a figure is: the year it describes, and whether that is too long ago to rely on."""

from django.conf import settings
from django.utils import timezone


def year_of(claim):
    """The year a figure describes; of a projection, the year it starts from. None where it is not known."""
    return claim.reference_year if hasattr(claim, "reference_year") else claim.base_year


def is_over(claim, on=None):
    """A projection whose years have passed."""
    target = getattr(claim, "target_year", None)
    return target is not None and target < (on or timezone.localdate()).year


def is_dated(claim, on=None):
    """Whether it describes a year more than FIGURE_REVIEW_YEARS ago, or a projection whose years are over."""
    year, today = year_of(claim), on or timezone.localdate()
    return (year is not None and today.year - year > settings.FIGURE_REVIEW_YEARS) or is_over(claim, today)


def is_undated(claim):
    return year_of(claim) is None and getattr(claim, "target_year", None) is None
