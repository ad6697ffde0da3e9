"""Reader of the O*NET database as it is published: a folder of tables, tab-separated or xlsx, in either layout.

Staging, comparison and writing are one level up, in careers/occupations/importing.
Start with folder.py (which files, which release) and tables.py (row by row).
"""

from .folder import OnetFolder
from .tables import stage

__all__ = ["OnetFolder", "stage"]
