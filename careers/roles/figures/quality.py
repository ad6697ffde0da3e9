"""How well the figures of guides stand, asked of many at once. It counts their own figures: those editors can mend."""

from django.conf import settings
from django.db.models import Case, F, FloatField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Least, NullIf
from django.utils import timezone

from careers.core.counts import count_subquery
from careers.roles.models import OutlookClaim, PayClaim

from .cautions import Code, cautions_of

YEARS = {PayClaim: "reference_year", OutlookClaim: "base_year"}  # the year a figure describes
NEVER = 9999
AGES = {
    "new": "This year",
    "current": "Earlier, within the limit",
    "old": "Older than the limit",
    "undated": "Has undated figures",
    "none": "No figures",
}


def with_standing(roles):
    """Each guide with number_of_figures, number_sourced, share_sourced (0 to 1) and oldest_year; None where unknown."""
    oldest = [Coalesce(oldest_year(model), Value(NEVER)) for model in YEARS]
    roles = roles.annotate(
        number_of_figures=sum(count_subquery(model.objects, by="role") for model in YEARS),
        number_sourced=sum(count_subquery(model.objects.sourced(), by="role") for model in YEARS),
        oldest_year=NullIf(Least(*oldest), Value(NEVER)),
    )
    share = Cast("number_sourced", FloatField()) / F("number_of_figures")
    return roles.annotate(share_sourced=Case(When(number_of_figures__gt=0, then=share)))


def oldest_year(model):
    claims = model.objects.filter(role=OuterRef("pk")).order_by().values("role")
    return Subquery(claims.annotate(oldest=Min(YEARS[model])).values("oldest"))


def of_age(roles, age, on=None):
    """Guides of with_standing() by the age of their oldest figure: one of AGES. The limit is FIGURE_REVIEW_YEARS."""
    year = (on or timezone.localdate()).year
    limit = year - settings.FIGURE_REVIEW_YEARS
    undated = [undated_claims(model).values("role") for model in YEARS]
    conditions = {
        "new": Q(oldest_year__gte=year),
        "current": Q(oldest_year__gte=limit, oldest_year__lt=year),
        "old": Q(oldest_year__lt=limit),
        "undated": Q(pk__in=undated[0]) | Q(pk__in=undated[1]),
        "none": Q(number_of_figures=0),
    }
    return roles.filter(conditions[age])


def undated_claims(model):
    claims = model.objects.filter(**{f"{YEARS[model]}__isnull": True})
    return claims.filter(target_year__isnull=True) if model is OutlookClaim else claims


# -- Figures


def linked_codes(role):
    """The codes of a guide's occupations, as cautions_of() asks for them. Prefetch `occupation_links__occupation`."""
    return [link.occupation.code for link in role.occupation_links.all()]


def cautions_in_guide(claim):
    """The cautions of a guide's own figure."""
    return cautions_of(claim, linked_codes(claim.role))


def with_links(claims):
    """What cautions_in_guide() asks for, in two more queries for any number of claims."""
    return claims.select_related("role", "measured_for").prefetch_related("role__occupation_links__occupation")


def having(claims, code):
    """Those of guides' claims that have a caution. The rule is written in words, so each claim is asked."""
    asked = with_links(claims)
    if code == Code.OTHER_OCCUPATION:
        asked = asked.filter(Q(measured_for__isnull=False) | ~Q(population=""))  # others do not say whom they measure
    found = [claim.pk for claim in asked if any(caution.code == code for caution in cautions_in_guide(claim))]
    return claims.filter(pk__in=found)
