"""The admin for employers, postings, proposed changes, posting templates and canned replies.

Not here: base classes for every admin of the portal (core/admin), the rules the pages apply (lifecycle/, review/, checks/).
Start with postings/admin.py; pages.py and acts.py are what the admins share.
"""

from .canned_replies import CannedReplyAdmin
from .employers import EmployerAdmin
from .pending_changes import PendingChangeAdmin
from .postings.admin import PostingAdmin
from .templates.admin import PostingTemplateAdmin

__all__ = ["CannedReplyAdmin", "EmployerAdmin", "PendingChangeAdmin", "PostingAdmin", "PostingTemplateAdmin"]
