"""What a check says, and the rules that may say something."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class Severity(TextChoices):
    BLOCKING = "blocking", "Blocking"
    ADVISORY = "advisory", "Advisory"


@dataclass(frozen=True)
class Finding:
    """One thing an editor should look at: the rule that found it, the field it is in, and a sentence.

    `source` says where the rule comes from. `is_law` marks a hint at a law of some place, which is no legal advice.
    `link` leads to what the sentence speaks of, where that is a page of the admin.
    """

    rule: str
    field: str
    sentence: str
    source: str
    severity: Severity = Severity.ADVISORY
    is_law: bool = False
    link: str = ""

    @property
    def blocks(self):
        return self.severity == Severity.BLOCKING


@dataclass(frozen=True)
class Note:
    """What a rule says of one field, before the settings decide how much it weighs."""

    field: str
    sentence: str
    source: str = ""  # where it differs from that of the rule
    is_law: bool = False
    link: str = ""


@dataclass(frozen=True)
class Rule:
    """`check` is a pure function of a Reading. A rule that `always_blocks` does so whatever the settings say."""

    name: str
    label: str
    source: str
    check: Callable[..., Iterable[Note]]
    always_blocks: bool = False


GOOGLE = "Google Search Central, Job posting structured data"
GOOGLE_CONTENT = "Google's content policies for job postings"
STYLE = "House style"
CORPUS = "Seen in 9,396 real postings"
FORMATS = "Minimum and mark-up that LinkedIn, Adzuna and Indeed accept in feeds"
EXPERIENCE = "Our own choice"


def quoted(pieces, most=4):
    """'“ninja”, “guru”' of the pieces, each once in its first spelling; of many the first few."""
    distinct = list(
        {piece.casefold(): piece for piece in reversed([" ".join(piece.split()) for piece in pieces])}.values()
    )[::-1]
    more = f" and {len(distinct) - most} more" if len(distinct) > most else ""
    return ", ".join(f"“{piece}”" for piece in distinct[:most]) + more


def joined(names, most=12):
    """'A, B and C'."""
    names = list(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
