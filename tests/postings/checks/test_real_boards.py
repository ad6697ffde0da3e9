"""The checks over real postings, where the data is there: gender coding leans as the decoder says."""

from datetime import UTC, datetime

import pytest

from bench.boards import board_subjects
from bench.checks import TARGET_AGREEMENT, agreement


def test_gender_coding_leans_as_genderdecoder3_says(shared_data):
    boards = shared_data / "ashby-boards"
    if not boards.is_dir():
        pytest.skip("the real job boards are not here: ../shared/data/ashby-boards")
    share, directions = agreement(board_subjects(boards, datetime(2026, 9, 1, tzinfo=UTC))[::8])
    assert share >= TARGET_AGREEMENT
    assert min(directions["feminine"], directions["masculine"]) > 5
