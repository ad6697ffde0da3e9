"""The O*NET database as it is given out: a folder of tables, tab-separated or xlsx, in either layout."""

from .folder import OnetFolder
from .tables import stage

__all__ = ["OnetFolder", "stage"]
