"""The real files of six years, beside a count of their cells that knows nothing of the importer."""

from collections import Counter
from contextlib import closing
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from careers.roles.models import Occupation, PayClaim

from .bls import counts, run

pytestmark = pytest.mark.django_db
STATISTICS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
ABSENCES = {"*": "suppressed", "**": "suppressed", "~": "small"}
CEILINGS = {2020: (208000, 100), 2021: (208000, 100), 2022: (239200, 115), 2023: (239200, 115), 2024: (239200, 115)}


def rows_of(path):
    with closing(load_workbook(path, read_only=True)) as book:
        columns, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def expected(row, year):
    """{(code, level, period): {statistic: Decimal, "at least …" or absence}} of a row, by its cells alone."""
    for place, (period, prefix, other) in enumerate((("year", "A_", "HOURLY"), ("hour", "H_", "ANNUAL"))):
        if row[other] == "TRUE":
            continue
        cells = {name: row[prefix + column] for name, column in STATISTICS.items()} | {"employment": row["TOT_EMP"]}
        ceiling = {"#": f"at least {CEILINGS[year][place]}"} if year in CEILINGS else {}
        told = {name: (ABSENCES | ceiling).get(cell) or Decimal(str(cell)) for name, cell in cells.items()}
        yield (row["OCC_CODE"], row["O_GROUP"], period), told


def stored(claim):
    told = {name: claim.amount(name) for name in STATISTICS} | {"employment": claim.employment}
    for name in told:
        if name in claim.absences:
            assert told[name] is None
            told[name] = claim.absences[name]
        elif name != "employment" and claim.is_top_coded(name):
            told[name] = f"at least {told[name]:f}".removesuffix(".00")
    return told


@pytest.mark.parametrize(
    ("year", "rows", "claims", "suppressed", "at_least"),
    [
        (2020, 1329, 2570, 2, 178),
        (2021, 1403, 2716, 12, 267),
        (2022, 1402, 2714, 0, 184),
        (2023, 1403, 2716, 0, 211),
        (2024, 1403, 2716, 0, 235),
        (2025, 1401, 2714, 0, 0),
    ],
)
def test_every_cell_of_a_year_arrives_as_it_stands(shared_data, year, rows, claims, suppressed, at_least):
    path = shared_data / f"bls-oews/national_M{year}_dl.xlsx"
    table = rows_of(path)
    wanted = {key: told for row in table for key, told in expected(row, year)}
    text = run("import_oews", path, commit=True)
    assert counts(text, "occupations") == {"added": rows}
    assert counts(text, "pay claims") == {"added": claims}
    found = {
        (claim.occupation.code, claim.occupation.level, claim.period): stored(claim)
        for claim in PayClaim.objects.select_related("occupation")
    }
    assert len(table) == rows
    assert found == wanted
    kinds = Counter(str(told).split()[0] for figures in wanted.values() for told in figures.values())
    assert (kinds["suppressed"], kinds["at"]) == (suppressed, at_least)


@pytest.fixture
def two_years(shared_data):
    paths = [shared_data / f"bls-oews/national_M{year}_dl.xlsx" for year in (2025, 2022)]
    run("import_oews", *paths, commit=True)
    return paths


def pay(code, year, period):
    return PayClaim.objects.get(
        occupation__code=code, release__version=year, period=period, occupation__level="detailed"
    )


def test_the_figures_people_quote(two_years):
    medians = [pay(code, "2025", "year").median for code in ("15-2051", "15-1221", "15-1299")]
    assert medians == [120230, 140300, 116580]
    assert pay("15-2031", "2022", "year").median == 85720
    assert pay("15-2031", "2022", "hour").median == Decimal("41.21")


def test_seven_codes_are_a_broad_and_a_detailed_occupation(two_years):
    levels = Counter(Occupation.objects.values_list("code", flat=True))
    assert sorted(code for code, times in levels.items() if times > 1) == [
        *("13-1020", "13-2020", "29-2010", "31-1120", "39-7010", "47-4090", "51-2090"),
    ]


def test_the_same_files_again_change_nothing(two_years):
    stamps = list(PayClaim.objects.order_by("pk").values_list("pk", "updated_at"))
    assert run("import_oews", *two_years, commit=True).count("Nothing to do") == 2
    assert stamps == list(PayClaim.objects.order_by("pk").values_list("pk", "updated_at"))


def test_what_onet_and_oews_do_not_share_is_listed_code_by_code(shared_data, two_years):
    lines = (shared_data / "onet-29.3/Occupation Data.txt").read_text(encoding="utf-8").splitlines()[1:]
    release = Occupation.objects.first().release
    Occupation.objects.bulk_create(
        Occupation(scheme="onet-soc", code=line[:10], soc_code=line[:7], title="Any", release=release) for line in lines
    )
    text = run("import_oews", two_years[0])
    listed = {}
    for line in text.splitlines():
        words, separator, codes = line.partition(": ")
        if separator and words[0].isdigit():
            listed[words.split(" ", 1)[1]] = codes.split(", ")
    combined = listed["combined codes, each with the O*NET codes it counts together"]
    assert len(combined) == 12
    assert combined[0] == "13-1020 (13-1021 + 13-1022 + 13-1023)"
    held = listed["O*NET codes have no row of their own but are counted in a combined code"]
    unheld = listed["O*NET codes have no row"]
    assert (len(held), len(unheld), len({*held, *unheld})) == (28, 21, 49)
    assert len(listed) == 3
