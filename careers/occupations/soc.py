"""How SOC codes are read, and what soc.toml says: combined codes, top codes, breaks in the series, education, major groups."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from careers.files.cells import Code

SOC_CODE = Code(r"[0-9]{2}-[0-9]{4}", "15-2051")
ONET_SOC_CODE = Code(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}", "15-2051.00")


@dataclass(frozen=True)
class CombinedCode:
    """An OEWS code for several six-digit SOC occupations; used up to the release of `last_year`, or until today."""

    code: str
    title: str
    members: tuple[str, ...]
    source: str
    last_year: int | None = None

    def is_in_force(self, year: int) -> bool:
        return self.last_year is None or year <= self.last_year


@dataclass(frozen=True)
class TopCode:
    """Pay of at least these dollars is published as # in the releases of these years."""

    first_year: int
    last_year: int
    annual: Decimal
    hourly: Decimal
    source: str


@dataclass(frozen=True)
class SeriesBreak:
    """Figures of `year` and later are not comparable with earlier ones. `concerns` is all, combined or top_coded."""

    year: int
    concerns: str
    title: str
    sentence: str
    source: str


@lru_cache(maxsize=1)
def soc_tables() -> dict[str, Any]:
    path = Path(__file__).with_name("soc.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def read_entries(kind: type, table: str) -> tuple:
    """The rows of a table of soc.toml as instances of a dataclass, each with the full name of its source."""
    sources = soc_tables()["sources"]
    return tuple(kind(**_hashable(row) | {"source": sources[row["source"]]}) for row in soc_tables()[table])


def _hashable(row: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


@lru_cache(maxsize=1)
def combined_codes() -> dict[str, CombinedCode]:
    """{code: CombinedCode}"""
    return {combined.code: combined for combined in read_entries(CombinedCode, "combined")}


def member_codes(code: str, year: int) -> tuple[str, ...]:
    """The six-digit SOC codes that a code of that year's release covers; for an ordinary code, itself."""
    combined = combined_codes().get(code)
    return combined.members if combined and combined.is_in_force(year) else (code,)


@lru_cache(maxsize=1)
def combined_code_by_member() -> dict[str, CombinedCode]:
    """{six-digit SOC code: the CombinedCode that covers it, or did in earlier releases}"""
    return {member: combined for combined in combined_codes().values() for member in combined.members}


def combined_code_for(soc_code: str, year: int) -> CombinedCode | None:
    """The combined code under which that year's release publishes an occupation; None if it has a row of its own."""
    combined = combined_code_by_member().get(soc_code)
    return combined if combined and combined.is_in_force(year) else None


def is_unpublished(soc_code: str, year: int) -> bool:
    """Whether that year's release has no row for the occupation, neither its own nor a combined one."""
    return any(soc_code.startswith(row["code"]) and year in row["years"] for row in soc_tables()["unpublished"])


def top_code(year: int) -> TopCode | None:
    return next((row for row in read_entries(TopCode, "top_codes") if row.first_year <= year <= row.last_year), None)


@lru_cache(maxsize=1)
def series_breaks() -> tuple[SeriesBreak, ...]:
    return read_entries(SeriesBreak, "breaks")


def breaks_for(soc_code: str, *, top_coded: bool = False) -> list[SeriesBreak]:
    """The breaks in the yearly figures of an occupation. `top_coded`: include those that concern top-coded figures only."""

    def applies(entry: SeriesBreak) -> bool:
        if entry.concerns == "combined":
            return combined_code_for(soc_code, entry.year - 1) is not combined_code_for(soc_code, entry.year)
        return entry.concerns == "all" or top_coded

    return [entry for entry in series_breaks() if applies(entry)]


def education_level(category: int) -> str:
    """The name of a category, 1 to 12, of O*NET's scale RL (required level of education)."""
    return soc_tables()["education"]["levels"][category - 1]


def major_groups() -> dict[str, str]:
    """{first two digits of a code: title of the major group, without the word “Occupations”}"""
    return soc_tables()["major_groups"]["titles"]
