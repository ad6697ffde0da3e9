"""Rules about words: each fires on one text, and leaves a near miss alone."""

import pytest

from careers.postings.checks.gender import coded_words, direction

from .subjects import at, rules_of, said, subject

FIRES = [
    ("age", "We want a young team, aged 25 to 35.", "We are a young company of four years."),
    ("age", "Recent college graduates only.", "Ernst & Young audits our books."),
    ("age_softer", "You are a digital native.", "The product is digital, the market native to us."),
    ("age_softer", "Class of 2024 welcome.", "A class of assets."),
    ("experience_ceiling", "Maximum of 3 years of experience.", "At least 3 years of experience."),
    ("gender_words", "He/she reports to the chairman.", "They report to the chair, he/she/they all may apply."),
    ("gender_words", "Our guys build it.", "Guyson builds it."),
    ("origin", "Native speakers only.", "Native or bilingual level of French."),
    ("health", "You are able-bodied.", "You are able to plan."),
    ("health", "Must be in good health.", "We offer good health insurance."),
    ("family", "Send a letter, photo required.", "Photography is required."),
    ("family", "No children.", "No children's data is processed."),
    ("culture_noise", "We look for a ninja and a Rock-Star.", "The setup wizard of our product."),
    ("payment", "Pay the registration fee first.", "There is no registration fee."),
    ("payment", "You are paid in gift cards.", "At birthdays we hand out gift cards."),
    ("talent_pool", "This is for our talent pool.", "You build a talent pool."),
    ("pay_history", "State your salary history.", "We do not request salary history."),
    ("leftover_phrase", "Start: TBD.", "A to-do list app."),
    ("dummy_text", "Lorem ipsum dolor.", "A lorem of its own."),
    ("placeholder", "[Company] is hiring.", "[Company](https://example.com) is hiring."),
    ("placeholder", "Dear {{name}},", "A set {a} of things."),
    ("placeholder", "Write to <insert address>.", "If x < y > z."),
    ("placeholder", "Report to [your manager's name].", "Report [sic] to us."),
    ("broken_letters", "We donâ€™t mind.", "NÃO fumar."),
    ("network_tag", "Remote. #LI-Hybrid", "Issue #12 of the paper."),
    ("empty_heading", "## Duties\n\n## Benefits\n\nMany.", "## Duties\n\n- Weigh\n\n## Benefits\n\nMany."),
    ("empty_heading", "Many.\n\n## Apply", "Many.\n\n#LI-Remote"),
    ("empty_heading", "## \n\n## Benefits\n\nMany.", "Many.\n\n## #LI-Remote"),
    ("empty_heading", "Headquarters:\n\nLocation:\n", "Headquarters: Brno\n"),
    ("invisible_characters", "Left\u202eright", "Left right"),
    ("contact_in_text", "Write to jobs@example.com today.", "For accommodations write to help@example.com."),
    ("contact_in_text", "Call +420 555 123 456.", "Budget of 555 123."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fault", "near_miss"), FIRES, ids=[f"{row[0]}: {row[1][:20]}" for row in FIRES])
def test_a_rule_fires_and_a_near_miss_does_not(rule, fault, near_miss):
    assert rule in rules_of(subject(fault))
    assert rule not in rules_of(subject(near_miss))


def test_a_phrase_class_may_speak_of_one_place_alone():
    """Canadian experience is a matter of Ontario."""
    text = "Canadian experience is a must."
    assert "canadian_experience" in rules_of(subject(text, places=at("CA-ON")))
    assert "canadian_experience" not in rules_of(subject(text, places=at("CA-QC")))


def test_a_phrase_class_may_look_at_the_title_alone():
    assert "title_pool" in rules_of(subject(title="Future opportunities"))
    assert "title_pool" not in rules_of(subject("We tell you of future opportunities."))


def test_a_hint_at_a_law_says_so_and_of_which_place():
    finding = said(subject("Young people only."), "age")[0]
    assert finding.is_law
    assert "Law of the United States" in finding.sentence
    assert "Not legal advice" in finding.sentence
    assert "29 CFR 1625.4" in finding.source


def test_style_is_no_law():
    finding = said(subject("A ninja."), "culture_noise")[0]
    assert not finding.is_law
    assert "Law" not in finding.sentence


MASCULINE = "You lead, decide, compete, defend, analyse and determine."
FEMININE = "You share, support, understand, connect, collaborate and nurture."


@pytest.mark.parametrize(("text", "side"), [(MASCULINE, "masculine"), (FEMININE, "feminine")])
def test_strongly_coded_wording_is_named_in_both_directions(text, side):
    [finding] = said(subject(text), "gender_coded")
    assert f"Strongly {side}-coded" in finding.sentence
    assert "Gaucher" in finding.source


@pytest.mark.parametrize("text", ["You lead and decide.", f"{MASCULINE} {FEMININE}"], ids=["few words", "balanced"])
def test_a_slight_lean_is_not_worth_a_word(text):
    assert "gender_coded" not in rules_of(subject(text))


def test_a_word_counts_by_its_beginning_alone():
    assert coded_words("Leadership, misleading") == ([], ["leadership"])


@pytest.mark.parametrize(
    ("text", "leans"), [(MASCULINE, "masculine"), (FEMININE, "feminine"), ("", "neutral"), ("lead share", "neutral")]
)
def test_the_direction_is_that_of_the_side_with_more_words(text, leans):
    assert direction(text) == leans
