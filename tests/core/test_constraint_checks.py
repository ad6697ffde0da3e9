"""Check constraints asked together say what they say one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.postings.models import Posting

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def messages(exclude=None, **values):
    try:
        Posting(title="Pilot", **values).validate_constraints(exclude)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize("exclude", [None, ["closes_at", "status"]])
def test_checks_that_all_hold_are_one_query(exclude):
    with CaptureQueriesContext(connection) as queries:
        assert messages(exclude, pay_min=1, pay_max=2, pay_currency="EUR", pay_period="year") == []
    assert sum("SAVEPOINT" not in query["sql"] for query in queries) == 1


def test_each_check_that_is_broken_says_so():
    assert messages(pay_min=2, pay_max=1, closes_on=date(2030, 1, 1)) == [
        "“Pay from” is higher than “pay to”. Enter the lower amount first.",
        "Choose a currency and a period for the pay, for example EUR per year.",
        "The closing time is set from the closing day. Change the closing day instead.",
    ]


def test_a_check_of_a_field_left_out_does_not_silence_the_others():
    assert messages(exclude=["closes_at"], pay_min=2, pay_max=1, pay_currency="EUR", pay_period="year") == [
        "“Pay from” is higher than “pay to”. Enter the lower amount first."
    ]


def test_what_is_unknown_breaks_nothing():
    """As in the database: a comparison with an empty field is neither true nor false, and passes."""
    assert messages(pay_min=None, pay_max=5, pay_currency="EUR", pay_period="year", publish_at=timezone.now()) == []


def test_the_checks_are_still_among_the_models_constraints_afterwards():
    posting = Posting(title="Pilot")
    posting.validate_constraints()
    assert len(posting.get_constraints()[0][1]) == len(Posting._meta.constraints)


PAID = {"pay_min": 1, "pay_currency": "EUR", "pay_period": "year"}
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
CLOSING = {"closes_on": NOON.date(), "closes_at": NOON}


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (PAID | {"pay_max": 1}, []),
        (PAID | {"pay_currency": ""}, ["Choose a currency and a period for the pay, for example EUR per year."]),
        (PAID | {"pay_period": ""}, ["Choose a currency and a period for the pay, for example EUR per year."]),
        (PAID | {"pay_min": None, "pay_max": 1, "pay_period": ""}, ["Choose a currency and a period for the pay, "
        "for example EUR per year."]),
        (PAID | {"pay_min": 0}, ["Enter an amount above zero, or leave both fields empty if the pay is not stated."]),
        (PAID | {"pay_max": 0}, ["“Pay from” is higher than “pay to”. Enter the lower amount first.",
                                 "Enter an amount above zero, or leave both fields empty if the pay is not stated."]),
        (CLOSING, []),
        ({"closes_at": NOON}, ["The closing time is set from the closing day. Change the closing day instead."]),
        (CLOSING | {"publish_at": NOON}, ["The posting would close before it opens. Choose a later closing day or "
        "an earlier opening time."]),
        (CLOSING | {"publish_at": NOON - timedelta(microseconds=1)}, []),
        ({"status": "published"}, ["Enter the day and time when visitors can first see the posting."]),
        ({"remote_offset_from": 60, "remote_offset_to": 60}, []),
    ],
)  # fmt: skip
def test_a_posting_that_says_half_or_contradicts_itself_is_refused_with_a_sentence(values, sentences):
    assert messages(**values) == sentences


@pytest.mark.parametrize(
    "values", [{"remote_offset_from": 60}, {"remote_offset_to": 60}, {"remote_offset_from": 60, "remote_offset_to": 0}]
)
def test_a_span_of_time_zones_has_both_ends_the_western_first(values):
    [sentence] = messages(**values)
    assert sentence.startswith("Enter both time zones, the western one first.")
