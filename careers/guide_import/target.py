"""The guide an article goes into, and the source row of the article itself."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.core.urls import validate_public_address
from careers.occupations.models import Source
from careers.roles.models import Role

NEW_EDITION = " (new edition)"
OPEN = (Role.Status.DRAFT, Role.Status.IN_REVIEW)
UNKNOWN_PUBLISHER = "Unknown publisher"


@dataclass(frozen=True)
class About:
    """What is known of an article besides its text."""

    role: str
    publisher: str = ""
    title: str = ""
    year: str = ""
    address: str = ""

    def completed(self, draft, name=""):
        """With what the article says of itself, where nothing was given."""
        address = self.address or draft.address
        return replace(
            self,
            publisher=(self.publisher or draft.publisher or host_of(address) or UNKNOWN_PUBLISHER)[:200],
            title=(self.title or draft.title or name or f"Article about {self.role}")[:300],
            address=public(address),
        )


def host_of(address):
    return (urlsplit(address).hostname or "").removeprefix("www.")


def public(address):
    """An address that visitors could open; '' for any other."""
    try:
        validate_public_address(address)
    except ValidationError:
        return ""
    return address if len(address) <= 500 and urlsplit(address).scheme in ("http", "https") else ""


def guide_for(title, *, lock=False):
    """(guide, note): an open guide of that title or a new one. What readers see is never written to: it gets a companion."""
    title = " ".join(title.split())
    roles = Role.objects.select_for_update() if lock else Role.objects
    found = roles.filter(title__iexact=title).first()
    if found is None:
        return Role(title=title), ""
    if found.status in OPEN:
        return found, ""
    longest = Role._meta.get_field("title").max_length - len(NEW_EDITION) - 3
    for number in ("", *range(2, 100)):
        companion = f"{title[:longest].strip()}{NEW_EDITION}{f' {number}' if number else ''}"
        other = roles.filter(title__iexact=companion).first()
        if other is None or other.status in OPEN:
            status = found.get_status_display().lower()
            return other or Role(
                title=companion
            ), f"The guide “{found}” is {status}, so all goes to the draft “{companion}”."
    raise ValidationError(f"There are too many new editions of “{title}”.")


def source_of(about):
    """The source row of an article: the one there is, or a new one, not yet saved."""
    known = {"publisher": about.publisher, "title": about.title, "release": about.year[:100]}
    found = Source.objects.filter(**known).first()
    return found or Source(**known, url=about.address, retrieved_on=timezone.localdate())


def named_source(named, kind):
    """The source a figure names: a row of that publisher for that year, or a new one, not yet saved."""
    title = named.title or f"{kind}, as quoted in articles"
    known = {"publisher": named.publisher[:200], "title": title[:300], "release": named.year}
    found = Source.objects.filter(
        publisher__iexact=known["publisher"], title__iexact=known["title"], release=known["release"]
    ).first()
    return found or Source(**known)
