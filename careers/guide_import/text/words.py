"""Words reduced to a common form, to compare texts regardless of case and number."""

import re

ENDING = re.compile(r"(?:ies|e?s|y)$")


def word_stems(text: str) -> list[str]:
    """Lower-case words without their endings: “Nurses” and “nurse” become equal, and so do “Technicians” and “technician”."""
    return [ENDING.sub("", word) for word in re.findall(r"\w+", text.lower())]
