from .claims import OutlookClaim, PayClaim
from .content import Article, CareerStep, Item, Section
from .occupation_link import OccupationLink
from .role import AlternateTitle, Role
from .vocabulary import Industry, RoleSkill, Skill, SkillAlias

__all__ = [
    "AlternateTitle",
    "Article",
    "CareerStep",
    "Industry",
    "Item",
    "OccupationLink",
    "OutlookClaim",
    "PayClaim",
    "Role",
    "RoleSkill",
    "Section",
    "Skill",
    "SkillAlias",
]
