"""JSON whose amounts are numbers and exact: a Decimal is written digit by digit, never by way of a float."""

import json
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder


def dumps(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dumps(str(name))}: {dumps(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(dumps(entry) for entry in value) + "]"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
