"""Resources as documents of the search index."""

from django.db.models import Prefetch, Q

from careers.geo.languages import language_name
from careers.roles.models import Role, Skill
from careers.search.documents import Document, DocumentKind, register, strip_link_targets

from .models import Resource

KIND = "resources.resource"
RELATIONS = (
    Prefetch("roles", Role.objects.published().only("slug", "title")),
    Prefetch("skills", Skill.objects.prefetch_related("aliases")),
)


def pks():
    return Resource.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def documents(pks):
    """Four queries for any number of resources."""
    resources = Resource.objects.published().filter(pk__in=pks).select_related("category__parent").order_by("pk")
    return [document(resource) for resource in resources.prefetch_related(*RELATIONS)]


def document(resource):
    guides, skills = resource.roles.all(), resource.skills.all()
    categories = [category for category in (resource.category, resource.category.parent) if category]
    names = [
        resource.provider,
        *(name for skill in skills for name in (skill.name, *(alias.name for alias in skill.aliases.all()))),
        *(guide.title for guide in guides),
        *(category.name for category in categories),
        resource.get_kind_display(),
        resource.get_cost_display(),
        resource.get_level_display(),
        language_name(resource.language),
    ]
    return Document(
        pk=resource.pk,
        title=resource.name,
        names=tuple(filter(None, names)),
        text=strip_link_targets(f"{resource.summary}\n{resource.why}"),
        titles=(resource.name,),
        facets={
            "category": [category.slug for category in categories],
            "form": [resource.kind],
            "cost": [resource.cost],
            "level": [resource.level],
            "language": [resource.language],
            "role": [guide.slug for guide in guides],
            "skill": [skill.slug for skill in skills],
        },
    )


def _contains(model, keys):
    """The condition on resources whose documents contain these rows of another model."""
    if model == "resources.category":
        return Q(category__in=keys) | Q(category__parent__in=keys)
    return Q(roles__in=keys) if model == "roles.role" else Q(skills__in=keys)


def touched(model, keys):
    """Primary keys of the resources whose documents contain these rows of another model; None means all its rows."""
    if model not in ("resources.category", "roles.role", "roles.skill"):
        return ()
    resources = Resource.objects.published().order_by("pk")
    if keys is not None:
        resources = resources.filter(_contains(model, keys)).distinct()
    return resources.values_list("pk", flat=True)


def register_kind():
    facets = ("category", "form", "cost", "level", "language", "role", "skill")
    register(DocumentKind(KIND, documents, pks, touched, facets))
