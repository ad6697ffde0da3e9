"""The tables that a release of the O*NET database fills, and the fields of each."""

from dataclasses import replace

from careers.occupations.importing.table_spec import TableSpec
from careers.occupations.models import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    RelatedOccupation,
)

OCCUPATION_CODE = "occupation__code"
JOB_ZONES = TableSpec(
    "job zones", JobZone, key=("zone",), values=("name", "experience", "education", "training", "examples", "svp_range")
)
OCCUPATIONS = TableSpec(
    "occupations",
    Occupation,
    key=("code",),
    values=("title", "description", "soc_code"),
    constants={"scheme": Occupation.Scheme.ONET},
)
OCCUPATIONS_IN_ZONES = replace(OCCUPATIONS, values=(*OCCUPATIONS.values, "job_zone__zone"))
TASKS = TableSpec(
    "tasks",
    OccupationTask,
    key=(OCCUPATION_CODE, "task_id"),
    values=("text", "kind", "respondents", "measured", "measured_by"),
)
TECHNOLOGIES = TableSpec(
    "technologies",
    OccupationTechnology,
    key=(OCCUPATION_CODE, "name", "commodity_code"),
    values=("commodity_title", "is_hot", "is_in_demand"),
)
RELATED = TableSpec(
    "related occupations", RelatedOccupation, key=(OCCUPATION_CODE, "to_occupation__code"), values=("tier", "rank")
)
EDUCATION = TableSpec(
    "education",
    EducationShare,
    key=(OCCUPATION_CODE, "category"),
    values=("percent", "respondents", "is_suppressed", "measured"),
)
SKILLS = TableSpec(
    "skills",
    OccupationSkill,
    key=(OCCUPATION_CODE, "element", "scale"),
    values=(
        *("name", "rating", "respondents", "standard_error", "lower_bound", "upper_bound"),
        *("is_suppressed", "is_irrelevant", "measured", "measured_by"),
    ),
)


def merge_titles(one: dict, other: dict) -> dict | None:
    """O*NET lists a few titles twice, once without the short form. None if the short forms differ."""
    short = {one["short_title"], other["short_title"]} - {""}
    if len(short) > 1:
        return None
    sources = {code for row in (one, other) for code in row["sources"].split(",") if code}
    return one | {"short_title": "".join(short), "sources": ",".join(sorted(sources))}


ALTERNATE_TITLES = TableSpec(
    "alternate titles",
    OccupationTitle,
    key=(OCCUPATION_CODE, "title"),
    values=("short_title", "sources"),
    constants={"kind": OccupationTitle.Kind.ALTERNATE},
    merge=merge_titles,
)
REPORTED_TITLES = TableSpec(
    "reported titles",
    OccupationTitle,
    key=(OCCUPATION_CODE, "title"),
    values=("is_shown_first",),
    constants={"kind": OccupationTitle.Kind.REPORTED},
)
