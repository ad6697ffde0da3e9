"""The tables as publishers give them, read from ../shared/data."""

import pytest

from careers.files import cells
from careers.files.tables import open_table
from careers.occupations.soc import ONET_SOC_CODE, SOC_CODE


@pytest.mark.parametrize("year", range(2020, 2026))
def test_the_wages_of_every_year(shared_data, year):
    path = shared_data / "bls-oews" / f"national_M{year}_dl.xlsx"
    with open_table(path, required=("OCC_CODE", "O_GROUP", "NAICS", "TOT_EMP", "A_MEDIAN")) as table:
        rows = list(table)
    assert {row["NAICS"] for row in rows} == {"000000"}
    assert len({(row["OCC_CODE"], row["O_GROUP"]) for row in rows}) == len(rows) > 1_300
    for row in rows:
        row.read("OCC_CODE", SOC_CODE)
        row.read("TOT_EMP", cells.whole)
        row.read("A_MEDIAN", cells.number)


def test_alternate_titles(shared_data):
    path = shared_data / "onet-29.3" / "Alternate Titles.xlsx"
    with open_table(
        path, required=("O*NET-SOC Code", "Alternate Title", "Source(s)"), optional=("Short Title",)
    ) as table:
        rows = list(table)
    assert len(rows) == 56_560
    assert rows[0]["Source(s)"] == "08"
    assert len({row["O*NET-SOC Code"] for row in rows if row["Alternate Title"] == "Machine Operator"}) == 43
    assert all(row.read("O*NET-SOC Code", ONET_SOC_CODE) for row in rows)
