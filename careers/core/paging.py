from django.core.paginator import Paginator


def page_of(rows, number, size):
    """The page asked for; past the end, the last one. `pages_shown` are the numbers to link to, with gaps."""
    paginator = Paginator(rows, size)
    page = paginator.page(min(max(number, 1), paginator.num_pages))
    page.pages_shown = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page
