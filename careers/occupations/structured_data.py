"""schema.org data of an occupation's page."""

from django.urls import reverse

from careers.core.structured_data import breadcrumb_list

DURATIONS = {"hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y"}
PERCENTILES = {"p10": "percentile10", "p25": "percentile25", "p75": "percentile75", "p90": "percentile90"}


def structured_occupation(page):
    """{} for what is not listed: categories of SOC and withdrawn occupations."""
    if not page.is_listed:
        return {}
    occupation = page.occupation
    trail = [("Occupations", reverse("occupations:index")), (occupation.title, occupation.get_absolute_url())]
    described = {
        "@type": "Occupation",
        "name": occupation.title,
        "description": occupation.description,
        "occupationalCategory": occupation.code,
    }
    graph = [breadcrumb_list(trail), described | salary(page)]
    return {"@context": "https://schema.org", "@graph": graph}


def salary(page):
    """{} unless a median is published in full: what is “at least” so much is no median."""
    claim = page.pay.newest if page.pay else None
    if claim is None or claim.median is None or claim.is_top_coded("median"):
        return {}
    name = f"{page.population.name}, {claim.reference_period or claim.reference_year}"
    located = {"occupationLocation": [{"@type": "Country", "name": claim.country}]} if claim.country else {}
    return {"estimatedSalary": [pay_distribution(claim, name)]} | located


def pay_distribution(figure, name):
    """schema.org MonetaryAmountDistribution of pay figures that have a median; top-coded percentiles are left out."""
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
