"""Entries of the directory as the search engine holds them."""

from django.db.models import Prefetch, Q

from careers.geo.languages import language_name
from careers.roles.models import Role, Skill
from careers.search.documents import Document, Kind, register, without_addresses

from .models import Resource

KIND = "resources.resource"
RELATIONS = (
    Prefetch("roles", Role.objects.published().only("slug", "title")),
    Prefetch("skills", Skill.objects.prefetch_related("aliases")),
)


def pks():
    return Resource.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def documents(pks):
    """Four queries for any number of entries."""
    entries = Resource.objects.published().filter(pk__in=pks).select_related("category__parent").order_by("pk")
    return [document(entry) for entry in entries.prefetch_related(*RELATIONS)]


def document(entry):
    guides, skills = entry.roles.all(), entry.skills.all()
    shelves = [shelf for shelf in (entry.category, entry.category.parent) if shelf]
    names = [
        entry.provider,
        *(name for skill in skills for name in (skill.name, *(alias.name for alias in skill.aliases.all()))),
        *(guide.title for guide in guides),
        *(shelf.name for shelf in shelves),
        *(entry.get_kind_display(), entry.get_cost_display(), entry.get_level_display(), language_name(entry.language)),
    ]
    return Document(
        pk=entry.pk,
        title=entry.name,
        names=tuple(filter(None, names)),
        text=without_addresses(f"{entry.summary}\n{entry.why}"),
        titles=(entry.name,),
        facets={
            "category": [shelf.slug for shelf in shelves],
            "form": [entry.kind],
            "cost": [entry.cost],
            "level": [entry.level],
            "language": [entry.language],
            "role": [guide.slug for guide in guides],
            "skill": [skill.slug for skill in skills],
        },
    )


def spoken_of(model, keys):
    """The condition on entries whose documents speak of these rows."""
    if model == "resources.category":
        return Q(category__in=keys) | Q(category__parent__in=keys)
    return Q(roles__in=keys) if model == "roles.role" else Q(skills__in=keys)


def touched(model, keys):
    """Entries whose documents speak of these rows; None for the keys stands for every row."""
    if model not in ("resources.category", "roles.role", "roles.skill"):
        return ()
    entries = Resource.objects.published().order_by("pk")
    if keys is not None:
        entries = entries.filter(spoken_of(model, keys)).distinct()
    return entries.values_list("pk", flat=True)


def register_kind():
    register(Kind(KIND, documents, pks, touched))
