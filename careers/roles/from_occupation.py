"""A draft of a guide from an occupation: everything in it names the source it comes from, and no figure is copied.

Pay and outlook reach the guide through its link to the occupation.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from careers.occupations.models import Occupation, OccupationTask, OccupationTitle

from .models import AlternateTitle, CareerStep, Item, OccupationLink, Role, RoleSkill, Section, Skill, SkillAlias
from .singular_titles import singular

MOST_TITLES = 15
MOST_STEPS = 10
LEAST_SHARE = 5  # percent: a level of education that fewer name is not worth a mention
LEAST_COVERED = 50  # percent: where the levels that may be quoted hold less, they would mislead
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
    """A new guide, and what the editor is to know about it, in sentences."""

    role: Role
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Making:
    """One drafting: the guide, the occupation, who does it and why."""

    role: Role
    occupation: Occupation
    by: object
    reason: str

    def add(self, row):
        row._history_user, row._change_reason = self.by, self.reason
        row.full_clean()
        row.save()
        return row

    def add_all(self, model, rows):
        bulk_create_with_history(
            list(rows), model, default_user=self.by, default_change_reason=self.reason, batch_size=500
        )


def draft_guide(occupation, *, by) -> Draft:
    """Raises ValidationError with a sentence where no guide can be drafted from it."""
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


def guide_titled(occupation):
    """The guide that has the title a draft from this occupation would have; None where there is none."""
    return Role.objects.filter(title__iexact=title_of(occupation)).first()


def title_of(occupation):
    return shortened(singular(occupation.title), Role._meta.get_field("title").max_length)


def shortened(text, length):
    """The text cut at a word so that it fits."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;")


def _draft(occupation, by):
    role = Role(title=title_of(occupation))
    making = Making(role, occupation, by, f"Drafted from {occupation.code}, {occupation.release}")
    making.add(role)
    draft = Draft(role)
    add_link(making)
    add_overview(making)
    counts = [
        counted(add_tasks(making), "task"),
        counted(add_education(making), "qualification"),
        counted(add_titles(making), "other title"),
        counted(add_steps(making), "role next door", "roles next door"),
    ]
    tools, left_out = add_tools(making)
    draft.told = [*about_title(occupation, role), f"Taken over: {', '.join([*counts, counted(tools, 'tool')])}."]
    if left_out:
        draft.told.append(
            f"{counted(left_out, 'technology', 'technologies')} left out: neither in demand nor hot, or too long a name."
        )
    draft.told.append("Write the summary, and put what comes from O*NET in your own words where readers need it.")
    return draft


def counted(number, noun, nouns=""):
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def about_title(occupation, role):
    if role.title == occupation.title:
        return ["The title is O*NET's, in its plural: check it."] if role.title.endswith("s") else []
    return [f"The title was made from “{occupation.title}”: check it."]


def add_link(making):
    making.add(
        OccupationLink(
            role=making.role,
            occupation=making.occupation,
            relation=OccupationLink.Relation.EXACT,
            reason=f"O*NET describes this work as “{making.occupation.title}”.",
        )
    )


def add_overview(making):
    occupation = making.occupation
    if occupation.description.strip():
        overview = Section(role=making.role, kind=Section.Kind.OVERVIEW, body=occupation.description)
        overview.source = occupation.release.source
        making.add(overview)


def add_tasks(making):
    """Core tasks first, as O*NET orders them."""
    tasks = list(making.occupation.tasks.current().select_related("release__source"))
    tasks.sort(key=lambda task: (TASK_ORDER.index(task.kind), task.pk))
    making.add_all(
        Item,
        (
            Item(
                role=making.role,
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


def add_education(making):
    """One qualification that says what those asked answered; none where O*NET has no data, or none to be quoted."""
    shares = list(making.occupation.education.current().select_related("release__source"))
    if not (text := education_text(shares)):
        return 0
    source = shares[0].release.source
    making.add(Item(role=making.role, kind=Item.Kind.QUALIFICATION, lead="Education", text=text, source=source))
    return 1


def education_text(shares):
    """'…: 64% of those asked name a bachelor's degree and 21% a master's degree.' '' where nothing can be quoted."""
    known = [share for share in shares if share.percent is not None and share.category in EDUCATION]
    usable = [share for share in known if not share.is_suppressed]
    named = sorted((share for share in usable if share.percent >= LEAST_SHARE), key=lambda share: -share.percent)[:4]
    if not named or sum(share.percent for share in usable) < LEAST_COVERED:
        return ""
    levels = [f"{share.percent:.0f}% {EDUCATION[share.category]}" for share in named]
    levels[0] = levels[0].replace("% ", "% of those asked name ", 1)
    listed = f"{', '.join(levels[:-1])} and {levels[-1]}" if len(levels) > 1 else levels[0]
    text = f"O*NET asked which education the job requires: {listed}."
    if any(share.is_suppressed for share in shares):
        text += " The share of some other levels is too uncertain to be quoted."
    return text


# -- Other titles and roles next door


def add_titles(making):
    """What people in the job call it: titles they reported, those O*NET itself shows before the others."""
    told = OccupationTitle.Kind.REPORTED
    titles = making.occupation.alternate_titles.current().filter(Q(kind=told) | Q(is_shown_first=True))
    titles = sorted(titles, key=lambda title: (not title.is_shown_first, title.title))
    longest = AlternateTitle._meta.get_field("title").max_length
    own = {making.role.title.casefold(), making.occupation.title.casefold()}
    by_key = {title.title.casefold(): title.title for title in reversed(titles) if len(title.title) <= longest}
    ranked = [title for key, title in reversed(by_key.items()) if key not in own]
    making.add_all(AlternateTitle, (AlternateTitle(role=making.role, title=title) for title in ranked[:MOST_TITLES]))
    return len(ranked[:MOST_TITLES])


def add_steps(making):
    """The nearest related occupations; the guide of one where there is one, else its title."""
    related = making.occupation.related.current().filter(to_occupation__withdrawn_in__isnull=True)
    related = list(related.select_related("to_occupation", "release__source").order_by("rank", "pk")[:MOST_STEPS])
    guides = guides_of([row.to_occupation_id for row in related], without=making.role)
    steps, named = [], set()
    for row in related:
        role = guides.get(row.to_occupation_id)
        title = "" if role else shortened(singular(row.to_occupation.title), 120)
        if (role, title) not in named:
            named.add((role, title))
            steps.append(
                CareerStep(
                    role=making.role,
                    kind=CareerStep.Kind.BESIDE,
                    position=len(steps),
                    to_role=role,
                    to_title=title,
                    source=row.release.source,
                )
            )
    making.add_all(CareerStep, steps)
    return len(steps)


def guides_of(occupations, *, without):
    """{number of the occupation: its guide}; a published guide before a draft, the heaviest link before the others."""
    links = OccupationLink.objects.filter(occupation__in=occupations).exclude(role=without)
    links = links.exclude(role__status=Role.Status.ARCHIVED).select_related("role")
    ranked = sorted(links, key=lambda link: (link.role.is_published, link.weight), reverse=True)
    guides = {}
    for link in ranked:
        guides.setdefault(link.occupation_id, link.role)
    return guides


# -- Tools


def add_tools(making):
    """(how many are taken over, how many left out): in demand is preferred, hot is useful, the rest stays with O*NET."""
    technologies = list(making.occupation.technologies.current().select_related("release__source"))
    technologies.sort(key=lambda technology: (not technology.is_in_demand, not technology.is_hot, technology.name))
    known, rows = known_skills(), {}
    longest = Skill._meta.get_field("name").max_length
    for technology in technologies:
        if not (technology.is_in_demand or technology.is_hot) or len(technology.name) > longest:
            continue
        skill = known.get(technology.name.casefold()) or new_skill(making, technology.name, known)
        rows.setdefault(skill, tool_of(making.role, skill, technology, len(rows)))
    making.add_all(RoleSkill, rows.values())
    names = {technology.name.casefold() for technology in technologies}
    return len(rows), max(0, len(names) - len(rows))


def known_skills():
    """{name or other name, case folded: number of the skill}"""
    names = {name.casefold(): pk for name, pk in SkillAlias.objects.values_list("name", "skill")}
    return names | {name.casefold(): pk for name, pk in Skill.objects.values_list("name", "pk")}


def new_skill(making, name, known):
    skill = making.add(Skill(name=name, kind=Skill.Kind.TOOL))
    known[name.casefold()] = skill.pk
    return skill.pk


def tool_of(role, skill, technology, position):
    necessity = RoleSkill.Necessity.PREFERRED if technology.is_in_demand else RoleSkill.Necessity.USEFUL
    source = technology.release.source
    return RoleSkill(role=role, skill_id=skill, necessity=necessity, position=position, source=source)
