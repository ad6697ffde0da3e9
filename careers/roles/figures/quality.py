"""Sources, age and cautions of the guides' own figures, as queries over many guides. Official figures are not counted."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, F, FloatField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least, NullIf
from django.utils import timezone

from careers.core.counts import count_subquery
from careers.roles.models import OutlookClaim, PayClaim, Role

from .cautions import Caution, Code, cautions_of

YEAR_FIELDS: dict[Any, str] = {PayClaim: "reference_year", OutlookClaim: "base_year"}
NO_YEAR = 9999  # stands for NULL where the database looks for the least year
AGES = {
    "new": "This year",
    "current": "Earlier, within the limit",
    "old": "Older than the limit",
    "undated": "Has undated figures",
    "none": "No figures",
}


def with_figure_counts(roles: QuerySet) -> QuerySet:
    """Adds number_of_figures, number_sourced, share_sourced (0 to 1) and oldest_year; None where unknown."""
    oldest = [Coalesce(oldest_year(model), Value(NO_YEAR)) for model in YEAR_FIELDS]
    roles = roles.annotate(
        number_of_figures=sum(count_subquery(model.objects, by="role") for model in YEAR_FIELDS),
        number_sourced=sum(count_subquery(model.objects.sourced(), by="role") for model in YEAR_FIELDS),
        oldest_year=NullIf(Least(*oldest), Value(NO_YEAR)),
    )
    share = Cast("number_sourced", FloatField()) / F("number_of_figures")
    return roles.annotate(share_sourced=Case(When(number_of_figures__gt=0, then=share)))


def oldest_year(model: Any) -> Subquery:
    claims = model.objects.filter(role=OuterRef("pk")).order_by().values("role")
    return Subquery(claims.annotate(oldest=Min(YEAR_FIELDS[model])).values("oldest"))


def filter_by_age(roles: QuerySet, age: str, on: date | None = None) -> QuerySet:
    """Guides of with_figure_counts() by the age of their oldest figure, a key of AGES. The limit is FIGURE_REVIEW_YEARS."""
    year = (on or timezone.localdate()).year
    limit = year - settings.FIGURE_REVIEW_YEARS
    undated = [undated_claims(model).values("role") for model in YEAR_FIELDS]
    conditions = {
        "new": Q(oldest_year__gte=year),
        "current": Q(oldest_year__gte=limit, oldest_year__lt=year),
        "old": Q(oldest_year__lt=limit),
        "undated": Q(pk__in=undated[0]) | Q(pk__in=undated[1]),
        "none": Q(number_of_figures=0),
    }
    return roles.filter(conditions[age])


def undated_claims(model: Any) -> QuerySet:
    claims = model.objects.filter(**{f"{YEAR_FIELDS[model]}__isnull": True})
    return claims.filter(target_year__isnull=True) if model is OutlookClaim else claims


# -- Cautions


def linked_codes(role: Role) -> list[str]:
    """The codes of a guide's occupations, for cautions_of(). Prefetch `occupation_links__occupation`."""
    return [link.occupation.code for link in role.occupation_links.all()]


def claim_cautions(claim: PayClaim | OutlookClaim) -> list[Caution]:
    """The cautions of a guide's own figure."""
    return cautions_of(claim, linked_codes(claim.role))


def with_caution_relations(claims: QuerySet) -> QuerySet:
    """Loads what claim_cautions() needs, in two more queries for any number of claims."""
    return claims.select_related("role", "measured_for").prefetch_related("role__occupation_links__occupation")


def with_caution(claims: QuerySet, code: str) -> QuerySet:
    """The claims that have a caution of this code. Cautions are computed in Python, so each claim is loaded."""
    candidates = with_caution_relations(claims)
    if code == Code.OTHER_OCCUPATION:  # needs a measured population
        candidates = candidates.filter(Q(measured_for__isnull=False) | ~Q(population=""))
    found = [claim.pk for claim in candidates if any(caution.code == code for caution in claim_cautions(claim))]
    return claims.filter(pk__in=found)
