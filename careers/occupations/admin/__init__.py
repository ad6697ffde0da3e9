"""Admin of imported reference data: occupations with all their tables, releases, import runs.

Guides and sources are in careers/roles/admin, which also adds the guides to an occupation.
Start with occupations.py.
"""

from . import occupations, releases

__all__ = ["occupations", "releases"]
