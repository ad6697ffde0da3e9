"""All facts of one article, collected while its blocks are placed: figures, skills, career steps and industries."""

from collections.abc import Iterable

from careers.roles.models import RoleSkill

from .career_path import StepDraft, is_role
from .figures import FigureCollector
from .skills import SkillDraft, Vocabulary, skill_drafts


class FactCollector:
    """Each `add_...` method returns notes for the import report on the facts that are new."""

    def __init__(self, role: str, vocabulary: Vocabulary):
        self.role, self.vocabulary = role, vocabulary
        self.figures = FigureCollector(role)
        self.skills: list[SkillDraft] = []
        self.steps: list[StepDraft] = []
        self.step_keys: set[tuple] = set()
        self.industries: list[str] = []

    def add_skills(
        self, text: str, note: str, where: str, *, default: RoleSkill.Necessity, texts_above: Iterable[str] = ()
    ) -> list[str]:
        """`default` applies where neither the text nor the texts above say how much a skill is needed."""
        drafts = skill_drafts(text, note, self.vocabulary, texts_above=texts_above, default=default, where=where)
        known = {skill.name for skill in self.skills}
        added = [skill for skill in drafts if skill.name not in known]
        self.skills += added
        return [f"skill{'s' if len(added) > 1 else ''}: {', '.join(skill.name for skill in added)}"] if added else []

    def add_steps(self, steps: Iterable[StepDraft]) -> list[str]:
        added = [step for step in steps if step.key not in self.step_keys and not is_role(step.title, self.role)]
        self.steps += added
        self.step_keys |= {step.key for step in added}
        return [f"career step {step.kind.label.lower()}: {step.title}" for step in added]

    def add_industries(self, names: Iterable[str]) -> list[str]:
        vocabulary = {name.casefold(): name for name in self.vocabulary.industries}
        names = [vocabulary.get(name.casefold(), name[:1].upper() + name[1:]) for name in names]
        known = {name.casefold() for name in self.industries}
        added = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        self.industries += added
        return [f"industries: {', '.join(added)}"] if added else []
