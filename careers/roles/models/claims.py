"""Figures about pay and outlook that editors enter in a guide, with or without a source.

Official figures are not stored here: a guide shows those of its occupations (careers.occupations.models.figures).
"""

from django.db import models
from simple_history.models import HistoricalRecords

from careers.core.models import Ordered, ProseField, any_not_null
from careers.occupations.models.figures import PERCENTILES, Figure, OutlookFigures, PayFigures

NO_FIGURE = "Enter at least one figure, for example the median."
NO_OUTLOOK = "Enter a growth rate in percent, or the number of openings per year."


def role_foreign_key(related_name: str) -> models.ForeignKey:
    return models.ForeignKey("roles.Role", models.CASCADE, related_name=related_name)


def source_foreign_key(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="If you leave this empty, visitors see the figure marked as unsourced.",
    )


def quoted_in_foreign_key(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The article that quotes the figure. This is not the figure's source: enter that under “source”.",
    )


def measured_for_foreign_key(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        "occupations.Occupation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="The occupation the figure is for. If the guide is not linked to it, visitors see a caution.",
    )


class Claim(Ordered, Figure):
    """A figure entered in a guide."""

    part_of = ("role",)

    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the article called the figure, if that differs from what it is.",
    )
    note = ProseField(blank=True, help_text="A caution to show beside the figure.")

    class Meta:
        abstract = True

    @property
    def measured_population(self) -> str:
        """The people whom the figure describes, as text; '' if unknown."""
        return self.population or (str(self.measured_for) if self.measured_for_id else "")


class PayClaim(Claim, PayFigures):
    role = role_foreign_key("pay_claims")
    source = source_foreign_key("pay_claims")
    quoted_in = quoted_in_foreign_key("pay_claims_quoted")
    measured_for = measured_for_foreign_key("pay_claims_measured")

    history = HistoricalRecords()

    class Meta(PayFigures.Meta):
        verbose_name = "pay figure"
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
    role = role_foreign_key("outlook_claims")
    source = source_foreign_key("outlook_claims")
    quoted_in = quoted_in_foreign_key("outlook_claims_quoted")
    measured_for = measured_for_foreign_key("outlook_claims_measured")

    history = HistoricalRecords()

    class Meta(OutlookFigures.Meta):
        verbose_name = "outlook figure"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=any_not_null("growth_percent", "annual_openings"),
                name="outlookclaim_has_a_figure",
                violation_error_message=NO_OUTLOOK,
            ),
            *OutlookFigures.Meta.constraints,
        ]
