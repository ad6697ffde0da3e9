"""The clock: one number for the state of all public content, and the log of what changed at each number.

Reading: `current()`, `since(number)`, `oldest_kept()`, `epoch()`. Writing needs no call: a model that derives from
`careers.changes.tracking.Public` notes its changes by itself, in the transaction that makes them.
"""

from .counter import changes_since, current_number, epoch, oldest_number

__all__ = ["current", "epoch", "oldest_kept", "since"]
