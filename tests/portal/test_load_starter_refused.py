"""Loading the starter where something is in the way."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.occupations.models import ImportRun, Occupation, Release, Source
from careers.roles.models import OccupationLink, Role, Skill

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "starter"


def test_a_data_set_that_is_there_stays(tmp_path):
    """Somebody has imported a release of their own, perhaps the whole of it."""
    theirs = tmp_path / "onet-30.2"
    shutil.copytree(STARTER / "onet-29.3", theirs)
    read_me = theirs / "Read Me.txt"
    read_me.write_text(read_me.read_text().replace("29.3", "30.2"))
    call_command("import_onet", theirs, commit=True, max_unknown=100)
    call_command("load_starter")
    assert [release.version for release in Release.objects.filter(dataset="onet")] == ["30.2"]
    assert OccupationLink.objects.exists()


def test_a_portal_with_guides_of_its_own_is_left_alone(django_assert_num_queries):
    Role.objects.create(title="Ours")
    call_command("load_starter", if_empty=True)
    assert Role.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("roles/data-scientist.md", "## Section: overview", "## Section: nonsense", "data-scientist.md"),
        ("roles/data-scientist.md", "15-2051.00", "99-9999.00", "data-scientist.md: the occupation 99-9999.00"),
        (
            "roles/data-scientist.md",
            "weight = 1.00",
            "weight = 1.01",
            "data-scientist.md, occupation 1: The weight is above",
        ),
        ("pay_claims/machine-learning-engineer.csv", "US,,USD", "XX,,USD", "machine-learning-engineer.csv, claim 1: "),
        ("pay_claims/machine-learning-engineer.csv", "career-guide", "nobody", "the source “nobody-2024” is not in"),
        ("onet-29.3/Task Statements.txt", "Task ID", "Task No", "Task ID"),
        ("skills.csv", "name,kind", "name,sort", "skills.csv: no column kind"),
        ("employers.csv", "slug,", "sluq,", "employers.csv: no column slug"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(tmp_path, file, old, new, says):
    folder = tmp_path / "starter"
    shutil.copytree(STARTER, folder)
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CommandError, match="Nothing was loaded") as error:
        call_command("load_starter", folder=folder)
    assert says in str(error.value)
    for model in (Role, Skill, Source, Release, Occupation, ImportRun):
        assert not model.objects.exists()
