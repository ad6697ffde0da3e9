"""Check constraints asked together say what they say one by one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.postings.models import Posting

pytestmark = pytest.mark.django_db


def messages(exclude=None, **values):
    try:
        Posting(title="Pilot", **values).validate_constraints(exclude)
    except ValidationError as error:
        return error.messages
    return []


def test_checks_that_all_hold_are_one_query():
    with CaptureQueriesContext(connection) as queries:
        assert messages(pay_min=1, pay_max=2, pay_currency="EUR", pay_period="year") == []
    assert sum("SAVEPOINT" not in query["sql"] for query in queries) == 1


def test_each_check_that_is_broken_says_so():
    assert messages(pay_min=2, pay_max=1, closes_on=date(2030, 1, 1)) == [
        "The lower end of the pay is above the upper end.",
        "Pay needs a currency and a period.",
        "The closing moment follows from the closing day.",
    ]


def test_a_check_of_a_field_left_out_does_not_silence_the_others():
    assert messages(exclude=["closes_at"], pay_min=2, pay_max=1, pay_currency="EUR", pay_period="year") == [
        "The lower end of the pay is above the upper end."
    ]


def test_what_is_unknown_breaks_nothing():
    """As in the database: a comparison with an empty field is neither true nor false, and passes."""
    assert messages(pay_min=None, pay_max=5, pay_currency="EUR", pay_period="year", publish_at=timezone.now()) == []


def test_the_checks_are_still_among_the_models_constraints_afterwards():
    posting = Posting(title="Pilot")
    posting.validate_constraints()
    assert len(posting.get_constraints()[0][1]) == len(Posting._meta.constraints)
