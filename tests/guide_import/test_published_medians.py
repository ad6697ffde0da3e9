"""An amount that equals a published median says so, whatever the article calls it."""

import pytest

from careers.roles.models import PayClaim
from tests import factories
from tests.cases import each
from tests.occupations.published import linked, official_pay, soc_occupation

from .promises import imported

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def published(db):
    analysts, scientists = (
        soc_occupation("15-2031", "Operations Research Analysts"),
        soc_occupation("15-2051", "Data Scientists"),
    )
    official_pay(analysts, 2022, median=85_720, reference_period="May 2022", reference_year=2022)
    official_pay(analysts, 2022, period="hour", median="41.21", reference_period="May 2022", reference_year=2022)
    official_pay(scientists, 2024, median=112_590, reference_period="May 2024", reference_year=2024)
    official_pay(scientists, 2023, median=239_200, top_code=239_200, reference_period="May 2023", reference_year=2023)


ANALYSTS = "equals the May 2022 median of 15-2031 Operations Research Analysts"


@each(
    "sentence, says",
    [
        ("The average salary in the US is $85,720 a year.", f"$85,720 {ANALYSTS}"),
        ("Coders earn $85,720 per year.", f"$85,720 {ANALYSTS}"),
        ("In the US the average is $41.21 an hour.", f"$41.21 {ANALYSTS}"),
        (
            "In the US, pay ranges from $70,000 to $112,590.",
            "$112,590 equals the May 2024 median of 15-2051 Data Scientists",
        ),
        ("The average salary in the US is $85,720 a month.", ""),
        ("The average salary in Canada is C$85,720 a year.", ""),
        ("The average salary in Mexico is US$85,720 a year.", ""),
        ("In the US, the best make up to $239,200 a year.", ""),  # a ceiling, which many share
        ("The average salary in the US is $85,721 a year.", ""),
    ],
)
def test_an_amount_in_dollars_that_is_a_published_median_names_it(published, sentence, says):
    result = imported(f"# Coder\n\n## Pay\n\n{sentence}", "a.md", role="Coder")
    note = PayClaim.objects.get().note
    assert says in note
    assert says or "median of" not in note
    in_report = [str(text) for entry in result.draft.outcomes for text in entry.notes]
    assert any(says in text for text in in_report)


def test_a_linked_occupation_is_named_first_and_many_are_counted(published):
    role = factories.RoleFactory(title="Coder", draft=True)
    linked(role, "15-2031.00")
    for number in range(4):
        official_pay(soc_occupation(f"11-10{number}1", f"Bosses {number}"), 2022, median=85_720)
    imported("# Coder\n\n## Pay\n\nThe average salary in the US is $85,720 a year.", "a.md", role="Coder")
    note = PayClaim.objects.get().note
    assert note.count("median of") == 3
    assert f"$85,720 {ANALYSTS} and the May 2022 median of 11-1001 Bosses 0" in note
    assert "and of 2 more occupations" in note


def test_medians_are_looked_up_once_for_all_figures(published, django_assert_max_num_queries):
    lines = "".join(f"- {country}: average US${90_000 + number} a year\n" for number, country in enumerate(["US"] * 40))
    with django_assert_max_num_queries(400) as few:
        imported(f"# Coder\n\n## Pay\n\n{lines[:200]}", "a.md", role="Coder")
    asked = [query for query in few.captured_queries if "officialpay" in query["sql"]]
    assert len(asked) == 1
