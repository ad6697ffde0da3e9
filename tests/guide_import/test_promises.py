"""Nothing is lost: each sentence of an article is in a row of the guide or in a list of the report."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.guide_import.text.blocks import ArticleError
from careers.roles.models import CareerStep, Role, Section
from tests import factories
from tests.cases import each

from .articles import SAMPLES
from .promises import imported, lost_sentences
from .test_placement import LINES

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

# {what could be lost: an article}
ARTICLES = {
    "a short last line of a list": "Florist\n\nSome of the key skills include:\n\nA good eye\nSteady hands\nClear writing and "
    "counting skills\nCareer Path\n\nFlorists may open a shop of their own.",
    "a heading above nothing": "# Florist\n\n## Duties\n\nFlorists cut stems.\n\n## Skills\n\n## Pay\n\nLow.",
    "one letter in a sentence": "# Coder\n\n## Tools\n\nPython is the main tool, and a good thing.\n\n- C\n- AI\n- C++\n- R",
    "the header of a table of points": "# Florist\n\n## Challenges\n\n| What | Why |\n|---|---|\n| Cold | Flowers need it |",
    "labels over points": "# Florist\n\n## Skills\n\n- By hand\n  - Cutting stems at a slant so that they drink well for days\n"
    "  - Binding a bouquet in a spiral that stands alone on a table\n",
    "a step with a note and years": "# Florist\n\n## Career path\n\n- Head Florist (3-5 years): runs the workshop",
    "a long link": "# Florist\n\nRead our florist resume guide: " + "arrangements " * 33,
    "a formula and a picture": "<html><body><h1>Florist</h1><h2>Pay</h2><p>Pay is <math><mi>x</mi></math> a year.</p>"
    "<p><img src='/chart.png' alt='Pay by age'></p><noscript>Turn on scripts</noscript></body></html>",
    "definitions within definitions": "<html><body><h1>Florist</h1><h2>Skills</h2><dl><dt>Eye</dt><dd>for colours"
    "<dl><dt>Red</dt><dd>warm</dd></dl></dd></dl><p>a</p><p>b</p></body></html>",
    "a title that is a sentence": "<html><head><title>Florist</title></head><body><p>A florist arranges flowers every day.</p>"
    "<h2>Pay</h2><p>Low.</p><p>Very low.</p></body></html>",
}


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_sentence_of_a_sample_is_in_a_row_or_listed(name):
    result = imported((SAMPLES / name).read_bytes(), name, role="Baker")
    assert lost_sentences(result) == []
    again = imported((SAMPLES / name).read_bytes(), name, role="Baker")
    assert again.changes.is_empty
    assert lost_sentences(again) == []


@each("name", ARTICLES)
def test_nothing_is_lost_where_it_could_be(name):
    text = ARTICLES[name]
    result = imported(text, "a.html" if text.startswith("<html") else "a.md", role="Florist")
    assert lost_sentences(result) == []


def test_every_sentence_of_the_shared_articles_is_in_a_row_or_listed(shared_data):
    for path in sorted((shared_data.parent / "cases" / "articles").glob("*.*")):
        assert lost_sentences(imported(path.read_bytes(), path.name, role=f"Baker {path.stem}")) == [], path.name


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(LINES, min_size=1, max_size=20), min_size=2, max_size=5), st.sampled_from(["\n", "\n\n"]))
def test_whatever_several_articles_say_nothing_is_lost(articles, gap):
    Role.objects.all().delete()
    for number, lines in enumerate(articles):
        with suppress(ArticleError):
            assert lost_sentences(imported(gap.join(lines), f"{number}.txt", role="Baker")) == []


# -- A second article


FIRST = "# Coder\n\n## Tools\n\nPython is the main tool, and a good thing.\n\n- C++\n- Train stations in Spain"


@each(
    "line, is_new",
    [
        ("- C", True),
        ("- AI", True),
        ("- C#", True),
        ("- Go", True),
        ("- Train", True),
        ("- Spain", True),
        ("The main tool", True),
        ("- C++", False),
        ("* c++.", False),
        ("Python is the main tool, and a good thing.", False),
    ],
)
def test_a_point_is_known_only_if_the_guide_says_the_whole_of_it(line, is_new):
    imported(FIRST, "first.md", role="Coder")
    result = imported(f"# Coder\n\n## Tools\n\n{line}", "second.md", role="Coder")
    assert bool(result.changes.sections) is is_new
    assert bool(result.changes.known) is not is_new
    assert lost_sentences(result) == []


def test_a_heading_without_a_place_is_kept_though_the_text_below_it_is_known():
    imported("# Baker\n\n## Pay\n\nLow.\n\n## A digression\n\nOvens are hot.", "first.md")
    result = imported("# Baker\n\n## Pay\n\nLow.\n\n## On heat\n\nOvens are hot.\n\n## On cold", "second.md")
    assert lost_sentences(result) == []
    body = Section.objects.get(kind="unplaced").body
    assert body.count("Ovens are hot.") == 1
    assert body.endswith("#### On heat\n\n#### On cold")


def test_a_known_step_that_says_more_keeps_its_note_among_the_unplaced():
    imported("# Baker\n\n## Career path\n\n- Head Baker: runs the night", "first.md")
    second = "# Baker\n\n## Career path\n\n- Head Baker (4-6 years): buys the flour"
    result = imported(second, "second.md")
    assert lost_sentences(result) == []
    assert CareerStep.objects.get().note == "runs the night"
    assert "Head Baker (4-6 years): buys the flour" in Section.objects.get(kind="unplaced").body
    assert imported(second, "second.md").changes.is_empty


def test_a_link_to_a_known_article_keeps_what_its_line_says():
    role = factories.RoleFactory(title="Baker", draft=True)
    factories.ArticleFactory(role=role, title="Baker resume guide", body="", summary="Ours")
    result = imported("# Baker\n\n## Pay\n\nLow.\n\nRead the Baker resume guide before you write to a bakery.", "a.md")
    assert lost_sentences(result) == []


def test_an_address_that_nobody_can_open_loses_the_address_and_not_the_line():
    result = imported("# Baker\n\n## Pay\n\nLow.\n\nRelated: [Baker resume guide](http://localhost/x)", "a.md")
    assert lost_sentences(result) == []
    assert result.changes.refused == []
    assert result.changes.role.articles.get().address == ""


@each(
    "text",
    [
        "<html><head><link rel=canonical href='http://[x'></head><body><h1>Baker</h1><p>a</p><p>b</p></body></html>",
        "<h1>Baker</h1><p>Related: <a href='http://[::1'>Baker resume guide</a></p><p>x</p><p>y</p>",
        "<h1>Baker</h1><p>a</p><p>b</p><p><img src='http://[x/a.png'></p><h2>Pay</h2><p>Low.</p>",
    ],
)
def test_an_address_that_is_none_stops_nothing(text):
    result = imported(text, "a.html")
    assert lost_sentences(result) == []
    assert result.changes.source.url == ""
