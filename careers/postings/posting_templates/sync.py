"""Updates postings from the newest version of their template: locked fields always, other fields when an editor chooses."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from careers.core.models import clear_history_note, set_history_note
from careers.core.prose import is_blank
from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting, PostingTemplate
from careers.postings.permissions import require_act_permission
from careers.postings.placeholders import format_placeholders, placeholders_in
from careers.postings.text.drift import (
    Base,
    FieldDrift,
    field_base,
    posting_drift,
    template_versions,
    with_drift_relations,
)
from careers.postings.text.render import current_values, custom_values, render_text

State = Posting.State
UPDATED, UNDONE = "Updated from the template", "Undone: update from the template"


class Choice(TextChoices):
    """What an editor can do with a text field that differs from the template."""

    LEAVE = "leave", "Leave as it is"
    MERGE = "merge", "Bring both together"
    TAKE = "take", "Take the template's text"


@dataclass
class SyncResult:
    """Postings whose locked fields were updated, and those that could not be, each with the reason."""

    updated: list[Posting] = field(default_factory=list)
    refused: list[tuple[Posting, str]] = field(default_factory=list)


# -- Locked fields


def sync_locked_fields(template: PostingTemplate, *, by, at: datetime | None = None) -> SyncResult:
    """Updates the locked fields of the template's active postings."""
    result = SyncResult()
    if not template.locked or not template.pk:
        return result
    postings = with_drift_relations(template.postings.active(at)).select_for_update(of=("self",)).order_by("pk")
    for posting in postings:
        posting.template = template
        try:
            if sync_posting(posting, by=by, at=at):
                result.updated.append(posting)
        except ValidationError as error:
            result.refused.append((posting, " ".join(error.messages)))
    return result


def sync_posting(posting: Posting, *, by, at: datetime | None = None) -> bool:
    """Updates the locked fields of one posting and its findings. Returns whether anything changed.

    Raises ValidationError, and changes nothing, when readers would see an unfit text.
    """
    template = posting.template
    if template is None or not template.locked or posting.state(at) not in State.ACTIVE:
        return False
    values = current_values(posting)
    texts = {name: render_text(getattr(template, name), values) for name in template.locked}
    texts = {name: text for name, text in texts.items() if text != getattr(posting, name)}
    if not texts:
        return False
    require_publishable_texts(posting, texts, at)
    bases = {name: asdict(Base(template.version, values)) for name in texts}
    posting.text_bases = posting.text_bases | bases
    note = f"Follows the template “{template.name}”, version {template.version}: {', '.join(texts)}"
    save_texts(posting, texts, by=by, history_note=note)
    return True


def require_publishable_texts(posting: Posting, texts: Mapping[str, str], at: datetime | None) -> None:
    """A live or scheduled posting must not get unfilled placeholders or lose its description. Raises ValidationError."""
    if posting.state(at) not in State.LIVE_OR_SCHEDULED:
        return
    if names := placeholders_in(*texts.values()):
        raise ValidationError(f"Readers see it, and nothing is known for {format_placeholders(names)}.")
    if is_blank(texts.get("description", posting.description)):
        raise ValidationError("Readers see it, and its description would be empty.")


def save_texts(posting: Posting, texts: Mapping[str, str], *, by, history_note: str) -> None:
    for name, text in texts.items():
        setattr(posting, name, text)
    set_history_note(posting, by=by, reason=history_note)
    posting.save()
    keep_findings(posting)
    clear_history_note(posting)


# -- Updates chosen by an editor


def content_hash(posting: Posting) -> str:
    """Changes with the posting's texts and its template's version; tells whether an editor saw the current state."""
    content = [posting.template_id, posting.template and posting.template.version]
    content += [getattr(posting, name) for name in posting.TEXT_FIELDS]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:24]


@transaction.atomic
def update_from_template(
    posting: Posting,
    *,
    choices: Mapping[str, Choice],
    by,
    new_values: Mapping[str, str] | None = None,
    seen: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Posting:
    """Updates the chosen text fields. ``seen`` is the content_hash() the editor was shown; '' skips that check.

    ``new_values`` are values for the template's own placeholders. Raises ValidationError with one sentence, and changes
    nothing, if the posting has changed or ended or if a merge has conflicts.
    """
    posting = _locked(posting)
    require_act_permission(by, "update", posting)
    if seen and seen != content_hash(posting):
        raise ValidationError(
            "It or its template was changed since this page was shown. Look at the differences again."
        )
    if posting.state(at) not in State.ACTIVE:
        raise ValidationError("It has ended: its text stays as readers saw it.")
    custom = custom_values(new_values or {})
    drifts = {drift.field: drift for drift in posting_drift(posting, template_versions([posting]), custom)}
    if not drifts:
        raise ValidationError("It has no template to be updated from.")
    texts = {name: text_for_choice(drifts[name], choice) for name, choice in choices.items() if choice != Choice.LEAVE}
    if not texts:
        raise ValidationError("No field is chosen.")
    require_publishable_texts(posting, texts, at)
    template = cast(PostingTemplate, posting.template)  # there is drift
    update_text_bases(posting, texts, Base(template.version, current_values(posting) | custom))
    note = f"{UPDATED} “{template.name}”, version {template.version}: {', '.join(texts)}"
    save_texts(posting, texts, by=by, history_note=f"{note}. {reason.strip()}" if reason.strip() else note)
    return posting


def _locked(posting):
    fresh = Posting.objects.select_for_update(of=("self",)).select_related("employer", "template")
    try:
        return fresh.prefetch_related("places", "remote_countries").get(pk=posting.pk)
    except Posting.DoesNotExist as error:
        raise ValidationError("It was deleted meanwhile.") from error


def text_for_choice(drift: FieldDrift, choice: Choice) -> str:
    if choice == Choice.TAKE:
        return drift.theirs
    if drift.merged.conflicts:
        raise ValidationError(
            f"“{drift.label}” was changed here and in the template in the same place: take one of them, or edit it by hand."
        )
    return drift.merged.text


def update_text_bases(posting: Posting, fields: Iterable[str], newest: Base) -> None:
    """Records that ``fields`` come from ``newest``; the other fields keep the base they have."""
    bases = {name: field_base(posting, name) for name in posting.TEXT_FIELDS} | dict.fromkeys(fields, newest)
    posting.template_version, posting.blank_values = newest.version, newest.values
    posting.text_bases = {name: asdict(base) for name, base in bases.items() if base != newest}


# -- Undoing


def last_update(posting: Posting):
    """The history entry of the newest update from the template, or None."""
    return posting.history.filter(history_change_reason__startswith=UPDATED).order_by("-history_date", "-pk").first()


def undo_refusal(posting: Posting, update) -> str:
    """Why this update cannot be undone; '' if it can."""
    if update is None:
        return "It was not updated from its template."
    if any(getattr(posting, name) != getattr(update, name) for name in (*posting.TEXT_FIELDS, "template_version")):
        return "Its text was changed after the update, or the update is undone already: nothing was put back."
    return ""


@transaction.atomic
def undo_update(posting: Posting, *, by, reason: str = "") -> Posting:
    """Restores texts and template version from before the newest update. Raises ValidationError if edited since."""
    posting = _locked(posting)
    require_act_permission(by, "update", posting)
    update = last_update(posting)
    if refusal := undo_refusal(posting, update):
        raise ValidationError(refusal)
    before = update.prev_record
    locked_fields = posting.template.locked if posting.template else []
    texts = {name: getattr(before, name) for name in posting.TEXT_FIELDS if name not in locked_fields}
    for name in ("template_version", "blank_values", "text_bases"):
        setattr(posting, name, getattr(before, name))
    save_texts(posting, texts, by=by, history_note=f"{UNDONE}. {reason.strip()}" if reason.strip() else UNDONE)
    return posting
