"""Suggestions while a visitor types: guides, skills, employers and occupations whose names begin so."""

import logging
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from careers.occupations.models import Occupation
from careers.occupations.search_documents import OCCUPATION
from careers.postings.models import Employer, Posting
from careers.postings.search_documents import EMPLOYER
from careers.resources.models import Resource
from careers.roles.models import Role, Skill
from careers.roles.search_documents import GUIDE, SKILL
from careers.search.autocomplete import begun
from careers.search.schema import WORDS, as_typed
from careers.search.sync import UnavailableError

log = logging.getLogger(__name__)
MOST = 8
LOOKED_AT = 40  # of each kind, to choose from
LONGEST = 80  # characters of what is typed that count


@dataclass(frozen=True)
class Suggestion:
    """`text` is what is searched for once it is chosen, `also` the other name by which it was found."""

    text: str
    kind: str
    also: str = ""


def suggestions(typed, *, among_jobs=False, at=None) -> list[Suggestion] | None:
    """None where the index cannot answer."""
    kinds = [kind for kind in NAMES if not (among_jobs and kind == OCCUPATION)]
    try:
        keys = begun(typed[:LONGEST], kinds, LOOKED_AT)
    except UnavailableError as error:
        log.warning("Nothing is suggested without the index: %s", error)
        return None
    offered = [
        best_first(kind, NAMES[kind](keys[kind], at or timezone.now()), typed) for kind in kinds if keys.get(kind)
    ]
    return shared_out(offered)


def shared_out(offered):
    """The first of each kind, then the second of each, until there are enough; in the end by kind, each text once."""
    longest = max(map(len, offered), default=0)
    in_turn = [(kind, rows[turn]) for turn in range(longest) for kind, rows in enumerate(offered) if turn < len(rows)]
    once = {}
    for kind, row in in_turn:
        once.setdefault(row.text.casefold(), (kind, row))
    return [row for _, row in sorted(list(once.values())[:MOST], key=lambda pair: pair[0])]


def best_first(kind, names, typed):
    """One suggestion a row, under the name that fits best; those that begin with what was typed before the others."""
    ranked = []
    for title, *others in names:
        fit, is_other, name = min((fit_of(name, typed), name != title, name) for name in (title, *others))
        ranked.append((fit, is_other, len(title), title, name if is_other else ""))
    return [Suggestion(title, LABELS[kind], also) for _, _, _, title, also in sorted(ranked)]


def fit_of(name, typed):
    """0 begins with it, 1 has all its words, 2 does not."""
    if as_typed(name).startswith(as_typed(typed)):
        return 0
    *whole, last = WORDS.analyze(typed) or [""]
    words = WORDS.analyze(name)
    return 1 if set(whole) <= set(words) and any(word.startswith(last) for word in words) else 2


# -- Names of rows that lead somewhere: the title, then the others


def guide_names(pks, at):
    guides = Role.objects.published().filter(pk__in=pks).only("title").prefetch_related("alternate_titles")
    return [[guide.title, *(other.title for other in guide.alternate_titles.all())] for guide in guides]


def skill_names(pks, at):
    in_use = (
        Exists(Role.skills.through.objects.filter(skill=OuterRef("pk"), role__in=Role.objects.published()))
        | Exists(Resource.objects.published().filter(skills=OuterRef("pk")))
        | Exists(Posting.objects.live(at).filter(skills=OuterRef("pk")))
    )
    skills = Skill.objects.filter(in_use, pk__in=pks).only("name").prefetch_related("aliases")
    return [[skill.name, *(alias.name for alias in skill.aliases.all())] for skill in skills]


def employer_names(pks, at):
    hiring = Exists(Posting.objects.live(at).filter(employer=OuterRef("pk")))
    return [[name] for name in Employer.objects.filter(hiring, pk__in=pks).values_list("name", flat=True)]


def occupation_names(pks, at):
    return [[title] for title in Occupation.objects.listed().filter(pk__in=pks).values_list("title", flat=True)]


NAMES = {GUIDE: guide_names, SKILL: skill_names, EMPLOYER: employer_names, OCCUPATION: occupation_names}
LABELS = {GUIDE: "Guide", SKILL: "Skill", EMPLOYER: "Employer", OCCUPATION: "Occupation"}
