"""schema.org data of an occupation's page."""

from django.conf import settings
from django.urls import reverse

from careers.roles.guide.structured_data import DURATIONS, PERCENTILES


def structured_occupation(page):
    """{} for what is not listed: categories of SOC and withdrawn occupations."""
    if not page.is_listed:
        return {}
    occupation = page.occupation
    trail = [("Occupations", reverse("occupations:index")), (occupation.title, occupation.get_absolute_url())]
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + address}
        for position, (name, address) in enumerate(trail, start=1)
    ]
    described = {
        "@type": "Occupation",
        "name": occupation.title,
        "description": occupation.description,
        "occupationalCategory": occupation.code,
    }
    graph = [{"@type": "BreadcrumbList", "itemListElement": steps}, described | salary(page)]
    return {"@context": "https://schema.org", "@graph": graph}


def salary(page):
    """{} unless a median is published in full: what is “at least” so much is no median."""
    claim = page.pay.newest if page.pay else None
    if claim is None or claim.median is None or claim.is_top_coded("median"):
        return {}
    distribution = {
        "@type": "MonetaryAmountDistribution",
        "name": f"{page.population.name}, {claim.reference_period or claim.reference_year}",
        "currency": claim.currency,
        "duration": DURATIONS[claim.period],
        "median": claim.median,
    }
    for name, key in PERCENTILES.items():
        if claim.amount(name) is not None and not claim.is_top_coded(name):
            distribution[key] = claim.amount(name)
    located = {"occupationLocation": [{"@type": "Country", "name": claim.country}]} if claim.country else {}
    return {"estimatedSalary": [distribution]} | located
