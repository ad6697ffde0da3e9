"""A guide's own figures about pay and outlook: each with its source, or plainly without one.

Official figures reach a guide through its occupations (careers.occupations.models.figures) and are not kept here.
"""

from django.db import models
from simple_history.models import HistoricalRecords

from careers.core.models import Ordered, any_not_null
from careers.occupations.models.figures import PERCENTILES, Figure, OutlookFigures, PayFigures

NO_FIGURE = "Enter at least one figure."
NO_OUTLOOK = "Enter a growth rate or annual openings."


def guide_of(related_name):
    return models.ForeignKey("roles.Role", models.CASCADE, related_name=related_name)


def source_of(related_name):
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="Without one, readers see the figure marked as unsourced.",
    )


def quoted_in(related_name):
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The article in which the figure was found. It does not rest on it: that is the source.",
    )


def measured_for(related_name):
    return models.ForeignKey(
        "occupations.Occupation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The occupation the figure was measured for. Readers are told where the guide is not linked to it.",
    )


class Claim(Ordered, Figure):
    """What a guide's figures carry beside their numbers."""

    part_of = ("role",)

    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the quoting text called the figure, where that differs from what it is.",
    )
    note = models.TextField(blank=True, help_text="A caution readers should see beside the figure.")

    class Meta:
        abstract = True

    @property
    def measured_population(self):
        """In words, the people the figure is about; '' where it is not known."""
        return self.population or (str(self.measured_for) if self.measured_for_id else "")


class PayClaim(Claim, PayFigures):
    role = guide_of("pay_claims")
    source = source_of("pay_claims")
    quoted_in = quoted_in("pay_claims_quoted")
    measured_for = measured_for("pay_claims_measured")

    history = HistoricalRecords()

    class Meta(PayFigures.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=any_not_null("mean", *PERCENTILES, "low", "high"),
                name="payclaim_has_a_figure",
                violation_error_message=NO_FIGURE,
            ),
            *PayFigures.Meta.constraints,
        ]


class OutlookClaim(Claim, OutlookFigures):
    role = guide_of("outlook_claims")
    source = source_of("outlook_claims")
    quoted_in = quoted_in("outlook_claims_quoted")
    measured_for = measured_for("outlook_claims_measured")

    history = HistoricalRecords()

    class Meta(OutlookFigures.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=any_not_null("growth_percent", "annual_openings"),
                name="outlookclaim_has_a_figure",
                violation_error_message=NO_OUTLOOK,
            ),
            *OutlookFigures.Meta.constraints,
        ]
