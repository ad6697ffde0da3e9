"""All rules, in the order shown to editors, and how the settings make a finding blocking or advisory."""

from collections.abc import Iterator

from django.conf import settings

from . import duplicates, facts, gender, guide, law, leftovers, missing_information, pay, phrases, places, shape, titles
from .finding import Finding, Rule, Severity
from .subject import Subject

ALWAYS = missing_information.RULES


def all_rules() -> list[Rule]:
    return [
        *ALWAYS, *titles.RULES, *leftovers.RULES, *phrases.rules(), *law.RULES, *pay.RULES, *facts.RULES, *places.RULES,
        *shape.RULES, *gender.RULES, *guide.RULES, *duplicates.RULES,
    ]  # fmt: skip


def rule_labels() -> dict[str, str]:
    return {rule.name: rule.label for rule in all_rules()}


def run_rules(subject: Subject) -> list[Finding]:
    """Blocking findings first, then in the order of the rules."""
    found = [finding for rule in all_rules() for finding in rule_findings(rule, subject)]
    return sorted(found, key=lambda finding: not finding.blocks)


def rule_findings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    blocks = rule.always_blocks or rule.name in settings.POSTING_BLOCKING_RULES
    severity = Severity.BLOCKING if blocks else Severity.ADVISORY
    for note in rule.check(subject):
        yield Finding(
            rule.name, note.field, note.sentence, note.source or rule.source, severity, note.is_law, note.link
        )
