"""The acts of a posting's life: who may do what when, and what each changes. Not here: what a page answers about drafts and
review queues (review/), or texts (posting_templates/). Start with publishing.py.

Each act asks who may and whether it is possible at the moment `at`, then changes the row and its history. An act that is not
possible, or was done already, raises ValidationError with one sentence for the editor and changes nothing; one without the
right raises PermissionDenied. `by=None` is the portal itself.

    publishing.py  submit, return_to_draft, publish, schedule, reject
    ending.py      extend, close, confirm, fill, reopen, withdraw
    copying.py     relist, clone
"""

from careers.postings.permissions import POSSIBLE

from .copying import clone, is_relistable, relist
from .ending import close, confirm, extend, fill, is_extendable, is_reopenable, reopen, withdraw
from .publishing import publish, reject, return_to_draft, schedule, submit

__all__ = [
    "clone", "close", "confirm", "extend", "fill", "is_possible", "publish", "reject", "relist", "reopen",
    "return_to_draft", "schedule", "submit", "withdraw",
]  # fmt: skip

MORE_THAN_THE_STATE = {"extend": is_extendable, "reopen": is_reopenable, "relist": is_relistable}


def is_possible(act, posting, at=None):
    """Whether the act named is worth offering; the act itself looks again."""
    state = posting.state(at)
    if state not in POSSIBLE[act]:
        return False
    return act not in MORE_THAN_THE_STATE or MORE_THAN_THE_STATE[act](posting, at)
