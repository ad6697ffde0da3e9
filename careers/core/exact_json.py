"""JSON in which a Decimal is a number, written digit by digit: Django's encoder would make it a string, a float inexact."""

import json
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder


def dumps(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dumps(str(name))}: {dumps(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(dumps(entry) for entry in value) + "]"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
