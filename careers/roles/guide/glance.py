"""The summary at the top of a guide: official figures, else the guide's own figures that name a source."""

from dataclasses import dataclass

from careers.occupations.figures.key_figures import KeyFigure, key_figures
from careers.roles.figures.documentation import applicable_figures
from careers.roles.figures.official import OfficialFigures
from careers.roles.figures.summary import GuideSummary, summarise
from careers.roles.models import OutlookClaim, PayClaim, Role


@dataclass(frozen=True)
class Glance:
    official: GuideSummary
    own: list[KeyFigure]  # where there is no official figure


def glance_at(
    role: Role, official: OfficialFigures, own_pay: list[PayClaim], own_outlook: list[OutlookClaim]
) -> Glance:
    summary = summarise(official)
    pay = [] if summary.pay else applicable_figures(own_pay, role, official)
    outlook = [] if summary.growth else applicable_figures(own_outlook, role, official)
    own = key_figures(
        [figure for figure in pay if figure.source_id is not None],
        [figure for figure in outlook if figure.source_id is not None],
    )
    return Glance(summary, own)
