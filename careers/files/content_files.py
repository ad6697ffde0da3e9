"""Our own content files: Markdown with TOML front matter, and CSV with lists in cells."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careers.files.errors import FileError

LIST_SEPARATOR = "|"


@dataclass
class Report:
    """Number of rows an import created or left as they were, by name of the model."""

    created: Counter = field(default_factory=Counter)
    kept: Counter = field(default_factory=Counter)

    def note(self, model, created: bool) -> None:
        (self.created if created else self.kept)[str(model._meta.verbose_name_plural)] += 1


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{path.name}: is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def read_front_matter(path: Path) -> tuple[dict, str]:
    """(front matter, body) of a file: TOML between two `+++` lines, then Markdown."""
    parts = re.split(r"^\+\+\+[ \t]*$\n?", read_text(path), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise FileError(f"{path.name}: must start with TOML between two lines +++. One of these lines is missing.")
    try:
        return tomllib.loads(parts[1]), parts[2].strip()
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path.name}: {error}") from error


def split_sections(body: str) -> list[tuple[str, str]]:
    """'## a\\ntext\\n## b\\n...' -> [('a', 'text'), ('b', '...')]."""
    pieces = re.split(r"^## +(.+?)[ \t]*$\n?", body, flags=re.MULTILINE)
    return [(pieces[index], pieces[index + 1].strip()) for index in range(1, len(pieces), 2)]


def read_csv(path: Path, columns: Iterable[str]) -> Iterator[dict[str, str]]:
    """Rows as dicts of stripped text, of a file with at least these columns."""
    rows = csv.DictReader(read_text(path).splitlines(keepends=True), strict=True)
    missing = [name for name in columns if name not in (rows.fieldnames or [])]
    if missing:
        raise FileError(f"{path.name}: no column {', '.join(missing)}")
    try:
        for row in rows:
            if None in row or None in row.values():
                raise FileError(
                    f"{path.name}, line {rows.line_num}: the row has more or fewer cells than the header has columns"
                )
            yield {name: cell.strip() for name, cell in row.items()}
    except csv.Error as error:
        raise FileError(f"{path.name}, line {rows.line_num}: {error}") from error


def split_list(cell: str) -> list[str]:
    """'a | b' -> ['a', 'b']; '' -> []."""
    return [entry.strip() for entry in cell.split(LIST_SEPARATOR) if entry.strip()]
