"""Tables of postings: employers, postings with places and texts, templates, review, counts, findings.

Changes of a posting's state are in careers/postings/lifecycle, permissions in careers/postings/permissions.py.
Start with posting.py: `Posting.state` and the queryset methods define who sees a posting, and when.
"""

from .counts import DailyCount, UnansweredSearch
from .employer import Employer
from .finding import PostingFinding
from .places import PostingPlace, RemoteCountry
from .posting import CLOSING_SOON_DAYS, Posting
from .reminders import ReminderSent
from .review import CannedReply, PendingChange
from .template import BuildRun, PostingTemplate, TemplateBlank, TemplateVersion
from .text import PostingTerms, PostingText

__all__ = [
    "CLOSING_SOON_DAYS",
    "BuildRun",
    "CannedReply",
    "DailyCount",
    "Employer",
    "PendingChange",
    "Posting",
    "PostingFinding",
    "PostingPlace",
    "PostingTemplate",
    "PostingTerms",
    "PostingText",
    "ReminderSent",
    "RemoteCountry",
    "TemplateBlank",
    "TemplateVersion",
    "UnansweredSearch",
]
