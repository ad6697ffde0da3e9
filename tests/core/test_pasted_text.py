"""Text from Word, PDF and mail becomes the Markdown it means, once, wherever it is saved."""

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from careers.core.forms import ProseFormField
from careers.core.pasted_text import clean_pasted_text
from tests.admin_pages import answered, complete
from tests.cases import each
from tests.factories import EmployerFactory, ItemFactory, PostingFactory, ResourceFactory, RoleFactory, SectionFactory

WORD = (
    "You will:\n•\tBuild pipe\u00adlines\n•\tRun them\no\tat night\n§\teven on Sundays\n•\tMend them\n"
    "We offer:\n– pay\n– rest"
)
WORD_MEANS = (
    "You will:\n- Build pipelines\n- Run them\n  - at night\n    - even on Sundays\n- Mend them\n\n"
    "We offer:\n- pay\n- rest"
)


@each(
    "pasted, meant",
    [
        (WORD, WORD_MEANS),
        ("•\nFirst\n•\nSecond", "- First\n- Second"),
        ("● Lead a team of\nfive people\n● Hire", "- Lead a team of five people\n- Hire"),
        ("\uf0b7 One\n\uf0b7 Two", "- One\n- Two"),
        ("\t• In\n\t\t◦ Deeper\n\t• Out", "- In\n  - Deeper\n- Out"),
        ("✔️ Yes\n✔️ No", "- Yes\n- No"),
        ("· One\n· Two", "- One\n- Two"),
        ("Pebblegate\x0bFrankfurt\x0cNew page\u2028x", "Pebblegate\nFrankfurt\nNew page\nx"),
        ("One\u2029Two", "One\n\nTwo"),
        ("a\x00b\x07c\ufeffd\u200be\ud800f", "abcdef"),
        ("10\u00a0000\u202f€", "10 000 €"),
        ("\u00a0\u00a0\u00a0\u00a0Indented for the eye", "Indented for the eye"),
        ("Line  \r\nNext \r\n\r\n", "Line\nNext"),
    ],
)
def test_what_was_pasted_becomes_what_was_meant(pasted, meant):
    assert clean_pasted_text(pasted) == meant


@each(
    "text",
    [
        "Work\n\n- one\n  - two\n\n1. a\n2. b",
        "– an afterthought\n\nMore.",
        "Pay is 3 – 4.\nA·B and C • D",
        "```\n• in code\n– and here\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "o dear",
        "می\u200cخواهم",
        "> quoted\n> twice",
        "    code",
        "",
    ],
)
def test_what_is_markdown_already_stays(text):
    assert clean_pasted_text(f"x\n\n{text}") == f"x\n\n{text}".rstrip()


@given(st.text(alphabet="•o–—- \t\n\u00a0abA1.:·`~\x0b\u00ad*§▪\u3000\u2028#>|", max_size=40))
@example("– c\n•")
@example("• a\nb\n– c")
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_pasted_text(text)
    assert clean_pasted_text(once) == once
    assert ProseFormField(required=False).clean(once) == once


@given(st.text(max_size=200))
def test_any_text_is_cleaned_once(text):
    once = clean_pasted_text(text)
    assert clean_pasted_text(once) == once


@pytest.mark.django_db
@each(
    "make, field",
    [
        (lambda text: PostingFactory(benefits=text), "benefits"),
        (lambda text: EmployerFactory(about=text), "about"),
        (lambda text: SectionFactory(body=text), "body"),
        (lambda text: ItemFactory(text=text), "text"),
        (lambda text: ResourceFactory(why=text), "why"),
    ],
    ids=["posting", "employer", "section", "point", "resource"],
)
def test_every_text_is_cleaned_when_it_is_saved(make, field):
    row = make(WORD)
    assert getattr(row, field) == WORD_MEANS  # the instance shows what is stored
    row.refresh_from_db()
    assert getattr(row, field) == WORD_MEANS
    type(row).objects.update(**{field: WORD})  # and by statements that pass the instance by
    row.refresh_from_db()
    assert getattr(row, field) == WORD_MEANS


@pytest.mark.django_db
@each(
    "make, field",
    [
        (lambda text: RoleFactory(summary=text), "summary"),
        (lambda text: ItemFactory(lead=text), "lead"),
        (lambda text: ResourceFactory(disclosure=text), "disclosure"),
    ],
    ids=["guide", "point", "resource"],
)
def test_a_line_stays_one_line_of_what_can_be_read(make, field):
    row = make(" Builds\u00a0pipe\u00adlines\x0band\x07 stores \n")
    assert getattr(row, field) == "Builds pipelines and stores"
    row.refresh_from_db()
    assert getattr(row, field) == "Builds pipelines and stores"


@pytest.mark.django_db
def test_a_text_saved_again_is_no_other(admin):
    posting = complete()
    address = reverse("admin:postings_posting_change", args=[posting.pk])
    answered(admin, address, description=WORD.replace("\n", "\r\n"))
    posting.refresh_from_db()
    assert posting.description == WORD_MEANS
    form = answered(admin, address, description=WORD_MEANS.replace("\n", "\r\n"), title="").context["adminform"].form
    assert form.changed_data == ["title"]


@pytest.mark.django_db
def test_history_keeps_what_was_stored():
    assert PostingFactory(description=WORD).history.get().description == WORD_MEANS
