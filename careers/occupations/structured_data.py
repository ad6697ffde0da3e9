"""schema.org data of an occupation's page, and of pay figures in general."""

from typing import Any

from django.urls import reverse

from careers.core.structured_data import breadcrumb_list

from .detail import OccupationPage
from .figures.format import time_text
from .models.figures import PayFigures

DURATIONS = {"hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y"}
PERCENTILES = {"p10": "percentile10", "p25": "percentile25", "p75": "percentile75", "p90": "percentile90"}


def structured_occupation(page: OccupationPage) -> dict[str, Any]:
    """{} for occupations that are not listed: those of SOC and withdrawn ones."""
    if not page.is_listed:
        return {}
    occupation = page.occupation
    trail = [("Occupations", reverse("occupations:index")), (occupation.title, occupation.get_absolute_url())]
    description = {
        "@type": "Occupation",
        "name": occupation.title,
        "description": occupation.description,
        "occupationalCategory": occupation.code,
    }
    graph = [breadcrumb_list(trail), description | salary(page)]
    return {"@context": "https://schema.org", "@graph": graph}


def salary(page: OccupationPage) -> dict[str, Any]:
    """{} unless a median is published. A top-coded amount (“at least …”) is not a median."""
    figure = page.pay.newest if page.pay else None
    if figure is None or page.population is None or figure.median is None or figure.is_top_coded("median"):
        return {}
    name = f"{page.population.name}, {time_text(figure)}"
    located = {"occupationLocation": [{"@type": "Country", "name": figure.country}]} if figure.country else {}
    return {"estimatedSalary": [pay_distribution(figure, name)]} | located


def pay_distribution(figure: PayFigures, name: str) -> dict[str, Any]:
    """schema.org MonetaryAmountDistribution of pay figures with a median, without top-coded percentiles."""
    percentiles = {
        key: figure.amount(statistic)
        for statistic, key in PERCENTILES.items()
        if figure.amount(statistic) is not None and not figure.is_top_coded(statistic)
    }
    return {
        "@type": "MonetaryAmountDistribution",
        "name": name,
        "currency": figure.currency,
        "duration": DURATIONS[figure.period],
        "median": figure.median,
    } | percentiles
