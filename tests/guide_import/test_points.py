import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.core import prose
from careers.guide_import.extract.skills import Vocabulary, necessity_of, skills_in
from careers.guide_import.text.inline import Inline, Run, split_lines
from careers.guide_import.text.markers import find_marker
from careers.guide_import.text.points import split_lead
from careers.roles.models import RoleSkill

from .articles import VOCABULARY, words


def split(text, **options):
    return tuple(part.text for part in split_lead(Inline.from_text(text), **options))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Data quality: checking that all is complete", ("Data quality", "checking that all is complete")),
        ("Data quality – checking that all is complete", ("Data quality", "checking that all is complete")),
        ("Data quality - checking", ("Data quality", "checking")),
        ("Data quality. Checking that all is complete", ("Data quality", "Checking that all is complete")),
        ("Stamina", ("Stamina", "")),
        ("8:30 – Opening the shop", ("8:30", "Opening the shop")),
        ("7:00 am Briefing", ("7:00 am", "Briefing")),
        ("How do you plan a peak?", ("How do you plan a peak?", "")),
    ],
)  # fmt: skip
def test_a_point_parts_into_lead_and_text(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Working with people who have never seen a plan before.",
        "Read https://example.org/a first and then go on to the next of them",
        "A long beginning that goes on for many more than nine words: and then a colon",
        "Use of tools (e.g. a saw: the large one) and of machines in the workshop.",
    ],
)
def test_a_sentence_has_no_lead(text):
    assert split(text) == ("", text)


def test_a_question_parts_from_what_a_good_answer_shows():
    parts = split("How do you plan a peak? Look for reserves.", is_question=True)
    assert parts == ("How do you plan a peak?", "Look for reserves.")


@pytest.mark.parametrize("sign", [": ", " – ", " ", ". ", " - "])
def test_what_the_source_sets_in_bold_is_the_lead(sign):
    inline = Inline((Run("Stock control", bold=True), Run(f"{sign}Knowing what lies where.")))
    assert tuple(part.text for part in split_lead(inline)) == ("Stock control", "Knowing what lies where.")


def test_bold_words_within_a_sentence_are_no_lead():
    inline = Inline((Run("Teach", bold=True), Run(" classes of up to thirty children in all of their subjects.")))
    assert split_lead(inline)[0].text == ""


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120))
def test_splitting_loses_no_word(text):
    inline = Inline.from_text(text)
    lead, rest = split_lead(inline)
    assert words(f"{lead.text} {rest.text}") == words(inline.text)


PIECES = st.sampled_from(
    [
        "*",
        "_",
        "`",
        "[",
        "](",
        ")",
        "<b>",
        "&amp;",
        "#",
        "1. ",
        "- ",
        "> ",
        "~~",
        "|",
        "\\",
        "!",
        "word",
        " ",
        "a_b",
        "$5",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25), st.booleans(), st.booleans())
def test_markdown_renders_as_the_text_it_was_made_from(pieces, bold, italic):
    line = split_lines([Run("".join(pieces), bold, italic), Run(" end")])
    for inline in line:
        assert prose.plain_text(inline.markdown).split() == inline.text.replace("...", "…").split()


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("• one", "•", "one"), ("•one", "•", "one"), ("- one", "-", "one"), ("* one", "*", "one"), ("– one", "–", "one"),
        ("✓ one", "✓", "one"), ("1. one", "1.", "one"), ("1) one", "1)", "one"), ("(1) one", "(1)", "one"),
        ("a) one", "a)", "one"),
        ("(i) one", "(i)", "one"), ("Step 2: one", "Step 2:", "one"), ("Q3: one", "Q3:", "one"), ("3.1 One", "3.1", "One"),
    ],
)  # fmt: skip
def test_list_marks(text, marker, rest):
    found, end = find_marker(text)
    assert (found, text[end:]) == (marker, rest)


@pytest.mark.parametrize(
    "text", ["1.5 million people", "41.21 an hour", "J. R. Smith", "2024 was good", "-5 degrees", ""]
)
def test_numbers_that_mark_no_list(text):
    assert find_marker(text) == ("", 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SQL, R and C++", ["SQL", "R", "C++"]),
        ("C#, Java or R", ["C#", "Java", "R"]),
        ("JavaScript is not Java, mySQL is not it", ["Java"]),
        ("Are you R-rated? Our R&D excels", []),
        ("Experience with R.", ["R"]),
        ("An excellent eye", []),
        ("Proficiency in Excel", ["Microsoft Excel"]),
    ],
)
def test_skills_are_found_as_whole_words(text, names):
    assert skills_in(text, VOCABULARY) == names


def test_every_name_of_the_vocabulary_is_found_in_a_list_of_it():
    names = ["C++", "C#", ".NET", "R", "Node.js", "A/B testing", "Go", "Objective-C", "Übersetzung"]
    vocabulary = Vocabulary({name: name for name in names})
    assert skills_in(", ".join(names), vocabulary) == names


@pytest.mark.parametrize(
    ("texts", "necessity"),
    [
        (("A licence is preferred",), RoleSkill.Necessity.PREFERRED),
        (("A licence is required",), RoleSkill.Necessity.REQUIRED),
        (("Not always required",), RoleSkill.Necessity.PREFERRED),
        (("SQL", "Nice to have"), RoleSkill.Necessity.PREFERRED),
        (("SQL",), RoleSkill.Necessity.USEFUL),
    ],
)
def test_how_much_a_skill_is_needed(texts, necessity):
    assert necessity_of(*texts, default=RoleSkill.Necessity.USEFUL) == necessity
