"""The table of a guide's linked occupations: how each relates to the role, its median pay and growth."""

from dataclasses import dataclass

from careers.files.cells import Absence
from careers.occupations.figures.format import absence_text, percentage, statistic_text, time_text
from careers.occupations.models import Occupation
from careers.roles.models import OccupationLink

from .official import LinkedOccupation, OfficialFigures

RELATIONS: dict[str, str] = {
    OccupationLink.Relation.EXACT: "The same work",
    OccupationLink.Relation.CLOSE: "Close to this role",
    OccupationLink.Relation.BROADER: "Wider: this role is part of it",
    OccupationLink.Relation.NARROWER: "Narrower: it is part of this role",
    OccupationLink.Relation.PROXY: "The nearest match: there is no closer one",
}


@dataclass(frozen=True)
class OccupationRow:
    linked: LinkedOccupation
    is_selected: bool  # the page shows the figures of this occupation only

    @property
    def occupation(self) -> Occupation:
        return self.linked.occupation

    @property
    def relation(self) -> str:
        return RELATIONS[self.linked.link.relation]

    @property
    def reason(self) -> str:
        return self.linked.link.reason

    @property
    def pay(self) -> str:
        """'$120,230', 'hourly only, $41.21', 'not published', 'no data'."""
        if self.linked.pay is None:
            return Absence.NO_DATA.label
        text = statistic_text(self.linked.pay, "median") or Absence.NO_DATA.label
        return f"hourly only, {text}" if self.linked.is_hourly_only else text

    @property
    def pay_time(self) -> str:
        return time_text(self.linked.pay) if self.linked.pay else ""

    @property
    def growth(self) -> str:
        """'+33.5%', 'not published', 'no data'."""
        outlook = self.linked.outlook
        if outlook is None:
            return Absence.NO_DATA.label
        growth = percentage(outlook.growth_percent, "+") or absence_text(outlook, "growth_percent")
        return growth or Absence.NO_DATA.label

    @property
    def growth_years(self) -> str:
        return self.linked.outlook.years if self.linked.outlook else ""


def occupation_rows(official: OfficialFigures) -> list[OccupationRow]:
    return [OccupationRow(linked, linked.code == official.selected) for linked in official.occupations]
