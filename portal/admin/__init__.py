"""The portal's own part of the admin: people and their groups, and the guides with what other apps add to them.

The admin of one noun lives in its app. Start with guides.py to see how the parts of a guide's admin come together.
"""

from . import guides, people

__all__ = ["guides", "people"]
