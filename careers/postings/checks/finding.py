"""Rule, Note and Finding: a rule yields notes, and the settings turn a note into a blocking or advisory finding."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices


class Severity(TextChoices):
    BLOCKING = "blocking", "Problem"
    ADVISORY = "advisory", "Suggestion"


@dataclass(frozen=True)
class Finding:
    """One thing an editor should look at: the rule, the field, and a sentence.

    ``source`` is where the rule comes from. ``is_law`` marks a hint about a law, which is not legal advice. ``link`` is the
    admin page of another posting the sentence is about.
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
    """A rule's message about one field, before the settings decide its severity."""

    field: str
    sentence: str
    source: str = ""  # if it differs from the rule's source
    is_law: bool = False
    link: str = ""


@dataclass(frozen=True)
class Rule:
    """``check`` is a pure function of a Subject. ``always_blocks`` overrides POSTING_BLOCKING_RULES."""

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
    """'“ninja”, “guru” and 2 more': distinct pieces, ignoring case, at most ``most`` of them."""
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
