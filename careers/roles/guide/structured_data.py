"""schema.org data of a guide: where it stands, and its occupation with a median that has a source."""

from django.conf import settings
from django.urls import reverse

from careers.roles.figures.key_figures import best, of_this_work
from careers.roles.figures.tables import who_was_measured

DURATIONS = {"hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y"}
PERCENTILES = {"p10": "percentile10", "p25": "percentile25", "p75": "percentile75", "p90": "percentile90"}


def structured_guide(role, evidence):
    trail = [("Guides", reverse("roles:index")), (role.title, role.get_absolute_url())]
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + address}
        for position, (name, address) in enumerate(trail, start=1)
    ]
    occupation = {"@type": "Occupation", "name": role.title, "description": role.summary} | estimated_pay(
        role, evidence
    )
    return {
        "@context": "https://schema.org",
        "@graph": [{"@type": "BreadcrumbList", "itemListElement": steps}, occupation],
    }


def estimated_pay(role, evidence):
    """{} unless a median with a source and a country is known. A mean is never given as a median, nor is a range.

    The official median of the heaviest occupation first, whichever is looked at; else the guide's own of this work.
    """
    official = [counted.pay for counted in evidence.links[:1] if counted.pay]
    claim = quotable(official) or quotable(of_this_work(role.pay_claims.all(), evidence.codes))
    if claim is None:
        return {}
    distribution = {
        "@type": "MonetaryAmountDistribution",
        "name": who_was_measured(claim) or "base",
        "currency": claim.currency,
        "duration": DURATIONS[claim.period],
        "median": claim.median,
    }
    for name, key in PERCENTILES.items():
        if claim.amount(name) is not None and not claim.is_top_coded(name):
            distribution[key] = claim.amount(name)
    return {
        "estimatedSalary": [distribution],
        "occupationLocation": [{"@type": "Country", "name": claim.country}],
    }


def quotable(claims):
    claims = [claim for claim in claims if claim.source_id and claim.country]
    return best(claims, lambda claim: claim.median is not None and not claim.is_top_coded("median"))
