"""Admin of users, groups and logins, and of guides with the actions that other apps add to them.

Not here: the admin of the other models, which is in their apps, and the admin site itself (portal/admin_site).
Start with guides.py.
"""

from . import guides, people

__all__ = ["guides", "people"]
