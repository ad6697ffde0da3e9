"""Years of OEWS beside each other: which is current, which may come in, and whose title an occupation has."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import ProtectedError

from careers.occupations.importing import writer
from careers.occupations.models import ImportRun, Occupation, OfficialPay, Release

from .bls import counts, oews_file, run, wages

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def commit(*paths, **options):
    return run("import_oews", *paths, commit=True, **options)


def years():
    return list(Release.objects.order_by("version").values_list("version", flat=True))


def current():
    return Release.objects.get(is_current=True).version


@pytest.fixture
def year(tmp_path):
    """year(2024, wages(...)) -> the path of that year's file"""
    return lambda number, *rows, **more: oews_file(tmp_path, *rows, year=number, **more)


def test_years_stand_beside_each_other_and_come_in_by_age(year):
    text = commit(year(2025), year(2023), year(2024))
    titles = [line for line in text.splitlines() if line.startswith("Occupational")]
    assert [title[-4:] for title in titles] == ["2023", "2024", "2025"]
    assert (years(), current()) == (["2023", "2024", "2025"], "2025")
    assert OfficialPay.objects.filter(occupation__code="15-2051", period="year").count() == 3


def test_two_files_of_one_year_are_refused(year):
    paths = [year(2025), year(2025, name="copy.xlsx"), year(2024)]
    with pytest.raises(CommandError, match=r"national_M2025_dl.xlsx and copy.xlsx both hold May 2025"):
        commit(*paths)
    assert not years()


def test_an_older_year_alone_needs_a_word(year):
    commit(year(2024))
    with pytest.raises(CommandError, match=r"2023 is older than .* 2024, which is current. Add --allow-downgrade"):
        commit(year(2023))
    assert years() == ["2024"]
    commit(year(2023), allow_downgrade=True)
    assert (years(), current()) == (["2023", "2024"], "2024")


@pytest.mark.parametrize("newest", [2024, 2025])
def test_an_older_year_may_come_with_one_as_new_as_the_current(year, newest):
    commit(year(2024))
    commit(year(2023), year(newest))
    assert (years()[0], current()) == ("2023", str(newest))


def test_an_older_year_may_not_come_with_one_that_is_older_than_the_current(year):
    commit(year(2025))
    with pytest.raises(CommandError, match="2023 is older"):
        commit(year(2023), year(2024))


def test_a_year_that_is_there_may_be_corrected(year):
    commit(year(2024), year(2025))
    text = commit(year(2024, wages(A_MEDIAN=119000)))
    assert counts(text, "pay figures") == {"changed": 1, "unchanged": 1}
    assert current() == "2025"


@pytest.mark.parametrize("order", [(2021, 2023, 2025), (2025, 2023, 2021), (2023, 2025, 2021), (2021, 2025, 2023)])
def test_the_title_is_the_one_of_the_newest_year_that_has_the_code(year, order):
    rows = {
        2021: [wages(title="Data Scientists of 2021"), wages("15-1256", "Software of 2021")],
        2023: [wages(title="Data Scientists of 2023"), wages("15-1256", "Software of 2023")],
        2025: [wages(title="Data Scientists of 2025")],
    }
    for number in order:
        commit(year(number, *rows[number]), allow_downgrade=True)
    told = Occupation.objects.order_by("code").values_list("code", "title", "title_key", "release__version")
    assert list(told) == [
        ("15-1256", "Software of 2023", "software of 2023", "2023"),
        ("15-2051", "Data Scientists of 2025", "data scientists of 2025", "2025"),
    ]
    population = OfficialPay.objects.get(release__version="2021", occupation__code="15-2051", period="year").population
    assert population == "Data Scientists of 2021 (15-2051)"
    assert not Occupation.objects.filter(withdrawn_in__isnull=False).exists()


def test_an_older_year_says_which_occupations_it_leaves_as_they_are(year):
    commit(year(2025))
    text = run("import_oews", year(2024, wages(), wages("15-1256", "Software")), allow_downgrade=True)
    assert counts(text, "occupations") == {"added": 1, "skipped": 1}
    assert "1 skipped: stays as a newer year or OEWS has it: 15-2051" in text


def test_a_crash_half_way_leaves_the_year_before_and_nothing_of_the_year_in_hand(year, monkeypatch):
    commit(year(2024))
    write = writer.write_table

    def crash(staged, release):
        if staged.spec.model is OfficialPay:
            raise RuntimeError("out of disk")
        write(staged, release)

    monkeypatch.setattr(writer, "write_table", crash)
    path = year(2025, wages(), wages("15-2031", "Operations Research Analysts"))
    with pytest.raises(RuntimeError):
        commit(path)
    assert (years(), current(), OfficialPay.objects.count()) == (["2024"], "2024", 2)
    assert Occupation.objects.get().release.version == "2024"
    assert list(ImportRun.objects.values_list("state", flat=True)) == ["failed", "done"]
    monkeypatch.setattr(writer, "write_table", write)
    commit(path)
    assert (current(), OfficialPay.objects.count()) == ("2025", 6)


def test_an_interruption_keeps_the_years_that_are_whole_and_the_rest_can_follow(year, monkeypatch):
    write = writer.write_table

    def interrupt(staged, release):
        if release.version == "2025":
            raise KeyboardInterrupt
        write(staged, release)

    monkeypatch.setattr(writer, "write_table", interrupt)
    paths = [year(2024), year(2025)]
    with pytest.raises(CommandError, match="Interrupted") as error:
        commit(*paths)
    assert (error.value.returncode, years(), current()) == (130, ["2024"], "2024")
    monkeypatch.setattr(writer, "write_table", write)
    text = commit(*paths)
    assert years() == ["2024", "2025"]
    assert text.index("Nothing to do") < text.index("Written")


def test_two_imports_do_not_write_at_once(year):
    ImportRun.objects.create(command="import_projections: 2024-34", host="elsewhere", process=7, user="pat")
    with pytest.raises(CommandError, match=r"import_projections: 2024-34.*by pat on elsewhere, process 7"):
        commit(year(2025))
    assert not years()
    assert "Dry run" in run("import_oews", year(2025))
    commit(year(2025), take_over=True)
    assert years() == ["2025"]


def test_each_year_leaves_a_run_with_its_report(year):
    commit(year(2024), year(2025))
    new, old = ImportRun.objects.all()
    assert (old.command[-4:], new.command[-4:]) == ("2024", "2025")
    assert "pay figures" in new.report
    assert new.state == "done"


def test_a_release_that_pay_rests_on_cannot_be_deleted(year):
    commit(year(2025))
    release = Release.objects.get()
    for row in (release, release.source):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()


def test_the_help_says_the_rule_about_older_years(capsys):
    with pytest.raises(SystemExit):
        call_command("import_oews", "--help")
    words = " ".join(capsys.readouterr().out.split())
    assert "All years are kept, and readers see the newest first" in words
