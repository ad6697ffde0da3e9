"""schema.org data of a guide: breadcrumb, occupation, and its median pay if a source is known."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from careers.core.structured_data import breadcrumb_list
from careers.occupations.figures.key_figures import preferred
from careers.occupations.models.figures import PayFigures
from careers.occupations.structured_data import pay_distribution
from careers.roles.figures.documentation import applicable_figures
from careers.roles.figures.official import OfficialFigures
from careers.roles.models import Role


def structured_guide(role: Role, official: OfficialFigures) -> dict[str, Any]:
    trail = [("Guides", reverse("roles:index")), (role.title, role.get_absolute_url())]
    occupation = {"@type": "Occupation", "name": role.title, "description": role.summary}
    return {
        "@context": "https://schema.org",
        "@graph": [
            breadcrumb_list(trail),
            occupation | estimated_salary(role, official),
        ],
    }


def estimated_salary(role: Role, official: OfficialFigures) -> dict[str, Any]:
    """The official median of the heaviest occupation, whichever is selected; else the guide's own. {} if neither is known."""
    official_pay = [official.first.pay] if official.first and official.first.pay else []
    own_pay = applicable_figures(role.pay_claims.all(), role, official)
    figure = preferred_median(official_pay) or preferred_median(own_pay)
    if figure is None:
        return {}
    return {
        "estimatedSalary": [pay_distribution(figure, figure.measured_population or "base")],
        "occupationLocation": [{"@type": "Country", "name": figure.country}],
    }


def preferred_median(figures: Iterable[PayFigures]) -> PayFigures | None:
    """A median with a source and a country, not top-coded. Means and ranges are never given as a median."""
    located = [figure for figure in figures if figure.source_id and figure.country]
    return preferred(located, lambda figure: figure.median is not None and not figure.is_top_coded("median"))
