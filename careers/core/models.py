"""Abstract models shared by the apps. No tables live here."""

from django.core.exceptions import FieldError, ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from careers.geo import countries

from . import money
from .slugs import unique_slug
from .urls import validate_public_url


class Timestamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class BatchedChecks(models.Model):
    """Whether the check constraints hold is asked in one query, and constraint by constraint only where one does not."""

    _checks_hold = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        self._checks_hold = self._ask_for_all(exclude)
        try:
            super().validate_constraints(exclude)
        finally:
            self._checks_hold = False

    def get_constraints(self):
        """What is left to look at one by one."""
        if not self._checks_hold:
            return super().get_constraints()
        return [
            (model, [constraint for constraint in constraints if not isinstance(constraint, models.CheckConstraint)])
            for model, constraints in super().get_constraints()
        ]

    def _ask_for_all(self, exclude):
        checks = [check for check in self._meta.constraints if isinstance(check, models.CheckConstraint)]
        asked = models.Q(*(check.condition for check in checks))
        unasked = {field.name for field in self._meta.fields} - asked.referenced_base_fields
        try:
            return asked.check(self._get_field_expression_map(self._meta, {*unasked, *(exclude or ())}))
        except FieldError:  # one of them asks for a field that is left out
            return False


class Slugged(models.Model):
    """A model whose address is a slug made once from `slug_source`, and kept when the name changes later.

    Titles in any script give a slug; a title without letters or digits gives `slug_fallback`.
    """

    slug_source = "name"
    slug_fallback = "entry"
    slug_reserved = frozenset()

    slug = models.SlugField(
        max_length=100,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="Part of the address. Left empty, it is made from the name. After a change the old address redirects.",
    )

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        if self.slug in self.slug_reserved and "slug" not in (exclude or ()):
            raise ValidationError({"slug": f"“{self.slug}” is the address of another page. Choose another slug."})

    def slug_siblings(self):
        """The rows among which the slug must be the only one of its kind."""
        return type(self)._default_manager.all()

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = unique_slug(self, getattr(self, self.slug_source), self.slug_fallback, self.slug_reserved)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        super().save(*args, **kwargs)


class Ordered(models.Model):
    position = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        abstract = True


class PlaceFields(models.Model):
    """A country, a subdivision of it and a city, each optional; the codes are ISO 3166-1 alpha-2 and ISO 3166-2."""

    country = models.CharField(max_length=2, blank=True, choices=countries.country_choices, verbose_name="country")
    subdivision = models.CharField(
        max_length=6,
        blank=True,
        validators=[countries.validate_subdivision],
        help_text="ISO 3166-2 code of the state, province or emirate: US-CA, DE-BE, AE-DU.",
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
            violation_error_message="The subdivision must belong to the country: its code starts with the country's code.",
        )


class CurrencyField(models.CharField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 3)
        kwargs.setdefault(
            "validators", [RegexValidator(r"^[A-Z]{3}$", "Three capital letters."), money.validate_currency]
        )
        kwargs.setdefault("help_text", "ISO 4217 code: USD, EUR, GBP.")
        super().__init__(*args, **kwargs)


class WebAddressField(models.URLField):
    """An address on the web that visitors can open; private and local hosts are refused."""

    default_validators = [URLValidator(schemes=["http", "https"]), validate_public_url]


class AmountField(models.DecimalField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def ascending(*fields):
    """A condition: the given number fields ascend, skipping those that are empty."""
    condition = Q()
    for index, low in enumerate(fields):
        for high in fields[index + 1 :]:
            condition &= Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)})
    return condition


def positive_or_null(*fields):
    """A condition: each of the given number fields is empty or above zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0})
    return condition


def any_not_null(*fields):
    """A condition: at least one of the given nullable fields is filled."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__isnull": False})
    return condition
