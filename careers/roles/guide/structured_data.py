"""schema.org data of a guide: where it stands, and its occupation with a median that has a source."""

from django.urls import reverse

from careers.core.structured_data import breadcrumb_list
from careers.occupations.figures.key_figures import best
from careers.occupations.structured_data import pay_distribution
from careers.roles.figures.documentation import of_this_work


def structured_guide(role, evidence):
    trail = [("Guides", reverse("roles:index")), (role.title, role.get_absolute_url())]
    occupation = {"@type": "Occupation", "name": role.title, "description": role.summary} | estimated_pay(
        role, evidence
    )
    return {
        "@context": "https://schema.org",
        "@graph": [breadcrumb_list(trail), occupation],
    }


def estimated_pay(role, evidence):
    """{} unless a median with a source and a country is known. A mean is never given as a median, nor is a range.

    The official median of the heaviest occupation first, whichever is looked at; else the guide's own of this work.
    """
    official = [counted.pay for counted in evidence.links[:1] if counted.pay]
    claim = quotable(official) or quotable(of_this_work(role.pay_claims.all(), evidence.codes))
    if claim is None:
        return {}
    return {
        "estimatedSalary": [pay_distribution(claim, claim.measured_population or "base")],
        "occupationLocation": [{"@type": "Country", "name": claim.country}],
    }


def quotable(claims):
    claims = [claim for claim in claims if claim.source_id and claim.country]
    return best(claims, lambda claim: claim.median is not None and not claim.is_top_coded("median"))
