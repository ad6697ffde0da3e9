"""Models of occupations: imported reference data, its sources and releases, official figures, import runs.

Figures that editors enter in guides are in careers/roles/models/claims.py.
Start with occupation.py and figures.py.
"""

from .figures import OfficialOutlook, OfficialPay
from .import_run import ImportRun
from .occupation import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    RelatedOccupation,
)
from .release import Imported, ImportedQuerySet, Release
from .source import Source

__all__ = [
    "EducationShare",
    "ImportRun",
    "Imported",
    "ImportedQuerySet",
    "JobZone",
    "Occupation",
    "OccupationSkill",
    "OccupationTask",
    "OccupationTechnology",
    "OccupationTitle",
    "OfficialOutlook",
    "OfficialPay",
    "RelatedOccupation",
    "Release",
    "Source",
]
