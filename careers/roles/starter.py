"""The starter content of the guides: occupations, vocabulary, sources, guides with their claims and articles.

See starter/README.md.
"""

from decimal import Decimal
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.management import call_command

from careers.files.content_files import FileError, read_csv, read_front_matter, split_list, split_sections
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


def load_guides(folder, report):
    """Create what is missing. A role that exists is left as it is, with all that belongs to it."""
    import_extracts(folder, report)
    load_skills(folder / "skills.csv", report)
    sources = load_sources(folder / "sources.csv", report)
    fresh = [guide for path in sorted(folder.glob("roles/*.md")) if (guide := load_guide(path, sources, report))]
    for role, meta in fresh:
        add_career_steps(role, meta.get("career_steps", []))
        add_claims(role, PayClaim, folder / "pay_claims", PAY_TEXTS, PAY_AMOUNTS, sources)
        add_claims(role, OutlookClaim, folder / "outlook_claims", OUTLOOK_TEXTS, OUTLOOK_NUMBERS, sources)
        for path in sorted((folder / "articles" / role.slug).glob("*.md")):
            article, body = read_front_matter(path)
            Article.objects.create(role=role, slug=path.stem, body=body, **article)


def import_extracts(folder, report):
    """The occupations behind the guides with their pay and outlook. A data set that is there stays: it may be whole."""
    for dataset, (command, pattern) in EXTRACTS.items():
        releases = Release.objects.filter(dataset=dataset)
        is_missing = not releases.exists()
        if is_missing:
            options = {"commit": True, "max_unknown": 100, "stdout": StringIO(), "stderr": StringIO()}
            call_command(command, *map(str, sorted(folder.glob(pattern))), **options)
        for _ in releases.all():
            report.note(Release, created=is_missing)


def load_skills(path, report):
    for row in read_csv(path, ("name", "kind", "aliases")):
        skill, created = Skill.objects.get_or_create(name=row["name"], defaults={"kind": row["kind"]})
        report.note(Skill, created)
        if created:
            SkillAlias.objects.bulk_create(SkillAlias(skill=skill, name=name) for name in split_list(row["aliases"]))


def load_sources(path, report):
    """{key of the file: Source}"""
    sources = {}
    for row in read_csv(path, ("key", *SOURCE_COLUMNS, "retrieved_on")):
        values = {name: row[name] for name in SOURCE_COLUMNS}
        known = {name: values.pop(name) for name in ("publisher", "title", "release")}
        values["retrieved_on"] = row["retrieved_on"] or None
        sources[row["key"]], created = Source.objects.get_or_create(**known, defaults=values)
        report.note(Source, created)
    return sources


def source_named(key, sources, path):
    """The source of that key; None for no key."""
    if key and key not in sources:
        raise FileError(f"{path.name}: the source “{key}” is not in sources.csv")
    return sources.get(key)


def occupation_named(code, path):
    """The O*NET occupation of that code; None for no code."""
    if not code:
        return None
    occupation = Occupation.objects.onet().filter(code=code).first()
    if occupation is None:
        raise FileError(f"{path.name}: the occupation {code} is not in the O*NET release that is imported")
    return occupation


def load_guide(path, sources, report):
    """(role, front matter) of a guide that was missing; None for one that exists."""
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
    add_parts(role, body, path, task_source=source_named(meta.get("task_source"), sources, path))
    report.note(Role, created=True)
    return role, meta


def add_occupation_links(role, entries, path):
    for position, entry in enumerate(entries):
        occupation, weight = occupation_named(entry.pop("code"), path), Decimal(str(entry.pop("weight")))
        link = OccupationLink(role=role, occupation=occupation, weight=weight, position=position, **entry)
        save_checked(link, f"{path.name}, occupation {position + 1}")


def add_skills(role, entries, path):
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


def add_parts(role, body, path, task_source):
    for title, text in split_sections(body):
        sort, _, rest = title.partition(":")
        kind, _, heading = (part.strip() for part in rest.partition("|"))
        if sort == "Section" and kind in Section.Kind:
            Section.objects.create(role=role, kind=kind, heading=heading, body=text)
        elif sort == "Items" and kind in Item.Kind:
            add_items(role, kind, text, source=task_source if kind == Item.Kind.TASK else None)
        else:
            raise FileError(f"{path.name}: “## {title}” names no section or items that the guide knows")


def add_items(role, kind, text, source):
    lines = [line.removeprefix("- ").strip() for line in text.splitlines() if line.strip()]
    for position, line in enumerate(lines):
        lead, separator, rest = (part.strip() for part in line.partition("::"))
        if not separator:
            lead, rest = "", lead
        Item.objects.create(role=role, kind=kind, position=position, lead=lead, text=rest, source=source)


def add_career_steps(role, steps):
    roles = {other.slug: other for other in Role.objects.filter(slug__in=[step.get("to_role") for step in steps])}
    for position, step in enumerate(steps):
        target = {"to_role": roles[step.pop("to_role")]} if "to_role" in step else {}
        CareerStep.objects.create(role=role, position=position, **target, **step)


def add_claims(role, model, folder, texts, numbers, sources):
    path = folder / f"{role.slug}.csv"
    if not path.exists():
        return
    for position, row in enumerate(read_csv(path, (*texts, *numbers, "source", "quoted_in", "measured_for"))):
        claim = model(role=role, position=position, measured_for=occupation_named(row["measured_for"], path))
        claim.source = source_named(row["source"], sources, path)
        claim.quoted_in = source_named(row["quoted_in"], sources, path)
        for name in texts:
            setattr(claim, name, row[name])
        for name in numbers:
            setattr(claim, name, row[name] or None)
        save_checked(claim, f"{path.name}, claim {position + 1}")


def save_checked(instance, where):
    try:
        instance.full_clean()
    except ValidationError as error:
        raise FileError(f"{where}: {' '.join(error.messages)}") from error
    instance.save()
