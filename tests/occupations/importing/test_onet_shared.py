"""The whole of O*NET 29.3 and 30.2, where the real files are at hand."""

import pytest
from django.core.management import CommandError

from careers.occupations.models import (
    EducationShare,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
)
from tests.occupations.importing.onet_files import counts, imported, rows_of

pytestmark = pytest.mark.django_db


def shown():
    """The rows of the tables in which the two releases differ."""
    return [rows_of(model, withdrawn_in=None) for model in (OccupationTask, OccupationTechnology)]


def linked(folder, files, to):
    """A folder with some of the files of another."""
    to.mkdir()
    for name in files:
        (to / name).symlink_to(folder / name)
    return to


def test_the_skills_of_a_release(shared_data, tmp_path):
    report = imported(linked(shared_data / "onet-29.3", ["Occupation Data.txt", "Skills.xlsx"], tmp_path / "onet-29.3"))
    assert counts(report, "skills") == (61_530, 0, 0, 0, 0, 0)
    assert OccupationSkill.objects.filter(is_suppressed=True).count() == 124
    assert OccupationSkill.objects.values("occupation").distinct().count() == 879
    assert not OccupationSkill.objects.filter(occupation__code__in=["15-2051.00", "15-1252.00"]).exists()


@pytest.mark.postgres
def test_one_release_and_the_next_and_back(shared_data, tmp_path):
    """Without the skills, whose table takes as long to read as all others, four times over."""
    files = [path.name for path in (shared_data / "onet-29.3").iterdir() if path.name != "Skills.xlsx"]
    older = linked(shared_data / "onet-29.3", files, tmp_path / "onet-29.3")
    report = imported(older)
    assert counts(report, "occupations") == (1_016, 0, 0, 0, 0, 0)
    assert counts(report, "alternate titles") == (56_558, 0, 0, 0, 0, 0)
    assert "alternate titles: 2 rows completed by another of the same key" in report
    assert counts(report, "tasks") == (18_796, 0, 0, 0, 0, 0)
    assert counts(report, "technologies") == (32_681, 0, 0, 0, 0, 0)
    assert counts(report, "related occupations") == (18_460, 0, 0, 0, 0, 0)
    assert counts(report, "education") == (10_296, 0, 0, 0, 0, 25_913)
    assert Occupation.objects.filter(job_zone__isnull=False).count() == 923
    assert OccupationTitle.objects.filter(kind="alternate", title="Machine Operator").count() == 43
    assert not EducationShare.objects.filter(occupation__code__in=["15-2051.00", "15-1252.00"]).exists()
    assert not OccupationTask.objects.filter(text__contains='""').exists()
    fresh = shown()
    assert "Nothing to do" in imported(older)

    report = imported(shared_data / "onet-30.2")
    assert counts(report, "tasks") == (21, 1_671, 0, 21, 17_104, 0)
    assert counts(report, "occupations") == (0, 0, 0, 0, 1_016, 0)
    assert OccupationTask.objects.current().count() == 18_796
    assert OccupationTechnology.objects.current().count() == 32_773

    with pytest.raises(CommandError, match="--allow-downgrade"):
        imported(older)
    report = imported(older, "--allow-downgrade")
    assert counts(report, "tasks") == (0, 1_671, 21, 21, 17_104, 0)
    assert shown() == fresh
