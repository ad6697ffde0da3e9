from datetime import UTC, datetime

from django.template import Context, Template
from django.utils.formats import date_format

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


def test_dates_are_written_in_one_format():
    moment = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    template = Template("{{ moment|date }} | {{ moment|date:'DATETIME_FORMAT' }} | {{ moment }}")
    assert template.render(Context({"moment": moment})) == "3 Nov 2026 | 3 Nov 2026, 09:05 | 3 Nov 2026, 09:05"
    assert date_format(moment.date()) == "3 Nov 2026"
