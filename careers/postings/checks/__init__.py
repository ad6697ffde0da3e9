"""Checks of a posting for its editor: blocking findings keep it from being published, advisory ones are suggestions.

Not here: what happens when a check blocks (lifecycle/), how the admin shows findings (admin/postings/findings.py).
Start with rules.py, which lists all rules; subject.py is what a rule gets to see.
"""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from careers.postings.models import Posting

from .duplicates import duplicate_candidates
from .finding import Finding, Severity
from .rules import all_rules, rule_labels, run_rules
from .subject import subject_of

__all__ = ["Finding", "Severity", "all_rules", "blocking", "findings", "rule_labels"]


def findings(posting: Posting, at: datetime | None = None) -> list[Finding]:
    """All findings for the posting as it is in the database, most important first."""
    at = at or timezone.now()
    subject = subject_of(posting, at)
    if posting.pk:
        subject = replace(subject, candidates=duplicate_candidates(posting, at))
    return run_rules(subject)


def blocking(posting: Posting, at: datetime | None = None) -> list[Finding]:
    """The findings that keep it from being published."""
    return [finding for finding in findings(posting, at) if finding.blocks]
