from .claims import OutlookClaim, PayClaim
from .content import Article, CareerStep, Item, Section
from .links import OccupationLink
from .occupations import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    RelatedOccupation,
)
from .releases import ImportRun, Release
from .role import AlternateTitle, Role
from .sources import Source
from .vocabulary import Industry, RoleSkill, Skill, SkillAlias

__all__ = [
    "AlternateTitle",
    "Article",
    "CareerStep",
    "EducationShare",
    "ImportRun",
    "Industry",
    "Item",
    "JobZone",
    "Occupation",
    "OccupationLink",
    "OccupationTask",
    "OccupationTechnology",
    "OccupationTitle",
    "OutlookClaim",
    "PayClaim",
    "RelatedOccupation",
    "Release",
    "Role",
    "RoleSkill",
    "Section",
    "Skill",
    "SkillAlias",
    "Source",
]
