from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator


def get_page(rows, number: int, size: int) -> Page:
    """The requested page; past the end, the last one."""
    return _with_numbers(Paginator(rows, size).get_page(max(number, 1)))


class _KnownCountPaginator(Paginator):
    def __init__(self, count, size):
        super().__init__([], size)
        self.count = count


def page_of_slice(rows: Sequence, count: int, number: int, size: int) -> Page:
    """A page whose rows were selected elsewhere, `count` in all."""
    return _with_numbers(Page(rows, number, _KnownCountPaginator(count, size)))


def _with_numbers(page: Any) -> Page:
    """`pages_shown` are the page numbers to link to, with gaps."""
    page.pages_shown = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page
