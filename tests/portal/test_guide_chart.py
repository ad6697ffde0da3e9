"""The chart of pay against growth and the table behind it."""

import re
from decimal import Decimal
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.guide_list import scatter
from tests import factories
from tests.portal.test_guide_list import guide

pytestmark = pytest.mark.django_db


def chart_of(response):
    return ElementTree.fromstring(re.search(r"<svg class=\"chart.*?</svg>", response.text, re.DOTALL)[0])


def links_of(response):
    return {link.get("aria-label"): link.get("href") for link in chart_of(response).iter("a")}


def test_each_dot_leads_to_its_guide_and_has_a_name(client):
    guide("Actor", 1001, 60_000, "3.5"), guide("Baker", 1002, 90_000, "-2.0")
    assert links_of(client.get("/roles/explore/")) == {
        "Baker: $90,000 a year, −2%": "/roles/baker/",
        "Actor: $60,000 a year, +3.5%": "/roles/actor/",
    }


def test_guides_with_the_same_figures_share_a_dot_that_leads_to_their_names(client):
    for number, title in enumerate(("Actor", "Baker")):
        guide(title, 1001 + number, 60_000, "3.5")
    response = client.get("/roles/explore/")
    assert links_of(response) == {"Actor +1: $60,000 a year, +3.5%, 2 guides: Actor, Baker": "#shared-1"}
    listed = re.search(r'<li id="shared-1">(.*?)</li>', response.text)[1]
    assert re.findall(r"<bdi>(\w+)</bdi>", listed) == ["Actor", "Baker"]


def test_guides_without_both_figures_are_listed_below_with_the_reason(client):
    guide("Actor", 1001, 60_000, "3.5")
    guide("Baker", 1002, 90_000), guide("Clerk", 1003, growth="2.0"), guide("Elder", 1004, 9, "1.0", currency="EUR")
    factories.RoleFactory(title="Diver")
    response = client.get("/roles/explore/")
    assert len(links_of(response)) == 1
    listed = unescape(re.search(r'<details class="undrawn">(.*?)</details>', response.text, re.DOTALL)[1])
    assert re.findall(r"<bdi>(\w+)</bdi></a>: (.*?)</li>", listed) == [
        ("Baker", "no official growth figure"),
        ("Clerk", "no official pay figure"),
        ("Diver", "no official figures"),
        ("Elder", "pay is in EUR"),
    ]
    assert links_of(client.get("/roles/explore/?currency=EUR")) == {"Elder: €9 a year, +1%": "/roles/elder/"}


def test_without_any_figures_there_is_a_sentence_in_place_of_the_chart(client):
    factories.RoleFactory(title="Diver")
    response = client.get("/roles/explore/")
    assert "<svg class" not in response.text
    assert "so there is no chart" in response.text
    assert "no figure" in response.text


def test_the_lines_are_the_medians_of_the_guides_drawn(client):
    for number, (pay, growth) in enumerate([(50_000, "1.0"), (60_000, "9.0"), (90_000, "2.0")]):
        guide(f"Guide {number}", 1001 + number, pay, growth)
    chart = client.get("/roles/explore/").context["scatter"]
    assert (chart.median_pay, chart.median_growth) == ("$60,000", "+2%")
    on_line = {dot.row.role.title for dot in chart.dots if dot.y == chart.median_pay_y}
    assert on_line == {"Guide 1"}
    assert [dot.row.role.title for dot in chart.dots if dot.x == chart.median_growth_x] == ["Guide 2"]


def test_more_pay_is_higher_and_more_growth_further_to_the_right(client):
    guide("Actor", 1001, 60_000, "3.5"), guide("Baker", 1002, 90_000, "-2.0")
    baker, actor = client.get("/roles/explore/").context["scatter"].dots
    assert (baker.position < actor.position, baker.percent < actor.percent) == (True, True)


POINT = st.tuples(st.integers(0, 100), st.integers(scatter.TOP, scatter.BOTTOM))


class Titled:
    def __init__(self, title):
        self.role = type("Role", (), {"title": title})


@given(st.lists(POINT, max_size=25, unique=True), st.sampled_from([scatter.NARROW, scatter.WIDE]))
def test_names_stay_inside_the_chart_and_off_each_other(points, width):
    dots = [scatter.Dot([Titled("Data Engineer")], Decimal(x), Decimal(y)) for x, y in points]
    drawn = [(dot, name.side) for dot, name in zip(dots, scatter.names_at(dots, width), strict=True) if name.has_room]
    boxes = [scatter.name_cells(dot, side, width) for dot, side in drawn]
    assert len(set().union(*boxes)) == sum(map(len, boxes))
    assert all(scatter.AMOUNTS // scatter.CELL <= column <= width // scatter.CELL for box in boxes for column, _ in box)
    for dot, _ in drawn:
        others = set().union(*(scatter.dot_cells(other, width) for other in dots if other is not dot))
        assert boxes[[one for one, _ in drawn].index(dot)].isdisjoint(others - scatter.dot_cells(dot, width))


def test_equal_figures_have_an_axis_too(client):
    guide("Actor", 1001, 60_000, "0.0")
    chart = client.get("/roles/explore/").context["scatter"]
    assert chart.dots[0].y == chart.median_pay_y
    assert chart.zero


def test_the_table_says_where_there_is_no_figure(client):
    guide("Actor", 1001, 60_000, "3.5", 4_000, "Some college, no degree"), factories.RoleFactory(title="Diver")
    table = re.search(r"<tbody>(.*)</tbody>", client.get("/roles/explore/").text, re.DOTALL)[1]
    actor, diver = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    assert "no figure" not in actor
    assert diver.count("no figure") == 4


def test_the_headings_of_the_table_sort_it_and_say_how_it_is_sorted(client):
    guide("Actor", 1001, 60_000, "3.5"), guide("Baker", 1002, 90_000, "-2.0")
    head = re.search(r"<thead>(.*)</thead>", client.get("/roles/explore/?sort=pay&jobs=x&growth=decline").text)[1]
    assert re.findall(r'aria-sort="(\w+)"><a [^>]*>(.*?)</a>', head) == [("descending", "Median pay")]
    links = {words: unescape(address) for address, words in re.findall(r'<a href="(.*?)">(.*?)</a>', head)}
    assert links["Guide"] == "/roles/explore/?growth=decline#table"
    assert links["Growth"] == "/roles/explore/?growth=decline&sort=growth#table"
    assert len(links) == 6
