"""Abstract model of a place. No tables live here."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from . import countries


class PlaceFields(models.Model):
    """A country, a subdivision of it and a city, each optional; the codes are ISO 3166-1 alpha-2 and ISO 3166-2."""

    country = models.CharField(max_length=2, blank=True, choices=countries.country_choices, verbose_name="country")
    subdivision = models.CharField(
        max_length=6,
        blank=True,
        validators=[countries.validate_subdivision],
        help_text="ISO 3166-2 code of the state, province or emirate, for example US-CA, DE-BE or AE-DU.",
    )
    city = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def place_name(self):
        return countries.place_name(self.country, self.subdivision, self.city)

    @classmethod
    def place_constraint(cls):
        return models.CheckConstraint(
            condition=Q(subdivision="") | Q(subdivision__startswith=Concat(F("country"), Value("-"))),
            name="%(class)s_subdivision_in_country",
            violation_error_message="Choose a state or province in this country. Its code starts with the country's code.",
        )
