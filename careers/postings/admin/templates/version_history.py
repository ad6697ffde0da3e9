"""The versions of a template with what changed in each."""

from itertools import pairwise
from typing import Any

from careers.core.diff import DiffLine, diff_lines
from careers.postings.models import PostingTemplate, TemplateVersion

VERSIONS_SHOWN = 20


def version_changes(template: PostingTemplate) -> list[tuple[TemplateVersion, list[tuple[str, list[DiffLine]]]]]:
    """The newest versions, each with the changed fields: (label, lines)."""
    versions: list[Any] = [*template.versions.select_related("made_by")[: VERSIONS_SHOWN + 1], None]
    changes = [(version, changed_fields(before, version)) for version, before in pairwise(versions)]
    return changes[:VERSIONS_SHOWN]


def changed_fields(before: TemplateVersion | None, after: TemplateVersion) -> list[tuple[str, list[DiffLine]]]:
    if before is None:
        return []
    changes = [(field, diff_lines(text_of(before, field), text_of(after, field))) for field in TemplateVersion.KEPT]
    return [("Locked fields" if field == "locked" else field.capitalize(), lines) for field, lines in changes if lines]


def text_of(version: TemplateVersion, field: str) -> str:
    content = getattr(version, field)
    return content if isinstance(content, str) else "\n".join(content)
