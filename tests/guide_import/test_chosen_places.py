"""Places chosen in the preview: each line goes where somebody wants it, nothing is lost, and what cannot be is refused."""

import pytest

from careers.guide_import.draft import Outcome
from careers.guide_import.pipeline import build_draft
from careers.guide_import.placement.places import choices_for
from careers.guide_import.text.blocks import ArticleError
from careers.roles.models import Item, Role, Section
from tests.cases import each

from .articles import SAMPLES, VOCABULARY, doubled_words, items, lost_words, outcomes, read
from .test_admin import look, make, page
from .test_save import FIRST

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

Kind = Section.Kind
ARTICLE = """# Baker

## What does a baker do?

Bakers make bread before anybody is awake.

- Kneading: by hand or by machine
- Shaping loaves

## A digression on ovens

They are hot, and the good ones are made of stone.

- Stone
- Steel

### Of wood

Wood burns unevenly, so it needs a watchful eye.

| Oven | Heat | Age | Use |
|------|------|-----|-----|
| Wood | 400  | old | bread |
"""


def index_of(text):
    [index] = [i for i, entry in enumerate(placed({}).outcomes) if entry.block.text.startswith(text)]
    return index


def placed(places, text=ARTICLE):
    return build_draft(read(text, "article.md"), role="Baker", vocabulary=VOCABULARY, places=places)


def moved(**places):
    """The draft with lines moved: the name of each is its first word."""
    return placed({index_of(text.replace("_", " ")): place for text, place in places.items()})


def test_a_line_becomes_text_of_the_section_chosen():
    article = moved(They="text-tools")
    assert article.sections[Kind.TOOLS].body == "They are hot, and the good ones are made of stone."
    assert outcomes(article)["They are hot, and the good ones are made of stone."] == (Outcome.PROSE, "“Tools and why”")


def test_a_line_becomes_a_point_of_the_kind_chosen():
    article = moved(Bakers="point-tip", Stone="point-kpi")
    assert items(article, Item.Kind.TIP) == [("", "Bakers make bread before anybody is awake.")]
    assert items(article, Item.Kind.KPI) == [("Stone", "")]
    assert "Bakers" not in str(article.sections.get(Kind.WORK))


def test_a_line_is_kept_unplaced_or_skipped():
    article = moved(Bakers="unplaced", Kneading="skip")
    assert "Bakers make bread before anybody is awake." in [block.text for block in article.unplaced]
    assert outcomes(article)["Kneading: by hand or by machine"] == (Outcome.LEFT_OUT, "you skipped it")
    assert items(article, Item.Kind.RESPONSIBILITY) == [("Shaping loaves", "")]


def test_a_heading_takes_the_lines_under_it_along_and_a_line_of_its_own_place_does_not_follow():
    article = moved(A_digression="text-tools", Steel="point-tip")
    body = article.sections[Kind.TOOLS].body
    assert "They are hot" in body
    assert "Wood burns" in body
    assert "Steel" not in body
    assert items(article, Item.Kind.TIP) == [("Steel", "")]
    assert article.unplaced == []


def test_a_skipped_heading_takes_its_lines_and_ends_at_the_next_of_its_level():
    article = moved(What_does="skip")
    assert [entry.block.text for entry in article.left_out if entry.target == "you skipped it"] == [
        "What does a baker do?",
        "Bakers make bread before anybody is awake.",
        "Kneading: by hand or by machine",
        "Shaping loaves",
    ]
    assert article.unplaced != []


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_nothing_is_lost_or_doubled_wherever_lines_are_put(name):
    data = (SAMPLES / name).read_bytes()
    blocks = [entry.block for entry in build_draft(read(data, name), vocabulary=VOCABULARY).outcomes]
    options = [[place for _, group in choices_for(block) for place, _ in group] for block in blocks]
    before = build_draft(read(data, name), vocabulary=VOCABULARY)
    for step in (1, 3):
        places = {i: found[(i * 7) % len(found)] for i, found in enumerate(options) if found and i % step == 0}
        article = build_draft(read(data, name), vocabulary=VOCABULARY, places=places)
        assert [entry.block for entry in article.outcomes] == blocks
        assert not lost_words(article) - lost_words(before)
        assert not doubled_words(article) - doubled_words(before)


@each(
    "index, place, says",
    [
        ("Bakers", "text-none", "Choose a place from the list for line"),
        ("Bakers", "text-unplaced", "Choose a place from the list for line"),
        ("What does", "point-tip", "is a heading and cannot be a point. Choose a text for it."),
        ("Wood | 400", "point-tip", "is a table row with more than 3 columns and cannot be a point."),
        ("Oven", "point-tip", "is the header of a table and cannot be a point."),
        ("Baker", "skip", "Choose a place from the list for line"),
        (99, "text-work", "Preview the article again."),
    ],
)
def test_a_place_that_cannot_be_is_refused(index, place, says):
    index = 0 if index == "Baker" else index if isinstance(index, int) else index_of(index)
    with pytest.raises(ArticleError) as error:
        placed({index: place})
    assert says in str(error.value)


# -- The page


def fields(response):
    return [(index, line) for index, line in enumerate(response.context["report"].lines) if line.choices]


def test_the_place_chosen_in_the_preview_is_used_when_the_draft_is_made(as_group):
    client = as_group("contributor")
    response = look(client, role="Baker", text=FIRST)
    [index] = [index for index, line in fields(response) if line.excerpt == "They are hot."]
    assert f'name="place-{index}" form="import_article_form"' in response.text
    again = make_look(client, response, **{f"place-{index}": "text-tools"})
    assert '<option value="text-tools" selected>' in again.text
    make(client, again, **{f"place-{index}": "text-tools"})
    role = Role.objects.get(title="Baker")
    assert role.sections.get(kind=Kind.TOOLS).body == "They are hot."
    assert "They are hot." not in role.sections.get(kind=Kind.UNPLACED).body


def make_look(client, response, **data):
    form = response.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "file"}
    return client.post(page(), {**sent, **data, "_look": "1"})


@each(
    "name, value",
    [("place-2", "text-nowhere"), ("place-x", "text-work"), ("place-99999", "skip"), ("place--1", "skip")],
)
def test_a_forged_place_is_an_error_of_the_form_and_writes_nothing(as_group, name, value):
    client = as_group("contributor")
    response = look(client, role="Baker", text=FIRST)
    for button in (make_look, make):
        answer = button(client, response, **{name: value})
        assert answer.status_code == 200
        errors = [error for listed in answer.context["form"].errors.values() for error in listed]
        assert len(errors) == 1
        assert "Choose a place" in errors[0] or "Preview the article again" in errors[0]
    assert not Role.objects.exists()


def test_places_of_one_article_do_not_apply_to_another(as_group):
    client = as_group("contributor")
    response = look(client, role="Baker", text=FIRST)
    other = make_look(client, response, text="# Baker\n\n## Tips\n\n- Rise early", **{"place-2": "skip"})
    assert [line.chosen for line in other.context["report"].lines] == [""] * 3
    assert "you skipped it" not in other.text


def test_after_a_preview_the_browser_goes_to_the_heading_of_the_report(as_group):
    client = as_group("contributor")
    assert "#import-report" in client.get(page()).text
    response = look(client, role="Baker", text=FIRST)
    assert '<h2 id="import-report" tabindex="-1"' in response.text
    assert response.text.index('id="import-report"') < response.text.index('id="id_role"')
