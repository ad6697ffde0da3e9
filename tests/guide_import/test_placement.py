"""Whole articles: each block in its place, and nothing lost."""

import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.core import prose
from careers.guide_import.draft import Outcome
from careers.guide_import.text.blocks import ArticleError, BlockKind
from careers.roles.models import Article, CareerStep, Item, Section

from .articles import SAMPLES, doubled_words, draft, items, lost_words, outcomes, pay, sample, words

NAMES = sorted(path.name for path in SAMPLES.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_an_article_is_lost_and_none_is_doubled(name):
    article = sample(name)
    assert len(article.outcomes) > 20
    assert not lost_words(article)
    assert not doubled_words(article)


@pytest.mark.parametrize("name", NAMES)
def test_the_prose_of_a_section_says_every_word_of_its_parts(name):
    for section in sample(name).sections.values():
        prose_words = words(prose.plain_text(section.body))
        assert not words(" ".join(block.text for block in section.blocks)) - prose_words


def kinds(article):
    return {kind.value for kind in article.sections} | {item.kind.value for item in article.items}


def test_a_page_with_tables_and_boxes():
    article = sample("registered-nurse.html")
    assert article.title == "Registered Nurse: Duties, Pay and Prospects"
    assert (article.publisher, article.address) == ("Ward & Work", "https://wardandwork.example/registered-nurse/")
    assert ("Giving medicines", "the right dose to the right person at the right time.") in items(
        article, Item.Kind.RESPONSIBILITY
    )
    assert items(article, Item.Kind.DAY_ACTIVITY)[0] == ("07:00", "Handover from the night team.")
    assert pay(article)["CH", "", "", ""] == {"mean": 84000, "low": 70000, "high": 98000}
    assert pay(article)["IE", "", "", ""] == {"mean": 44500, "low": 33900, "high": 55200}
    assert {claim.source.publisher for claim in article.pay if claim.source} == {
        "National Council of Nursing Employers"
    }
    assert [(step.title, step.kind, step.years) for step in article.steps][:2] == [
        ("Senior Staff Nurse", CareerStep.Kind.AFTER, (3, 5)),
        ("Ward Manager", CareerStep.Kind.AFTER, (None, None)),
    ]
    assert [(stub.kind, stub.address) for stub in article.stubs] == [
        (Article.Kind.RESUME, "https://wardandwork.example/nurse-cv"),
        (Article.Kind.COVER_LETTER, "https://wardandwork.example/nurse-letter"),
    ]
    left_out = {entry.target for entry in article.left_out}
    assert {"newsletter box", "comments of readers", "cookie notice", "breadcrumb", "page footer"} <= left_out
    assert article.unplaced == []


def test_a_text_with_numbered_headings_and_wrapped_lines():
    article = sample("electrician.txt")
    assert article.role == "Electrician"
    assert [lead for lead, _ in items(article, Item.Kind.KPI)] == [
        "Call-back rate",
        "Inspection results",
        "Hours against estimate",
    ]
    assert len(items(article, Item.Kind.INTERVIEW_QUESTION)) == 3
    assert items(article, Item.Kind.RESPONSE)[0] == (
        "Planning",
        "they lay out the route before the first hole is drilled.",
    )
    assert pay(article)["US", "", "", ""] == {"median": 61590, "p10": 38470, "p90": 104180}
    assert pay(article)["AU", "", "", ""] == {"mean": 92000}
    (outlook,) = article.outlook
    assert (outlook.growth, outlook.openings, outlook.base_year, outlook.target_year) == (11, 80200, 2023, 2033)


def test_a_text_that_lost_its_headings():
    article = sample("warehouse-manager.txt")
    assert [kind.value for kind in Item.Kind if items(article, kind)] == [
        "responsibility", "day_activity", "qualification", "challenge", "response", "kpi", "interview_question",
    ]  # fmt: skip
    assert len(items(article, Item.Kind.INTERVIEW_QUESTION)) == 4
    assert pay(article)["IN", "", "", ""] == {"mean": 750000, "low": 500000, "high": 1200000}
    assert [step.title for step in article.steps] == [
        "Logistics Director",
        "Operations Manager",
        "Head of Supply Chain",
    ]
    assert Section.Kind.SUMMARY in article.sections


def test_a_text_in_capitals_with_numbers_of_many_countries():
    article = sample("accountant.txt")
    assert pay(article)["DE", "", "", ""] == {"low": 36000, "high": 62000, "mean": 48500}
    assert {(claim.currency, claim.period.value) for claim in article.pay} >= {
        ("EUR", "month"),
        ("SEK", "month"),
        ("NOK", "year"),
    }
    assert [(step.title, step.kind.value) for step in article.steps] == [
        ("Junior Accountant", "before"),
        ("Senior Accountant", "after"),
        ("Head of Accounting", "after"),
        ("Chief Financial Officer", "after"),
    ]
    assert article.outlook[0].growth == -3
    assert article.outlook[0].source.publisher == "Chamber of Auditors"


def test_markdown_with_nested_lists_and_points_as_headings():
    article = sample("teacher.md")
    assert items(article, Item.Kind.RESPONSIBILITY)[0] == ("Planning", "the week; the term")
    assert items(article, Item.Kind.TIP)[2] == ("Learn the tools", "Find out early what the school's software can do.")
    assert len(items(article, Item.Kind.QUALIFICATION)) == 4
    assert pay(article)["CA", "CA-ON", "", ""] == {"low": 55000, "mean": 78000, "high": 101000}
    assert "Further reading" in [block.text for block in article.unplaced]
    assert "May teachers bring their dog?" in [block.text for block in article.unplaced]


def test_lines_pasted_without_blank_lines():
    article = sample("pastry-chef.txt")
    assert article.title == "Pastry Chef Job Description: Skills, Salary and More"
    assert items(article, Item.Kind.QUALIFICATION)[:2] == [
        ("Creativity", "New ideas for every season"),
        ("Precision", "a gram too much is too much"),
    ]
    assert [lead for lead, _ in items(article, Item.Kind.DAY_ACTIVITY)] == ["4:00 am", "9:00 am", "1:00 pm"]
    claim = article.pay[0]
    assert (str(claim.source), claim.reference_year, claim.place.country) == ("Sugar & Salary, 2022", 2022, "US")
    assert len(article.stubs) == 3


def test_sections_given_twice_and_comments_are_left_out():
    article = sample("data-analyst.html")
    twice = [entry.block.text for entry in article.left_out if entry.target.startswith("a section given twice")]
    assert twice[0] == "Skills"
    assert len(twice) == 5
    assert outcomes(article)["Mia says: nice."] == (Outcome.LEFT_OUT, "comments of readers")
    assert [(skill.name, skill.necessity.value) for skill in article.skills] == [
        ("SQL", "required"), ("Microsoft Excel", "required"), ("Tableau", "required"), ("R", "preferred"),
    ]  # fmt: skip
    assert article.industries == ["Healthcare", "Finance", "Retail"]


def test_a_year_in_the_heading_is_the_heading_and_no_measured_year():
    median = next(
        claim for claim in sample("data-analyst.html").pay if claim.period == "year" and "median" in claim.amounts
    )
    assert (median.heading, median.reference_year) == ("U.S. Salary 2024", None)
    assert str(median.source) == "O*NET OnLine"


def test_another_role_in_the_article_is_said():
    assert (
        sample("pastry-chef.txt", role="Baker").notes[0] == "The article speaks of “Pastry Chef”; the guide is “Baker”."
    )
    assert not any("speaks of" in note for note in sample("pastry-chef.txt", role="pastry chefs").notes)


def test_a_list_of_the_headings_is_a_table_of_contents():
    article = draft(
        "# Baker\n\n- What a baker does\n- Pay\n- Tips\n\n"
        "## What a baker does\n\nBakes.\n\n## Pay\n\nLittle.\n\n## Tips\n\nRise early.",
        "a.md",
    )
    assert [entry.target for entry in article.left_out] == ["table of contents"] * 3


def test_a_box_does_not_swallow_the_text_behind_it():
    text = (
        "# Baker\n\n## What a baker does\n\nA baker bakes.\n\n## Subscribe to our newsletter\n\nOne letter a week.\n\n"
        + "The oven is lit at two in the morning, and by six the first loaves lie in the window; " * 3
        + "\n\n## Pay\n\nLow."
    )
    article = draft(text, "a.md")
    assert [entry.block.text for entry in article.left_out] == ["Subscribe to our newsletter", "One letter a week."]
    assert any(part.text.startswith("The oven") for part in article.sections[Section.Kind.WORK].blocks)


def test_a_second_part_of_a_topic_stands_below_the_first():
    article = draft(
        "# Baker\n\n## Overview\n\nOne.\n\n## Pay\n\nLittle.\n\n## What is a baker?\n\nTwo.", "a.md", role="Baker"
    )
    section = article.sections[Section.Kind.OVERVIEW]
    assert (section.heading, section.body) == ("Overview", "One.\n\n### What is a baker?\n\nTwo.")


def test_the_same_figure_said_twice_is_one_claim():
    article = draft(
        "# Baker\n\n## Pay\n\nIn the US the average is $35,000 a year.\n\n"
        "## Summary\n\nPay: $35,000 a year on average in the US.",
        "a.md",
    )
    assert len(article.pay) == 1


def test_text_under_a_heading_of_no_meaning_waits_unplaced():
    article = draft(
        "# Baker\n\n## Overview\n\nOne.\n\n## A digression on ovens\n\nThey are hot.\n\n## Pay\n\nLow.", "a.md"
    )
    assert [block.text for block in article.unplaced] == ["A digression on ovens", "They are hot."]


# -- Nothing is lost, whatever the article

LINES = st.sampled_from(
    [
        "What is a baker?", "What does a baker do?", "SALARY", "KPIs", "Interview questions", "Challenges",
        "Tips", "3. Tools", "Career path", "Related articles", "Leave a reply", "Subscribe to our newsletter",
        "Oven talk", "Conclusion", "A baker bakes bread and rolls for people who are still asleep.",
        "• Kneading: by hand", "- Shaping loaves", "1. Baking", "2) Cleaning the oven - twice", "   * deeper",
        "How do you test an oven?", "What do you do at three?", "Is rye hard?",
        "Canada: C$38,000 (C$30,000 to C$50,000)",
        "The average is $35,000 a year, according to PayScale (2023).", "Employment will grow 5% by 2031.",
        "Source: Glassdoor", "Head Baker (5-8 years): runs the night", "Junior Baker",
        "Skills such as patience, strength and R are required.", "8:00 - Opening", "Share on Facebook",
        "| a | b |", "a\tb\tc", "Baker resume guide", "© 2024 Crumb", "*", "_", "\\", "<b>bold</b>", "&amp;",
        "5", "$", "%", "?", "...", "In the US", "Dubai", "====", "----", "**Bold line**", "**Lead:** text",
        "[link](https://example.org/a)", "🥖 Bread", "\u200b", "Łódź – 5 000 zł",
    ]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=30),
    st.sampled_from(["\n", "\n\n"]),
    st.sampled_from(["a.txt", "a.md", "a.html"]),
)
def test_whatever_the_article_no_word_is_lost(lines, gap, name):
    text = gap.join(lines) if name != "a.html" else "".join(f"<p>{line}</p>" for line in lines)
    try:
        article = draft(text, name, role="Baker")
    except ArticleError:
        return
    assert not lost_words(article)
    assert not doubled_words(article)
    for claim in article.pay:
        assert re.fullmatch("[A-Z]{3}", claim.currency)
        assert claim.amounts
    for section in article.sections.values():
        assert section.body.strip()
        assert all(block.text for block in section.blocks if block.kind != BlockKind.HEADING)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_importer_fail(text):
    with suppress(ArticleError):
        assert not lost_words(draft(text))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx"]))
def test_no_bytes_make_the_importer_fail(content, name):
    with suppress(ArticleError):
        draft(content, name)


NUMBERED_BOLD = """# How to become an industrial electrician

An industrial electrician keeps the electrical systems of plants running.

**1) What does an industrial electrician do all day?**

– Fault finding – tracing why a motor has stopped
– Paperwork – logging test results

**2) What you need**

a) A certificate in electrical installation
b) A head for heights

**3) Money**

- Ireland: €47,500 on average

* How do you prove a panel dead?
* What do you check before you sign a test sheet?
* How would you find an earth fault?

**4) Where it leads**

Apprentice > Industrial Electrician > Electrical Supervisor > Maintenance Manager

**5) How you are measured**

1. Mean time to repair
2. Zero accidents

**6) The hard bits**

- Shift work
- Pressure when a line stands still
"""


@pytest.fixture(scope="module")
def numbered_bold():
    return draft(NUMBERED_BOLD, "article.md", "Industrial Electrician")


@pytest.mark.parametrize(
    ("kind", "lead_or_text"),
    [
        (Item.Kind.RESPONSIBILITY, ("Fault finding", "tracing why a motor has stopped")),
        (Item.Kind.QUALIFICATION, ("A head for heights", "")),
        (Item.Kind.KPI, ("Zero accidents", "")),
        (Item.Kind.CHALLENGE, ("Shift work", "")),
    ],
)
def test_bold_numbered_lines_are_headings_whatever_lists_stand_between_them(numbered_bold, kind, lead_or_text):
    assert lead_or_text in items(numbered_bold, kind)


def test_a_bold_numbered_line_below_a_list_of_questions_is_no_question(numbered_bold):
    assert len(items(numbered_bold, Item.Kind.INTERVIEW_QUESTION)) == 3


def test_a_ladder_is_read_whatever_mark_stands_between_its_rungs(numbered_bold):
    assert [(step.kind, step.title) for step in numbered_bold.steps] == [
        (CareerStep.Kind.BEFORE, "Apprentice"),
        (CareerStep.Kind.AFTER, "Electrical Supervisor"),
        (CareerStep.Kind.AFTER, "Maintenance Manager"),
    ]


def test_a_line_of_nothing_but_names_lists_the_industries():
    article = draft(
        "OVERVIEW\n\nIt is about medicines.\n\nINDUSTRIES\n\nRetail pharmacy; hospitals; government\n\nCONCLUSION\n\nBe exact."
    )
    assert article.industries == ["Retail pharmacy", "Hospitals", "Government"]


def test_a_line_that_says_staff_wrote_it_is_left_out():
    article = draft("OVERVIEW\n\nBy staff writer | Updated June 2023\n\nA sommelier serves wine.")
    assert outcomes(article)["By staff writer | Updated June 2023"][0] == Outcome.LEFT_OUT


def test_careers_next_door_stand_beside():
    article = draft(
        "OVERVIEW\n\nIt is about bridges.\n\nCAREERS NEXT DOOR\n\n- Structural Engineer\n- Construction Manager",
        role="Civil Engineer",
    )
    assert [(step.kind, step.title) for step in article.steps] == [
        (CareerStep.Kind.BESIDE, "Structural Engineer"),
        (CareerStep.Kind.BESIDE, "Construction Manager"),
    ]


DOTTED = """PHARMACIST

OVERVIEW

Pharmacists dispense medicines.

AVERAGE SALARY BY COUNTRY

Brazil ........... R$ 78.000,00 per year
Nigeria ...... N2.4 million per year
India . . . . . . Rs. 4.5 lakh per annum
"""


def test_a_line_of_dots_leads_from_a_place_to_its_figure():
    assert pay(draft(DOTTED)) == {
        ("BR", "", "", ""): {"mean": 78000},
        ("NG", "", "", ""): {"mean": 2400000},
        ("IN", "", "", ""): {"mean": 450000},
    }


def test_a_line_that_leads_to_two_articles_names_both():
    article = draft(
        "OVERVIEW\n\nIt is about wires.\n\nRelated: Electrician CV guide | Electrician cover letter example"
    )
    assert [(stub.kind, stub.title) for stub in article.stubs] == [
        (Article.Kind.RESUME, "Electrician CV guide"),
        (Article.Kind.COVER_LETTER, "Electrician cover letter example"),
    ]
    assert not lost_words(article)
