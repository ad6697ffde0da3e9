import pytest

from careers.search import sync


@pytest.fixture(autouse=True)
def search_dir(settings, tmp_path):
    """An index of its own for each test."""
    settings.SEARCH_DIR = tmp_path / "search"
    sync.reset()
    yield settings.SEARCH_DIR
    sync.reset()
