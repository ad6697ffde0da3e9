"""An import and the search index: found at once, in one commit."""

from pathlib import Path

import pytest

from careers.occupations.search_documents import OCCUPATION
from careers.search.index import Index
from tests.occupations.importing.onet_files import imported, onet_folder, tables

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def commits(monkeypatch):
    """Where the index was written, once a commit."""
    folders, write = [], Index.write

    def counted(index, *args, **options):
        folders.append(Path(index.folder))
        return write(index, *args, **options)

    monkeypatch.setattr(Index, "write", counted)
    return folders


def test_an_import_makes_one_commit_of_the_index(own_index, commits, tmp_path):
    assert own_index.pks(OCCUPATION) == []
    commits.clear()
    imported(onet_folder(tmp_path))
    own_index.turn()
    assert len(own_index.pks(OCCUPATION)) == len(tables()["Occupation Data"])
    assert len(own_index.pks(OCCUPATION, "scientists")) >= 1
    assert len(commits) == 1
