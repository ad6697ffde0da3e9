"""Form fields that take what people type."""

from django import forms
from django.core.exceptions import ValidationError

from .money import parse_amount


class TypedAmountField(forms.DecimalField):
    """An amount of money: 65000, 65,000, 82k."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = parse_amount(value)
            except ValueError as error:
                raise ValidationError(str(error), code="invalid") from error
        return super().to_python(value)
