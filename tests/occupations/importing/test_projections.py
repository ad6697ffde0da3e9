"""What Table 1.2 of the Employment Projections becomes, and what is said of a file that is not one."""

import csv
from contextlib import closing
from decimal import Decimal

import pytest
from django.core.management import CommandError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from careers.occupations.importing.bls.projections import SPAN, span_of, thousands
from careers.occupations.models import ImportRun, Occupation, OfficialOutlook, Release, Source
from tests.cases import each

from .bls import OUTLOOK_COLUMNS, counts, oews_file, outlook, outlook_file, run, wages

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NAME = "occupation.xlsx"


def imported(folder, *rows, **file):
    return run("import_projections", outlook_file(folder, *rows, **file), commit=True)


def fault(path, **options):
    with pytest.raises(CommandError) as error:
        run("import_projections", path, commit=True, **options)
    assert not any(model.objects.exists() for model in (Release, Occupation, OfficialOutlook))
    return str(error.value)


def test_growth_openings_and_employment_are_each_their_own(tmp_path):
    text = imported(tmp_path)
    claim = OfficialOutlook.objects.get()
    assert (claim.growth_percent, claim.annual_openings) == (Decimal("33.5"), 23400)
    assert (claim.base_employment, claim.target_employment) == (245900, 328300)
    assert (claim.base_year, claim.target_year, claim.country) == (2024, 2034, "US")
    assert (claim.entry_education, claim.population) == ("Bachelor's degree", "Data scientists (15-2051)")
    assert (claim.absences, claim.source) == ({}, claim.release.source)
    assert counts(text, "outlook figures") == {"added": 1, "skipped": 4}


def test_the_release_brings_its_source(tmp_path):
    imported(tmp_path)
    release = Release.objects.get()
    assert (release.dataset, release.version, release.is_current) == ("projections", "2024-34", True)
    assert str(release.source) == (
        "U.S. Bureau of Labor Statistics, "
        "Employment Projections, occupational projections and worker characteristics (Table 1.2), 2024-34"
    )
    assert (release.source.reference_period, release.source.licence) == ("2024 to 2034", "Public domain")
    assert release.source.attribution == "U.S. Bureau of Labor Statistics, Employment Projections 2024-34"


def test_the_source_is_the_one_the_starter_names(tmp_path, settings):
    imported(tmp_path)
    with (settings.BASE_DIR / "starter/sources.csv").open(encoding="utf-8", newline="") as file:
        named = {row["key"]: row for row in csv.DictReader(file)}["bls-ep-2024-34"]
    source = Source.objects.get()
    assert {name: named[name] for name in ("publisher", "title", "release", "attribution", "licence", "url")} == {
        name: getattr(source, name) for name in ("publisher", "title", "release", "attribution", "licence", "url")
    }


def test_nothing_is_written_without_commit(tmp_path):
    text = run("import_projections", outlook_file(tmp_path))
    assert counts(text, "outlook figures") == {"added": 1, "skipped": 4}
    assert "Dry run" in text
    written = (Occupation, OfficialOutlook, Release, Source, ImportRun)
    assert not any(model.objects.exists() for model in written)


def test_the_same_file_again_changes_nothing(tmp_path):
    path = outlook_file(tmp_path, outlook(), outlook("15-2031", openings="—"))
    run("import_projections", path, commit=True)
    before = [list(model.objects.order_by("pk").values()) for model in (Release, Source, Occupation, OfficialOutlook)]
    text = run("import_projections", path, commit=True)
    assert "Nothing to do" in text
    assert counts(text, "occupations") == {"unchanged": 2}
    assert counts(text, "outlook figures") == {"unchanged": 2, "skipped": 4}
    models = (Release, Source, Occupation, OfficialOutlook)
    assert before == [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("span", ["2024–34", "2024-34", "2024–2034", "2024-2034", "2024 – 34", "2024−34"])
def test_years_are_read_from_the_headers_however_they_are_written(tmp_path, span):
    imported(tmp_path, span=span)
    claim = OfficialOutlook.objects.get()
    assert (claim.base_year, claim.target_year, claim.release.version) == (2024, 2034, "2024-34")
    assert claim.growth_percent == Decimal("33.5")


def test_other_years_make_another_release(tmp_path):
    imported(tmp_path, span="2023–33", years=(2023, 2033))
    imported(tmp_path, outlook(percent=34))
    told = OfficialOutlook.objects.order_by("pk").values_list("release__version", "growth_percent", "base_year")
    assert list(told) == [("2023-33", Decimal("33.5"), 2023), ("2024-34", Decimal("34"), 2024)]
    assert Release.objects.get(is_current=True).version == "2024-34"


def test_an_older_projection_needs_a_word(tmp_path):
    imported(tmp_path)
    older = {"span": "2023–33", "years": (2023, 2033)}
    with pytest.raises(CommandError, match=r"2023-33 is older than .* 2024-34, which is current"):
        imported(tmp_path, **older)
    run("import_projections", outlook_file(tmp_path, **older), commit=True, allow_downgrade=True)
    assert OfficialOutlook.objects.count() == 2
    assert Release.objects.get(is_current=True).version == "2024-34"


@pytest.mark.parametrize(
    ("span", "years", "told"),
    [
        ("2023–33", (2024, 2034), "2023–2033, 2024, 2034"),
        ("2024–34", (2024, 2033), "2024–2034, 2033"),
        ("2024–35", (2024, 2034), "2024–2035, 2034"),
    ],
)
def test_headers_with_different_years_are_a_fault(tmp_path, span, years, told):
    columns = [f"{column}[2]" if column == "Employment, {target}" else column for column in OUTLOOK_COLUMNS]
    text = fault(outlook_file(tmp_path, span=span, years=years, columns=columns))
    assert text.startswith(f"Not imported. {NAME}, sheet Table 1.2: the headers name different years: ")
    assert all(year in text for year in told.split(", "))


def test_two_spans_in_one_header_are_a_fault(tmp_path):
    columns = [column.replace("openings, {span}", "openings, 2022–32") for column in OUTLOOK_COLUMNS]
    assert "the headers name different years: 2022–2032, 2024, 2024–2034, 2034" in fault(
        outlook_file(tmp_path, columns=columns)
    )


@pytest.mark.parametrize(
    ("span", "says"), [("", "names years such as 2024–34"), ("2034–2024", "the first year must be the earlier one")]
)
def test_headers_without_years_or_with_a_span_that_runs_backwards_are_a_fault(tmp_path, span, says):
    assert says in fault(outlook_file(tmp_path, span=span, years=(2034, 2024)))


@given(base=st.integers(1900, 2100), length=st.integers(1, 99))
def test_a_span_in_two_digits_ends_within_a_hundred_years(base, length):
    for told in (f"{base}-{(base + length) % 100:02}", f"{base}-{base + length}"):
        assert span_of(SPAN.fullmatch(told)) == (base, base + length)
    assert span_of(SPAN.fullmatch(f"{base}-{base % 100:02}")) == (base, base)


@given(people=st.integers(0, 2**31 - 1))
def test_thousands_are_people_to_the_last_one(people):
    assert thousands(str(Decimal(people) / 1000)) == people


@pytest.mark.parametrize("mark", ["—", "", "n/a", "–"])
def test_no_data_is_neither_zero_nor_text(tmp_path, mark):
    missing = dict.fromkeys(("base", "target", "percent", "openings", "education"), mark)
    imported(tmp_path, outlook(**missing))
    claim = OfficialOutlook.objects.get()
    numbers = ("growth_percent", "annual_openings", "base_employment", "target_employment")
    assert [getattr(claim, name) for name in numbers] == [None] * 4
    assert claim.absences == dict.fromkeys(numbers, "no_data")
    assert claim.entry_education == ""


def test_nought_and_decline_are_figures(tmp_path):
    imported(tmp_path, outlook(percent=-36.1, openings=0))
    claim = OfficialOutlook.objects.get()
    assert (claim.growth_percent, claim.annual_openings, claim.absences) == (Decimal("-36.1"), 0, {})


@each(
    ("kind", "code", "level"),
    [
        ("Summary", "00-0000", "total"),
        ("Summary", "15-0000", "major"),
        ("Summary", "15-1000", "minor"),
        ("Summary", "15-1200", "minor"),
        ("Summary", "15-1250", "broad"),
        ("Line item", "15-1299", "detailed"),
        ("Line item", "13-1020", "detailed"),
        ("line item", "29-1210", "detailed"),
    ],
)
def test_the_level_follows_from_type_and_code(tmp_path, kind, code, level):
    imported(tmp_path, outlook(code, kind=kind))
    occupation = Occupation.objects.get()
    assert (occupation.code, occupation.soc_code, occupation.level, occupation.scheme) == (code, code, level, "soc")


def test_titles_stay_oews_whichever_comes_first(tmp_path):
    def seen():
        return Occupation.objects.values_list("title", "release__dataset").get(code="15-2051")

    imported(tmp_path)
    assert seen() == ("Data scientists", "projections")
    run("import_oews", oews_file(tmp_path, wages()), commit=True)
    assert seen() == ("Data Scientists", "oews")
    text = imported(tmp_path, outlook(), outlook("45-3031", "Fishing and hunting workers"))
    assert counts(text, "occupations") == {"added": 1, "skipped": 1}
    assert seen() == ("Data Scientists", "oews")


def test_footnotes_below_the_table_are_skipped_and_their_marks_dropped(tmp_path):
    columns = [
        f"{column}[1]" if "openings" in column or "Employment, " in column else column for column in OUTLOOK_COLUMNS
    ]
    text = imported(tmp_path, outlook(title="  Dancers [2]", code="27-2031"), columns=columns)
    claim = OfficialOutlook.objects.get()
    assert (claim.occupation.title, claim.population, claim.annual_openings) == ("Dancers", "Dancers (27-2031)", 23400)
    assert "4 skipped: a footnote below the table: occupation.xlsx, row 4" in text


def test_a_row_with_figures_but_no_code_is_no_footnote(tmp_path):
    assert f"{NAME}, row 3, column National Employment Matrix code: “” is not a code" in fault(
        outlook_file(tmp_path, outlook(code=""))
    )


def test_a_table_that_does_not_speak_of_thousands_is_read_as_thousands_and_told_so(tmp_path):
    text = imported(tmp_path, caption="Table 1.2 Occupational projections")
    assert f"{NAME}: row 1 does not say “Employment in thousands”" in text
    assert OfficialOutlook.objects.get().base_employment == 245900
    assert "in thousands" not in imported(tmp_path)


def test_no_column_of_the_real_table_is_called_unknown(tmp_path):
    text = imported(tmp_path, [*outlook(), 7], columns=[*OUTLOOK_COLUMNS, "Factors, {base}"])
    noted = [line for line in text.splitlines() if "unknown" in line]
    assert noted == [f"{NAME}: unknown column ignored: Factors, 2024"]


@each(
    ("cells", "says"),
    [
        ({"base": "many"}, "row 4, column Employment, base year: “many” is not a number"),
        ({"base": -0.1}, "row 4, column Employment, base year: “-0.1” is not a number of people in thousands"),
        ({"target": 1.2345}, "row 4, column Employment, target year: “1.2345” is not a number of people in thousands"),
        ({"target": 10**7}, "row 4, column Employment, target year: “10000000” is not a number of people"),
        ({"openings": "#"}, "row 4, column Occupational openings, annual average: “#” marks a maximum"),
        (
            {"percent": 33.555},
            "row 4, column Employment change, percent: “33.555” is not a percentage with at most two",
        ),
        ({"percent": "#"}, "row 4, column Employment change, percent: “#” marks a maximum"),
        ({"kind": "Total"}, "row 4, column Occupation type: “Total” is neither Line item nor Summary"),
        (
            {"kind": "Summary"},
            "row 4, column Occupation type: a summary, but 15-2031 is the code of a single occupation",
        ),
        ({"code": "2031-11-01"}, "“2031-11-01” is not a code of the form 15-2051; a spreadsheet has made a date of it"),
        ({"title": " "}, "row 4: title is empty"),
        ({"education": "A" * 101}, "row 4: entry education “AAA"),
        ({"base": "=D3"}, "row 4, column D: a formula"),
    ],
)
def test_a_cell_that_cannot_be_is_named_by_file_row_and_column(tmp_path, cells, says):
    text = fault(outlook_file(tmp_path, outlook(), outlook(**{"code": "15-2031"} | cells)))
    assert f"{NAME}, row 4" in text
    assert says in text


def test_rows_that_contradict_each_other_stop_the_import_until_one_is_chosen(tmp_path):
    path = outlook_file(tmp_path, outlook(), outlook(), outlook(percent=3))
    assert "outlook figures: rows contradict each other; choose with --keep" in fault(path)
    text = run("import_projections", path, commit=True, keep="last")
    assert "1 row repeated exactly, counted once" in text
    assert OfficialOutlook.objects.get().growth_percent == 3


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    columns = [column for column in OUTLOOK_COLUMNS if "openings" not in column]
    text = fault(outlook_file(tmp_path, columns=columns))
    assert f"{NAME}: no column Occupational openings, annual average; the columns are: 2024 National" in text


def test_columns_may_be_reordered(tmp_path):
    imported(tmp_path, outlook()[::-1], columns=OUTLOOK_COLUMNS[::-1], footnotes=())
    assert OfficialOutlook.objects.get().annual_openings == 23400


def test_a_workbook_without_the_table_is_a_fault(tmp_path):
    assert f"{NAME}: no sheet Table 1.2; the sheets are: Index, Table 1.7" in fault(
        outlook_file(tmp_path, sheet="Table 1.7")
    )


@pytest.mark.parametrize(
    ("rows", "says"), [((3, 9), "has a header but no rows"), ((1, 9), "sheet Table 1.2: no header in row 2")]
)
def test_a_table_without_rows_is_named_as_such(tmp_path, rows, says):
    path = outlook_file(tmp_path)
    book = load_workbook(path)
    book["Table 1.2"].delete_rows(*rows)
    book.save(path)
    assert f"{NAME}" in (text := fault(path))
    assert says in text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (NAME, b"", "the file is empty"),
        (NAME, b"<html>403</html>", "is an HTML page"),
        (NAME, b"version https://git-lfs.github.com/spec/v1\n", "is a git-lfs pointer"),
        ("occupation.csv", b"a,b\n1,2\n", "is not an xlsx file; projections are read from its sheet Table 1.2"),
    ],
)
def test_the_wrong_file_under_the_right_name_is_called_what_it_is(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    assert f"{name}: {says}" in fault(path)


OUTLOOKS = {"15-2051": ("33.5", 23400), "15-1221": ("19.7", 3200), "15-1252": ("15.8", 115200)}
OUTLOOKS |= {"15-1299": ("8.2", 31300), "15-2031": ("21.5", 9600)}


def test_every_row_of_the_real_table_arrives_as_it_stands(shared_data):
    path = shared_data / "bls-ep/occupation.xlsx"
    with closing(load_workbook(path, read_only=True)) as book:
        rows = [row for row in book["Table 1.2"].iter_rows(3, values_only=True) if row[1]]
    text = run("import_projections", path, commit=True)
    assert counts(text, "outlook figures") == {"added": 1113, "skipped": 4}
    claims = {claim.occupation.code: claim for claim in OfficialOutlook.objects.select_related("occupation")}
    assert len(claims) == len(rows) == 1113
    for row in rows:
        claim = claims[row[1]]
        assert (claim.occupation.level == "detailed") == (row[2] == "Line item")
        assert claim.occupation.title == row[0].strip()
        assert [claim.base_employment, claim.target_employment, claim.annual_openings] == [
            round(row[place] * 1000) for place in (3, 4, 10)
        ]
        assert claim.growth_percent == Decimal(str(row[8]))
        assert claim.entry_education == row[12].replace("—", "")
    assert {
        code: (f"{claims[code].growth_percent.normalize():f}", claims[code].annual_openings) for code in OUTLOOKS
    } == OUTLOOKS
    assert "Nothing to do" in run("import_projections", path, commit=True)
