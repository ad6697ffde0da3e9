"""Which of a guide's own figures apply to its role, and how well its figures are documented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from careers.occupations.figures.age import figure_year
from careers.occupations.models.figures import OutlookFigures, PayFigures

from .cautions import Code, cautions_of

F = TypeVar("F", bound=PayFigures | OutlookFigures)


def applicable_figures(figures: Iterable[F], linked_codes: Iterable[str]) -> list[F]:
    """Figures without those measured for an occupation that the guide is not linked to."""
    return [
        figure
        for figure in figures
        if all(caution.code != Code.OTHER_OCCUPATION for caution in cautions_of(figure, linked_codes))
    ]


@dataclass(frozen=True)
class Documentation:
    """How many of a guide's figures have a source, and the year of the oldest."""

    figures: int
    sourced: int
    oldest: int | None

    @property
    def max_age(self) -> int:
        """Figures older than this many years are marked as old."""
        return settings.FIGURE_REVIEW_YEARS

    @property
    def age(self) -> int:
        """Years since the oldest figure; 0 for this year."""
        this_year = timezone.localdate().year
        return max(this_year - (self.oldest or this_year), 0)

    @classmethod
    def of(cls, figures: Sequence[PayFigures | OutlookFigures]) -> "Documentation":
        years = [year for figure in figures if (year := figure_year(figure))]
        return cls(len(figures), sum(figure.source_id is not None for figure in figures), min(years, default=None))
