"""The history of a row with that of its parts, which have history tables of their own."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.urls import NoReverseMatch, reverse

from careers.core.ids import is_row_id

ACTS = {"+": "Added", "~": "Changed", "-": "Deleted"}
UNSAID = {"created_at", "updated_at"}


@dataclass(frozen=True)
class RelatedChange:
    at: datetime
    kind: str
    name: str
    act: str
    fields: str
    by: str
    reason: str
    url: str
    version: int  # of the history entry


def related_changes(parts, whole, pk, *, limit=100):
    """The newest changes of the parts of one row, newest first; a fixed number of queries.

    `parts` are models with a history, `whole` the name of their key to the row. A part without an admin page has no address.
    """
    changes = [change for model in parts for change in changes_of_model(model, {f"{whole}_id": pk}, limit)]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:limit]


def changes_of_model(model, of_row, limit):
    versions = model.history.filter(**of_row).select_related("history_user")
    versions = versions.order_by("id", "-history_date", "-history_id")
    newest = set(model.history.filter(**of_row).order_by("-history_date").values_list("history_id", flat=True)[:limit])
    for version, earlier in pairwise([*versions, None]):
        if version.history_id in newest:
            same = earlier is not None and earlier.id == version.id
            yield RelatedChange(
                at=version.history_date,
                kind=str(model._meta.verbose_name),
                name=str(version.instance),
                act=ACTS[version.history_type],
                fields=changed_fields(model, version, earlier) if same and version.history_type == "~" else "",
                by=str(version.history_user or ""),
                reason=version.history_change_reason or "",
                url=_address(model, version),
                version=version.history_id,
            )


def _address(model, version):
    try:
        view = f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history"
        return reverse(view, args=[version.id, version.history_id])
    except NoReverseMatch:
        return ""


def changed_fields(model, version, earlier):
    names = [
        str(field.verbose_name)
        for field in model._meta.concrete_fields
        if field.name not in UNSAID and getattr(version, field.attname) != getattr(earlier, field.attname)
    ]
    return ", ".join(names)


class RelatedHistoryMixin:
    """Admin of a row written together with its parts: `history_related` are models whose key `history_parent` names the row."""

    object_history_template = "admin/careers/history_with_parts.html"
    history_related = ()
    history_parent = ""

    def history_view(self, request, object_id, extra_context=None):
        changes = related_changes(self.history_related, self.history_parent, object_id) if is_row_id(object_id) else []
        return super().history_view(request, object_id, {**(extra_context or {}), "part_changes": changes})
