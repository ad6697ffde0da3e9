import pytest

from careers.search import sync


@pytest.fixture
def own_index(settings, tmp_path):
    """An index of its own, which believes what the test's own transaction has not committed. Between searches the journal of
    the connection is to be forgotten, so that the next change takes a number of its own."""
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", True
    sync.reset()
    yield settings.SEARCH_DIR
    sync.reset()
