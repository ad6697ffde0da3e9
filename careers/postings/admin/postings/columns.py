"""Columns of the list of postings: at most seven, so that they fit on a screen. Some cells have a second line."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from unfold.decorators import display

from careers.postings.admin.review import on_it, waiting
from careers.postings.checks import Severity
from careers.postings.dates import own_day
from careers.postings.models import Posting

from .findings import finding_labels
from .status_text import COLOURS, closing_text


def two_lines(first: object, second: object) -> str:
    return format_html('{}<span class="cell-more">{}</span>', first, second) if second else format_html("{}", first)


@display(description="title", ordering="title")
def title_and_employer(posting):
    more = filter(None, (posting.employer.name, posting.role and f"guide: {posting.role.title}"))
    return two_lines(posting.title, " · ".join(more))


@display(description="state", label=COLOURS)
def state_label(posting):
    state = posting.state()
    return state, state.label


@display(description="closing day", ordering="closes_at")
def closing_and_opening(posting):
    return two_lines(closing_text(posting) or "No closing day", opening_text(posting))


def opening_text(posting):
    if not posting.publish_at:
        return ""
    word = "opens" if posting.state() in Posting.State.BEFORE_OPENING else "opened"
    return f"{word} {date_format(own_day(posting, posting.publish_at))}"


@display(description="pay", ordering="pay_max")
def pay_text(posting):
    return str(posting.pay) or "Not stated"


@display(description="checks")
def finding_names(posting):
    rows = [("is-blocking", label) for label in finding_labels(posting, Severity.BLOCKING)]
    rows += [("", label) for label in finding_labels(posting, Severity.ADVISORY)]
    return _listed(rows) if rows else "No problems"


def _listed(rows: Iterable[tuple[str, str]]) -> str:
    items = format_html_join("", '<li class="{}">{}</li>', rows)
    return format_html('<ul class="cell-findings">{}</ul>', items)


@display(description="views", ordering="viewed")
def visits(posting):
    return two_lines(f"{posting.viewed:,}", f"{posting.applied:,} apply clicks, {posting.saved:,} saves")


@display(description="source")
def source_name(posting):
    return posting.source or "Written here"


LIST_COLUMNS = [title_and_employer, state_label, closing_and_opening, pay_text, finding_names, visits]
QUEUE_COLUMNS = [title_and_employer, waiting, on_it, finding_names, source_name, closing_and_opening]
