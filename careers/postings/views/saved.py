"""Saved jobs. The list is stored in the reader's browser; these views show the jobs on it and count each save."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from careers.core.forms import FilterForm
from careers.postings.dates import closing_words
from careers.postings.models import CLOSING_SOON_DAYS, Posting
from careers.postings.stats import collector

State = Posting.State
MAX_SAVED = 100  # as in static/js/saved.js
STATE_COLUMNS = ("status", "time_zone", "closes_on", "closes_at", "closed_at", "filled_at", "withdrawn_at")
NOT_SHOWN = State.BEFORE_OPENING


class IdsField(forms.Field):
    """Repeated row numbers, in their order; anything else is dropped."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        numbers = [int(text) for text in value or [] if text.isascii() and text.isdecimal() and len(text) < 19]
        return list(dict.fromkeys(numbers))[:MAX_SAVED]


class SavedForm(FilterForm):
    id = IdsField(required=False)


@dataclass(frozen=True)
class SavedJob:
    """A saved posting today. `cards` holds the posting, or is empty where it has no public page; then `note` says why."""

    pk: int
    cards: list[Posting]
    note: str = ""
    closes_soon: bool = False

    @classmethod
    def from_posting(cls, pk: int, posting: Any, at: datetime) -> "SavedJob":
        """`posting` is None where there is none with this key."""
        state = posting.state(at) if posting else State.DRAFT
        if state in NOT_SHOWN:
            return cls(pk, [], "We can’t find this job.")
        if state == State.LIVE:
            soon = bool(posting.closes_at and posting.closes_at <= at + timedelta(days=CLOSING_SOON_DAYS))
            posting.card_note = f"Closes {closing_words(posting)}." if soon else ""
            return cls(pk, [posting], closes_soon=soon)
        if posting.is_readable(at):
            posting.card_has_ended = True
            posting.card_note = "This job has been filled." if state == State.FILLED else "This job is closed."
            return cls(pk, [posting])
        gone = state in (State.WITHDRAWN, State.REJECTED)
        return cls(pk, [], "This job was withdrawn." if gone else "This job closed and its page has been removed.")


def saved_jobs(ids: list[int], at: datetime) -> list[SavedJob]:
    known = Posting.objects.filter(pk__in=ids).for_cards(*STATE_COLUMNS).in_bulk()
    return [SavedJob.from_posting(pk, known.get(pk), at) for pk in ids]


@require_safe
@never_cache
def posting_saved(request):
    """Cards of the postings that saved.js asks for: ?id=7&id=3."""
    jobs = saved_jobs(SavedForm(request.GET).criteria["id"], timezone.now())
    context = {"jobs": jobs, "closing": [job for job in jobs if job.closes_soon], "closing_days": CLOSING_SOON_DAYS}
    return render(request, "postings/posting_saved.html", context)


@require_safe
@never_cache
def save_token(request):
    """The CSRF token for `posting_save`. It is not part of the pages, so that these can be cached for everyone."""
    return JsonResponse({"token": get_token(request)})


@require_POST
def posting_save(request, pk):
    get_object_or_404(Posting.objects.live(), pk=pk)
    collector.count_event(collector.Kind.SAVE, pk, request)
    return HttpResponse(status=204)
