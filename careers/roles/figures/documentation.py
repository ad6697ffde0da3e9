"""Which of a guide's own figures may speak for it, and how well all of its figures are documented."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from careers.occupations.figures.age import year_of

from .cautions import Code, cautions_of


def of_this_work(claims, linked_codes):
    """Claims that may speak for the guide: those measured for an occupation it is not linked to never do."""
    return [
        claim
        for claim in claims
        if all(caution.code != Code.OTHER_OCCUPATION for caution in cautions_of(claim, linked_codes))
    ]


@dataclass(frozen=True)
class Standing:
    """How well a guide's figures are documented."""

    figures: int
    sourced: int
    oldest: int | None

    @property
    def years(self):
        """The age past which a figure is called dated."""
        return settings.FIGURE_REVIEW_YEARS

    @property
    def age(self):
        """Years since the oldest figure; 0 for this year."""
        return max(timezone.localdate().year - self.oldest, 0)

    @classmethod
    def of(cls, claims):
        years = [year for claim in claims if (year := year_of(claim))]
        return cls(len(claims), sum(claim.source_id is not None for claim in claims), min(years, default=None))
