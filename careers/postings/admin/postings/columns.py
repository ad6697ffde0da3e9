"""Columns of the list of postings."""

from django.utils.formats import date_format
from unfold.decorators import display

from careers.postings.admin.review import on_it, waiting
from careers.postings.dates import own_day

from .findings import advice_labels, blocking_labels
from .statistics import apply_total, save_total, view_total
from .status_text import COLOURS, closing_text


@display(description="state", label=COLOURS)
def state_label(posting):
    state = posting.state()
    return state, state.label


@display(description="closing day", ordering="closes_at")
def closing(posting):
    return closing_text(posting)


@display(description="opens", ordering="publish_at")
def opens(posting):
    return date_format(own_day(posting, posting.publish_at), "j M Y") if posting.publish_at else ""


@display(description="pay", ordering="pay_max")
def pay_text(posting):
    return str(posting.pay)


@display(description="source")
def source_name(posting):
    return posting.source or "Written here"


COUNTS = [view_total, apply_total, save_total]
LIST_COLUMNS = [
    "title", "employer", "role", state_label, closing, opens, pay_text, blocking_labels, advice_labels, *COUNTS,
]  # fmt: skip
QUEUE_COLUMNS = [
    "title", "employer", waiting, on_it, blocking_labels, advice_labels, source_name, closing, *COUNTS,
]  # fmt: skip
