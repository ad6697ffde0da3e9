"""Drafts a posting template from a guide. What the guide does not say is left as a placeholder."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from careers.core.models import set_history_reason
from careers.core.prose import plain_text
from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.placeholders import own_placeholder_names
from careers.roles.guide.contents import skill_groups
from careers.roles.models import Item, RoleSkill, Section

from .versions import save_template

OPENING = "{employer} has an opening in the {team} team in {place}: {title}."
MOST_POINTS = 10
BENEFITS = """- Pay: {pay}.
- {working time and holidays}
- {what else you offer}

Please apply by {closing_day}."""
REASON = "Drafted from the guide"
EXAMPLES = {
    "team": "Search",
    "working_time_and_holidays": "38 hours a week and 30 days of holiday",
    "what_else_you_offer": "your own budget for books and courses",
    "what_the_work_is_about": "You keep the machines of three bakeries running.",
    "the_main_responsibilities": "Bake what the day needs",
    "the_education_you_ask_for": "A completed apprenticeship",
}


@dataclass
class TemplateDraft:
    """A new template and sentences that tell the editor what to do about it."""

    template: PostingTemplate
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def draft_template(role, *, by) -> TemplateDraft:
    """Saves a new house template. Raises ValidationError."""
    prefetch_related_objects([role], Prefetch("role_skills", RoleSkill.objects.select_related("skill")))
    template = PostingTemplate(role=role, name=free_name(role), title=without_braces(role.title), benefits=BENEFITS)
    draft = TemplateDraft(template)
    points = {kind: list(role.items.filter(kind=kind).select_related("source")) for kind in Item.Kind.values}
    template.description = description_of(role, draft)
    template.responsibilities = responsibilities_of(points, draft)
    template.requirements = requirements_of(role, points)
    template.preferred = preferred_of(role, points)
    template.full_clean()
    set_history_reason(template, f"{REASON} “{role}”")
    save_template(template, by=by, placeholders=used_placeholders(template))
    required = RoleSkill.Necessity.REQUIRED
    template.skills.set([entry.skill for entry in role.role_skills.all() if entry.necessity == required])
    draft.notes.append("Check the draft, and replace placeholders that are the same for every posting.")
    return draft


def used_placeholders(template):
    return [TemplateBlank(name=name, example=EXAMPLES.get(name, "")) for name in own_placeholder_names(template)]


def free_name(role):
    """The role's title, with a number where there is a house template of that name."""
    house = PostingTemplate.objects.house().filter(name__istartswith=role.title[:80])
    taken = {name.casefold() for name in house.values_list("name", flat=True)}
    if role.title.casefold() not in taken:
        return role.title
    longest = PostingTemplate._meta.get_field("name").max_length
    numbered = (f"{role.title[: longest - 5]} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in numbered if name.casefold() not in taken)


def description_of(role, draft):
    """Opening, summary, and the first paragraph of the overview unless it comes from a source."""
    overview = role.sections.filter(kind=Section.Kind.OVERVIEW, source=None).first()
    texts = [role.summary, first_paragraph(overview.body) if overview else ""]
    parts = [without_braces(text) for text in texts if text.strip()]
    if not parts:
        draft.notes.append("The guide has no summary and no overview of our own: say what the work is about.")
    return "\n\n".join([OPENING, *(parts or ["{what the work is about}"])])


def first_paragraph(markdown):
    """The first paragraph that is not a heading, list, quote, table or number."""
    for block in markdown.split("\n\n"):
        if block.strip() and block.lstrip()[0] not in "#>|-*+`0123456789":
            return block.strip()
    return ""


def responsibilities_of(points, draft):
    """The guide's responsibilities, or else its first tasks with their sources."""
    own = points[Item.Kind.RESPONSIBILITY][:MOST_POINTS]
    if own:
        return bullets(own)
    tasks = points[Item.Kind.TASK][:MOST_POINTS]
    if not tasks:
        return "- {the main responsibilities}"
    sources = list(dict.fromkeys(task.source for task in tasks if task.source))
    named = "; ".join(f"{source}, {source.licence}" if source.licence else str(source) for source in sources)
    draft.notes.append("The guide lists no responsibilities, so we used its typical tasks. Put them in your own words.")
    return bullets(tasks) + (f"\n\nTasks from {without_braces(named)}." if named else "")


def requirements_of(role, points):
    """Qualifications without a source, and required skills. Sourced ones are statistics about education, not requirements."""
    own = [item for item in own_qualifications(points) if not is_preferred(item)]
    lines = [bullets(own)] if own else ["- {the education you ask for}"]
    experience = "- {experience} of experience in such work."
    return "\n".join([*lines, *skill_bullets(role, RoleSkill.Necessity.REQUIRED), experience])


def preferred_of(role, points):
    own = [item for item in own_qualifications(points) if is_preferred(item)]
    lines = [bullets(own)] if own else []
    return "\n".join([*lines, *skill_bullets(role, RoleSkill.Necessity.PREFERRED)])


def own_qualifications(points):
    return [item for item in points[Item.Kind.QUALIFICATION] if item.source_id is None]


def is_preferred(item):
    """Qualifications have no field for it; guides say it in the lead: "Master's degree (preferred)"."""
    return "preferred" in item.lead.lower()


def skill_bullets(role, necessity):
    """One bullet per kind of skill: '- Programming languages: Python, Java'."""
    for heading, entries in skill_groups(role):
        names = [entry.skill.name for entry in entries if entry.necessity == necessity]
        if names:
            yield f"- {heading}: {without_braces(', '.join(names))}"


def bullets(items: Iterable[Item]):
    return "\n".join(f"- {without_braces(point_text(item))}" for item in items)


def point_text(item):
    """Lead and text as one line: 'Collect data: record where they come from.'"""
    lead, text = plain_text(item.lead), plain_text(item.text)
    if lead and text:
        return f"{lead} {text}" if lead[-1] in ".:!?" else f"{lead}: {text}"
    return lead or text


def without_braces(text):
    """The guide's braces are not placeholders."""
    return text.replace("{", "(").replace("}", ")")
