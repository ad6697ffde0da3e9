"""Loading the starter where something is in the way. Broken files of its own: see test_load_starter.py."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.occupations.models import ImportRun, Occupation, Release, Source
from careers.roles.models import OccupationLink, Role, Skill

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "starter"
STEP_TO_A_GUIDE = re.compile(r"^\[\[career_steps\]\]\nkind = .*\nto_role = .*\nnote = .*\n", re.MULTILINE)


@pytest.fixture
def small(tmp_path):
    """The starter content with one guide, and the figures of one year."""
    folder = tmp_path / "starter"
    shutil.copytree(STARTER, folder)
    for path in [*folder.glob("roles/*.md"), *folder.glob("templates/*.md"), *sorted(folder.glob("oews/*"))[:-1]]:
        if path.stem != "data-scientist":
            path.unlink()
    guide = folder / "roles" / "data-scientist.md"
    guide.write_text(STEP_TO_A_GUIDE.sub("", guide.read_text()))
    for table in ("postings.csv", "resources.csv"):
        heading, *_ = (folder / table).read_text().splitlines(keepends=True)
        (folder / table).write_text(heading)
    return folder


def test_a_data_set_that_is_there_stays(small):
    """Somebody has imported a release of their own, perhaps the whole of it."""
    theirs = small.parent / "onet-30.2"
    shutil.copytree(STARTER / "onet-29.3", theirs)
    read_me = theirs / "Read Me.txt"
    read_me.write_text(read_me.read_text().replace("29.3", "30.2"))
    call_command("import_onet", theirs, commit=True, max_unknown=100)
    call_command("load_starter", folder=small)
    assert [release.version for release in Release.objects.filter(dataset="onet")] == ["30.2"]
    assert OccupationLink.objects.exists()


def test_a_portal_with_guides_of_its_own_is_left_alone():
    Role.objects.create(title="Ours")
    call_command("load_starter", if_empty=True)
    assert Role.objects.count() == 1


def test_a_broken_release_is_named_and_nothing_is_loaded(small):
    path = small / "onet-29.3" / "Task Statements.txt"
    path.write_text(path.read_text().replace("Task ID", "Task No", 1))
    with pytest.raises(CommandError, match="Nothing was loaded") as error:
        call_command("load_starter", folder=small)
    assert "Task ID" in str(error.value)
    for model in (Role, Skill, Source, Release, Occupation, ImportRun):
        assert not model.objects.exists()
