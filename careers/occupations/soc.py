"""What soc.toml knows: combined codes, ceilings, breaks in the series of yearly figures, levels of education."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class CombinedCode:
    """A code of OEWS that holds several six-digit SOC occupations; in force up to the release of `last_year`, if any."""

    code: str
    title: str
    members: tuple[str, ...]
    source: str
    last_year: int | None = None

    def is_in_force(self, year):
        return self.last_year is None or year <= self.last_year


@dataclass(frozen=True)
class TopCode:
    """From these dollars on a figure is published as # in the releases of these years."""

    first_year: int
    last_year: int
    annual: Decimal
    hourly: Decimal
    source: str


@dataclass(frozen=True)
class SeriesBreak:
    """Figures from `year` on do not follow smoothly on those before. Concerns: all, combined or top_coded."""

    year: int
    concerns: str
    title: str
    sentence: str
    source: str


@lru_cache(maxsize=1)
def knowledge():
    path = Path(__file__).with_name("soc.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def entries(kind, table):
    sources = knowledge()["sources"]
    return tuple(kind(**frozen(entry) | {"source": sources[entry["source"]]}) for entry in knowledge()[table])


def frozen(entry):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


@lru_cache(maxsize=1)
def combined_codes():
    """{code: CombinedCode}"""
    return {combined.code: combined for combined in entries(CombinedCode, "combined")}


def members_of(code, year):
    """The six-digit SOC codes that a code of that year's release holds: of an ordinary code itself."""
    combined = combined_codes().get(code)
    return combined.members if combined and combined.is_in_force(year) else (code,)


@lru_cache(maxsize=1)
def holders():
    """{six-digit SOC code: the CombinedCode that holds it, or held it}"""
    return {member: combined for combined in combined_codes().values() for member in combined.members}


def combined_code_of(soc_code, year):
    """The combined code under which that year's release counts an occupation; None where it stands by itself."""
    combined = holders().get(soc_code)
    return combined if combined and combined.is_in_force(year) else None


def is_unpublished(soc_code, year):
    """Whether that year's release leaves the occupation out altogether."""
    return any(soc_code.startswith(entry["code"]) and year in entry["years"] for entry in knowledge()["unpublished"])


def top_code(year):
    return next((entry for entry in entries(TopCode, "top_codes") if entry.first_year <= year <= entry.last_year), None)


@lru_cache(maxsize=1)
def series_breaks():
    return entries(SeriesBreak, "breaks")


def breaks_of(soc_code, *, top_coded=False):
    """The breaks in the yearly figures of one occupation; those of the ceiling only where figures reached it."""

    def matters(entry):
        if entry.concerns == "combined":
            return combined_code_of(soc_code, entry.year - 1) is not combined_code_of(soc_code, entry.year)
        return entry.concerns == "all" or top_coded

    return [entry for entry in series_breaks() if matters(entry)]


def education_level(category):
    """O*NET's name of a category, 1 to 12, of its scale RL."""
    return knowledge()["education"]["levels"][category - 1]


def major_groups():
    """{the first two digits of a code: the title of the group, without the word “Occupations” that ends each}"""
    return knowledge()["major_groups"]["titles"]
