from .employers import EmployerAdmin
from .pending import PendingChangeAdmin
from .postings import PostingAdmin
from .replies import CannedReplyAdmin
from .templates import PostingTemplateAdmin

__all__ = ["CannedReplyAdmin", "EmployerAdmin", "PendingChangeAdmin", "PostingAdmin", "PostingTemplateAdmin"]
