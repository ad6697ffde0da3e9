"""The guide's page with open jobs and resources: summary, pay by country, skills that lead on, folded depth."""

import re

import pytest

from careers.roles.models import CareerStep
from tests import factories
from tests.markup import text_of, words_of
from tests.occupations.published import linked, official_outlook, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def role():
    role = factories.RoleFactory(title="Data Scientist")
    linked(role, "15-2051.00")
    occupation = soc_occupation("15-2051", "Data Scientists")
    official_pay(occupation, median=120_230, p10=67_000, p90=199_000)
    official_outlook(occupation, growth_percent="33.5", annual_openings=23_400, entry_education="Bachelor’s degree")
    return role


def job(role, country="DE", **pay):
    terms = {"pay_currency": "EUR", "pay_period": "year"} if pay else {}
    posting = factories.PostingFactory(role=role, **terms | pay)
    if country:
        factories.PostingPlaceFactory(posting=posting, country=country, city="")
    return posting


def open_text(response):
    """The text of the page without what is folded."""
    main = re.search(r"<main.*</main>", response.text, re.DOTALL)[0]
    while "<details" in main:
        main = re.sub(r"<details(?:(?!<details).)*?</details>", "", main, flags=re.DOTALL)
    return words_of(main)


def table_rows(response):
    table = re.search(r'<table class="by-country">.*?</table>', response.text, re.DOTALL)[0]
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", table, re.DOTALL)
    return [words_of(row) for row in rows]


def test_the_summary_answers_before_anything_else(client, role):
    job(role)
    text = text_of(client.get(role.get_absolute_url()))
    answers = ["Typical pay $120,230", "Much faster than average", "Bachelor’s degree", "1 open job"]
    places = [text.index(answer) for answer in answers]
    assert max(places) < text.index("In this guide") < text.index("How official statistics classify this job")


def test_a_guide_without_figures_says_so(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, median=90_000)
    text = open_text(client.get(role.get_absolute_url()))
    assert "Typical pay No official figure" in text
    assert "We have no official pay figure for this role. No open job here shows what it pays." in text
    assert "$90,000" not in text


def test_its_own_sourced_figure_stands_where_there_is_no_official_one(client):
    role = factories.RoleFactory()
    source = factories.SourceFactory(publisher="Office for Statistics")
    factories.PayClaimFactory(
        role=role, median=50_000, currency="GBP", country="GB", source=source, reference_year=2026
    )
    text = open_text(client.get(role.get_absolute_url()))
    assert "Median pay £50,000 a year, United Kingdom. Office for Statistics" in text
    assert "No official figure" not in text


def test_unsourced_old_and_foreign_figures_are_folded_and_kept(client, role):
    factories.PayClaimFactory(role=role, median=99_001)
    factories.PayClaimFactory(role=role, median=99_002, source=factories.SourceFactory(), reference_year=2004)
    factories.PayClaimFactory(role=role, median=99_003, source=factories.SourceFactory(), population="Nurses (29-1141)")
    factories.OutlookClaimFactory(role=role, growth_percent=77)
    response = client.get(role.get_absolute_url())
    for figure in ("$99,001", "$99,002", "$99,003", "77%"):
        assert figure in response.text
        assert figure not in open_text(response)
    assert "Figures you may see elsewhere (3)" in text_of(response)
    assert "Projections you may see elsewhere (1)" in text_of(response)


def test_pay_by_country_shows_figures_and_what_jobs_offer_and_says_what_is_missing(client, role):
    job(role, pay_min=60_000, pay_max=80_000)
    job(role, pay_min=5_000, pay_period="month")
    job(role)
    job(role, "FR")
    factories.PayClaimFactory(role=role, median=70_000, currency="CAD", country="CA")
    factories.PayClaimFactory(role=role, median=70_000, currency="EUR", country="DE")
    response = client.get(role.get_absolute_url())
    assert table_rows(response) == [
        "United States $120,230 a year Median, 2025 No open jobs",
        "Germany No official figure €60,000 to €80,000 2 of 3 jobs",
        "France No official figure 1 job, pay not stated",
    ]
    assert "We have no official figure for Canada." in text_of(response)


def test_a_guide_with_jobs_alone_still_has_pay_by_country(client):
    role = factories.RoleFactory()
    job(role, pay_min=60_000)
    job(role, None, pay_min=90_000)
    assert table_rows(client.get(role.get_absolute_url())) == [
        "Germany No official figure €60,000 1 job",
        "Remote, several countries or any No official figure €90,000 1 job",
    ]


def test_the_drawing_begins_with_official_pay_and_ends_with_what_jobs_offer(client, role, settings):
    settings.ADVERTISED_PAY_MINIMUM = 2
    for pay in (100_000, 140_000):
        job(role, "US", pay_min=pay, pay_currency="USD")
    job(role, "DE", pay_min=1_000)
    markup = client.get(role.get_absolute_url()).text
    rows = re.findall(r'<li class="pay-drawing--(\w+)">.*?label">(.*?)</span>.*?text">(.*?)</span>', markup, re.DOTALL)
    assert rows == [
        ("official", "Data Scientists (15-2051), United States, May 2025", "$67,000 to $199,000, median $120,230"),
        ("advertised", "2 open jobs here, United States, middle half", "$110,000 to $130,000, median $120,000"),
    ]


def test_hourly_pay_is_drawn_by_the_year_and_says_so(client):
    role = factories.RoleFactory()
    linked(role, "27-2011.00")
    official_pay(soc_occupation("27-2011", "Actors"), period="hour", median=20)
    text = text_of(client.get(role.get_absolute_url()))
    assert "Actors (27-2011), United States, May 2025, per hour, drawn as 2,080 hours a year median $41,600" in text


def test_skills_lead_to_open_jobs_and_resources(client, role):
    python, cobol = factories.SkillFactory(name="Python"), factories.SkillFactory(name="Cobol")
    for skill in (python, cobol):
        factories.RoleSkillFactory(role=role, skill=skill, note="Daily.")
    for posting in (job(role), job(role), factories.PostingFactory(closed=True)):
        posting.skills.add(python)
    factories.ResourceFactory().skills.add(python)
    factories.ResourceFactory(state="archived").skills.add(python, cobol)
    markup = client.get(role.get_absolute_url()).text
    assert markup.count(f'href="/jobs/?skill={python.slug}">2 jobs') == 2  # in the short list and in the full one
    assert markup.count(f'href="/resources/?skill={python.slug}">1 resource') == 2
    assert f"skill={cobol.slug}" not in markup


def test_only_required_skills_stand_open(client, role):
    factories.RoleSkillFactory(role=role, skill=factories.SkillFactory(name="Python"), necessity="required")
    factories.RoleSkillFactory(role=role, skill=factories.SkillFactory(name="Cobol"), necessity="useful")
    response = client.get(role.get_absolute_url())
    assert "Python" in open_text(response)
    assert "Cobol" not in open_text(response)
    assert "Cobol" in response.text


def test_the_path_is_drawn_behind_a_list_of_links(client, role):
    start = factories.RoleFactory(title="Data Analyst")
    factories.CareerStepFactory(role=role, kind=CareerStep.Kind.BEFORE, to_title="", to_role=start)
    factories.CareerStepFactory(role=role, kind=CareerStep.Kind.AFTER, to_title="Chief Scientist", note="Leads others.")
    markup = client.get(role.get_absolute_url()).text
    drawing = re.search(r'<div class="path-drawing">.*?</div>', markup, re.DOTALL)[0]
    assert drawing.count("<circle") == drawing.count("<li ") == 3
    assert f'href="{start.get_absolute_url()}"' in drawing
    assert "Leads others." in markup


def test_a_day_by_the_clock_is_a_timeline(client, role):
    for lead in ("09:00 Stand-up", "13:30 Review"):
        factories.ItemFactory(role=role, kind="day_activity", lead=lead)
    assert '<ol class="points points--day_activity points--timeline">' in client.get(role.get_absolute_url()).text


def test_long_lists_say_how_many_more_there_are(client, role):
    factories.ItemFactory.create_batch(8, role=role, kind="responsibility")
    assert "3 more responsibilities" in text_of(client.get(role.get_absolute_url()))


def test_projections_are_told_in_words_too(client, role):
    assert "Growth 33.5%, much faster than average" in text_of(client.get(role.get_absolute_url()))


def test_interview_answers_are_folded_under_their_questions(client, role):
    factories.ItemFactory(role=role, kind="interview_question", lead="Why?", text="Because.")
    response = client.get(f"{role.get_absolute_url()}interview/")
    assert re.search(r"<h2>Why\?</h2>\s*<details", response.text)
    assert "Because." not in open_text(response)
