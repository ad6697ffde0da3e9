"""What the list of guides shows beside its rows: pages, letters to jump to, other orders, and the same list as a chart."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page

from careers.core.facets import SearchLink
from careers.core.pagination import get_page

from .form import SORTS, GuideListForm
from .rows import GuideRow

PER_PAGE = 50


@dataclass(frozen=True)
class Letter:
    """A letter of the list from A to Z. `page` is the page on which its guides begin."""

    letter: str
    number: int
    page: int

    @property
    def anchor(self) -> str:
        return f"letter-{self.number}"


@dataclass(frozen=True)
class LetterGroup:
    letter: Letter
    rows: list[GuideRow]


def guide_page(form: GuideListForm, rows: list[GuideRow]) -> Page:
    return get_page(rows, form.criteria["page"], PER_PAGE)


def letters_of(rows: list[GuideRow]) -> list[Letter]:
    """`rows` from A to Z."""
    first = {}
    for index, row in enumerate(rows):
        first.setdefault(row.letter, index)
    return [Letter(letter, number, index // PER_PAGE + 1) for number, (letter, index) in enumerate(first.items(), 1)]


def letter_groups(rows: list[GuideRow], letters: list[Letter]) -> list[LetterGroup]:
    """The rows of one page under their letters."""
    by_letter = {letter.letter: letter for letter in letters}
    return [LetterGroup(by_letter[key], list(group)) for key, group in groupby(rows, key=lambda row: row.letter)]


@dataclass(frozen=True)
class Column:
    """A heading of the table. `order` is the value of the sort that it links to, `direction` that of aria-sort."""

    words: str
    order: str
    direction: str
    is_number: bool = False


COLUMNS = (
    Column("Guide", "title", "ascending"),
    Column("Median pay", "pay", "descending", is_number=True),
    Column("Growth", "growth", "descending"),
    Column("Openings a year", "openings", "descending", is_number=True),
    Column("Entry education", "education", "ascending"),
    Column("Open jobs", "jobs", "descending", is_number=True),
)


def column_links(form: GuideListForm) -> list[tuple[Column, SearchLink]]:
    return [(column, _sorted_by(form, column.order, column.words)) for column in COLUMNS]


def sort_links(form: GuideListForm) -> list[SearchLink]:
    return [_sorted_by(form, order, words) for order, words in SORTS.items()]


def _sorted_by(form, order, words):
    return SearchLink(words, form.query_with("sort", order), is_chosen=order == form.order)
