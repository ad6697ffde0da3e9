"""Updates postings: changed facts always, locked fields from each new version of the template, other fields on request."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from careers.core.models import clear_history_note, set_history_note
from careers.postings.checks.store import keep_findings
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.postings.permissions import require_act_permission
from careers.postings.text.drift import (
    Base,
    FieldDrift,
    VersionsByKey,
    posting_drift,
    template_versions,
    with_drift_relations,
)
from careers.postings.text.facts import refill, remember_bases, require_publishable_texts
from careers.postings.text.render import as_markdown, current_values, custom_values, render_text

State = Posting.State
UPDATED, UNDONE = "Updated from the template", "Undone: update from the template"


class Choice(TextChoices):
    """What an editor can do with a text field that differs from the template."""

    LEAVE = "leave", "Keep the posting's text"
    MERGE = "merge", "Merge both"
    TAKE = "take", "Use the template's text"


@dataclass
class SyncResult:
    """Postings whose locked fields were updated, and those that could not be, each with the reason."""

    updated: list[Posting] = field(default_factory=list)
    refused: list[tuple[Posting, str]] = field(default_factory=list)


# -- Facts


def refill_posting(posting: Posting, *, by, at: datetime | None = None, versions: VersionsByKey | None = None) -> bool:
    """Fills changed facts into the posting's text again, and saves it with its findings. Returns whether anything changed."""
    if not (fields := refill(posting, at, versions)):
        return False
    save_with_findings(posting, by=by, history_note=f"Facts filled in again: {', '.join(fields)}")
    return True


@transaction.atomic
def refill_employer(
    employer: Employer, before: str, *, by, at: datetime | None = None
) -> tuple[list[Posting], list[Posting]]:
    """After a change of the employer's name: the postings filled in again, and the others whose text has the name ``before``.

    Only those that readers see or may yet see.
    """
    postings = employer.postings.active(at) | employer.postings.readable(at)
    rows = list(with_drift_relations(postings).select_for_update(of=("self",)).order_by("pk"))
    versions, refilled, others = template_versions(rows), [], []
    spellings = {before, as_markdown("employer", before)}
    for posting in rows:
        if refill_posting(posting, by=by, at=at, versions=versions):
            refilled.append(posting)
        elif any(spelling in getattr(posting, field) for spelling in spellings for field in posting.TEXT_FIELDS):
            keep_findings(posting, at)
            others.append(posting)
    return refilled, others


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
    set_texts(posting, texts)
    save_with_findings(posting, by=by, history_note=note)
    return True


def set_texts(posting: Posting, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        setattr(posting, name, text)


def save_with_findings(posting: Posting, *, by, history_note: str) -> None:
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
            "The posting or its template has changed since you opened this page. Check the differences again."
        )
    if posting.state(at) not in State.ACTIVE:
        raise ValidationError("It has ended, so its text no longer changes.")
    custom = custom_values(new_values or {})
    drifts = {drift.field: drift for drift in posting_drift(posting, template_versions([posting]), custom)}
    if not drifts:
        raise ValidationError("It was not built from a template.")
    texts = {name: text_for_choice(drifts[name], choice) for name, choice in choices.items() if choice != Choice.LEAVE}
    if not texts:
        raise ValidationError("Choose at least one field.")
    require_publishable_texts(posting, texts, at)
    template = cast(PostingTemplate, posting.template)  # there is drift
    newest = Base(template.version, current_values(posting) | custom)
    remember_bases(posting, dict.fromkeys(texts, newest), newest)
    set_texts(posting, texts)
    refill(posting, at)
    note = f"{UPDATED} “{template.name}”, version {template.version}: {', '.join(texts)}"
    save_with_findings(posting, by=by, history_note=f"{note}. {reason.strip()}" if reason.strip() else note)
    return posting


def _locked(posting):
    fresh = Posting.objects.select_for_update(of=("self",)).select_related("employer", "template")
    try:
        return fresh.prefetch_related("places", "remote_countries").get(pk=posting.pk)
    except Posting.DoesNotExist as error:
        raise ValidationError("It has since been deleted.") from error


def text_for_choice(drift: FieldDrift, choice: Choice) -> str:
    if choice == Choice.TAKE:
        return drift.theirs
    if drift.merged.conflicts:
        raise ValidationError(
            f"“{drift.label}” was changed here and in the template in the same place. Use one of the two, or edit "
            "the text yourself."
        )
    return drift.merged.text


# -- Undoing


def last_update(posting: Posting):
    """The history entry of the newest update from the template, or None."""
    return posting.history.filter(history_change_reason__startswith=UPDATED).order_by("-history_date", "-pk").first()


def undo_refusal(posting: Posting, update) -> str:
    """Why this update cannot be undone; '' if it can."""
    if update is None:
        return "It was not updated from its template."
    if any(getattr(posting, name) != getattr(update, name) for name in (*posting.TEXT_FIELDS, "template_version")):
        return "The text has changed since the update, or someone has already undone the update. We did not change anything."
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
    set_texts(posting, texts)
    refill(posting)
    save_with_findings(posting, by=by, history_note=f"{UNDONE}. {reason.strip()}" if reason.strip() else UNDONE)
    return posting
