"""What an app tells the engine: its documents, and how to make those of given rows anew."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

ALWAYS = -(2**62)
NEVER = 2**62
LINK_TARGET = re.compile(r"\]\([^)]*\)")


def strip_link_targets(markdown):
    """Nobody looks for the words of an address."""
    return LINK_TARGET.sub("]", markdown)


@dataclass(frozen=True)
class Document:
    """One row as the index holds it.

    `names` is what the row is known by besides its title, `text` its prose. `titles` are those that lead to the row itself: as
    a whole once they are typed, as a suggestion while they are. `facets` are (name, values) of
    `schema.FACETS`, and (name, primary keys) of `schema.KEYS`; `numbers` are whole numbers of `schema.NUMBERS`. `opens` and
    `closes` are microseconds since 1970: from `opens` on, and before `closes`, the row may be shown.
    """

    pk: int
    title: str
    names: tuple[str, ...] = ()
    text: str = ""
    titles: tuple[str, ...] = ()
    facets: Mapping[str, Iterable[str | int]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    opens: int = ALWAYS
    closes: int = NEVER


@dataclass(frozen=True)
class DocumentKind:
    """`documents(pks)` gives the documents of those rows that are to be found at all, in few queries for many rows.

    `pks()` names every such row. `touched(model, pks)` names the rows whose documents speak of changed rows of another
    model, of all its rows where `pks` is None.
    """

    name: str
    documents: Callable[[list[int]], Iterable[Document]]
    pks: Callable[[], Iterable[int]]
    touched: Callable[[str, list[int] | None], Iterable[int]] = lambda model, pks: ()


KINDS: dict[str, DocumentKind] = {}


def register(kind: DocumentKind):
    KINDS[kind.name] = kind
