"""The outlook figures of a guide's page, grouped by place and years."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers.occupations.figures.charts import GrowthChart, growth_chart
from careers.occupations.models import Source
from careers.occupations.models.figures import OutlookFigures

from .cautions import cautions_of
from .official import OfficialFigures
from .rows import NO_OFFICIAL_FIGURES, OutlookRow


@dataclass(frozen=True)
class OutlookGroup:
    """Projections of one place over the same years; without a chart if there is nothing to compare."""

    place: str
    years: str
    chart: GrowthChart | None
    rows: list[OutlookRow]

    @property
    def shared_source(self) -> Source | None:
        """The source of several rows, named once below them; None if they differ."""
        sources = {row.figure.source for row in self.rows}
        return sources.pop() if len(sources) == 1 and len(self.rows) > 1 else None


def outlook_table(
    figures: Sequence[OutlookFigures], official: OfficialFigures = NO_OFFICIAL_FIGURES
) -> list[OutlookGroup]:
    """The latest base year first, sourced figures first in each: growth over different years is not comparable."""
    groups: dict[tuple, list[OutlookFigures]] = {}
    for figure in sorted(figures, key=lambda figure: (-(figure.base_year or 0), figure.source_id is None)):
        groups.setdefault((figure.base_year, figure.target_year, figure.country), []).append(figure)
    return [outlook_group(group, official) for group in groups.values()]


def outlook_group(figures: list[OutlookFigures], official: OfficialFigures) -> OutlookGroup:
    with_growth = [figure for figure in figures if figure.growth_percent is not None]
    chart = growth_chart(figures) if len(with_growth) > 1 else None
    bars = chart.bars if chart else [None] * len(figures)
    rows = [
        OutlookRow(figure, bar, cautions_of(figure, official.codes), official.occupations_with(figure))
        for figure, bar in zip(figures, bars, strict=True)
    ]
    return OutlookGroup(figures[0].place_name or "No place given", figures[0].years or "no years given", chart, rows)
