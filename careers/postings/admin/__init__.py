from .employers import EmployerAdmin
from .postings import PostingAdmin
from .replies import CannedReplyAdmin
from .templates import PostingTemplateAdmin

__all__ = ["CannedReplyAdmin", "EmployerAdmin", "PostingAdmin", "PostingTemplateAdmin"]
