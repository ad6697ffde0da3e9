"""What a posting cannot do without: this blocks whatever the settings say."""

from .finding import GOOGLE, STYLE, Note, Rule


def lacking(kind):
    def check(reading):
        return [Note(lack.field, lack.message) for lack in reading.lacks if lack.rule == kind]

    return check


RULES = [
    Rule("missing", "Something missing", f"{GOOGLE}: required properties", lacking("missing"), always_blocks=True),
    Rule("blank_left", "Blank left", STYLE, lacking("blank_left"), always_blocks=True),
    Rule("closing_day", "Closing day", GOOGLE, lacking("closing_day"), always_blocks=True),
]
