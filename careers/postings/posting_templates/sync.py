"""Bringing postings up to the newest version of their template: locked fields by themselves, others where an editor says so."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from careers.core.prose import is_blank
from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting
from careers.postings.permissions import refuse_without_right
from careers.postings.placeholders import blanks_in, spelled_out
from careers.postings.text.drift import Base, base_of, drift_of, versions_for, with_what_drift_needs
from careers.postings.text.render import own_values, present_values, rendered

State = Posting.State
READ_STATES = (State.LIVE, State.SCHEDULED)
OPEN_STATES = (State.DRAFT, State.IN_REVIEW, *READ_STATES)
UPDATED, UNDONE = "Updated from the template", "Undone: update from the template"


class Choice(TextChoices):
    LEAVE = "leave", "Leave as it is"
    MERGE = "merge", "Bring both together"
    TAKE = "take", "Take the template's text"


@dataclass
class Following:
    """The postings whose locked fields follow a template, and those that could not, each with the reason."""

    done: list[Posting] = field(default_factory=list)
    left: list[tuple[Posting, str]] = field(default_factory=list)


# -- Locked fields


def follow_template(template, *, by, at=None) -> Following:
    """The locked fields of its postings that have not ended become what the template says now."""
    following = Following()
    if not template.locked or not template.pk:
        return following
    postings = with_what_drift_needs(template.postings.active(at)).select_for_update(of=("self",)).order_by("pk")
    for posting in postings:
        posting.template = template
        try:
            if follow(posting, by=by, at=at):
                following.done.append(posting)
        except ValidationError as error:
            following.left.append((posting, " ".join(error.messages)))
    return following


def follow(posting, *, by, at=None):
    """Whether a locked field was out of step and is in step now. Raises ValidationError, and leaves all as it was."""
    if not posting.template_id or not posting.template.locked or posting.state(at) not in OPEN_STATES:
        return False
    template, values = posting.template, present_values(posting)
    texts = {name: rendered(getattr(template, name), values) for name in template.locked}
    texts = {name: text for name, text in texts.items() if text != getattr(posting, name)}
    if not texts:
        return False
    refuse_for_readers(posting, texts, at)
    bases = {name: asdict(Base(template.version, values)) for name in texts}
    posting.text_bases = posting.text_bases | bases
    keep(posting, texts, by, f"Follows the template “{template.name}”, version {template.version}: {', '.join(texts)}")
    return True


def out_of_step(posting, *, by, at=None):
    """Brings its locked fields in step after an act of another kind. '' or, where they had to stay, why."""
    try:
        follow(posting, by=by, at=at)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def refuse_for_readers(posting, texts, at):
    """What readers see, or will, does not get a text with blanks left, or lose its description."""
    if posting.state(at) not in READ_STATES:
        return
    if names := blanks_in(*texts.values()):
        raise ValidationError(f"Readers see it, and nothing is known for {spelled_out(names)}.")
    if is_blank(texts.get("description", posting.description)):
        raise ValidationError("Readers see it, and its description would be empty.")


def keep(posting, texts, by, reason):
    for name, text in texts.items():
        setattr(posting, name, text)
    posting._history_user, posting._change_reason = by, reason
    posting.save()
    keep_findings(posting)
    del posting._history_user, posting._change_reason  # a later save of the same object is another act


# -- Where an editor says so


def stamp(posting):
    """Changes with the texts and with the version: what an editor was shown is what is changed."""
    shown = [posting.template_id, posting.template and posting.template.version]
    shown += [getattr(posting, name) for name in posting.TEXT_FIELDS]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:24]


@transaction.atomic
def update_from_template(
    posting, *, choices: Mapping[str, Choice], by, answers: Mapping[str, str] | None = None, seen="", reason="", at=None
):
    """The text fields chosen, and no others, as chosen. `seen` is the stamp of what the editor was shown.

    Raises ValidationError with one sentence, and changes nothing: changed meanwhile, ended, or a merge that conflicts.
    """
    posting = locked(posting)
    refuse_without_right(by, "update", posting)
    if seen and seen != stamp(posting):
        raise ValidationError(
            "It or its template was changed since this page was shown. Look at the differences again."
        )
    if posting.state(at) not in OPEN_STATES:
        raise ValidationError("It has ended: its text stays as readers saw it.")
    answers = own_values(answers or {})
    drifts = {drift.field: drift for drift in drift_of(posting, versions_for([posting]), answers)}
    if not drifts:
        raise ValidationError("It has no template to be updated from.")
    texts = {name: chosen_text(drifts[name], choice) for name, choice in choices.items() if choice != Choice.LEAVE}
    if not texts:
        raise ValidationError("No field is chosen.")
    refuse_for_readers(posting, texts, at)
    rebase(posting, texts, Base(posting.template.version, present_values(posting) | answers))
    told = f"{UPDATED} “{posting.template.name}”, version {posting.template.version}: {', '.join(texts)}"
    keep(posting, texts, by, f"{told}. {reason.strip()}" if reason.strip() else told)
    return posting


def locked(posting):
    fresh = Posting.objects.select_for_update(of=("self",)).select_related("employer", "template")
    try:
        return fresh.prefetch_related("places", "remote_countries").get(pk=posting.pk)
    except Posting.DoesNotExist as error:
        raise ValidationError("It was deleted meanwhile.") from error


def chosen_text(drift, choice):
    if choice == Choice.TAKE:
        return drift.theirs
    if drift.merged.conflicts:
        raise ValidationError(
            f"“{drift.label}” was changed here and in the template in the same place: take one of them, or edit it by hand."
        )
    return drift.merged.text


def rebase(posting, fields, newest: Base):
    """The posting is built from `newest` now; fields that were left keep what they come from."""
    bases = {name: base_of(posting, name) for name in posting.TEXT_FIELDS} | dict.fromkeys(fields, newest)
    posting.template_version, posting.blank_values = newest.version, newest.values
    posting.text_bases = {name: asdict(base) for name, base in bases.items() if base != newest}


# -- Undoing


def last_update(posting):
    """The entry of history of the newest update from the template; None where there is none."""
    return posting.history.filter(history_change_reason__startswith=UPDATED).order_by("-history_date", "-pk").first()


def why_not_undone(posting, update):
    if update is None:
        return "It was not updated from its template."
    if any(getattr(posting, name) != getattr(update, name) for name in (*posting.TEXT_FIELDS, "template_version")):
        return "Its text was changed after the update, or the update is undone already: nothing was put back."
    return ""


@transaction.atomic
def undo_update(posting, *, by, reason=""):
    """Texts and version as before the newest update. Raises ValidationError where the text was edited since."""
    posting = locked(posting)
    refuse_without_right(by, "update", posting)
    update = last_update(posting)
    if refusal := why_not_undone(posting, update):
        raise ValidationError(refusal)
    before = update.prev_record
    held = posting.template.locked if posting.template else []
    texts = {name: getattr(before, name) for name in posting.TEXT_FIELDS if name not in held}
    for name in ("template_version", "blank_values", "text_bases"):
        setattr(posting, name, getattr(before, name))
    keep(posting, texts, by, f"{UNDONE}. {reason.strip()}" if reason.strip() else UNDONE)
    return posting
