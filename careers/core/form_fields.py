"""Form fields that take what people type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .money import currency_signs, is_sign_of, parse_amount, split_currency


class TypedAmountField(forms.DecimalField):
    """An amount of money: 65000, 65,000, 82k, €65k. What the sign means is for TypedCurrencyMixin."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = parse_amount(split_currency(value)[0])
            except ValueError as error:
                raise ValidationError(str(error), code="invalid") from error
        return super().to_python(value)


class TypedCurrencyMixin:
    """A currency typed with an amount (€65k) fills the empty field of the currency, and may not differ from a chosen one."""

    currency_field = "pay_currency"
    data: Any
    fields: Any
    cleaned_data: Any
    errors: Any
    add_prefix: Any
    add_error: Any

    def clean(self):
        cleaned = super().clean()  # type: ignore[misc]  # of the form
        for name in [name for name, field in self.fields.items() if isinstance(field, TypedAmountField)]:
            sign = split_currency(str(self.data.get(self.add_prefix(name)) or ""))[1]
            if sign and self.currency_field in self.fields:
                self._take_sign(name, sign)
        return cleaned

    def _take_sign(self, name, sign):
        chosen = self.cleaned_data.get(self.currency_field)
        if chosen and not is_sign_of(sign, chosen):
            self.add_error(name, f"You typed {sign}, but the currency is {chosen}. Change one of the two.")
        elif not str(self.data.get(self.add_prefix(self.currency_field)) or "").strip():
            self.cleaned_data[self.currency_field] = currency_signs()[sign]
            self.errors.pop(self.currency_field, None)
