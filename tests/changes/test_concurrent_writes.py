"""Several people at once, each with a connection of their own."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from careers.changes import counter
from careers.page_cache.store import PAGE_STORE
from careers.postings.models import Posting
from careers.roles.models import Industry
from tests import factories
from tests.chaos import many

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.chaos]


def test_numbers_have_no_gaps_and_follow_the_commits(at_once):
    """Whoever reads N on the clock finds all changes up to N in the log."""
    writers, turns, done = 3, many(8, chaos=200), []
    numbers, start = [], counter.current_number()

    def write():
        name = threading.current_thread().name
        for turn in range(turns):
            with transaction.atomic():
                Industry.objects.create(name=f"{name} {turn}", slug=f"{name}-{turn}")
        done.append(name)

    def read():
        while len(done) < writers:
            now = counter.current_number()
            logged = {change.number for change in counter.changes_since(start)}
            assert set(range(start + 1, now + 1)) <= logged
        numbers.extend(
            change.number for change in counter.changes_since(start) if change.key
        )  # but what emptying the tables left

    at_once(*[write] * writers, read)
    assert numbers == list(range(numbers[0], numbers[0] + writers * turns))


def test_no_page_is_ever_older_than_the_last_edit(at_once):
    """Each reader asks after some edit was committed, and must see that edit or a later one."""
    posting = factories.PostingFactory(title="Edit 0")
    address, edits, committed = "/jobs/", many(12, chaos=200), [0]
    from_memory = []

    def write():
        for edit in range(1, edits + 1):
            Posting.objects.filter(pk=posting.pk).update(title=f"Edit {edit}")
            committed[0] = edit

    def read():
        client = Client()
        while True:
            least = committed[0]
            page = client.get(address).content.decode()
            from_memory.append(len(PAGE_STORE))
            shown = int(re.search(r"Edit (\d+)", page)[1])
            assert shown >= least
            if least == edits:
                return

    at_once(write, read, read, read)
    assert any(from_memory)


def test_no_page_outlives_an_opening_or_a_closing(at_once):
    """Postings open and close while readers ask; what was shown fits some instant of the request."""
    start = timezone.now()
    postings = factories.PostingFactory.create_batch(4)
    for number, posting in enumerate(postings):
        turn = start + timedelta(milliseconds=400 + 150 * number)
        opens = {"publish_at": turn} if number % 2 else {"closes_on": turn.date(), "closes_at": turn}
        Posting.objects.filter(pk=posting.pk).update(title=f"Opening {number}", **opens)
    end, seen = start + timedelta(milliseconds=1300), []

    def read():
        client = Client()
        while timezone.now() < end:
            before = live()
            page = client.get("/jobs/").content.decode()
            if live() == before:
                seen.append(before)
                assert {number for number in range(4) if f"Opening {number}" in page} == before

    def live():
        rows = Posting.objects.live(timezone.now()).values_list("title", flat=True)
        return {int(title.removeprefix("Opening ")) for title in rows}

    at_once(read, read)
    assert any(seen)
