"""What could I do with my skills: guides and occupations ranked by the skills a visitor ticks. Nothing is stored."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.changes.kept import keep
from careers.core.pagination import get_page
from careers.postings.role_counts import with_live_counts
from careers.roles.figures.summary import GuideSummary, summarise_guides
from careers.roles.models import Role
from portal.skill_match.needs import MAX_SKILLS, Need, SkillForm, load_needs
from portal.skill_match.occupations import OccupationMatch, Technology, match_occupations
from portal.skill_match.ranking import GuideMatch, rank_guides
from portal.skill_match.teaching import Teaching, teaching_of

PER_PAGE = 10


@dataclass(frozen=True)
class GuideResult:
    role: Role  # with live_count
    figures: GuideSummary
    match: GuideMatch
    to_learn: list[tuple[Need, Teaching]]


@dataclass(frozen=True)
class OccupationResult:
    match: OccupationMatch
    in_demand: list[tuple[Technology, Teaching | None]]


@require_safe
def role_skills(request: HttpRequest) -> HttpResponse:
    needs = keep("guide skills", load_needs)
    form = SkillForm(request.GET, needs)
    context = {"form": form, "max_skills": MAX_SKILLS}
    if form.chosen:
        page = get_page(rank_guides(needs, form.criteria["skill"]), form.criteria["page"], PER_PAGE)
        occupations = match_occupations(form.chosen, form.skills) if page.number == 1 else []
        context |= {"page": page, **results(list(page.object_list), occupations)}
    return render(request, "portal/role_skills.html", context)


def results(guides: list[GuideMatch], occupations: list[OccupationMatch]) -> dict[str, Any]:
    """The matches with what the page shows beside them, among it the resources that teach what is missing."""
    missing = {need.skill.pk for guide in guides for need in guide.missing}
    missing |= {technology.skill.pk for match in occupations for technology in match.missing if technology.skill}
    teaching = teaching_of(missing)
    return {
        "results": guide_results(guides, teaching),
        "occupations": [
            OccupationResult(
                match, [(known, teaching[known.skill.pk] if known.skill else None) for known in match.missing]
            )
            for match in occupations
        ],
    }


def guide_results(matches: list[GuideMatch], teaching: dict[int, Teaching]) -> list[GuideResult]:
    """Without guides that were withdrawn since the skills were loaded."""
    keys = [match.role_id for match in matches]
    roles = with_live_counts(Role.objects.published().only("title", "slug", "summary")).in_bulk(keys)
    figures = summarise_guides(keys)
    return [
        GuideResult(
            roles[match.role_id],
            figures[match.role_id],
            match,
            [(need, teaching[need.skill.pk]) for need in match.missing],
        )
        for match in matches
        if match.role_id in roles
    ]
