"""Differences between a posting's text fields and its template. See docs/decisions/0020.

Three texts are compared for each field. ``base`` is the template version the field was built from, filled in with the values
of that time. ``theirs`` is the newest version, filled in with the current values. ``mine`` is the posting's own text. Each
comparison fills both sides in with the same values, so that a new closing day or employer name does not count as an edit
or as a change of the template.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.db.models import QuerySet, TextChoices

from careers.postings.models import Posting, TemplateVersion

from .merge import Merge, merge
from .render import current_values, render_text

VersionsByKey = Mapping[tuple[int | None, int | None], TemplateVersion]  # by (template pk, version number)


class DriftState(TextChoices):
    AS_BUILT = "as_built", "As built"
    EDITED = "edited", "Edited in posting"
    MOVED = "moved", "Template changed"
    BOTH = "both", "Both"


@dataclass(frozen=True)
class Base:
    """The template version and the placeholder values a text field was last built from."""

    version: int | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class FieldDrift:
    field: str
    state: DriftState
    base: str
    theirs: str
    mine: str

    @property
    def label(self) -> str:
        return self.field.capitalize()

    @property
    def is_behind(self) -> bool:
        """Whether building the field now would give another text, be it only for a new closing day."""
        return self.theirs != self.mine

    @cached_property
    def merged(self) -> Merge:
        return merge(self.base, self.theirs, self.mine)


def field_base(posting: Posting, field: str) -> Base:
    if own := posting.text_bases.get(field):
        return Base(**own)
    return Base(posting.template_version, posting.blank_values)


def posting_drift(
    posting: Posting, versions: VersionsByKey, new_values: Mapping[str, str] | None = None
) -> list[FieldDrift]:
    """Each text field with its drift; [] without a template, or when its newest version was not stored.

    ``versions`` comes from template_versions(). ``new_values`` are values for the template's own placeholders that the posting
    does not have yet.
    """
    template = posting.template
    newest = versions.get((template.pk, template.version)) if template else None
    if newest is None:
        return []
    now = current_values(posting) | dict(new_values or {})
    drifts = []
    for field in posting.TEXT_FIELDS:
        base = field_base(posting, field)
        if built_from := versions.get((posting.template_id, base.version)):
            drifts.append(compare_field(field, posting, built_from, newest, base.values, now))
    return drifts


def compare_field(
    field: str,
    posting: Posting,
    built_from: TemplateVersion,
    newest: TemplateVersion,
    then: Mapping[str, str],
    now: Mapping[str, str],
) -> FieldDrift:
    """``then`` are the placeholder values the field was built with, ``now`` the current ones."""
    text_of: Callable[..., str] = attrgetter(field)
    mine, theirs, base = text_of(posting), render_text(text_of(newest), now), render_text(text_of(built_from), then)
    base_now = render_text(text_of(built_from), now)
    has_newest = mine in (theirs, render_text(text_of(newest), then))
    is_edited = not has_newest and mine not in (base, base_now)
    has_moved = not has_newest and theirs != base_now
    state = {
        (False, False): DriftState.AS_BUILT,
        (True, False): DriftState.EDITED,
        (False, True): DriftState.MOVED,
        (True, True): DriftState.BOTH,
    }[is_edited, has_moved]
    return FieldDrift(field, state, base, theirs, mine)


def template_versions(postings: Iterable[Posting]) -> VersionsByKey:
    """The versions these postings were built from and the newest version of each template; one query."""
    built = [posting for posting in postings if posting.template_id]
    numbers = {field_base(posting, field).version for posting in built for field in posting.TEXT_FIELDS}
    numbers |= {posting.template.version for posting in built if posting.template}
    versions = TemplateVersion.objects.filter(
        template__in={posting.template_id for posting in built}, number__in=numbers - {None}
    )
    return {(version.template_id, version.number): version for version in versions}


def with_drift_relations(postings: QuerySet) -> QuerySet:
    return postings.select_related("employer", "template").prefetch_related("places", "remote_countries")


def drift_by_posting(postings: QuerySet) -> list[tuple[Posting, list[FieldDrift]]]:
    """Each posting of the queryset that has a template, with its drift; four queries for any number of postings."""
    built = list(with_drift_relations(postings.filter(template__isnull=False)))
    versions = template_versions(built)
    return [(posting, posting_drift(posting, versions)) for posting in built]
