"""The TOML tables of laws, phrases and gender-coded words. Errors name the file and the entry."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pycountry
from django.conf import settings

OURS = Path(__file__).parent / "data"
ASKS = ("range", "both_ends", "benefits", "closing_day", "no_pay_history")
REMOTE = ("anywhere", "office", "unclear", "no")
LAW_KEYS = {
    "place", "name", "from", "until", "asks", "remote", "employers", "source", "address", "unconfirmed", "spread", "before",
    "city",
}  # fmt: skip
CLASS_KEYS = {
    "rule", "label", "advice", "source", "address", "law_of", "places", "in_title", "phrases", "unless",
}  # fmt: skip
KINDS = {str: "text", list: "a list of texts", date: "a day such as 2026-01-01", bool: "true or false", dict: "a table"}
UNCONFIRMABLE = {"from", "until", "asks", "employers", "closing_day", "spread", "citation", "remote"}


class TableError(ValueError):
    """An invalid table; the message names the file and the entry."""


@dataclass(frozen=True)
class Law:
    place: str
    name: str
    begins: date
    ends: date | None
    asks: tuple[str, ...]
    remote: str
    employers: str
    source: str
    cities: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    most_spread: int | None = None
    spread_currency: str = ""
    before_interview: bool = False

    def is_in_force(self, day):
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class PhraseClass:
    rule: str
    label: str
    advice: str
    source: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    law_of: str = ""
    places: tuple[str, ...] = ()
    in_title: bool = False


@dataclass(frozen=True)
class Stems:
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    source: str


class Entry:
    """One TOML table of a file, with checked access to its values."""

    def __init__(self, where, values, keys):
        self.where, self.values = where, values
        if not isinstance(values, dict):
            self.refuse("is not a table")
        if unknown := sorted(set(values) - keys):
            self.refuse(f"unknown key {', '.join(unknown)}")

    def refuse(self, error):
        raise TableError(f"{self.where}: {error}")

    def value(self, key, kind, default=...):
        if key not in self.values:
            if default is ...:
                self.refuse(f"“{key}” is missing")
            return default
        found = self.values[key]
        if type(found) is not kind:
            self.refuse(f"“{key}” must be {KINDS[kind]}")
        if kind is str and not found.strip():
            self.refuse(f"“{key}” is empty")
        return found

    def names(self, key, allowed=None, default=...):
        found = self.value(key, list, default)
        if not all(isinstance(name, str) and name.strip() for name in found):
            self.refuse(f"“{key}” must be {KINDS[list]}")
        if allowed and (unknown := [name for name in found if name not in allowed]):
            self.refuse(f"“{key}” does not know {', '.join(unknown)}; known are {', '.join(sorted(allowed))}")
        return tuple(found)

    def source(self):
        address = self.value("address", str, "")
        return f"{self.value('source', str)}, {address}" if address else self.value("source", str)


def is_place(code):
    known = pycountry.subdivisions.get(code=code) if "-" in code else pycountry.countries.get(alpha_2=code)
    return known is not None and code == code.upper()


def path_of(name):
    """The file of this name in POSTING_CHECKS_DIR, or else our own."""
    own = Path(settings.POSTING_CHECKS_DIR) / name if settings.POSTING_CHECKS_DIR else None
    return own if own and own.exists() else OURS / name


def load_toml(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise TableError(f"{path.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path.name}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{path.name}: {error}") from error


def entries_of(path, key):
    content = load_toml(path)
    if unknown := sorted(set(content) - {key}):
        raise TableError(f"{path.name}: unknown table {', '.join(unknown)}; the entries are [[{key}]]")
    entries = content.get(key, [])
    if not isinstance(entries, list):
        raise TableError(f"{path.name}: the entries are written [[{key}]], with two brackets")
    return entries


def entry_name(path, key, number, values, name):
    entry_value = values.get(name) if isinstance(values, dict) else None
    return f"{path.name}, {key} {number}" + (f" ({entry_value})" if isinstance(entry_value, str) else "")


def read_laws(path):
    return tuple(
        law_of(Entry(entry_name(path, "law", number, values, "name"), values, LAW_KEYS))
        for number, values in enumerate(entries_of(path, "law"), start=1)
    )


def law_of(entry):
    law = Law(
        place=entry.value("place", str),
        name=entry.value("name", str),
        begins=entry.value("from", date),
        ends=entry.value("until", date, None),
        asks=entry.names("asks", ASKS),
        remote=entry.value("remote", str),
        employers=entry.value("employers", str),
        source=entry.source(),
        cities=entry.names("city", default=[]),
        unconfirmed=entry.names("unconfirmed", UNCONFIRMABLE, default=[]),
        before_interview=entry.value("before", str, "") == "interview",
        **spread_of(entry),
    )
    if not is_place(law.place):
        entry.refuse(f"“{law.place}” is not an ISO 3166 code")
    if law.remote not in REMOTE:
        entry.refuse(f"“remote” must be one of {', '.join(REMOTE)}")
    if law.ends and law.ends < law.begins:
        entry.refuse("it ends before it begins")
    if entry.value("before", str, "interview") != "interview":
        entry.refuse("“before” knows “interview” alone")
    return law


def spread_of(entry):
    spread = entry.value("spread", dict, None)
    if spread is None:
        return {}
    if (
        set(spread) != {"most", "currency"}
        or type(spread["most"]) is not int
        or not isinstance(spread["currency"], str)
    ):
        entry.refuse('“spread” looks like { most = 50000, currency = "CAD" }')
    return {"most_spread": spread["most"], "spread_currency": spread["currency"]}


def read_phrases(path):
    classes = []
    for number, values in enumerate(entries_of(path, "class"), start=1):
        entry = Entry(entry_name(path, "class", number, values, "rule"), values, CLASS_KEYS)
        found = class_of(entry)
        if not found.rule.isidentifier():
            entry.refuse("“rule” is one word of letters, digits and _")
        if found.rule in {other.rule for other in classes}:
            entry.refuse("the rule is there already")
        if unknown := [place for place in found.places if not is_place(place)]:
            entry.refuse(f"“{unknown[0]}” is not an ISO 3166 code")
        classes.append(found)
    return tuple(classes)


def class_of(entry):
    return PhraseClass(
        rule=entry.value("rule", str),
        label=entry.value("label", str),
        advice=entry.value("advice", str),
        source=entry.source(),
        phrases=entry.names("phrases"),
        unless=entry.names("unless", default=[]),
        law_of=entry.value("law_of", str, ""),
        places=entry.names("places", default=[]),
        in_title=entry.value("in_title", bool, default=False),
    )


def read_stems(path):
    entry = Entry(path.name, load_toml(path), {"source", "feminine", "masculine"})
    return Stems(entry.names("feminine"), entry.names("masculine"), entry.value("source", str))


READERS = {"pay_law.toml": read_laws, "phrases.toml": read_phrases, "gender.toml": read_stems}


@lru_cache(maxsize=16)
def read_table(path, name):
    return READERS[name](path)


def table(name):
    return read_table(path_of(name), name)
