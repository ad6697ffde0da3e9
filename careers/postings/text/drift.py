"""How far a posting and its template have gone apart, text field by text field. See docs/decisions/0020.

Three texts are compared: the base is the version the field was built from, with the values it was built with; theirs is
the newest version with what its blanks stand for now; mine is the posting's own text. That a closing day was extended
or an employer renamed is neither an edit nor a move of the template: each comparison uses one set of values throughout.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.db.models import TextChoices

from careers.postings.models import Posting, TemplateVersion

from .merge import merge
from .render import present_values, rendered


class Drift(TextChoices):
    AS_BUILT = "as_built", "As built"
    EDITED = "edited", "Edited here"
    MOVED = "moved", "Template has moved on"
    BOTH = "both", "Both"


@dataclass(frozen=True)
class Base:
    """What a text field was last built from."""

    version: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class FieldDrift:
    field: str
    state: Drift
    base: str
    theirs: str
    mine: str

    @property
    def label(self):
        return self.field.capitalize()

    @property
    def is_behind(self):
        """Whether the template would write something else here now, be it only a new closing day."""
        return self.theirs != self.mine

    @cached_property
    def merged(self):
        return merge(self.base, self.theirs, self.mine)


def base_of(posting, field):
    if own := posting.text_bases.get(field):
        return Base(**own)
    return Base(posting.template_version, posting.blank_values)


def drift_of(posting, versions: Mapping, answers: Mapping[str, str] | None = None) -> list[FieldDrift]:
    """[] for a posting without template, or whose version is not kept. `versions` as versions_for() gives them.

    `answers` are values for the template's own blanks which the posting does not have yet.
    """
    newest = versions.get((posting.template_id, posting.template.version)) if posting.template_id else None
    if newest is None:
        return []
    now = present_values(posting) | (answers or {})
    drifts = []
    for field in posting.TEXT_FIELDS:
        base = base_of(posting, field)
        if built_from := versions.get((posting.template_id, base.version)):
            drifts.append(compared(field, attrgetter(field), posting, built_from, newest, base.values, now))
    return drifts


def compared(field, text_of, posting, built_from, newest, then, now):
    mine, theirs, base = text_of(posting), rendered(text_of(newest), now), rendered(text_of(built_from), then)
    base_now = rendered(text_of(built_from), now)
    has_newest = mine in (theirs, rendered(text_of(newest), then))
    is_edited = not has_newest and mine not in (base, base_now)
    has_moved = not has_newest and theirs != base_now
    state = {
        (False, False): Drift.AS_BUILT,
        (True, False): Drift.EDITED,
        (False, True): Drift.MOVED,
        (True, True): Drift.BOTH,
    }[is_edited, has_moved]
    return FieldDrift(field, state, base, theirs, mine)


def versions_for(postings: Iterable[Posting]):
    """{(template, number): version} of all that these postings were built from and of the newest ones: one query."""
    built = [posting for posting in postings if posting.template_id]
    numbers = {base_of(posting, field).version for posting in built for field in posting.TEXT_FIELDS}
    numbers |= {posting.template.version for posting in built}
    kept = TemplateVersion.objects.filter(
        template__in={posting.template_id for posting in built}, number__in=numbers - {None}
    )
    return {(version.template_id, version.number): version for version in kept}


def with_what_drift_needs(postings):
    return postings.select_related("employer", "template").prefetch_related("places", "remote_countries")


def drifts_of(postings) -> list[tuple[Posting, list[FieldDrift]]]:
    """Each posting of the queryset that has a template, with its fields: four queries for any number."""
    built = list(with_what_drift_needs(postings.filter(template__isnull=False)))
    versions = versions_for(built)
    return [(posting, drift_of(posting, versions)) for posting in built]
