"""Editors and readers at once, on two hosts with an index each: separate processes, the production server."""

import pytest

from bench.at_once import trial
from tests.chaos import many

pytestmark = [pytest.mark.postgres, pytest.mark.chaos]
TURNS = many(12, chaos=200)
MOST_FILES = 400  # of an index that was written a hundred times; without merging and clearing it would be thousands


def test_nobody_reads_what_is_older_than_a_save_and_nothing_is_left_over(originals, tmp_path):
    told = trial(tmp_path, editors=2, readers=2, turns=TURNS, like=originals.with_starter())
    assert [said["old"] for said in told["said"]] == [[]] * 4
    assert all(said["turns"] >= TURNS for said in told["said"])
    for counts in told["hosts"]:
        assert counts["documents"] == counts["rows"]
        assert counts["files"] < MOST_FILES
    assert told["hosts"][0]["held"] == told["hosts"][1]["held"]
