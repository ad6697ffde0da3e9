from careers.core.facets import Option
from careers.core.templatetags.core import checkboxes, thousands
from tests.cases import each


@each(
    "number, text", [(0, "0"), (999, "999"), (1000, "1,000"), (100_000, "100,000"), (1_234_567, "1,234,567"), ("", "")]
)
def test_counts_have_separators(number, text):
    assert thousands(number) == text


def test_so_have_those_beside_a_filter():
    option = Option("DE", "Germany", 100_000, False)
    assert '<span class="count">100,000</span>' in checkboxes([option], "country")
