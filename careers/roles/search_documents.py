"""Guides and skills as the search engine holds them."""

from django.db.models import Prefetch

from careers.search.documents import Document, DocumentKind, register, strip_link_targets

from .guide.contents import READ_KINDS
from .models import Article, Role, RoleSkill, Section, Skill

GUIDE, SKILL = "roles.role", "roles.skill"
READ_PARTS = (
    "alternate_titles",
    "items",
    "industries",
    Prefetch("sections", Section.objects.filter(kind__in=READ_KINDS)),
    Prefetch("articles", Article.objects.written().only("role", "title")),
    Prefetch("role_skills", RoleSkill.objects.select_related("skill").prefetch_related("skill__aliases")),
)
SPOKEN_OF = {SKILL: "skills__in", "roles.industry": "industries__in"}


# -- Guides


def guide_pks():
    return Role.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def guide_documents(pks):
    """Eight queries for any number of guides."""
    guides = Role.objects.published().filter(pk__in=pks).order_by("pk").prefetch_related(*READ_PARTS)
    return [guide_document(guide) for guide in guides]


def guide_document(guide):
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
        names=(*other_titles, *(name for skill in skills for name in names_of(skill))),
        text=strip_link_targets("\n".join(filter(None, [guide.summary, *prose]))),
        titles=(guide.title, *other_titles),
        facets={
            "role": [guide.slug],
            "skill": [skill.slug for skill in skills],
            "category": [industry.slug for industry in guide.industries.all()],
        },
    )


def names_of(skill):
    return [skill.name, *(alias.name for alias in skill.aliases.all())]


def guides_touched(model, keys):
    """Guides whose documents speak of these rows; None for the keys stands for every row."""
    if model not in SPOKEN_OF:
        return ()
    guides = Role.objects.published().order_by("pk")
    if keys is not None:
        guides = guides.filter(**{SPOKEN_OF[model]: keys}).distinct()
    return guides.values_list("pk", flat=True)


# -- Skills: to be suggested


def skill_pks():
    return Skill.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def skill_documents(pks):
    skills = Skill.objects.filter(pk__in=pks).order_by("pk").prefetch_related("aliases")
    return [Document(pk=skill.pk, title=skill.name, titles=tuple(names_of(skill))) for skill in skills]


def register_kinds():
    register(DocumentKind(GUIDE, guide_documents, guide_pks, guides_touched, facets=("role", "skill", "category")))
    register(DocumentKind(SKILL, skill_documents, skill_pks))
