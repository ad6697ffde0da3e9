"""Pay of several kinds in one drawing."""

from decimal import Decimal

from django.template.loader import render_to_string

from careers.roles.figures.pay_drawing import PayKind, PayRange, draw_pay
from careers.roles.figures.role_pay import draw_role_pay
from tests import factories
from tests.cases import each

OFFICIAL = PayRange("United States", Decimal(50_000), Decimal(100_000), Decimal(200_000))
JOB = PayRange("This job", Decimal(120_000), None, Decimal(150_000), PayKind.JOB)


def test_rows_share_one_axis_from_zero():
    drawing = draw_pay([OFFICIAL, JOB], "USD")
    assert (drawing.ticks[0].text, drawing.ticks[-1].text, drawing.unit) == ("0", "200K", "USD a year")
    official, job = drawing.rows
    assert (official.bar.whole.x, official.bar.whole.width, official.bar.median) == ("25.00%", "75.00%", "50.00%")
    assert (job.bar.whole.x, job.bar.whole.width, job.bar.median) == ("60.00%", "15.00%", "")


@each(
    "low, middle, high, open_end, text",
    [
        (50_000, 100_000, 200_000, False, "$50,000 to $200,000, median $100,000"),
        (50_000, None, 200_000, True, "$50,000 to at least $200,000"),
        (None, 239_200, None, True, "median at least $239,200"),
        (80_000, None, None, False, "from $80,000"),
        (None, None, 80_000, False, "up to $80,000"),
        (80_000, None, 80_000, False, "$80,000"),
        ("41.21", None, "50.5", False, "$41.21 to $50.50"),
        ("123333.33", None, None, False, "from $123,333"),
    ],
)
def test_the_figures_are_text_beside_the_bar(db, low, middle, high, open_end, text):
    amounts = [Decimal(amount) if amount is not None else None for amount in (low, middle, high)]
    drawing = draw_pay([PayRange("Row", *amounts, open_end=open_end)], "USD")
    assert [row.text for row in drawing.rows] == [text]
    assert drawing.rows[0].bar


def test_a_mean_is_not_called_a_median(db):
    figure = factories.PayClaimFactory(median=None, mean=Decimal(90_000))
    assert draw_role_pay([figure]).rows[0].text == "mean $90,000"


def test_rows_without_amounts_are_not_drawn():
    empty = PayRange("Nothing", None, None, None)
    assert draw_pay([empty], "USD") is None
    assert [row.label for row in draw_pay([empty, JOB], "USD").rows] == ["This job"]


def test_the_component_tells_every_row_as_text():
    page = render_to_string("components/_pay_drawing.html", {"drawing": draw_pay([OFFICIAL, JOB], "USD")})
    assert "$50,000 to $200,000, median $100,000" in page
    assert "pay-drawing--job" in page
    assert "$120,000 to $150,000" in page
