"""Articles collected beside the project, each of which was once read wrongly. Skipped where the project stands alone."""

import pytest

from careers.guide_import.pipeline import build_draft, read_article

from .articles import VOCABULARY, differences, lost_words

BLS = "source U.S. Bureau of Labor Statistics"
DUTIES = [
    "Identifying problems with dough that can be solved by hand", "Weighing and mixing flour, water, salt and yeast",
    "Shaping loaves and rolls", "Checking the ovens",
]  # fmt: skip
EXPECTED = {
    "01-decimal-growth.txt": {"outlook": [f"United States, growth +6.5%, 2024–2034, {BLS}"]},
    "02-sourceline.txt": {
        "pay": [
            "United States, median $36,650 a year, source O*NET OnLine and U.S. Bureau of Labor Statistics",
            "United States, median $17.62 an hour, source O*NET OnLine and U.S. Bureau of Labor Statistics",
        ],
        "outlook": ["United States, growth +5%, 2033, source CareerOneStop"],
    },
    "04-unmarked-lists.txt": {
        "points": {
            "responsibility": [
                "Solving problems with doughs that do not rise as planned",
                "Weighing and mixing flour, water, salt and yeast",
                "Shaping loaves and rolls by hand and machine",
                "Checking ovens, timers and the look of the crust",
                "Cleaning the bakery at the end of each shift",
            ],
            "qualification": [
                "Understanding of doughs and starters, such as sourdough, yeast and brioche",
                "Competence with machines used in bakeries, such as mixers and sheeters",
                "Knowledge of food hygiene rules",
                "Ability to get up early",
                "Good communication and teamwork skills",
            ],
        },
        "industries": ["Craft bakeries", "Supermarkets", "Hotels and restaurants", "Bread factories"],
        "steps": [
            ("beside", "Pastry Chef"), ("beside", "Confectioner"), ("beside", "Bakery Technologist"),
            ("after", "Head Baker"), ("after", "Bakery Manager"),
        ],
    },
    "05-hash.txt": {
        "points": {"responsibility": ["Mixing dough", "Shaping loaves"]},
        "pay": [f"United States, mean $36,650 a year, {BLS}"],
        "outlook": [f"United States, growth +5%, 2023–2033, {BLS}"],
    },
    "06-conclusion-tips.txt": {
        "points": {"tip": ["Work a summer in a bakery.", "Learn to read a recipe in percentages."]},
        "outlook": [f"United States, growth +5%, 2023–2033, {BLS}"],
    },
    "07-10plus.txt": {
        "pay": [
            "United States, With a master's certificate and 10+ years of experience, low $60,000 a year, unsourced",
        ],
    },
    "08-may-earn.txt": {"pay": [f"United States, median $36,650, p10 $26,000, p90 $49,000 a year, {BLS}"]},
    "10-state-mean.txt": {
        "pay": [
            "United States, median $17.62 an hour, 2023, unsourced",
            "United States, median $36,650 a year, 2023, unsourced",
            "Hawaii, United States, mean $48,000 a year, 2023, unsourced",
        ],
    },
    "12-image.md": {
        "left_out": [("Salaries of bakers in Canada", "picture")],
        "notes": ["We skipped 1 picture. Type in the figures shown there."],
        "pay": [],
    },
    "13-problem-solving.txt": {
        "points": {
            "qualification": [
                "Using arithmetic to scale recipes",
                "Judging how well an oven is working",
                "Noticing a fault and finding the best way to repair it",
            ],
        },
        "sections": {},
    },
    "14-numbered-bold.html": {
        "points": {"responsibility": ["Mixing dough", "Shaping loaves", "Watching the oven"]},
        "industries": [],
    },
    "17-data-pulled.md": {"pay": ["United Kingdom, Entry level, mean £22,000 a year, source Talent.com"]},
    "18-bureau.txt": {"outlook": [f"United States, growth +5%, 31,000 openings a year, {BLS}"]},
    "19-state-growth-table.md": {"outlook": [], "unplaced": []},
    "21-technical-skills-under-become.md": {
        "points": {
            "qualification": [
                "Doughs: Knowing how flour behaves is the heart of it.",
                "Ovens: Steam, heat and time decide the crust.",
                "Communication: Bakers agree shifts and orders with colleagues.",
            ],
        },
        "sections": {"tips": "There is more than one way."},
    },
    "22-bare-sections.md": {
        "sections": {"overview": "Baking turns flour into food.\n\n- Weigh the flour\n- Mix it"},
        "unplaced": ["Tuition Costs", "A course costs $1,000 to $11,000."],
        "pay": [],
    },
    "31-last-line-lost.txt": {
        "points": {
            "qualification": [
                "Understanding of doughs and starters, such as sourdough, yeast and brioche, and of what they do in "
                "the heat of "
                "summer",
                "Knowledge of food hygiene rules",
                "Ability to work with large ovens and mixers, such as those that are found in bread factories",
                "Excellent communication and teamwork skills",
            ],
        },
        "steps": [],
    },
    "35-joined.txt": {"points": {"responsibility": DUTIES}},
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_shared_article_is_read_as_it_is_meant(shared_data, name):
    path = shared_data.parent / "cases" / "articles" / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    article = build_draft(read_article(path.read_bytes(), name), role="Baker", vocabulary=VOCABULARY)
    assert differences(article, EXPECTED[name]) == {}
    assert not lost_words(article)
