"""Occupations with the official figures that are published for them."""

from careers.occupations.models import Release
from tests import factories


def soc_occupation(code, title="Some Occupations", level="detailed"):
    return factories.OccupationFactory(scheme="soc", code=code, title=title, level=level)


def onet_occupation(code, title="Some Occupations", **fields):
    return factories.OccupationFactory(code=code, title=title, **fields)


def release_of(year, dataset="oews"):
    """The release of that name, made the first time it is asked for."""
    known = Release.objects.filter(dataset=dataset, version=str(year)).select_related("source").first()
    return known or factories.ReleaseFactory(
        dataset=dataset,
        version=str(year),
        source=factories.SourceFactory(
            publisher="Bureau of Labor", title=f"Tables of {dataset}", release=f"May {year}"
        ),
    )


def official_pay(occupation, year=2025, release=None, **amounts):
    release = release or release_of(year)
    terms = {"median": None, "reference_year": year, "reference_period": f"May {year}"}
    return factories.OfficialPayFactory(
        occupation=occupation, release=release, source=release.source, **terms | amounts
    )


def official_outlook(occupation, base=2024, release=None, **figures):
    release = release or release_of(base, dataset="projections")
    return factories.OfficialOutlookFactory(
        occupation=occupation,
        release=release,
        source=release.source,
        base_year=base,
        target_year=base + 10,
        **figures,
    )


def linked(role, *codes):
    """Links of a role to O*NET occupations of these codes, the first the heaviest."""
    weights = ("0.9", "0.7", "0.5", "0.3")
    return [
        factories.OccupationLinkFactory(
            role=role,
            occupation=onet_occupation(code, f"Occupation of {code}"),
            weight=weight,
            reason="They share work.",
        )
        for code, weight in zip(codes, weights, strict=False)
    ]
