"""What an app registers: its kinds of documents, their fields, and how the documents of given rows are made."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

ALWAYS = -(2**62)
NEVER = 2**62
LINK_TARGET = re.compile(r"\]\((?:[^()]++|\([^()]*\))*+\)")


def strip_link_targets(markdown: str) -> str:
    """Markdown without the URLs of its links, whose words should not be found."""
    return LINK_TARGET.sub("]", markdown)


@dataclass(frozen=True)
class Document:
    """One row as the index holds it.

    `names` are other names of the row besides its title, `text` its prose. `titles` are matched whole and completed while a
    visitor types. `facets` are values of the kind's facets and key facets, `numbers` whole numbers of its number fields.
    `opens` and `closes` are microseconds since 1970: the row is found from `opens` until just before `closes`.
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
    """`documents(pks)` returns the documents of those rows that can be found at all, with a fixed number of queries.

    `pks()` returns all such rows. `affected_pks(model, pks)` returns the rows whose documents contain text of changed rows of
    another model; of all its rows where `pks` is None.

    `facets` are text values that can be filtered and counted, several to a document; `key_facets` are the same by primary
    key, for rows of which there may be many thousands. `numbers` can be filtered and sorted by. Kinds may share names.
    """

    name: str
    documents: Callable[[list[int]], Iterable[Document]]
    pks: Callable[[], Iterable[int]]
    affected_pks: Callable[[str, list[int] | None], Iterable[int]] = lambda model, pks: ()
    facets: tuple[str, ...] = ()
    key_facets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


KINDS: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Called when Django starts (AppConfig.ready), before the index is opened."""
    KINDS[kind.name] = kind
