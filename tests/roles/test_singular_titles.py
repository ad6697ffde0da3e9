"""The title of a guide from O*NET's plural: only where it is certain."""

import pytest

from careers.roles.singular_titles import singular


@pytest.mark.parametrize(
    ("plural", "title"),
    [
        ("Data Scientists", "Data Scientist"),
        ("Registered Nurses", "Registered Nurse"),
        ("Training and Development Managers", "Training and Development Manager"),
        ("Operations Research Analysts", "Operations Research Analyst"),
        ("Human Resources Specialists", "Human Resources Specialist"),
        ("Chief Executives", "Chief Executive"),
        ("Actuaries", "Actuary"),
        ("Retail Salespersons", "Retail Salesperson"),
    ],
)
def test_a_plural_of_people_is_made_singular(plural, title):
    assert singular(plural) == title


@pytest.mark.parametrize(
    "title",
    [
        "Physics",
        "Sales",
        "Special Forces",
        "Infantry",
        "Clergy",
        "Treasurers and Controllers",
        "Engineers and Architects",
        "Computer Systems Engineers/Architects",
        "Helpers--Carpenters",
        "Computer Occupations, All Other",
        "Architects, Except Landscape and Naval",
        "First-Line Supervisors of Correctional Officers",
        "Data Scientist",
        "s",
        "",
        " ",
        "数据科学家",
    ],
)
def test_any_other_title_stays(title):
    assert singular(title) == title
