"""A search of /jobs/ as a value, which page, feeds and stored searches share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

VERSION = 1
# {version: function from the pairs of that version to those of the next}: add one whenever a filter is renamed.
UPGRADES: dict[int, Callable[[list], list]] = {}


@dataclass(frozen=True)
class PostingSearch:
    """`pairs` are the filters in use as (name, value) in canonical order, without the page.

    `sentence` describes them. `is_filtered` is also true where every value asked for is unknown, so that `pairs` is empty.
    """

    pairs: tuple[tuple[str, str], ...]
    sentence: str = field(default="", compare=False)
    is_filtered: bool = field(default=False, compare=False)

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    def canonical_path(self, page: int = 1) -> str:
        """The address of one page of the list for search engines."""
        query = urlencode([*(self.pairs if self.is_filtered else ()), *([("page", page)] if page > 1 else ())])
        return reverse("postings:list") + (f"?{query}" if query else "")

    def to_json(self) -> dict:
        """For a database or a file; `pairs_from_json` reads it."""
        return {"version": VERSION, "pairs": [list(pair) for pair in self.pairs]}


def pairs_from_json(stored: Mapping) -> list[tuple[str, str]]:
    """The pairs of a stored search, with today's names. Raises ValueError for a version later than VERSION."""
    version, pairs = stored["version"], [tuple(pair) for pair in stored["pairs"]]
    if version > VERSION:
        raise ValueError(f"A search of version {version} was kept by a newer portal; this one reads up to {VERSION}.")
    for number in range(version, VERSION):
        pairs = UPGRADES[number](pairs)
    return pairs
