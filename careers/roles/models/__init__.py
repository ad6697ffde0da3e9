"""Models of guides: the role with its text, skills, career steps, figures and links to occupations.

Occupations and their official figures are in careers/occupations/models.
Start with role.py and content.py.
"""

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
