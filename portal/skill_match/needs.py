"""The skills that published guides list, and the form in which a visitor ticks theirs."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import cached_property

from careers.core.facets import Chip
from careers.core.forms import FilterForm, LenientMultipleChoiceField, QueryField
from careers.core.text import fold_text
from careers.roles.guide.contents import SKILL_KIND_HEADINGS
from careers.roles.models import Role, RoleSkill, SkillAlias

MAX_SKILLS = 30  # in one question; further ones are ignored
OFTEN_NEEDED = 12  # skills offered at once, before the groups


@dataclass(frozen=True)
class ListedSkill:
    pk: int
    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Need:
    """A skill that a guide lists, and how much the role needs it."""

    role_id: int
    role_title: str
    skill: ListedSkill
    necessity: str

    @property
    def necessity_words(self) -> str:
        return RoleSkill.Necessity(self.necessity).label


def load_needs() -> list[Need]:
    """Those of all published guides in the order of their lists; two queries."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for pk, name in SkillAlias.objects.values_list("skill", "name"):
        aliases[pk].append(name)
    rows = RoleSkill.objects.filter(role__status=Role.Status.PUBLISHED).order_by("role", "position", "pk")
    columns = ("role", "role__title", "skill", "skill__slug", "skill__name", "skill__kind", "necessity")
    known: dict[int, ListedSkill] = {}
    return [
        Need(role, title, known.setdefault(pk, ListedSkill(pk, slug, name, kind, tuple(aliases[pk]))), necessity)
        for role, title, pk, slug, name, kind, necessity in rows.values_list(*columns)
    ]


@dataclass(frozen=True)
class SkillGroup:
    name: str
    skills: list[ListedSkill]


class SkillForm(FilterForm):
    """The query string of /roles/skills/."""

    skill = LenientMultipleChoiceField(label="Your skills")
    q = QueryField(label="Find a skill")

    def __init__(self, data: Mapping, needs: list[Need]):
        super().__init__(data)
        counts = Counter(need.skill for need in needs)
        self.skills = sorted(counts, key=lambda skill: skill.name.lower())
        self.by_need = sorted(self.skills, key=lambda skill: -counts[skill])
        self.fields["skill"].choices = [(skill.slug, skill.name) for skill in self.skills]  # type: ignore[attr-defined]

    def clean_skill(self) -> list[str]:
        return self.cleaned_data["skill"][:MAX_SKILLS]

    @cached_property
    def chosen(self) -> list[ListedSkill]:
        """In the order of their names."""
        slugs = set(self.criteria["skill"])
        return [skill for skill in self.skills if skill.slug in slugs]

    @cached_property
    def given(self) -> set[str]:
        return {slug for slug in self.data.getlist("skill") if slug}  # type: ignore[attr-defined]

    @property
    def unknown_count(self) -> int:
        return len(self.given - {skill.slug for skill in self.skills})

    @property
    def has_too_many(self) -> bool:
        return len(self.given) - self.unknown_count > MAX_SKILLS

    @property
    def often_needed(self) -> list[ListedSkill]:
        """The skills that most guides list; none where a word is searched."""
        return (
            [] if self.criteria["q"] else [skill for skill in self.by_need if skill not in self.chosen][:OFTEN_NEEDED]
        )

    @property
    def groups(self) -> list[SkillGroup]:
        """All others by kind, or those that match the words."""
        shown = {*self.chosen, *self.often_needed}
        words = fold_text(self.criteria["q"]).split()
        offered = [skill for skill in self.skills if skill not in shown and self._matches(skill, words)]
        groups = [
            SkillGroup(name, [skill for skill in offered if skill.kind == kind])
            for kind, name in SKILL_KIND_HEADINGS.items()
        ]
        return [group for group in groups if group.skills]

    @staticmethod
    def _matches(skill: ListedSkill, words: list[str]) -> bool:
        """Each word begins a word of one name of the skill."""
        return any(
            all(any(part.startswith(word) for part in fold_text(name).split()) for word in words)
            for name in skill.names
        )

    @property
    def chips(self) -> list[Chip]:
        return [Chip("Skill", skill.name, self.query(without=skill.slug)) for skill in self.chosen]

    def query(self, without: str = "") -> str:
        """The query string of the skills chosen, optionally without one, and without the words searched."""
        return urlencode([("skill", skill.slug) for skill in self.chosen if skill.slug != without])
