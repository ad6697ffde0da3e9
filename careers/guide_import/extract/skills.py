"""Known skills named in a text, as whole words; names may end in a sign, such as C++ and C#."""

import re
from dataclasses import dataclass, field

from careers.roles.models import RoleSkill

PREFERRED = re.compile(
    r"\b(?:prefer\w*|nice[- ]to[- ]haves?|desirable|desired|an? (?:advantage|asset|plus|bonus)|ideally"
    r"|optional\w*|not (?:always )?(?:required|necessary"
    r"|essential)|helpful|beneficial|good to have|a plus|welcome|would be great)\b",
    re.IGNORECASE,
)
REQUIRED = re.compile(
    r"\b(?:requir\w+|must|essential|mandatory|necessary|need\w*|minimum|compulsory|fluent|expect\w*)\b", re.IGNORECASE
)
# Names that are also words or letters count only as members of a list.
LIST_MEMBER = r"(?:^|[,;(/:|•]\s*|\b(?:and|or|in|with|&)\s+){}(?=\s*(?:$|[,;)/|.•]|and\b|or\b|&|\())"


WORDS_AND_SKILLS = {
    "Excel", "Word", "Bash", "Shell", "Swift", "Rust", "Spark", "React", "Express", "Spring", "Scratch", "Access",
}  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """`skills` is {name or alias: name of the skill}; `industries` are the known names."""

    skills: dict[str, str] = field(default_factory=dict)
    industries: tuple[str, ...] = ()


@dataclass
class SkillDraft:
    name: str
    necessity: RoleSkill.Necessity
    note: str = ""
    where: str = ""


def skills_in(text: str, vocabulary: Vocabulary) -> list[str]:
    """Names of skills in the order of the text."""
    positions: dict[str, int] = {}
    for name, skill in vocabulary.skills.items():
        if name.casefold() in text.casefold() and (match := pattern_of(name).search(text)):
            positions[skill] = min(match.start(), positions.get(skill, match.start()))
    return sorted(positions, key=lambda skill: positions[skill])


def pattern_of(name):
    escaped = re.escape(name)
    if is_ambiguous(name):
        return re.compile(LIST_MEMBER.format(escaped))
    return re.compile(rf"(?<![\w.+#-]){escaped}(?![\w+#])(?!-\w)(?!\.\w)", re.IGNORECASE)


def is_ambiguous(name):
    """Whether a name is also a common word or a letter: 'R', 'Go', 'Excel'."""
    return len(name) <= 2 or name in WORDS_AND_SKILLS


def necessity_of(*texts, default):
    """How much a skill is needed, by the words beside it; the nearest text comes first."""
    for text in texts:
        if PREFERRED.search(text):
            return RoleSkill.Necessity.PREFERRED
        if REQUIRED.search(text):
            return RoleSkill.Necessity.REQUIRED
    return default


def skill_drafts(text, note, vocabulary, *, texts_above=(), default, where) -> list[SkillDraft]:
    necessity = necessity_of(text, *texts_above, default=default)
    return [SkillDraft(name, necessity, note[:300], where) for name in skills_in(text, vocabulary)]
