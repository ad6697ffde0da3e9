"""Admin of guides and everything that belongs to them; also of sources, and the guides of an occupation.

Imported occupations and releases are in careers/occupations/admin; portal/admin/guides.py adds links to other apps.
Start with roles.py and inlines.py.
"""

from . import articles, occupations, parts, roles, sources, vocabulary

__all__ = ["articles", "occupations", "parts", "roles", "sources", "vocabulary"]
