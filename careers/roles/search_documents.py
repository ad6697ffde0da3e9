"""Documents of guides and skills for the search index."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Prefetch

from careers.search.documents import Document, DocumentKind, register, strip_link_targets

from .guide.sections import PUBLIC_KINDS
from .models import Article, Role, RoleSkill, Section, Skill

GUIDE, SKILL = "roles.role", "roles.skill"
PREFETCHES = (
    "alternate_titles",
    "items",
    "industries",
    Prefetch("sections", Section.objects.filter(kind__in=PUBLIC_KINDS)),
    Prefetch("articles", Article.objects.written().only("role", "title")),
    Prefetch("role_skills", RoleSkill.objects.select_related("skill").prefetch_related("skill__aliases")),
)
GUIDE_LOOKUPS = {SKILL: "skills__in", "roles.industry": "industries__in"}


# -- Guides


def guide_pks() -> Iterator[int]:
    return Role.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def guide_documents(pks: Iterable[int]) -> list[Document]:
    """Eight queries for any number of guides."""
    guides = Role.objects.published().filter(pk__in=pks).order_by("pk").prefetch_related(*PREFETCHES)
    return [guide_document(guide) for guide in guides]


def guide_document(guide: Role) -> Document:
    other_titles = tuple(other.title for other in guide.alternate_titles.all())
    skills = [row.skill for row in guide.role_skills.all()]
    prose = [
        *(part for section in guide.sections.all() for part in (section.heading, section.body)),
        *(part for item in guide.items.all() for part in (item.lead, item.text)),
        *(industry.name for industry in guide.industries.all()),
        *(article.title for article in guide.articles.all()),
    ]
    return Document(
        pk=guide.pk,
        title=guide.title,
        names=(*other_titles, *(name for skill in skills for name in skill_names(skill))),
        text=strip_link_targets("\n".join(filter(None, [guide.summary, *prose]))),
        titles=(guide.title, *other_titles),
        facets={
            "role": [guide.slug],
            "skill": [skill.slug for skill in skills],
            "category": [industry.slug for industry in guide.industries.all()],
        },
    )


def skill_names(skill: Skill) -> list[str]:
    return [skill.name, *(alias.name for alias in skill.aliases.all())]


def affected_guides(model: str, keys: Collection[int] | None) -> Iterable[int]:
    """Primary keys of the guides whose documents contain these rows of `model`; `keys` None means all rows."""
    if model not in GUIDE_LOOKUPS:
        return ()
    guides = Role.objects.published().order_by("pk")
    if keys is not None:
        guides = guides.filter(**{GUIDE_LOOKUPS[model]: keys}).distinct()
    return guides.values_list("pk", flat=True)


# -- Skills, for suggestions while typing


def skill_pks() -> Iterator[int]:
    return Skill.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def skill_documents(pks: Iterable[int]) -> list[Document]:
    skills = Skill.objects.filter(pk__in=pks).order_by("pk").prefetch_related("aliases")
    return [Document(pk=skill.pk, title=skill.name, titles=tuple(skill_names(skill))) for skill in skills]


def register_kinds() -> None:
    register(DocumentKind(GUIDE, guide_documents, guide_pks, affected_guides, facets=("role", "skill", "category")))
    register(DocumentKind(SKILL, skill_documents, skill_pks))
