"""Which of a guide's own figures apply to its role, and how well its figures are documented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from careers.core.text import fold_text
from careers.occupations.figures.age import figure_year
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.roles.models import Role
from careers.roles.singular_titles import singular

from .cautions import SOC_CODE, other_occupation
from .official import OfficialFigures

F = TypeVar("F", bound=PayFigures | OutlookFigures)


def applicable_figures(figures: Iterable[F], role: Role, official: OfficialFigures) -> list[F]:
    """Figures of the people of this role: not of another occupation, of a wider group, or of beginners alone.

    Prefetch `alternate_titles` of the role.
    """
    titles = [role.title, *(other.title for other in role.alternate_titles.all())]
    titles += [linked.occupation.title for linked in official.occupations]
    names = {name_key(title) for title in titles}
    return [
        figure for figure in figures if not other_occupation(figure, official.codes) and describes_role(figure, names)
    ]


def describes_role(figure: PayFigures | OutlookFigures, names: set[str]) -> bool:
    """Whether the population is empty, one of these names, or an occupation. A remark after a semicolon does not count."""
    if figure.is_official or figure.measured_for_id or SOC_CODE.search(figure.population):
        return True
    name = name_key(figure.population.partition(";")[0])
    return not name or name in names


def name_key(title: str) -> str:
    """Equal for the singular and the plural."""
    return fold_text(singular(title.strip())).removesuffix("s")


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
