"""A figure as one row of a guide's page: whom it describes, its cautions, its place on a chart."""

from dataclasses import dataclass, field

from careers.core.money import Period
from careers.geo.countries import place_name
from careers.occupations.figures.charts import PayBar, Span
from careers.occupations.figures.format import absence_text, number_text, pay_texts, percentage, statistic_text
from careers.occupations.models import Occupation
from careers.occupations.models.figures import Figure, OutlookFigures, PayFigures

from .cautions import Caution, Code
from .growth_words import growth_words
from .official import OfficialFigures

TABLE_STATISTICS = ("median", "mean", "p10", "p25", "p75", "p90", "low", "high")
HEADING_CAUTIONS = (Code.PERIOD_DIFFERS, Code.MEAN_AND_MEDIAN_MIXED, Code.GROWTH_FOR_OPENINGS)  # they quote the heading
NO_OFFICIAL_FIGURES = OfficialFigures()


@dataclass(frozen=True)
class FigureRow:
    """A figure of a guide or an official one."""

    figure: Figure
    bar: PayBar | Span | None = None
    cautions: list[Caution] = field(default_factory=list)
    occupations: list[Occupation] = field(default_factory=list)  # linked ones that an official figure is published for
    note_number: int = 0  # of a footnote that several rows share; 0 for none

    @property
    def population(self) -> str:
        return self.figure.measured_population

    @property
    def occupation(self) -> Occupation | None:
        """The occupation whose page the population links to; None if it is unknown or a wider group."""
        if not self.figure.is_official:
            return self.figure.measured_for
        return self.occupations[0] if self.occupations and not self.in_wider_group else None

    @property
    def in_wider_group(self) -> list[Occupation]:
        """The linked occupations, if the figure is that of a wider group; else []."""
        if not self.figure.is_official:
            return []
        is_its_own = [occupation.code for occupation in self.occupations] == [f"{self.figure.occupation.code}.00"]
        return [] if is_its_own else self.occupations

    @property
    def marks(self) -> list[Caution]:
        return [caution for caution in self.cautions if caution.is_mark]

    @property
    def warnings(self) -> list[Caution]:
        return [caution for caution in self.cautions if not caution.is_mark]

    @property
    def heading(self) -> str:
        """The heading under which the figure was quoted; '' if a warning quotes it."""
        is_in_warning = any(caution.code in HEADING_CAUTIONS for caution in self.warnings)
        return "" if is_in_warning else self.figure.heading

    @property
    def is_hourly_only(self) -> bool:
        return False


@dataclass(frozen=True)
class PayRow(FigureRow):
    figure: PayFigures

    @property
    def area(self) -> str:
        """The part of the country: 'Dubai'; '' for the whole country."""
        return place_name("", self.figure.subdivision, self.figure.city)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """[(label of the statistic, text)]"""
        return pay_texts(self.figure)

    @property
    def median(self) -> str:
        return self.figure.text_of("median")

    @property
    def cells(self) -> list[str]:
        """The statistics in the order of the table's columns; '' where there is none."""
        return [statistic_text(self.figure, name) for name in TABLE_STATISTICS]

    @property
    def is_hourly_only(self) -> bool:
        return self.figure.is_official and self.figure.period == Period.HOUR


@dataclass(frozen=True)
class OutlookRow(FigureRow):
    figure: OutlookFigures

    @property
    def growth(self) -> str:
        """'33.5%', '−4%', 'no data'; '' if the figure does not include growth."""
        return percentage(self.figure.growth_percent) or absence_text(self.figure, "growth_percent")

    @property
    def words(self) -> str:
        """'much faster than average', for official growth whose thresholds are known."""
        figure = self.figure
        if not figure.is_official or figure.growth_percent is None:
            return ""
        return growth_words(figure.growth_percent, figure.base_year, figure.target_year)

    @property
    def openings(self) -> str:
        """'20,800', 'no data'; '' if the figure does not include openings."""
        return number_text(self.figure.annual_openings) or absence_text(self.figure, "annual_openings")
