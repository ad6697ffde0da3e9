"""Words of a text, to compare texts: reduced to a common form, or exactly."""

import re

ENDING = re.compile(r"(?:ies|es|[esy])$")
EXACT_WORD = re.compile(r"(?:(?<!\w)[-−+.#])?\w+[+#%]*")


def word_stems(text: str) -> list[str]:
    """Lower-case words without their endings: “Nurses” and “nurse” become equal, and so do “Technicians” and “technician”."""
    return [ENDING.sub("", word) for word in re.findall(r"\w+", text.lower())]


def exact_words(text: str) -> tuple[str, ...]:
    """Equal for texts that say the same in every word, whatever their case and punctuation: “C”, “C++” and “Cs” differ.

    A text without words stands for itself.
    """
    return tuple(EXACT_WORD.findall(text.casefold())) or tuple(text.split())
