"""One release after another: what changes, what is kept, what is refused."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.occupations.importing import writer
from careers.occupations.models import Occupation, OccupationTask, OccupationTechnology, Release
from tests import factories
from tests.occupations.importing.onet_files import (
    CODE,
    DEVELOPER,
    RESEARCHER,
    SCIENTIST,
    counts,
    current,
    dry,
    everything,
    imported,
    onet_folder,
    releases_and_sources,
    tables,
    task,
    technology,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def older(tmp_path):
    return onet_folder(tmp_path, version="29.3")


@pytest.fixture
def newer(tmp_path):
    """Without one occupation, with a task less, more and changed."""
    content = tables()
    del content["Occupation Data"][2]
    content["Task Statements"] = [
        task(SCIENTIST, "8823", 'Report "head counts" of models.', "Core", 95),
        task(SCIENTIST, "8825", "Train models.", "Core", 40),
        task(DEVELOPER, "8823", "Write better programs.", "", ""),
    ]
    return onet_folder(tmp_path, content, version="30.2")


def writes(queries):
    return [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_a_second_import_of_the_same_files_changes_nothing(older):
    imported(older)
    before = everything(stamps=True), releases_and_sources()
    with CaptureQueriesContext(connection) as queries:
        report = imported(older)
    assert "Nothing to do: this data is already imported." in report
    assert (everything(stamps=True), releases_and_sources()) == before
    assert writes(queries)
    assert all("occupations_importrun" in sql for sql in writes(queries))


def test_a_newer_release_adds_changes_and_withdraws(older, newer):
    imported(older)
    report = imported(newer)
    assert counts(report, "tasks") == (1, 1, 0, 1, 1, 0)
    assert counts(report, "occupations") == (0, 0, 0, 1, 2, 0)
    assert OccupationTask.objects.get(task_id="8824").withdrawn_in.version == "30.2"
    assert OccupationTask.objects.get(occupation__code=DEVELOPER).text == "Write better programs."
    assert Release.objects.get(is_current=True).version == "30.2"


def test_rows_that_stay_move_on_to_the_newer_release(older, newer):
    imported(older)
    imported(newer)
    assert set(OccupationTechnology.objects.values_list("release__version", flat=True)) == {"30.2"}
    assert OccupationTask.objects.get(task_id="8824").release.version == "29.3"


def test_what_the_dry_run_says_is_what_happens(older, newer):
    imported(older)
    said = dry(newer).splitlines()[:-1]
    assert imported(newer).splitlines()[: len(said)] == said


def test_a_withdrawn_occupation_keeps_its_parts_and_the_guides_that_rest_on_it(older, newer):
    imported(older)
    researcher = Occupation.objects.get(code=RESEARCHER)
    link = factories.OccupationLinkFactory(occupation=researcher)
    factories.OccupationTaskFactory(occupation=researcher, release=researcher.release)
    imported(newer)
    researcher.refresh_from_db()
    assert researcher.withdrawn_in.version == "30.2"
    assert researcher not in Occupation.objects.listed()
    assert researcher.tasks.count() == 1
    link.refresh_from_db()
    assert link.occupation == researcher


def test_an_older_release_is_refused(older, newer):
    imported(newer)
    before = everything(stamps=True)
    for run in (dry, imported):
        with pytest.raises(CommandError, match=r"O\*NET 29\.3 is older than O\*NET 30\.2, .* Add --allow-downgrade"):
            run(older)
    assert everything(stamps=True) == before


def test_one_imported_before_is_an_older_release_as_well(older, newer):
    imported(older)
    imported(newer)
    with pytest.raises(CommandError, match="--allow-downgrade"):
        imported(older)


def test_asked_for_it_puts_everything_back(older, newer):
    imported(older)
    fresh = current()
    imported(newer)
    report = imported(older, "--allow-downgrade")
    assert counts(report, "tasks") == (0, 1, 1, 1, 1, 0)
    assert counts(report, "occupations") == (0, 0, 1, 0, 2, 0)
    assert current() == fresh
    assert Release.objects.get(is_current=True).version == "29.3"


def test_an_extract_and_then_the_whole_give_the_rows_of_the_whole(tmp_path, older):
    content = tables()
    content["Occupation Data"] = content["Occupation Data"][:1]
    for table in set(content) - {"Occupation Data", "Job Zone Reference"}:
        content[table] = [row for row in content[table] if row[CODE] == SCIENTIST]
    content["Related Occupations"] = content["Related Occupations"][:0]
    extract = {table: rows for table, rows in content.items() if rows}
    imported(onet_folder(tmp_path, extract, name="extract"))
    assert Occupation.objects.count() == 1
    imported(older)
    from_both = everything()
    for model in (OccupationTask, OccupationTechnology, Occupation):
        model.objects.all().delete()
    imported(older)
    assert everything() == from_both


def test_a_new_release_without_changes_is_written_all_the_same(tmp_path, older):
    imported(older)
    report = imported(onet_folder(tmp_path, version="29.10"))
    assert report.endswith("Written.\n")
    assert Release.objects.get(is_current=True).version == "29.10"
    assert set(OccupationTask.objects.values_list("release__version", flat=True)) == {"29.10"}


def many(count):
    content = tables()
    content["Technology Skills"] = [technology(SCIENTIST, f"Tool {number}") for number in range(count)]
    return content


def test_a_file_cut_off_does_not_hide_what_it_lost(tmp_path):
    """More than a fifth of a table, and more than a hundred rows, go only when somebody says so."""
    imported(onet_folder(tmp_path, many(300)))
    half = onet_folder(tmp_path, many(150), version="30.2")
    words = "technologies: 150 of 300 rows would be withdrawn. If the file is complete, add --allow-withdrawals."
    with pytest.raises(CommandError) as error:
        imported(half)
    assert words in str(error.value)
    assert OccupationTechnology.objects.current().count() == 300
    assert not Release.objects.filter(version="30.2").exists()
    imported(half, "--allow-withdrawals")
    assert OccupationTechnology.objects.current().count() == 150


def test_a_fifth_may_go(tmp_path):
    imported(onet_folder(tmp_path, many(1000)))
    imported(onet_folder(tmp_path, many(800), version="30.2"))
    assert OccupationTechnology.objects.current().count() == 800


def test_a_few_may_go_however_large_their_share(tmp_path):
    imported(onet_folder(tmp_path, many(100)))
    imported(onet_folder(tmp_path, many(1), version="30.2"))
    assert OccupationTechnology.objects.current().count() == 1


def test_an_interrupted_import_leaves_nothing_and_the_next_one_works(older, newer, monkeypatch):
    imported(older)
    before = everything(stamps=True)
    write = writer.write_table

    def interrupted(staged, release):
        if staged.spec.name == "technologies":
            raise KeyboardInterrupt
        write(staged, release)

    with monkeypatch.context() as patch:
        patch.setattr(writer, "write_table", interrupted)
        with pytest.raises(CommandError, match=r"Interrupted\. Nothing from this release was written\.") as error:
            imported(newer)
    assert error.value.returncode == 130
    assert everything(stamps=True) == before
    assert Release.objects.get(is_current=True).version == "29.3"
    assert imported(newer).endswith("Written.\n")
