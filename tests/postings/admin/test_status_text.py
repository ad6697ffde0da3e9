"""What the panel above the form says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.admin.postings.status_text import what_readers_see
from tests import factories
from tests.admin_pages import complete

pytestmark = pytest.mark.django_db


def test_days_are_counted_from_the_moment_asked_about():
    posting = complete(publish_at=timezone.now() - timedelta(days=90))
    assert "in 32 days" in what_readers_see(posting, timezone.now() - timedelta(days=2))


def test_a_posting_filled_after_its_closing_day_closed_on_that_day():
    posting = lifecycle.fill(factories.PostingFactory(closed=True), by=None)
    assert what_readers_see(posting).startswith("It closed on ")


def test_a_posting_filled_while_open_was_filled_then():
    posting = lifecycle.fill(factories.PostingFactory(), by=None)
    assert what_readers_see(posting).startswith("It was filled on ")
