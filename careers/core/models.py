"""Abstract models, model fields and constraint conditions shared by the apps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_unicode_slug
from django.db import models
from django.db.models import F, Q

from . import money
from .form_fields import TypedAmountField
from .forms import ProseFormField
from .pasted_text import clean_line, clean_pasted_text
from .slugs import MAX_LENGTH, is_former_address, lower_slug, unique_slug, validate_slug
from .urls import validate_public_url

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


class Timestamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class CleanedTextMixin(models.Field):
    """For text that people type or paste: `clean_text` is called on its way into the database, and at validation."""

    clean_text: Callable[[str], str]

    def to_python(self, value):
        text = super().to_python(value)
        return self.clean_text(text) if isinstance(text, str) else text

    def pre_save(self, model_instance, add):
        """The instance shows what is stored, also without validation."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(CleanedTextMixin, models.CharField):
    """One line of plain text that readers see."""

    clean_text = staticmethod(clean_line)

    def deconstruct(self):
        """For migrations it is what the database sees."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class ProseField(CleanedTextMixin, models.TextField):
    """Markdown, or plain text of several lines."""

    clean_text = staticmethod(clean_pasted_text)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseFormField, **kwargs})


class AddressSlugField(models.SlugField):
    """A slug in any script, with the vowel signs that Hindi, Thai and others write as characters of their own. It is kept in
    lower case."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": MAX_LENGTH, "allow_unicode": True, **kwargs})
        self.validators = [validate_slug if each is validate_unicode_slug else each for each in self.validators]

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def clean(self, value, model_instance):
        return super().clean(lower_slug(value or ""), model_instance)

    def pre_save(self, model_instance, add):
        value = lower_slug(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        """Without the form field of Django, which refuses vowel signs."""
        return models.CharField.formfield(self, **kwargs)


class BatchedChecks(models.Model):
    """Validates all check constraints in one query, and one by one only if that fails.

    Django sends a query for each: 35 ms instead of 5 ms for a posting.
    """

    _checks_hold = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        self._checks_hold = self._all_checks_hold(exclude)
        try:
            super().validate_constraints(exclude)
        finally:
            self._checks_hold = False

    def get_constraints(self):
        if not self._checks_hold:
            return super().get_constraints()
        return [
            (model, [constraint for constraint in constraints if not isinstance(constraint, models.CheckConstraint)])
            for model, constraints in super().get_constraints()
        ]

    def _all_checks_hold(self, exclude):
        """As in Django, a check that refers to an excluded field is left out."""
        conditions = [
            check.condition
            for check in self._meta.constraints
            if isinstance(check, models.CheckConstraint)
            if check.condition.referenced_base_fields.isdisjoint(exclude or ())
        ]
        condition = models.Q(*conditions)
        unused = {field.name for field in self._meta.fields} - condition.referenced_base_fields
        return not conditions or condition.check(self._get_field_expression_map(self._meta, unused))


class Slugged(models.Model):
    """A model whose URL contains a slug, made from `slug_source` at the first save and kept when that changes.

    A title without letters or digits gives `slug_fallback`; slugs in `slug_reserved`, and former slugs of other rows, are
    never used.
    """

    slug_source = "name"
    slug_fallback = "entry"
    slug_reserved = frozenset()

    slug = AddressSlugField(
        unique=True,
        blank=True,
        help_text="Part of the web address. Leave empty to make it from the name. If you change it, the old address "
        "redirects to the new one.",
    )

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        if not self.slug or "slug" in (exclude or ()):
            return
        if self.slug in self.slug_reserved:
            raise ValidationError({"slug": f"“{self.slug}” is the address of another page. Choose another slug."})
        if is_former_address(self):
            raise ValidationError({"slug": f"“{self.slug}” is an old address of another page. Choose another slug."})

    def slug_siblings(self):
        """The rows among which the slug must be unique."""
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


class CurrencyField(models.CharField):
    """An ISO 4217 code."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 3)
        kwargs.setdefault(
            "validators",
            [RegexValidator(r"^[A-Z]{3}$", "Enter 3 capital letters, for example USD."), money.validate_currency],
        )
        kwargs.setdefault("help_text", "Currency code, for example USD, EUR or GBP.")
        super().__init__(*args, **kwargs)


class WebAddressField(models.URLField):
    """An http or https URL that visitors can open: no private or local host."""

    default_validators = [URLValidator(schemes=["http", "https"]), validate_public_url]


class AmountField(models.DecimalField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TypedAmountField, **kwargs})


# Who acts in a service. None is the portal itself: a command or a signed link.
Actor: TypeAlias = "AbstractUser | AnonymousUser | None"


def set_history_note(row: Any, *, by: Any, reason: str) -> None:
    """Who changes the row and why, for the history entry that django-simple-history writes when it is saved or deleted."""
    row._history_user, row._change_reason = by, reason


def set_history_user(row: Any, by: Any) -> None:
    row._history_user = by


def set_history_reason(row: Any, reason: str) -> None:
    row._change_reason = reason


def clear_history_note(row: Any) -> None:
    """A later save of the same object is another change."""
    del row._history_user, row._change_reason


def extend_history_note(row: Any, text: str) -> None:
    row._change_reason += text


@contextmanager
def whole_first_version(row: Any) -> Iterator[None]:
    """Inside, a new row is saved and its relations are set. Its first version then holds them, and says "created"."""
    row.skip_history_when_saving = True
    yield
    del row.skip_history_when_saving
    row.save()
    mark_as_created(row)


def mark_as_created(row: Any) -> None:
    """The row was saved twice, first for its key, so that its only version says "changed"."""
    row.history.filter(pk=row.history.latest().pk).update(history_type="+")


def ascending(*fields: str) -> Q:
    """A condition: the values of these number fields do not decrease; null values are skipped."""
    condition = Q()
    for index, low in enumerate(fields):
        for high in fields[index + 1 :]:
            condition &= Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)})
    return condition


def positive_or_null(*fields: str) -> Q:
    """A condition: each of these number fields is null or above zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0})
    return condition


def any_not_null(*fields: str) -> Q:
    """A condition: at least one of these fields is not null."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__isnull": False})
    return condition
