"""Loads the starter content of guides: occupations, vocabulary, sources, guides with their figures and articles.

See starter/README.md.
"""

from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Model

from careers.files.content_files import Report, read_csv, read_front_matter, split_list, split_sections
from careers.files.errors import FileError
from careers.occupations.models import Occupation, Release, Source
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Industry,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    Role,
    RoleSkill,
    Section,
    Skill,
    SkillAlias,
)

EXTRACTS = {
    Release.Dataset.ONET: ("import_onet", "onet-*"),
    Release.Dataset.OEWS: ("import_oews", "oews/*.xlsx"),
    Release.Dataset.PROJECTIONS: ("import_projections", "projections/*.xlsx"),
}
SOURCE_COLUMNS = ("publisher", "title", "release", "reference_period", "url", "licence", "attribution")
PAY_AMOUNTS = ("mean", "median", "p10", "p25", "p75", "p90", "low", "high", "top_code", "reference_year")
PAY_TEXTS = ("country", "subdivision", "currency", "period", "reference_period", "population", "heading", "note")
OUTLOOK_NUMBERS = ("growth_percent", "annual_openings", "base_year", "target_year")
OUTLOOK_TEXTS = ("country", "population", "heading", "note")


def load_guides(folder: Path, report: Report) -> None:
    """Creates what is missing. An existing role and all that belongs to it stay unchanged. Raises FileError."""
    import_extracts(folder, report)
    load_skills(folder / "skills.csv", report)
    sources = load_sources(folder / "sources.csv", report)
    created = [guide for path in sorted(folder.glob("roles/*.md")) if (guide := load_guide(path, sources, report))]
    for role, meta in created:
        add_career_steps(role, meta.get("career_steps", []))
        add_claims(role, PayClaim, folder / "pay_claims", PAY_TEXTS, PAY_AMOUNTS, sources)
        add_claims(role, OutlookClaim, folder / "outlook_claims", OUTLOOK_TEXTS, OUTLOOK_NUMBERS, sources)
        for path in sorted((folder / "articles" / role.slug).glob("*.md")):
            article, body = read_front_matter(path)
            Article.objects.create(role=role, slug=path.stem, body=body, **article)


def import_extracts(folder: Path, report: Report) -> None:
    """Imports extracts of O*NET and BLS data. A data set that was imported before stays: it may be complete."""
    for dataset, (command, pattern) in EXTRACTS.items():
        releases = Release.objects.filter(dataset=dataset)
        is_missing = not releases.exists()
        if is_missing:
            options = {"commit": True, "max_unknown": 100, "stdout": StringIO(), "stderr": StringIO()}
            call_command(command, *map(str, sorted(folder.glob(pattern))), **options)
        for _ in releases.all():
            report.note(Release, created=is_missing)


def load_skills(path: Path, report: Report) -> None:
    for row in read_csv(path, ("name", "kind", "aliases")):
        skill, created = Skill.objects.get_or_create(name=row["name"], defaults={"kind": row["kind"]})
        report.note(Skill, created)
        if created:
            SkillAlias.objects.bulk_create(SkillAlias(skill=skill, name=name) for name in split_list(row["aliases"]))


def load_sources(path: Path, report: Report) -> dict[str, Source]:
    """{key in the file: Source}"""
    sources: dict[str, Source] = {}
    for row in read_csv(path, ("key", *SOURCE_COLUMNS, "retrieved_on")):
        values = {name: row[name] for name in SOURCE_COLUMNS}
        known = {name: values.pop(name) for name in ("publisher", "title", "release")}
        values["retrieved_on"] = row["retrieved_on"] or None
        sources[row["key"]], created = Source.objects.get_or_create(**known, defaults=values)
        report.note(Source, created)
    return sources


def find_source(key: str | None, sources: dict[str, Source], path: Path) -> Source | None:
    """None for an empty key. Raises FileError for an unknown one; `path` is the file that names it."""
    if key and key not in sources:
        raise FileError(f"{path.name}: the source “{key}” is not in sources.csv")
    return sources[key] if key else None


def find_occupation(code: str, path: Path) -> Occupation | None:
    """None for an empty code. Raises FileError for an unknown one; `path` is the file that names it."""
    if not code:
        return None
    occupation = Occupation.objects.onet().filter(code=code).first()
    if occupation is None:
        raise FileError(f"{path.name}: the occupation {code} is not in the O*NET release that is imported")
    return occupation


def load_guide(path: Path, sources: dict[str, Source], report: Report) -> tuple[Role, dict] | None:
    """(role, front matter) of a guide that was created; None for one that existed."""
    meta, body = read_front_matter(path)
    if Role.objects.filter(slug=path.stem).exists():
        report.note(Role, created=False)
        return None
    role = Role.objects.create(
        slug=path.stem,
        status=Role.Status.PUBLISHED,
        **{name: meta[name] for name in ("title", "summary", "edition", "reviewed_on", "review_due_on")},
    )
    AlternateTitle.objects.bulk_create(AlternateTitle(role=role, title=title) for title in meta["alternate_titles"])
    role.industries.set([Industry.objects.get_or_create(name=name)[0] for name in meta["industries"]])
    add_occupation_links(role, meta.get("occupations", []), path)
    add_skills(role, meta["skills"], path)
    add_parts(role, body, path, task_source=find_source(meta.get("task_source"), sources, path))
    report.note(Role, created=True)
    return role, meta


def add_occupation_links(role: Role, entries: list[dict], path: Path) -> None:
    for position, entry in enumerate(entries):
        occupation, weight = find_occupation(entry.pop("code"), path), Decimal(str(entry.pop("weight")))
        link = OccupationLink(role=role, occupation=occupation, weight=weight, position=position, **entry)
        save_validated(link, f"{path.name}, occupation {position + 1}")


def add_skills(role: Role, entries: list[dict], path: Path) -> None:
    known = {skill.name: skill for skill in Skill.objects.filter(name__in=[entry["name"] for entry in entries])}
    for position, entry in enumerate(entries):
        if entry["name"] not in known:
            raise FileError(f"{path.name}: the skill “{entry['name']}” is not in skills.csv")
        RoleSkill.objects.create(
            role=role,
            skill=known[entry["name"]],
            necessity=entry["necessity"],
            note=entry.get("note", ""),
            position=position,
        )


def add_parts(role: Role, body: str, path: Path, task_source: Source | None) -> None:
    """Sections and items, from the headings of the Markdown text."""
    for title, text in split_sections(body):
        part, _, rest = title.partition(":")
        kind, _, heading = (value.strip() for value in rest.partition("|"))
        if part == "Section" and kind in Section.Kind:
            Section.objects.create(role=role, kind=kind, heading=heading, body=text)
        elif part == "Items" and kind in Item.Kind:
            add_items(role, kind, text, source=task_source if kind == Item.Kind.TASK else None)
        else:
            raise FileError(f"{path.name}: “## {title}” names no section or items that the guide knows")


def add_items(role: Role, kind: str, text: str, source: Source | None) -> None:
    lines = [line.removeprefix("- ").strip() for line in text.splitlines() if line.strip()]
    for position, line in enumerate(lines):
        lead, separator, rest = (part.strip() for part in line.partition("::"))
        if not separator:
            lead, rest = "", lead
        Item.objects.create(role=role, kind=kind, position=position, lead=lead, text=rest, source=source)


def add_career_steps(role: Role, steps: list[dict]) -> None:
    roles = {other.slug: other for other in Role.objects.filter(slug__in=[step.get("to_role") for step in steps])}
    for position, step in enumerate(steps):
        target = {"to_role": roles[step.pop("to_role")]} if "to_role" in step else {}
        CareerStep.objects.create(role=role, position=position, **target, **step)


def add_claims(
    role: Role,
    model: type[PayClaim | OutlookClaim],
    folder: Path,
    texts: tuple[str, ...],
    numbers: tuple[str, ...],
    sources: dict[str, Source],
) -> None:
    path = folder / f"{role.slug}.csv"
    if not path.exists():
        return
    for position, row in enumerate(read_csv(path, (*texts, *numbers, "source", "quoted_in", "measured_for"))):
        claim = model(role=role, position=position, measured_for=find_occupation(row["measured_for"], path))
        claim.source = find_source(row["source"], sources, path)
        claim.quoted_in = find_source(row["quoted_in"], sources, path)
        for name in texts:
            setattr(claim, name, row[name])
        for name in numbers:
            setattr(claim, name, row[name] or None)
        save_validated(claim, f"{path.name}, claim {position + 1}")


def save_validated(instance: Model, where: str) -> None:
    """Raises FileError; `where` is the place in the file, for its message."""
    try:
        instance.full_clean()
    except ValidationError as error:
        raise FileError(f"{where}: {' '.join(error.messages)}") from error
    instance.save()
