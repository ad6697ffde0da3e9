"""The acts that change a posting's state, listed below; each checks permission and state, then saves with a history entry.

Not here: who may do what (permissions.py), reviewing (review/), updates from a template (posting_templates/).
Start with transitions.py, which every act uses.

    publishing.py  submit, return_to_draft, publish, schedule, reject
    ending.py      extend, close, confirm, fill, reopen, withdraw
    copying.py     relist, clone

Acts are called as ``act(posting, by=user, reason="", at=None)``; ``by=None`` is the portal itself. They raise PermissionDenied,
or ValidationError with one sentence for the editor when the act is not possible; then nothing is changed.
"""

from collections.abc import Callable
from datetime import datetime

from careers.postings.models import Posting
from careers.postings.permissions import ALLOWED_STATES

from .copying import clone, is_relistable, relist
from .ending import close, confirm, extend, fill, is_extendable, is_reopenable, reopen, withdraw
from .publishing import publish, reject, return_to_draft, schedule, submit

__all__ = [
    "clone", "close", "confirm", "extend", "fill", "is_possible", "publish", "reject", "relist", "reopen",
    "return_to_draft", "schedule", "submit", "withdraw",
]  # fmt: skip

EXTRA_CONDITIONS: dict[str, Callable[[Posting, datetime | None], bool]] = {
    "extend": is_extendable,
    "reopen": is_reopenable,
    "relist": is_relistable,
}


def is_possible(act: str, posting: Posting, at: datetime | None = None) -> bool:
    """Whether to offer this act now. Permission is not checked, and the act checks its conditions again."""
    if posting.state(at) not in ALLOWED_STATES[act]:
        return False
    return act not in EXTRA_CONDITIONS or EXTRA_CONDITIONS[act](posting, at)
