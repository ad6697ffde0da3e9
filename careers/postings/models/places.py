from django.db import models
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel
from careers.core.models import Ordered
from careers.geo.countries import country_choices, country_name
from careers.geo.models import PlaceFields


class PostingPlace(PublicModel, PlaceFields, Ordered):
    """A place where the work is done. A posting may name several."""

    part_of = ("posting",)

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="places")
    country = models.CharField(max_length=2, choices=country_choices)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "country", "subdivision", "city"],
                name="postingplace_once",
                violation_error_message="This place is already listed. Remove one of the two.",
            ),
            PlaceFields.place_constraint(),
        ]

    def __str__(self):
        return self.place_name


class RemoteCountry(PublicModel):
    """A country from which a remote worker may apply."""

    part_of = ("posting",)

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="remote_countries")
    country = models.CharField(max_length=2, choices=country_choices)

    history = HistoricalRecords()

    class Meta:
        ordering = ["country"]
        verbose_name_plural = "remote countries"
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "country"],
                name="remotecountry_once",
                violation_error_message="This country is already listed. Remove one of the two.",
            )
        ]

    def __str__(self):
        return country_name(self.country)
