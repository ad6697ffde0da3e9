from .figures import OfficialOutlook, OfficialPay
from .import_run import ImportRun
from .occupation import (
    EducationShare,
    JobZone,
    Occupation,
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
    "OccupationTask",
    "OccupationTechnology",
    "OccupationTitle",
    "OfficialOutlook",
    "OfficialPay",
    "RelatedOccupation",
    "Release",
    "Source",
]
