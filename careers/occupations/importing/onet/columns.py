"""What of the O*NET database is kept in which table."""

from dataclasses import replace

from careers.occupations.importing.columns import Part
from careers.occupations.models import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    RelatedOccupation,
)

OF_OCCUPATION = "occupation__code"
JOB_ZONES = Part(
    "job zones", JobZone, key=("zone",), values=("name", "experience", "education", "training", "examples", "svp_range")
)
OCCUPATIONS = Part(
    "occupations",
    Occupation,
    key=("code",),
    values=("title", "description", "soc_code"),
    fixed={"scheme": Occupation.Scheme.ONET},
)
OCCUPATIONS_IN_ZONES = replace(OCCUPATIONS, values=(*OCCUPATIONS.values, "job_zone__zone"))
TASKS = Part(
    "tasks",
    OccupationTask,
    key=(OF_OCCUPATION, "task_id"),
    values=("text", "kind", "respondents", "measured", "measured_by"),
)
TECHNOLOGIES = Part(
    "technologies",
    OccupationTechnology,
    key=(OF_OCCUPATION, "name", "commodity_code"),
    values=("commodity_title", "is_hot", "is_in_demand"),
)
RELATED = Part(
    "related occupations", RelatedOccupation, key=(OF_OCCUPATION, "to_occupation__code"), values=("tier", "rank")
)
EDUCATION = Part(
    "education",
    EducationShare,
    key=(OF_OCCUPATION, "category"),
    values=("percent", "respondents", "is_suppressed", "measured"),
)


def completed(one, other):
    """O*NET lists a few titles twice, once without the short form: one row with what both say."""
    short = {one["short_title"], other["short_title"]} - {""}
    if len(short) > 1:
        return None
    sources = {code for row in (one, other) for code in row["sources"].split(",") if code}
    return one | {"short_title": "".join(short), "sources": ",".join(sorted(sources))}


ALTERNATE_TITLES = Part(
    "alternate titles",
    OccupationTitle,
    key=(OF_OCCUPATION, "title"),
    values=("short_title", "sources"),
    fixed={"kind": OccupationTitle.Kind.ALTERNATE},
    merge=completed,
)
REPORTED_TITLES = Part(
    "reported titles",
    OccupationTitle,
    key=(OF_OCCUPATION, "title"),
    values=("is_shown_first",),
    fixed={"kind": OccupationTitle.Kind.REPORTED},
)
