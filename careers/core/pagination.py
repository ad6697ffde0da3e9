from django.core.paginator import Paginator


def get_page(rows, number, size):
    """The page asked for; past the end, the last one."""
    paginator = Paginator(rows, size)
    return _with_numbers(paginator.page(min(max(number, 1), paginator.num_pages)))


class _Counted(Paginator):
    """Its rows were cut out and counted elsewhere."""

    def __init__(self, count, size):
        super().__init__([], size)
        self.count = count


def page_of_slice(rows, count, number, size):
    """A page of rows found by somebody else, `count` in all."""
    paginator = _Counted(count, size)
    return _with_numbers(paginator._get_page(rows, number, paginator))


def _with_numbers(page):
    """`pages_shown` are the numbers to link to, with gaps."""
    page.pages_shown = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page
