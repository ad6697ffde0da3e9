"""Links from guides to the occupations under which official statistics classify their role."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import LineField, Ordered, Timestamped


class OccupationLinkQuerySet(PublicQuerySet):
    def of_published_guides(self):
        """With their guides, by weight, heaviest first."""
        return self.filter(role__status="published").select_related("role")


class OccupationLink(PublicModel, Ordered, Timestamped):
    part_of = ("role",)

    class Relation(models.TextChoices):
        EXACT = "exact", "The same"
        CLOSE = "close", "Close to"
        BROADER = "broader", "Part of"
        NARROWER = "narrower", "Includes"
        PROXY = "proxy", "Nearest match"

    RELATION_FROM_OCCUPATION: dict[str, str] = {
        Relation.EXACT: "The same work",
        Relation.CLOSE: "Close to this occupation",
        Relation.BROADER: "Part of this occupation",
        Relation.NARROWER: "Includes this occupation and more",
        Relation.PROXY: "This occupation is the nearest match",
    }

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="occupation_links")
    occupation = models.ForeignKey("occupations.Occupation", models.PROTECT, related_name="role_links")
    relation = models.CharField(
        max_length=10,
        choices=Relation,
        default=Relation.CLOSE,
        help_text="How the role relates to the occupation: the same, close to it, part of it, wider than it, or only the "
        "nearest match.",
    )
    weight = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        help_text="How well the occupation represents the role: above 0 and up to 1. We show the highest first.",
    )
    reason = LineField(max_length=300, blank=True, help_text="Why, in a sentence that visitors see.")

    history = HistoricalRecords()
    objects = OccupationLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "occupation"],
                name="occupationlink_once",
                violation_error_message="This occupation is already linked.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1),
                name="occupationlink_weight_is_share",
                violation_error_message="Enter a weight above 0 and up to 1, for example 0.8.",
            ),
        ]

    def __str__(self):
        return str(self.occupation)

    @property
    def relation_from_occupation(self) -> str:
        """How the guide's role relates to the occupation, as text for the occupation's page."""
        return self.RELATION_FROM_OCCUPATION[self.relation]
