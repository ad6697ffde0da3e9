"""Loads the starter content of the directory. See starter/README.md."""

from careers.files.content_files import read_csv, split_list
from careers.resources.models import Category, Resource, normalised_url
from careers.roles.models import Role, Skill

CATEGORY_COLUMNS = ("slug", "name", "parent", "description")
TEXTS = ("slug", "name", "url", "kind", "cost", "level", "language", "provider", "summary", "why", "disclosure")


def load_directory(folder, report):
    for position, row in enumerate(read_csv(folder / "categories.csv", CATEGORY_COLUMNS)):
        parent = Category.objects.get(slug=row["parent"]) if row["parent"] else None
        values = {"name": row["name"], "description": row["description"], "parent": parent, "position": position}
        _, created = Category.objects.get_or_create(slug=row["slug"], defaults=values)
        report.note(Category, created)
    for row in read_csv(folder / "resources.csv", (*TEXTS, "category", "roles", "skills", "last_verified_on")):
        report.note(Resource, load_resource(row))


def load_resource(row):
    """Returns whether the resource was created; one with the same normalised address counts as known."""
    if Resource.objects.filter(normalised_url=normalised_url(row["url"])).exists():
        return False
    resource = Resource(
        state=Resource.State.PUBLISHED,
        category=Category.objects.get(slug=row["category"]),
        last_verified_on=row["last_verified_on"] or None,
        **{name: row[name] for name in TEXTS},
    )
    resource.full_clean()
    resource.save()
    resource.roles.set(Role.objects.filter(slug__in=split_list(row["roles"])))
    resource.skills.set(Skill.objects.filter(name__in=split_list(row["skills"])))
    return True
