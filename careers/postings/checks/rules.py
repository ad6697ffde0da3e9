"""All rules, in the order in which an editor reads them, and the settings that say which of them block."""

from django.conf import settings

from . import duplicates, gender, guide, law, leftovers, missing_information, pay, phrases, places, shape, titles
from .finding import Finding, Severity

ALWAYS = missing_information.RULES


def all_rules():
    return [
        *ALWAYS, *titles.RULES, *leftovers.RULES, *phrases.rules(), *law.RULES, *pay.RULES, *places.RULES, *shape.RULES,
        *gender.RULES, *guide.RULES, *duplicates.RULES,
    ]  # fmt: skip


def rule_labels():
    return {rule.name: rule.label for rule in all_rules()}


def read(reading):
    """The findings of a Reading: blocking ones first, then in the order of the rules."""
    found = [finding for rule in all_rules() for finding in findings_of(rule, reading)]
    return sorted(found, key=lambda finding: not finding.blocks)


def findings_of(rule, reading):
    blocks = rule.always_blocks or rule.name in settings.POSTING_BLOCKING_RULES
    severity = Severity.BLOCKING if blocks else Severity.ADVISORY
    for note in rule.check(reading):
        yield Finding(
            rule.name, note.field, note.sentence, note.source or rule.source, severity, note.is_law, note.link
        )
