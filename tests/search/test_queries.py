"""What people type and what they get: searches with wanted answers on a small fixed board (queries.toml, query_corpus.toml)."""

import pytest

from bench import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(settings, own_index):
    settings.POSTINGS_PER_PAGE = queries.PAGE_SIZE
    return queries.load_board()


def test_people_get_what_they_ask_for(board):
    answers = queries.answer_all(board)
    wrong = [f"{queries.asked_for(entry)!r}: {'; '.join(faults)}" for _, entry, faults, _ in answers if faults]
    assert len(answers) >= 300
    assert len(wrong) <= (1 - queries.TARGET) * len(answers), "\n".join(wrong)
