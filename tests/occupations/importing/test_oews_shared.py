"""The real files of six years, beside a count of their cells that knows nothing of the importer."""

import re
from collections import Counter
from contextlib import closing
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from careers.occupations.models import Occupation, OfficialPay
from tests import factories

from .bls import counts, run

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
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
    ("year", "rows", "twice", "claims", "suppressed", "at_least"),
    [
        (2020, 1329, 13, 2570, 2, 178),
        (2021, 1403, 7, 2716, 12, 267),
        (2022, 1402, 7, 2714, 0, 184),
        (2023, 1403, 7, 2716, 0, 211),
        (2024, 1403, 7, 2716, 0, 235),
        (2025, 1401, 7, 2714, 0, 0),
    ],
)
def test_every_cell_of_a_year_arrives_as_it_stands(shared_data, year, rows, twice, claims, suppressed, at_least):
    path = shared_data / f"bls-oews/national_M{year}_dl.xlsx"
    table = rows_of(path)
    wanted = {key: told for row in table for key, told in expected(row, year)}
    text = run("import_oews", path, commit=True)
    assert counts(text, "occupations") == {"added": rows}
    assert counts(text, "pay figures") == {"added": claims}
    found = {
        (claim.occupation.code, claim.occupation.level, claim.period): stored(claim)
        for claim in OfficialPay.objects.select_related("occupation")
    }
    assert len(table) == rows
    assert len({row["OCC_CODE"] for row in table}) == rows - twice
    assert found == wanted
    kinds = Counter(str(told).split()[0] for figures in wanted.values() for told in figures.values())
    assert (kinds["suppressed"], kinds["at"]) == (suppressed, at_least)


def pay(code, year, period):
    return OfficialPay.objects.get(
        occupation__code=code, release__version=year, period=period, occupation__level="detailed"
    )


def test_the_figures_people_quote(shared_data):
    run("import_oews", *(shared_data / f"bls-oews/national_M{year}_dl.xlsx" for year in (2025, 2022)), commit=True)
    medians = [pay(code, "2025", "year").median for code in ("15-2051", "15-1221", "15-1299")]
    assert medians == [120230, 140300, 116580]
    assert pay("15-2031", "2022", "year").median == 85720
    assert pay("15-2031", "2022", "hour").median == Decimal("41.21")


def test_the_same_file_again_changes_nothing(shared_data):
    path = shared_data / "bls-oews/national_M2024_dl.xlsx"
    run("import_oews", path, commit=True)
    stamps = list(OfficialPay.objects.order_by("pk").values_list("pk", "updated_at"))
    assert "Nothing to do" in run("import_oews", path, commit=True)
    assert stamps == list(OfficialPay.objects.order_by("pk").values_list("pk", "updated_at"))


def test_what_onet_and_oews_do_not_share_is_listed_code_by_code(shared_data):
    lines = (shared_data / "onet-29.3/Occupation Data.txt").read_text(encoding="utf-8").splitlines()[1:]
    release = factories.ReleaseFactory()
    Occupation.objects.bulk_create(
        Occupation(scheme="onet-soc", code=line[:10], soc_code=line[:7], title="Any", release=release) for line in lines
    )
    text = run("import_oews", shared_data / "bls-oews/national_M2025_dl.xlsx")
    lists = dict(re.findall(r"^(.+) \(\d+\): (.+)$", text, re.MULTILINE))
    listed = {words: codes.split(", ") for words, codes in lists.items()}
    combined = listed.pop("combined codes, each with the O*NET codes it counts together")
    assert len(combined) == 12
    assert combined[0] == "13-1020 (13-1021 + 13-1022 + 13-1023)"
    held = listed.pop("O*NET codes without a row of their own, counted in a combined code")
    unheld = listed.pop("O*NET codes without a row")
    assert (len(held), len(unheld), len({*held, *unheld})) == (28, 21, 49)
    assert not listed
