"""Two to four roles side by side: the same question to each, in the same unit, and in words why one has no answer.

Official figures are those of the heaviest occupation a role is linked to. Where they say nothing a role's own figures answer,
unless they were measured for an occupation it is not linked to.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from careers.core.money import Period, amount_text, per_year
from careers.files.cells import Absence
from careers.geo.countries import place_name
from careers.occupations.figures.age import year_of
from careers.occupations.figures.format import HOURS, absence_text, percentage
from careers.occupations.models import EducationShare, Occupation, Source
from careers.roles.figures.cautions import Caution, cautions_of
from careers.roles.figures.documentation import of_this_work
from careers.roles.figures.official import Evidence, evidence_of
from careers.roles.models import CareerStep, OutlookClaim, PayClaim, Role, RoleSkill, Skill

STATISTICS = {
    "Median pay": ("median",),
    "Mean pay": ("mean",),
    "Pay, 10th to 90th percentile": ("p10", "p90"),
    "Pay, stated range": ("low", "high"),
}
GROWTH, OPENINGS = "Expected growth", "Openings a year"
ASKED = [*STATISTICS, GROWTH, OPENINGS]
ENTRY = "Typical education at entry, United States"
SHARE = "People asked who say the job requires a bachelor’s degree or more"
ZONE = "Preparation (job zone)"
BACHELOR = 6  # O*NET's category of a bachelor's degree; those above ask for more


@dataclass(frozen=True)
class Question:
    asked: str
    about: str  # place and unit, or place and years

    def __str__(self):
        return f"{self.asked}, {self.about}"


@dataclass(frozen=True)
class Cell:
    """One answer: a figure with what it rests on, or in words why there is none."""

    value: str
    is_known: bool = True
    is_words: bool = False
    who: str = ""
    when: str = ""
    note: str = ""
    source: Source | None = None
    marks: tuple[Caution, ...] = ()

    @property
    def year(self):
        """The time the figure describes, else the edition of its source."""
        return self.when or (self.source.release if self.source else "")


NO_DATA = Cell(Absence.NO_DATA.label, is_known=False)


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Overlap:
    """What all roles name, what each names beyond that, and what each lacks.

    Of two roles that is what the other names, of more what at least two others do.
    """

    subject: str
    shared: list[str]
    further: list[list[str]]
    missing: list[list[str]]


@dataclass(frozen=True)
class Comparison:
    roles: list[Role]
    evidence: list[Evidence]
    figures: list[Line]
    overlaps: list[Overlap]
    steps: list[list[CareerStep]]

    @property
    def sources(self):
        """What the figures rest on, each once."""
        return list(dict.fromkeys(cell.source for line in self.figures for cell in line.cells if cell.source))


def chosen_roles(roles, slugs):
    """Those of a queryset of roles in the order asked for."""
    roles = {role.slug: role for role in roles.filter(slug__in=slugs)}
    return [roles[slug] for slug in slugs if slug in roles]


def comparison_of(roles):
    prefetch_related_objects(
        roles,
        Prefetch("pay_claims", PayClaim.objects.select_related("source", "measured_for")),
        Prefetch("outlook_claims", OutlookClaim.objects.select_related("source", "measured_for")),
        Prefetch("role_skills", RoleSkill.objects.select_related("skill")),
        Prefetch("career_steps", CareerStep.objects.filter(kind=CareerStep.Kind.AFTER).select_related("to_role")),
    )
    found = evidence_of(roles)
    evidence = [found[role.pk] for role in roles]
    both = list(zip(roles, evidence, strict=True))
    return Comparison(
        roles,
        evidence,
        figures=[
            *lines_of([pay_answers(*pair) for pair in both], fallback="Median pay"),
            *lines_of([outlook_answers(*pair) for pair in both], fallback=GROWTH),
            *preparation_lines(evidence),
        ],
        overlaps=[
            overlap("Skills", roles, [kind for kind in Skill.Kind if kind not in Skill.TOOL_KINDS]),
            overlap("Tools", roles, Skill.TOOL_KINDS),
        ],
        steps=[list(role.career_steps.all()) for role in roles],
    )


def lines_of(answers, fallback):
    """A line for each question kept; `answers` holds {question: cell} of each role.

    Kept is what two roles answer, and what is asked about the place and unit, or the years, that most answers are about.
    """
    questions = dict.fromkeys(question for of_role in answers for question in of_role)
    known = [question for of_role in answers for question, cell in of_role.items() if cell.is_known]
    about = Counter(question.about for question in known or questions).most_common(1)
    leading = about[0][0] if about else ""
    kept = [question for question in questions if question.about == leading or known.count(question) > 1]
    kept.sort(key=lambda question: (question.about != leading, ASKED.index(question.asked)))
    lines = [Line(str(question), [of_role.get(question, NO_DATA) for of_role in answers]) for question in kept]
    return lines or [Line(fallback, [NO_DATA] * len(answers))]


def add(answers, question, cell):
    """The first to answer is heard; a reason why there is no answer gives way to one."""
    if cell and (question not in answers or (cell.is_known and not answers[question].is_known)):
        answers[question] = cell


def heaviest(evidence):
    return next(iter(evidence.links), None)


def in_order(official, own, codes):
    """The official claim, then the role's own of this work: sourced, pay a year and new ones first."""
    own = sorted(
        of_this_work(own, codes),
        key=lambda claim: (
            claim.source_id is None,
            getattr(claim, "period", Period.YEAR) != Period.YEAR,
            -(year_of(claim) or 0),
        ),
    )
    return [official, *own] if official else own


# -- Pay and outlook -----------------------------------------------------------------------------------------------------


def pay_answers(role, evidence):
    counted, answers = heaviest(evidence), {}
    for claim in in_order(counted and counted.pay, role.pay_claims.all(), evidence.codes):
        about = f"{place_name(claim.country) or 'no place given'}, {claim.currency} a year"
        for asked, names in STATISTICS.items():
            add(answers, Question(asked, about), pay_cell(claim, names))
    return answers


def pay_cell(claim, names):
    """None where the claim does not speak of the statistic."""
    if any(claim.amount(name) is None for name in names):
        reasons = [reason for name in names if (reason := absence_text(claim, name))]
        return Cell(reasons[0], is_known=False, **grounds(claim)) if reasons else None
    if claim.is_official and claim.period == Period.HOUR:
        stated = " to ".join(claim.text_of(name) for name in names)
        return Cell("hourly only", note=f"{stated} {claim.period_spoken}", **grounds(claim))
    note = "" if claim.period == Period.YEAR else f"stated {Period(claim.period).label}, taken as {HOURS[claim.period]}"
    return Cell(" to ".join(yearly_text(claim, name) for name in names), note=note, **grounds(claim))


def yearly_text(claim, name):
    text = amount_text(per_year(claim.amount(name), claim.period), claim.currency)
    return f"at least {text}" if claim.is_top_coded(name) else text


def outlook_answers(role, evidence):
    counted, answers = heaviest(evidence), {}
    for claim in in_order(counted and counted.outlook, role.outlook_claims.all(), evidence.codes):
        about = f"{claim.place_name or 'no place given'}, {claim.years or 'no years given'}"
        openings = "" if claim.annual_openings is None else f"{claim.annual_openings:,}"
        for asked, name, text in (
            (GROWTH, "growth_percent", percentage(claim.growth_percent, "+")),
            (OPENINGS, "annual_openings", openings),
        ):
            value = text or absence_text(claim, name)
            add(answers, Question(asked, about), value and Cell(value, bool(text), **grounds(claim)))
    return answers


def grounds(claim):
    """What a claim rests on: who was counted, when, by whom. The question names the years of a projection."""
    return {
        "who": claim.measured_population,
        "when": "" if hasattr(claim, "base_year") else claim.reference_period or str(claim.reference_year or ""),
        "source": claim.source,
        "marks": tuple(caution for caution in cautions_of(claim) if caution.is_mark),
    }


# -- What it takes -------------------------------------------------------------------------------------------------------


def preparation_lines(evidence):
    counted = [heaviest(found) for found in evidence]
    prepared = Occupation.objects.select_related("job_zone__release__source").prefetch_related(
        Prefetch("education", EducationShare.objects.current().select_related("release__source"))
    )
    occupations = prepared.in_bulk([one.occupation.pk for one in counted if one])
    known = [one and occupations[one.occupation.pk] for one in counted]
    return [
        Line(ENTRY, [entry_education(one) for one in counted]),
        Line(SHARE, [bachelor_share(occupation) for occupation in known]),
        Line(ZONE, [preparation(occupation) for occupation in known]),
    ]


def entry_education(counted):
    outlook = counted and counted.outlook
    if not (outlook and outlook.entry_education):
        return NO_DATA
    return Cell(outlook.entry_education, is_words=True, who=str(outlook.occupation), source=outlook.source)


def bachelor_share(occupation):
    """The sum of the shares from a bachelor's degree up. One that O*NET advises against makes the sum one too."""
    shares = [share for share in occupation.education.all() if share.category >= BACHELOR] if occupation else []
    if any(share.is_suppressed for share in shares):
        return Cell(Absence.SUPPRESSED.label, is_known=False, who=str(occupation), source=shares[0].release.source)
    percents = [share.percent for share in shares if share.percent is not None]
    if not percents:
        return NO_DATA
    return Cell(
        percentage(round(sum(percents), 1)),
        who=str(occupation),
        when=f"asked {shares[0].measured}" if shares[0].measured else "",
        source=shares[0].release.source,
    )


def preparation(occupation):
    zone = occupation and occupation.job_zone
    return Cell(zone.name, is_words=True, who=str(occupation), source=zone.release.source) if zone else NO_DATA


# -- Skills and tools ----------------------------------------------------------------------------------------------------


def overlap(subject, roles, kinds):
    named = [[entry.skill.name for entry in role.role_skills.all() if entry.skill.kind in kinds] for role in roles]
    counts = Counter(name for of_role in named for name in of_role)
    shared = [name for name in counts if counts[name] == len(roles)]
    common = [name for name in counts if counts[name] >= min(len(roles) - 1, 2)]
    return Overlap(
        subject,
        shared,
        further=[[name for name in of_role if name not in shared] for of_role in named],
        missing=[[name for name in common if name not in of_role] for of_role in named],
    )
