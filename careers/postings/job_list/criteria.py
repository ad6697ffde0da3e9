"""A search of /jobs/ as a value, so that page, feeds and whatever keeps it for later mean the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

VERSION = 1
# {version: pairs of that version -> pairs of the next one}: where a filter gets another name, kept searches follow it here.
UPGRADES: dict[int, Callable[[list], list]] = {}


@dataclass(frozen=True)
class PostingSearch:
    """`pairs` are the filters in use as (name, value) of the query string, spelt and ordered in one way, without the page.

    `sentence` says them in words. `is_filtered` is true also where all that was asked for is unknown and left out.
    """

    pairs: tuple[tuple[str, str], ...]
    sentence: str = field(default="", compare=False)
    is_filtered: bool = field(default=False, compare=False)

    @property
    def query(self):
        return urlencode(self.pairs)

    def address(self, page=1):
        """Of one page of the list, as search engines are to know it."""
        query = urlencode([*(self.pairs if self.is_filtered else ()), *([("page", page)] if page > 1 else ())])
        return reverse("postings:list") + (f"?{query}" if query else "")

    def kept(self):
        """For a database or a file, read again by `pairs_of`."""
        return {"version": VERSION, "pairs": [list(pair) for pair in self.pairs]}


def pairs_of(kept):
    """The pairs of a kept search, under the names of today. Raises ValueError for one of a later version than ours."""
    version, pairs = kept["version"], [tuple(pair) for pair in kept["pairs"]]
    if version > VERSION:
        raise ValueError(f"A search of version {version} was kept by a newer portal; this one reads up to {VERSION}.")
    for number in range(version, VERSION):
        pairs = UPGRADES[number](pairs)
    return pairs
