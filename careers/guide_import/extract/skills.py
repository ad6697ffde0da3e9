"""Skills of the vocabulary found in a text: whole words, also those that end in a sign, such as C++ and C#."""

import re
from dataclasses import dataclass, field

from careers.guide_import.draft import SkillDraft
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
# Names that are words or letters as well count only as a member of a list.
MEMBER = r"(?:^|[,;(/:|•]\s*|\b(?:and|or|in|with|&)\s+){}(?=\s*(?:$|[,;)/|.•]|and\b|or\b|&|\())"


@dataclass(frozen=True)
class Vocabulary:
    """`skills` is {name or alias: the skill's name}, `industries` the names known."""

    skills: dict[str, str] = field(default_factory=dict)
    industries: tuple[str, ...] = ()

    def __hash__(self):
        return id(self)


def skills_in(text, vocabulary):
    """Names of skills in the order in which the text names them."""
    found = {}
    for name, skill in vocabulary.skills.items():
        if name.casefold() in text.casefold() and (match := pattern_of(name).search(text)):
            found[skill] = min(match.start(), found.get(skill, match.start()))
    return sorted(found, key=found.get)


def pattern_of(name):
    escaped = re.escape(name)
    if is_ambiguous(name):
        return re.compile(MEMBER.format(escaped))
    return re.compile(rf"(?<![\w.+#-]){escaped}(?![\w+#])(?!-\w)(?!\.\w)", re.IGNORECASE)


def is_ambiguous(name):
    """'R', 'Go', 'Excel', 'Bash' would be found in every second sentence."""
    return len(name) <= 2 or name in {
        "Excel",
        "Word",
        "Bash",
        "Shell",
        "Swift",
        "Rust",
        "Spark",
        "React",
        "Express",
        "Spring",
        "Scratch",
        "Access",
    }


def necessity_of(*texts, default):
    """By the words beside a skill, the nearest text first."""
    for text in texts:
        if PREFERRED.search(text):
            return RoleSkill.Necessity.PREFERRED
        if REQUIRED.search(text):
            return RoleSkill.Necessity.REQUIRED
    return default


def skill_drafts(text, note, vocabulary, *, around=(), default, where):
    necessity = necessity_of(text, *around, default=default)
    return [SkillDraft(name, necessity, note[:300], where) for name in skills_in(text, vocabulary)]
