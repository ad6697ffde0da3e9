from .counts import DailyCount
from .employer import Employer
from .finding import PostingFinding
from .posting import Posting, PostingPlace, RemoteCountry
from .reminders import ReminderSent
from .template import BuildRun, PostingTemplate, TemplateBlank, TemplateVersion
from .text import PostingTerms, PostingText

__all__ = [
    "BuildRun",
    "DailyCount",
    "Employer",
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
]
