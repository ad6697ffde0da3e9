"""Names of a role and how a text may write them: “Machine Learning Engineer”, “ML Engineers”, “an MLE”."""

import re
from collections.abc import Iterable
from functools import lru_cache

from .words import word_stems


def role_name_variants(*titles: str) -> tuple[str, ...]:
    """The titles and their short forms: 'Machine Learning Engineer' also as 'ML Engineer' and 'MLE'."""
    names = []
    for title in titles:
        words = title.split()
        names.append(title)
        if len(words) > 2:
            names.append(f"{''.join(word[0] for word in words[:-1]).upper()} {words[-1]}")
        if len(words) > 1:
            names.append("".join(word[0] for word in words).upper())
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


@lru_cache(maxsize=256)
def role_pattern(name: str) -> re.Pattern | None:
    """Matches the name with an article, in the plural and in the possessive; None if the name has no word."""
    words = [re.escape(word) for word in re.findall(r"[\w+#.&'-]+", name)]
    if not words:
        return None
    last = re.sub(r"(?:y|ies)$", "(?:y|ies)", words[-1]) if words[-1].endswith(("y", "ies")) else words[-1].rstrip("s")
    if last.endswith("man"):
        last = f"{last[:-3]}m[ae]n"
    return re.compile(
        rf"(?<!\w)(?:(?:an?|the) )?{'[ -]'.join([*words[:-1], last])}(?:es|s)?(?:'s|s')?(?!\w)", re.IGNORECASE
    )


def replace_role_names(text: str, role_names: Iterable[str]) -> str:
    """Role names become the word “role”, so that the salary of a training manager is not taken for training."""
    for name in sorted(role_names, key=len, reverse=True):
        if pattern := role_pattern(name):
            text = pattern.sub("role", text)
    return re.sub(r"\b(?:an?|the) role\b(?:s|'s|s')?", "role", text, flags=re.IGNORECASE)


def is_same_role(text: str, role: str) -> bool:
    return word_stems(text) == word_stems(role)
