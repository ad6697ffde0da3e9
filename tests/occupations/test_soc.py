from collections import Counter
from contextlib import closing
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from careers.occupations import soc

YEARS = range(2020, 2026)


def test_a_combined_code_stands_for_its_members():
    assert soc.member_codes("31-1120", 2025) == ("31-1121", "31-1122")
    assert soc.member_codes("15-1256", 2020) == ("15-1252", "15-1253")
    assert soc.member_codes("15-2051", 2025) == ("15-2051",)
    assert soc.member_codes("15-1256", 2021) == ("15-1256",)
    assert soc.member_codes("31-1120", 2030) == ("31-1121", "31-1122")


def test_an_occupation_knows_the_code_that_counts_it():
    assert soc.combined_code_for("15-2051", 2020).code == "15-2098"
    assert soc.combined_code_for("15-2051", 2021) is None
    assert soc.combined_code_for("31-1121", 2025).code == "31-1120"
    assert soc.combined_code_for("11-1011", 2020) is None


def test_no_occupation_is_held_twice_in_one_year():
    for year in YEARS:
        held = [member for code in soc.combined_codes() for member in soc.member_codes(code, year) if member != code]
        assert len(held) == len(set(held))


@pytest.mark.parametrize(("year", "annual"), [(2020, 208_000), (2021, 208_000), (2022, 239_200), (2024, 239_200)])
def test_the_ceiling_of_a_year(year, annual):
    ceiling = soc.top_code(year)
    assert ceiling.annual == annual
    assert ceiling.hourly == Decimal(annual) / 2080
    assert isinstance(ceiling.hourly, Decimal)


@pytest.mark.parametrize("year", [2019, 2025])
def test_a_year_without_a_known_ceiling(year):
    assert soc.top_code(year) is None


def test_breaks_are_told_where_they_matter():
    def told(*args, **options):
        return [(entry.year, entry.concerns) for entry in soc.breaks_for(*args, **options)]

    assert told("15-1232") == [(2021, "all")]
    assert told("15-2051") == [(2021, "all"), (2021, "combined")]
    assert told("31-1121") == [(2021, "all")]
    assert told("29-1241", top_coded=True) == [
        (2021, "all"),
        (2021, "combined"),
        (2022, "top_coded"),
        (2025, "top_coded"),
    ]


def test_every_entry_says_where_it_is_documented():
    told = [*soc.combined_codes().values(), *soc.series_breaks(), soc.top_code(2020)]
    assert {entry.source for entry in told} <= set(soc.soc_tables()["sources"].values())
    assert all(entry.sentence.endswith(".") for entry in soc.series_breaks())


def test_levels_of_education_stand_in_their_order():
    assert len(soc.soc_tables()["education"]["levels"]) == 12
    assert soc.education_level(1) == "Less than a High School Diploma"
    assert soc.education_level(6) == "Bachelor's Degree"
    assert soc.education_level(12) == "Post-Doctoral Training"


def rows_of(folder, year):
    with closing(load_workbook(folder / f"bls-oews/national_M{year}_dl.xlsx", read_only=True)) as book:
        columns, *rows = book.worksheets[0].iter_rows(values_only=True)
    code, group = columns.index("OCC_CODE"), columns.index("O_GROUP")
    return [(row[code], row) for row in rows if row[group] == "detailed"]


@pytest.mark.parametrize("year", YEARS)
def test_members_and_occupations_of_their_own_make_up_the_whole_classification(shared_data, year):
    lines = (shared_data / "onet-29.3/Occupation Data.txt").read_text(encoding="utf-8").splitlines()[1:]
    classification = {line[:7] for line in lines}
    counted_by = [(member, code) for code, _ in rows_of(shared_data, year) for member in soc.member_codes(code, year)]
    published = Counter(member for member, _ in counted_by)
    assert set(published.values()) == {1}
    assert set(published) <= classification
    assert all(soc.is_unpublished(code, year) for code in classification - set(published))
    assert not any(soc.is_unpublished(code, year) for code in published)
    for member, code in counted_by:
        combined = soc.combined_code_for(member, year)
        assert (combined.code if combined else member) == code


@pytest.mark.parametrize("year", YEARS)
def test_the_mark_of_the_ceiling_stands_only_in_years_that_have_one(shared_data, year):
    marked = any("#" in row for _, row in rows_of(shared_data, year))
    assert marked == (soc.top_code(year) is not None)
