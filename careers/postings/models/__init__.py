from .counts import DailyCount
from .employer import Employer
from .posting import Posting, PostingPlace, RemoteCountry
from .reminders import ReminderSent
from .template import PostingTemplate, TemplateVersion
from .text import PostingTerms, PostingText

__all__ = [
    "DailyCount",
    "Employer",
    "Posting",
    "PostingPlace",
    "PostingTemplate",
    "PostingTerms",
    "PostingText",
    "ReminderSent",
    "RemoteCountry",
    "TemplateVersion",
]
