from .canned_replies import CannedReplyAdmin
from .employers import EmployerAdmin
from .postings import PostingAdmin
from .proposals import PendingChangeAdmin
from .templates import PostingTemplateAdmin

__all__ = ["CannedReplyAdmin", "EmployerAdmin", "PendingChangeAdmin", "PostingAdmin", "PostingTemplateAdmin"]
