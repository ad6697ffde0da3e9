"""The skills that O*NET rated in occupations, the most important first, in words and as bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from .figures.charts import Axis, Span
from .figures.format import survey_month
from .imported_rows import named_tuples, newest_release, visible_rows
from .models import Occupation, Release

SKILLS_SHOWN = 10
# Anchors of O*NET's scale of importance: https://www.onetcenter.org/dictionary/29.3/excel/scales_reference.html
IMPORTANCE = {
    1: "Not important",
    2: "Somewhat important",
    3: "Important",
    4: "Very important",
    5: "Extremely important",
}
LEAST_TYPICAL = 3
IMPORTANCE_AXIS = Axis(Decimal(1), Decimal(5), Decimal(1))
TENTH = Decimal("0.1")
NOT_RECOMMENDED = "not recommended to use: low precision"
NO_DATA = "no data"
COLUMNS = (
    *("element", "name", "scale", "rating", "respondents", "lower_bound", "upper_bound", "is_suppressed"),
    *("is_irrelevant", "measured", "measured_by"),
)


@dataclass(frozen=True)
class TypicalSkill:
    """One skill in one occupation. `importance` and `level` are named tuples with COLUMNS, or None."""

    name: str
    importance: Any
    level: Any

    @property
    def rating(self) -> Decimal | None:
        """The importance, 1 to 5; None if there is none or O*NET advises against using it."""
        return usable_rating(self.importance)

    @property
    def words(self) -> str:
        """'Very important', 'Not recommended to use: low precision', 'No data'"""
        if self.rating is None:
            return self.importance_text.capitalize()
        return IMPORTANCE[int(self.rating.to_integral_value(ROUND_HALF_UP))]

    @property
    def importance_text(self) -> str:
        """'4.1 (3.9 to 4.4)': from 1 to 5, with the 95% confidence interval."""
        return rating_text(self.importance)

    @property
    def level_text(self) -> str:
        """From 0 to 7, as importance_text."""
        if self.level and self.level.is_irrelevant:
            return "not relevant in this occupation"
        return rating_text(self.level)

    @property
    def bar(self) -> Span | None:
        return None if self.rating is None else IMPORTANCE_AXIS.span(IMPORTANCE_AXIS.low, self.rating)

    @property
    def rank(self) -> tuple[Decimal, Decimal, str]:
        """Sort key: the most important first, among equals the one needed at the highest level; without rating last."""
        return -(self.rating or Decimal(0)), -(usable_rating(self.level) or Decimal(0)), self.name.casefold()


@dataclass(frozen=True)
class TypicalSkills:
    """All rated skills of an occupation, ranked."""

    release: Release
    ranked: list[TypicalSkill]
    respondents: str  # '8 analysts'; '' if unknown
    measured: str  # 'Aug 2023'

    @property
    def first(self) -> list[TypicalSkill]:
        """The skills to show at once: at most SKILLS_SHOWN, all of them at least important."""
        return [skill for skill in self.ranked[:SKILLS_SHOWN] if (skill.rating or 0) >= LEAST_TYPICAL]

    @property
    def not_recommended(self) -> int:
        """How many ratings O*NET recommends not using."""
        return sum(bool(row and row.is_suppressed) for skill in self.ranked for row in (skill.importance, skill.level))


def typical_skills(occupation: Occupation, releases: dict[int, Release]) -> TypicalSkills | None:
    """None for an occupation that O*NET did not rate."""
    rows = named_tuples(visible_rows(occupation.skill_ratings, occupation), *COLUMNS)
    if not rows:
        return None
    by_element = [{row.scale: row for row in same} for _, same in groupby(rows, key=attrgetter("element"))]
    skills = [
        TypicalSkill(next(iter(scales.values())).name, scales.get("IM"), scales.get("LV")) for scales in by_element
    ]
    newest = max(rows, key=lambda row: row.measured[-4:] + row.measured[:2])
    in_order = sorted(skills, key=attrgetter("rank"))
    return TypicalSkills(
        newest_release(rows, releases), in_order, respondents_text(rows), survey_month(newest.measured)
    )


def respondents_text(rows: Iterable) -> str:
    """'8 analysts', '5 to 8 people'"""
    numbers = {row.respondents for row in rows if row.respondents}
    if not numbers:
        return ""
    by_analysts = all(row.measured_by.startswith("Analyst") for row in rows)
    number = f"{min(numbers)} to {max(numbers)}" if len(numbers) > 1 else str(*numbers)
    return f"{number} {'analysts' if by_analysts else 'people'}" if number != "1" else "1 person"


def usable_rating(row: Any) -> Decimal | None:
    return None if row is None or row.is_suppressed else row.rating


def rating_text(row: Any) -> str:
    """The rating and its interval, or why there is none."""
    if row is not None and row.is_suppressed:
        return NOT_RECOMMENDED
    if row is None or row.rating is None:
        return NO_DATA
    interval = f" ({rounded(row.lower_bound)} to {rounded(row.upper_bound)})" if has_interval(row) else ""
    return f"{rounded(row.rating)}{interval}"


def has_interval(row: Any) -> bool:
    return row.lower_bound is not None and row.upper_bound is not None


def rounded(amount: Decimal) -> str:
    return str(amount.quantize(TENTH, ROUND_HALF_UP))
