"""Rules for unmet requirements. They block whatever the settings say."""

from .finding import GOOGLE, STYLE, Note, Rule


def unmet_of_rule(rule):
    def check(subject):
        return [
            Note(requirement.field, requirement.message) for requirement in subject.unmet if requirement.rule == rule
        ]

    return check


RULES = [
    Rule(
        "missing", "Something missing", f"{GOOGLE}: required properties", unmet_of_rule("missing"), always_blocks=True
    ),
    Rule("blank_left", "Placeholder left", STYLE, unmet_of_rule("blank_left"), always_blocks=True),
    Rule("closing_day", "Closing day", GOOGLE, unmet_of_rule("closing_day"), always_blocks=True),
]
