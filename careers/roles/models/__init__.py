from .claims import OutlookClaim, PayClaim
from .content import Article, CareerStep, Item, Section
from .role import AlternateTitle, Role
from .sources import Source
from .vocabulary import Industry, RoleSkill, Skill, SkillAlias

__all__ = [
    "AlternateTitle",
    "Article",
    "CareerStep",
    "Industry",
    "Item",
    "OutlookClaim",
    "PayClaim",
    "Role",
    "RoleSkill",
    "Section",
    "Skill",
    "SkillAlias",
    "Source",
]
