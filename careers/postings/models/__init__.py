from .employer import Employer
from .posting import Posting, PostingPlace, RemoteCountry
from .template import PostingTemplate, TemplateVersion
from .text import PostingTerms, PostingText

__all__ = [
    "Employer",
    "Posting",
    "PostingPlace",
    "PostingTemplate",
    "PostingTerms",
    "PostingText",
    "RemoteCountry",
    "TemplateVersion",
]
