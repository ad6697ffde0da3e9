"""Which figures of a guide describe its role, and which readers only may meet elsewhere."""

from collections.abc import Iterable
from typing import TypeVar

from careers.occupations.figures.age import is_outdated
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.roles.models import Role

from .documentation import applicable_figures
from .official import OfficialFigures

F = TypeVar("F", bound=PayFigures | OutlookFigures)


def split_figures(figures: Iterable[F], role: Role, official: OfficialFigures) -> tuple[list[F], list[F]]:
    """(figures of this role, other figures).

    Of this role are official figures of its occupations, and current figures of the guide's own that name a source and
    describe its people. Others have no source, are old, or were measured for other people.
    """
    figures = list(figures)
    applicable = {id(figure) for figure in applicable_figures(figures, role, official)}
    main = [
        figure
        for figure in figures
        if figure.is_official or (figure.source_id and id(figure) in applicable and not is_outdated(figure))
    ]
    of_role = {id(figure) for figure in main}
    return main, [figure for figure in figures if id(figure) not in of_role]
