"""A change of a row in words: changed Pay from to “65,000” and Description."""

from collections.abc import Sequence

from django.utils.text import capfirst

from careers.core.diff import FieldChange

NAMED_CHANGES = 4  # more are counted
SHORT_VALUE = 40  # characters of a value that fits in the sentence


def describe_change(history_type: str, changes: Sequence[FieldChange]) -> str:
    """`history_type` is "+", "~" or "-" as django-simple-history writes it."""
    if history_type == "+":
        return "created it"
    if history_type == "-":
        return "deleted it"
    if not changes:
        return "saved it without changes"
    return "; ".join(_phrases(changes))


def _phrases(changes):
    shown, rest = changes[:NAMED_CHANGES], changes[NAMED_CHANGES:]
    cleared = [_label(change) for change in shown if not change.now and not change.lines]
    changed = [_with_value(change) for change in shown if change.now or change.lines]
    if rest:
        (changed or cleared).append(f"{len(rest)} more field{'s' if len(rest) > 1 else ''}")
    return [f"{verb} {joined(names)}" for verb, names in (("changed", changed), ("cleared", cleared)) if names]


def _with_value(change):
    is_short = not change.lines and "\n" not in change.now and len(change.now) <= SHORT_VALUE
    return f"{_label(change)} to “{change.now}”" if is_short else _label(change)


def _label(change):
    return capfirst(change.label)


def joined(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
