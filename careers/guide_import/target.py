"""Rows of the database that an import starts from: the guide, the sources, and the known skills and industries."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.core.urls import host_name, http_url, validate_public_url
from careers.occupations.models import Source
from careers.roles.models import Industry, Role, Skill, SkillAlias
from careers.roles.permissions import OPEN_STATUSES

from .draft import ArticleDraft
from .extract.citations import NamedSource
from .extract.skills import Vocabulary

NEW_EDITION = " (new edition)"
UNKNOWN_PUBLISHER = "Unknown publisher"
# Characters; leaves room for “ (new edition) 99”.
MAX_BASE_TITLE = (Role._meta.get_field("title").max_length or 0) - len(NEW_EDITION) - 3


@dataclass(frozen=True)
class ArticleDetails:
    """What the person who imports an article enters beside its text. `role` is the title of the guide."""

    role: str
    publisher: str = ""
    title: str = ""
    year: str = ""
    address: str = ""

    def completed_from(self, draft: ArticleDraft, name: str = "") -> "ArticleDetails":
        """Empty details are taken from the article itself."""
        address = self.address or draft.address
        return replace(
            self,
            publisher=(self.publisher or draft.publisher or host_name(address) or UNKNOWN_PUBLISHER)[:200],
            title=(self.title or draft.title or name or f"Article about {self.role}")[:300],
            address=public_address(address),
        )


def public_address(address: str) -> str:
    """The address if visitors can open it, else ''."""
    try:
        validate_public_url(address)
    except ValidationError:
        return ""
    return http_url(address) if len(address) <= 500 else ""


def find_guide(title: str, *, lock: bool = False) -> tuple[Role, str]:
    """(guide, note): the open guide of that title, or a new one. A published or archived guide gets a new edition instead."""
    title = " ".join(title.split())
    roles = Role.objects.select_for_update() if lock else Role.objects
    found = roles.filter(title__iexact=title).first()
    if found is None:
        return Role(title=title), ""
    if found.status in OPEN_STATUSES:
        return found, ""
    for number in ("", *range(2, 100)):
        new_edition = f"{title[:MAX_BASE_TITLE].strip()}{NEW_EDITION}{f' {number}' if number else ''}"
        other = roles.filter(title__iexact=new_edition).first()
        if other is None or other.status in OPEN_STATUSES:
            status = found.get_status_display().lower()
            return other or Role(
                title=new_edition
            ), f"The guide “{found}” is {status}, so everything goes to the draft “{new_edition}”."
    raise ValidationError(f"There are too many new editions of “{title}”.")


def source_of_article(details: ArticleDetails) -> Source:
    """The existing source of an article, or a new one that is not yet saved."""
    values = {"publisher": details.publisher, "title": details.title, "release": details.year[:100]}
    found = Source.objects.filter(**values).first()
    return found or Source(**values, url=details.address, retrieved_on=timezone.localdate())


def source_of_figure(named: NamedSource, kind: str) -> Source:
    """The existing source of that publisher, title and year, or a new one that is not yet saved."""
    title = named.title or f"{kind}, as quoted in articles"
    values = {"publisher": named.publisher[:200], "title": title[:300], "release": named.year}
    found = Source.objects.filter(
        publisher__iexact=values["publisher"], title__iexact=values["title"], release=values["release"]
    ).first()
    return found or Source(**values)


def known_vocabulary() -> Vocabulary:
    skills = dict(SkillAlias.objects.values_list("name", "skill__name"))
    skills |= {name: name for name in Skill.objects.values_list("name", flat=True)}
    return Vocabulary(skills, tuple(Industry.objects.values_list("name", flat=True)))
