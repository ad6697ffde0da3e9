from .employers import EmployerAdmin
from .postings import PostingAdmin
from .templates import PostingTemplateAdmin

__all__ = ["EmployerAdmin", "PostingAdmin", "PostingTemplateAdmin"]
