"""Drafts a guide from an occupation: tasks, education, titles, related roles and tools, each with its source.

Pay and outlook are not copied: the guide shows them because it is linked to the occupation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from careers.core.models import set_history_note
from careers.occupations.models import EducationShare, Occupation, OccupationTask, OccupationTechnology, OccupationTitle

from .models import AlternateTitle, CareerStep, Item, OccupationLink, Role, RoleSkill, Section, Skill, SkillAlias
from .singular_titles import singular

M = TypeVar("M", bound=models.Model)

MAX_TITLES = 15
MAX_STEPS = 10
MIN_SHARE = 5  # percent of the people asked; levels of education with a lower share are not mentioned
MIN_COVERED = 50  # percent; if the levels that may be quoted have less in total, they would be misleading
EDUCATION = {
    1: "less than a high school diploma",
    2: "a high school diploma",
    3: "a post-secondary certificate",
    4: "some college courses",
    5: "an associate's degree",
    6: "a bachelor's degree",
    7: "a post-baccalaureate certificate",
    8: "a master's degree",
    9: "a post-master's certificate",
    10: "a first professional degree",
    11: "a doctoral degree",
    12: "post-doctoral training",
}
TASK_ORDER = [OccupationTask.Kind.CORE, OccupationTask.Kind.SUPPLEMENTAL, OccupationTask.Kind.UNRATED]


@dataclass
class Draft:
    """A new guide, with notes for the editor, as sentences."""

    role: Role
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DraftBuilder:
    """Saves the rows of a draft, each with the user and reason in its history."""

    role: Role
    occupation: Occupation
    by: AbstractUser
    reason: str

    def add(self, row: M) -> M:
        set_history_note(row, by=self.by, reason=self.reason)
        row.full_clean()
        row.save()
        return row

    def add_all(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Without validation; for values that come from imported rows."""
        bulk_create_with_history(
            list(rows), model, default_user=self.by, default_change_reason=self.reason, batch_size=500
        )


def draft_guide(occupation: Occupation, *, by: AbstractUser) -> Draft:
    """Raises ValidationError, with a sentence for the editor, if no guide can be drafted."""
    if not occupation.is_onet:
        raise ValidationError(f"{occupation} has no tasks: guides are drafted from O*NET's occupations.")
    if occupation.withdrawn_in_id:
        raise ValidationError(f"{occupation} was withdrawn in {occupation.withdrawn_in}.")
    if existing := guide_titled(occupation):
        raise ValidationError(f"There is a guide of this title already: {existing}.")
    try:
        with transaction.atomic():
            return _draft(occupation, by)
    except IntegrityError as error:
        raise ValidationError("Somebody else has just made this guide.") from error


def guide_titled(occupation: Occupation) -> Role | None:
    """The guide with the title that a draft from this occupation would have."""
    return Role.objects.filter(title__iexact=draft_title(occupation)).first()


def draft_title(occupation: Occupation) -> str:
    return shorten(singular(occupation.title), max_length_of(Role, "title"))


def max_length_of(model: type[models.Model], name: str) -> int:
    field: Any = model._meta.get_field(name)
    return field.max_length


def shorten(text: str, length: int) -> str:
    """Cut at the end of a word."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;")


def _draft(occupation: Occupation, by: AbstractUser) -> Draft:
    role = Role(title=draft_title(occupation))
    builder = DraftBuilder(role, occupation, by, f"Drafted from {occupation.code}, {occupation.release}")
    builder.add(role)
    draft = Draft(role)
    add_link(builder)
    add_overview(builder)
    counts = [
        count_text(add_tasks(builder), "task"),
        count_text(add_education(builder), "qualification"),
        count_text(add_titles(builder), "other title"),
        count_text(add_steps(builder), "similar role"),
    ]
    tools, skipped = add_tools(builder)
    draft.notes = [*title_notes(occupation, role), f"Taken over: {', '.join([*counts, count_text(tools, 'tool')])}."]
    if skipped:
        draft.notes.append(
            f"{count_text(skipped, 'technology', 'technologies')} skipped: neither in demand nor hot, or too long a name."
        )
    draft.notes.append("Write the summary, and put text from O*NET into your own words where that helps visitors.")
    return draft


def count_text(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def title_notes(occupation: Occupation, role: Role) -> list[str]:
    if role.title == occupation.title:
        return ["The title is O*NET's, in its plural: check it."] if role.title.endswith("s") else []
    return [f"The title was made from “{occupation.title}”: check it."]


def add_link(builder: DraftBuilder) -> None:
    builder.add(
        OccupationLink(
            role=builder.role,
            occupation=builder.occupation,
            relation=OccupationLink.Relation.EXACT,
            reason=f"O*NET describes this work as “{builder.occupation.title}”.",
        )
    )


def add_overview(builder: DraftBuilder) -> None:
    occupation = builder.occupation
    if occupation.description.strip():
        overview = Section(role=builder.role, kind=Section.Kind.OVERVIEW, body=occupation.description)
        overview.source = occupation.release.source
        builder.add(overview)


def add_tasks(builder: DraftBuilder) -> int:
    """Core tasks first, in O*NET's order. Returns their number."""
    tasks = list(builder.occupation.tasks.current().select_related("release__source"))
    tasks.sort(key=lambda task: (TASK_ORDER.index(task.kind), task.pk))
    builder.add_all(
        Item,
        (
            Item(
                role=builder.role,
                kind=Item.Kind.TASK,
                position=position,
                text=task.text,
                source=task.release.source,
                source_ref=task.task_id,
            )
            for position, task in enumerate(tasks)
        ),
    )
    return len(tasks)


# -- Education


def add_education(builder: DraftBuilder) -> int:
    """One qualification about the levels that people named; none if O*NET has no data that may be quoted. Returns 1 or 0."""
    shares = list(builder.occupation.education.current().select_related("release__source"))
    if not (text := education_text(shares)):
        return 0
    source = shares[0].release.source
    builder.add(Item(role=builder.role, kind=Item.Kind.QUALIFICATION, lead="Education", text=text, source=source))
    return 1


def education_text(shares: list[EducationShare]) -> str:
    """'…: 64% of those asked name a bachelor's degree and 21% a master's degree.'; '' if nothing may be quoted."""
    known: list[Any] = [share for share in shares if share.percent is not None and share.category in EDUCATION]
    usable = [share for share in known if not share.is_suppressed]
    named = sorted((share for share in usable if share.percent >= MIN_SHARE), key=lambda share: -share.percent)[:4]
    if not named or sum(share.percent for share in usable) < MIN_COVERED:
        return ""
    levels = [f"{share.percent:.0f}% {EDUCATION[share.category]}" for share in named]
    levels[0] = levels[0].replace("% ", "% of those asked name ", 1)
    listed = f"{', '.join(levels[:-1])} and {levels[-1]}" if len(levels) > 1 else levels[0]
    text = f"O*NET asked which education the job requires: {listed}."
    if any(share.is_suppressed for share in shares):
        text += " The share of some other levels is too uncertain to be quoted."
    return text


# -- Alternate titles and career steps


def add_titles(builder: DraftBuilder) -> int:
    """Titles that people in the job reported, those that O*NET shows first before the others. Returns their number."""
    is_reported = Q(kind=OccupationTitle.Kind.REPORTED)
    titles = builder.occupation.alternate_titles.current().filter(is_reported | Q(is_shown_first=True))
    titles = sorted(titles, key=lambda title: (not title.is_shown_first, title.title))
    max_length = max_length_of(AlternateTitle, "title")
    own = {builder.role.title.casefold(), builder.occupation.title.casefold()}
    by_key = {title.title.casefold(): title.title for title in reversed(titles) if len(title.title) <= max_length}
    ranked = [title for key, title in reversed(by_key.items()) if key not in own]
    builder.add_all(AlternateTitle, (AlternateTitle(role=builder.role, title=title) for title in ranked[:MAX_TITLES]))
    return len(ranked[:MAX_TITLES])


def add_steps(builder: DraftBuilder) -> int:
    """The closest related occupations: a link to the guide of each, or its title. Returns their number."""
    related = builder.occupation.related.current().filter(to_occupation__withdrawn_in__isnull=True)
    related = list(related.select_related("to_occupation", "release__source").order_by("rank", "pk")[:MAX_STEPS])
    guides = guides_by_occupation([row.to_occupation_id for row in related], exclude=builder.role)
    steps: list[CareerStep] = []
    seen = set()
    for row in related:
        role = guides.get(row.to_occupation_id)
        title = "" if role else shorten(singular(row.to_occupation.title), 120)
        if (role, title) not in seen:
            seen.add((role, title))
            steps.append(
                CareerStep(
                    role=builder.role,
                    kind=CareerStep.Kind.BESIDE,
                    position=len(steps),
                    to_role=role,
                    to_title=title,
                    source=row.release.source,
                )
            )
    builder.add_all(CareerStep, steps)
    return len(steps)


def guides_by_occupation(occupation_pks: list[int], *, exclude: Role) -> dict[int, Role]:
    """{primary key of an occupation: guide}. Published guides are preferred to drafts, then those with a heavier link."""
    links = OccupationLink.objects.filter(occupation__in=occupation_pks).exclude(role=exclude)
    links = links.exclude(role__status=Role.Status.ARCHIVED).select_related("role")
    ranked = sorted(links, key=lambda link: (link.role.is_published, link.weight), reverse=True)
    guides: dict[int, Role] = {}
    for link in ranked:
        guides.setdefault(link.occupation_id, link.role)
    return guides


# -- Tools


def add_tools(builder: DraftBuilder) -> tuple[int, int]:
    """Technologies in demand as preferred skills, hot ones as useful. Returns (number added, number skipped)."""
    technologies = list(builder.occupation.technologies.current().select_related("release__source"))
    technologies.sort(key=lambda technology: (not technology.is_in_demand, not technology.is_hot, technology.name))
    known, rows = skill_pks_by_name(), {}
    max_length = max_length_of(Skill, "name")
    for technology in technologies:
        if not (technology.is_in_demand or technology.is_hot) or len(technology.name) > max_length:
            continue
        skill = known.get(technology.name.casefold()) or add_skill(builder, technology.name, known)
        rows.setdefault(skill, role_skill(builder.role, skill, technology, len(rows)))
    builder.add_all(RoleSkill, rows.values())
    names = {technology.name.casefold() for technology in technologies}
    return len(rows), max(0, len(names) - len(rows))


def skill_pks_by_name() -> dict[str, int]:
    """{name or alias, casefolded: primary key of the skill}"""
    names = {name.casefold(): pk for name, pk in SkillAlias.objects.values_list("name", "skill")}
    return names | {name.casefold(): pk for name, pk in Skill.objects.values_list("name", "pk")}


def add_skill(builder: DraftBuilder, name: str, known: dict[str, int]) -> int:
    skill = builder.add(Skill(name=name, kind=Skill.Kind.TOOL))
    known[name.casefold()] = skill.pk
    return skill.pk


def role_skill(role: Role, skill: int, technology: OccupationTechnology, position: int) -> RoleSkill:
    necessity = RoleSkill.Necessity.PREFERRED if technology.is_in_demand else RoleSkill.Necessity.USEFUL
    source = technology.release.source
    return RoleSkill(role=role, skill_id=skill, necessity=necessity, position=position, source=source)
