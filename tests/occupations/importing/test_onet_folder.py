"""Which folder is O*NET, and which release it is of."""

import csv

import pytest
from django.conf import settings
from django.core.management import CommandError
from openpyxl import Workbook

from careers.files.errors import FileError
from careers.occupations.importing.onet import OnetFolder
from careers.occupations.models import ImportRun, Occupation, Release, Source
from tests.occupations.importing.onet_files import COLUMNS, counts, dry, everything, imported, onet_folder, tables

ONLY_OCCUPATIONS = {"Occupation Data": tables()["Occupation Data"]}


def nameless(parent, name="onet", **options):
    folder = onet_folder(parent, ONLY_OCCUPATIONS, name=name, **options)
    (folder / "Read Me.txt").unlink()
    return folder


def test_the_read_me_says_which_release_it_is(tmp_path):
    folder = OnetFolder(onet_folder(tmp_path, version="29.3", name="download"))
    assert (folder.version, folder.period) == ("29.3", "May 2025")


@pytest.mark.parametrize("name", ["onet-30.2", "db_30_2_text", "db_30_2_excel", "DB_30_2", "onet_30.2", "O-Net"])
def test_so_does_the_name_of_the_folder(tmp_path, name):
    folder = nameless(tmp_path, name)
    if name == "O-Net":
        with pytest.raises(FileError, match="add --release"):
            OnetFolder(folder)
    else:
        assert (OnetFolder(folder).version, OnetFolder(folder).period) == ("30.2", "")


def test_where_nothing_says_it_the_caller_must(tmp_path):
    folder = nameless(tmp_path)
    with pytest.raises(FileError, match="add --release"):
        OnetFolder(folder)
    assert OnetFolder(folder, "28.0").version == "28.0"


def test_two_that_disagree_are_both_named(tmp_path):
    folder = onet_folder(tmp_path, version="29.3", name="db_30_2_text")
    with pytest.raises(FileError, match=r"Read Me\.txt says 29\.3, the name of the folder says 30\.2"):
        OnetFolder(folder)
    with pytest.raises(FileError, match=r"--release says 28\.0, Read Me\.txt says 29\.3"):
        OnetFolder(onet_folder(tmp_path), "28.0")


def test_a_release_has_a_number_of_two_parts(tmp_path):
    with pytest.raises(FileError, match=r"“latest” is not an O\*NET release"):
        OnetFolder(nameless(tmp_path), "latest")


def test_names_of_tables_may_be_in_any_case_and_either_kind(tmp_path):
    folder = onet_folder(tmp_path)
    (folder / "Task Statements.txt").rename(folder / "TASK statements.TXT")
    (folder / "Job Zones.txt").rename(folder / "Job_Zones.txt")
    files = OnetFolder(folder).files
    assert files["Task Statements"].name == "TASK statements.TXT"
    assert set(files) == set(COLUMNS)


def test_a_table_that_is_there_twice_is_an_error(tmp_path):
    folder = onet_folder(tmp_path)
    (folder / "occupation data.xlsx").touch()
    with pytest.raises(FileError, match=r"both Occupation Data\.txt and occupation data\.xlsx"):
        OnetFolder(folder)


@pytest.mark.parametrize("kind", ["empty", "other files", "missing", "a file"])
def test_what_is_no_onet_folder_stops_with_the_list_of_tables(tmp_path, kind):
    path = tmp_path / "given"
    if kind == "a file":
        path.touch()
    elif kind != "missing":
        path.mkdir()
    if kind == "other files":
        (path / "national_M2025_dl.xlsx").touch()
    with pytest.raises(FileError) as error:
        OnetFolder(path)
    assert "given" in str(error.value)
    assert all(table in str(error.value) for table in COLUMNS)


@pytest.mark.django_db
def test_an_import_makes_the_source_that_readers_are_shown(tmp_path):
    imported(onet_folder(tmp_path, ONLY_OCCUPATIONS))
    release = Release.objects.get()
    assert (release.dataset, release.version, release.is_current) == ("onet", "29.3", True)
    with (settings.BASE_DIR / "starter" / "sources.csv").open(encoding="utf-8") as file:
        expected = next(row for row in csv.DictReader(file) if row["key"] == "onet-29.3")
    for name in ("publisher", "title", "release", "reference_period", "url", "licence", "attribution"):
        assert getattr(release.source, name) == expected[name], name
    assert release.source.retrieved_on


@pytest.mark.django_db
def test_a_source_that_is_there_is_used_and_completed(tmp_path):
    publisher = "U.S. Department of Labor, Employment and Training Administration"
    source = Source.objects.create(
        publisher=publisher, title="O*NET 29.3 Database", release="29.3", licence="As they say"
    )
    imported(onet_folder(tmp_path, ONLY_OCCUPATIONS))
    source.refresh_from_db()
    assert Release.objects.get().source == source
    assert source.licence == "As they say"
    assert source.attribution.endswith("not endorsed by USDOL/ETA.")


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_at_all(tmp_path):
    report = dry(onet_folder(tmp_path))
    assert counts(report, "occupations") == (3, 0, 0, 0, 0, 0)
    assert "Dry run: nothing was written." in report
    assert not any(everything().values())
    assert not any(model.objects.exists() for model in (Release, Source, ImportRun))


def workbook(path, table, rows):
    book = Workbook()
    book.active.append(COLUMNS[table])
    for row in rows:
        book.active.append([row.get(name) or None for name in COLUMNS[table]])
    book.save(path)


@pytest.mark.django_db
def test_a_table_may_be_a_workbook(tmp_path):
    folder = onet_folder(tmp_path)
    for table, rows in tables().items():
        (folder / f"{table}.txt").unlink()
        workbook(folder / f"{table}.xlsx", table, rows)
    imported(folder)
    from_workbooks = everything()
    again = imported(onet_folder(tmp_path, name="as-text"))
    assert everything() == from_workbooks
    assert "Nothing to do" in again


WRONG = {
    "an HTML page": b"<!DOCTYPE html><html><body>503</body></html>",
    "the file is empty": b"",
    "has a header but no rows": "\t".join(COLUMNS["Task Statements"]).encode() + b"\n",
    "is a damaged zip archive": b"PK\x03\x04....[Content_Types].xml",
    "git-lfs pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 3425421\n",
    "no column Task ID": b"O*NET-SOC Code\tTask\n15-2051.00\tClean data.\n",
    "line 2: byte 0x81": "\t".join(COLUMNS["Task Statements"]).encode() + b"\n15-2051.00\tA\x81\xe9\n",
    "NUL": "\t".join(COLUMNS["Task Statements"]).encode() + b"\n15-2051.00\tA\0\t1\tx\tCore\t1\t08/2023\tI\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize("words", WRONG)
def test_one_wrong_file_leaves_nothing_written(tmp_path, words):
    folder = onet_folder(tmp_path)
    (folder / "Task Statements.txt").write_bytes(WRONG[words])
    with pytest.raises(CommandError) as error:
        imported(folder)
    assert words in str(error.value)
    assert "Task Statements.txt" in str(error.value)
    assert not any(everything().values())
    assert not Release.objects.exists()
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.FAILED
    assert words in run.report


@pytest.mark.django_db
def test_a_table_that_is_not_there_leaves_its_rows(tmp_path):
    imported(onet_folder(tmp_path))
    report = imported(onet_folder(tmp_path, ONLY_OCCUPATIONS, name="few"))
    assert "Task Statements: not in the folder; what is in the database stays as it is" in report
    assert Occupation.objects.get(code="15-2051.00").tasks.current().count() == 2
    assert Occupation.objects.get(code="15-2051.00").job_zone.zone == "5"
