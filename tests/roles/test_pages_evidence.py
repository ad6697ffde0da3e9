"""The guide's page: where its role is counted, and every figure beside the others with what to know about it."""

import json
import re

import pytest

from tests import factories
from tests.cases import each
from tests.markup import text_of
from tests.occupations.published import (
    linked,
    official_outlook,
    official_pay,
    onet_occupation,
    release_of,
    soc_occupation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(db):
    """Counted under three occupations, quoted with the figure of a fourth."""
    role = factories.RoleFactory(title="Machine Learning Engineer")
    linked(role, "15-2051.00", "15-1221.00", "15-1299.08")
    for code, title, median, growth in (
        ("15-2051", "Data Scientists", 120_230, "33.5"),
        ("15-1221", "Research Scientists", 140_300, "19.7"),
        ("15-1299", "Computer Occupations, All Other", 116_580, "8.2"),
    ):
        occupation = soc_occupation(code, title)
        official_pay(occupation, 2024, median=median - 1)
        official_pay(occupation, median=median, p10=50_000, p90=200_000)
        official_outlook(occupation, growth_percent=growth, annual_openings=1_000)
    factories.PayClaimFactory(
        role=role,
        median=85_720,
        heading="2024",
        reference_year=2022,
        reference_period="May 2022",
        source=factories.SourceFactory(),
        quoted_in=factories.SourceFactory(publisher="Career Magazine"),
        measured_for=onet_occupation("15-2031.00", "Operations Research Analysts"),
    )
    factories.PayClaimFactory(role=role, median=None, mean=120_000, low=80_000, high=180_000)
    return role


def page(client, role, occupation=""):
    return client.get(role.get_absolute_url(), {"occupation": occupation} if occupation else {})


def section(response, part):
    return re.search(rf'<section class="part" aria-labelledby="{part}">.*?</section>', response.text, re.DOTALL)[0]


def glance(response):
    return re.search(r'<section class="glance".*?</section>', response.text, re.DOTALL)[0]


def test_the_page_says_to_how_many_occupations_the_title_maps_and_why(client, role):
    response = page(client, role)
    text = text_of(response)
    assert "Official statistics count this role under 3 occupations" in text
    assert "Close to this role. They share work." in text
    for code in ("15-2051.00", "15-1221.00", "15-1299.08"):
        assert f'<a href="/occupations/{code}/">' in response.text
        assert f'href="?occupation={code}"' in response.text
    assert 'aria-current="true">Its figures' not in response.text


def test_one_occupation_needs_no_switch(client):
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    response = page(client, role)
    assert "Official statistics count this role under 1 occupation" in text_of(response)
    assert "?occupation=" not in response.text
    assert "no data" in text_of(response)


def test_a_role_that_is_counted_nowhere_says_nothing_of_it(client):
    assert "Counted under" not in page(client, factories.RoleFactory()).text


def test_figures_of_all_occupations_stand_side_by_side_the_summary_is_of_the_heaviest(client, role):
    response = page(client, role)
    pay = section(response, "pay")
    for figure in ("$120,230", "$140,300", "$116,580", "$85,720", "$120,000"):
        assert figure in pay
    assert "$120,230" in glance(response)
    assert "Official figures for Data Scientists (15-2051)" in glance(response)
    assert "Much faster than average, 2024 to 2034" in glance(response)
    assert "+33.5%" in glance(response)
    assert "$140,300" not in glance(response)


def test_the_switch_shows_one_occupation_beside_the_guide_s_own_figures(client, role):
    response = page(client, role, "15-1221.00")
    pay = section(response, "pay")
    assert "$140,300" in pay
    assert "$85,720" in pay
    assert "$120,230" not in pay
    assert "$140,300" in glance(response)
    assert "+19.7%" in glance(response)
    assert "Research Scientists (15-1221)" in re.search(r'<figure class="history".*?</figcaption>', pay, re.DOTALL)[0]
    assert "33.5%" not in section(response, "outlook")
    assert re.findall(r'occupation=([\d.-]+)" aria-current="true"', response.text) == ["15-1221.00"]
    assert f'<a href="{role.get_absolute_url()}">Show figures for all 3</a>' in response.text


@each("code", ["15-2031.00", "15-1221", "x" * 5000, "<script>alert(1)</script>", "%00", "١٥"])
def test_an_unknown_occupation_is_dropped_and_never_echoed(client, role, code):
    response = page(client, role, code)
    assert response.status_code == 200
    assert "count this role under 3 occupations" in text_of(response)
    assert "You are seeing only" not in response.text
    assert "<script>alert" not in response.text
    assert "x" * 300 not in response.text


def test_search_engines_are_led_to_the_plain_address(client, role):
    canonical = f'<link rel="canonical" href="https://careers.example.org{role.get_absolute_url()}">'
    assert canonical in page(client, role, "15-1221.00").text


def test_a_figure_of_an_occupation_the_role_is_not_linked_to_is_flagged(client, role):
    text = text_of(page(client, role))
    assert "Different job. This figure is for Operations Research Analysts (15-2031.00)." in text
    assert "Quoted under the heading “2024”, but measured May 2022." in text
    assert "Quoted in Career Magazine" in text
    factories.OccupationLinkFactory(role=role, occupation=role.pay_claims.exclude(measured_for=None).get().measured_for)
    assert "Different job" not in text_of(page(client, role))


def test_a_figure_of_another_occupation_is_never_a_key_figure_nor_offered_to_search_engines(client):
    role = factories.RoleFactory()
    analysts = onet_occupation("15-2031.00")
    factories.PayClaimFactory(role=role, median=85_720, source=factories.SourceFactory(), measured_for=analysts)
    response = page(client, role)
    assert "$85,720" not in glance(response)
    assert "estimatedSalary" not in response.text
    assert "$85,720" in section(response, "pay")
    assert "1 of 1 figures in this guide is sourced" in text_of(response)


def test_means_and_medians_of_one_place_are_told_apart(client, role):
    assert "Some of these figures are medians and others are means." in text_of(page(client, role))


def test_links_under_one_code_show_its_figure_once_and_name_both(client):
    role = factories.RoleFactory()
    linked(role, "15-1299.08", "15-1299.05")
    official_pay(soc_occupation("15-1299", "Computer Occupations, All Other"), median=116_580, p10=1, p90=2_000_000)
    pay = section(page(client, role), "pay")
    assert pay.count("<dd>$116,580</dd>") == 1
    linked_to = re.search(r"This figure covers a wider group.*?</p>", pay)[0]
    assert "15-1299.08" in linked_to
    assert "15-1299.05" in linked_to


def test_what_statistics_leave_out_is_said_in_words(client):
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    occupation, release = soc_occupation("15-2051"), release_of(2025)
    official_pay(occupation, release=release, absences={"median": "suppressed"})
    official_outlook(occupation, growth_percent=None, absences={"growth_percent": "no_data"}, annual_openings=90)
    response = page(client, role)
    assert "Pay, a year not published" in text_of(response)
    assert "Growth no data" in text_of(response)
    assert re.search(r"not published\s+May 2025", text_of(response))
    official_pay(occupation, release=release, period="hour", median=20)
    text = text_of(page(client, role))
    assert "Hourly only: no yearly pay is published" in text
    assert "hourly only, $20" in text


def test_openings_that_are_not_known_say_so_and_none_at_all_are_zero(client):
    role = factories.RoleFactory()
    linked(role, "15-2051.00", "15-1221.00")
    absent = {"annual_openings": "no_data"}
    official_outlook(soc_occupation("15-2051"), growth_percent=2, annual_openings=None, absences=absent)
    official_outlook(soc_occupation("15-1221"), growth_percent=3, annual_openings=0)
    text = text_of(page(client, role))
    assert "Openings a year no data" in text
    assert "Openings a year 0" in text


def test_a_figure_at_the_ceiling_says_at_least_and_its_bar_stays_open(client):
    role = factories.RoleFactory()
    linked(role, "29-1141.00")
    official_pay(soc_occupation("29-1141"), median=180_000, p90=239_200, p10=90_000, top_code=239_200)
    response = page(client, role)
    assert "$90,000 to at least $239,200" in text_of(response)
    assert response.text.count('class="bar-open"') == 3  # drawing, detail, legend
    assert "percentile90" not in response.text


def test_a_copy_of_an_official_figure_is_told_once(client, role):
    claim = role.occupation_links.first().occupation
    factories.PayClaimFactory(
        role=role, median=120_230, p10=50_000, p90=200_000, reference_year=2025, source=factories.SourceFactory()
    )
    assert claim.code == "15-2051.00"
    assert section(page(client, role), "pay").count("<dd>$120,230</dd>") == 1


def test_the_history_is_that_of_the_heaviest_occupation(client, role):
    history = re.search(r'<figure class="history".*?</figure>', page(client, role).text, re.DOTALL)[0]
    assert "Data Scientists (15-2051)" in history
    assert "2024" in history


def test_every_figure_shown_counts_for_the_standing(client, role):
    text = text_of(page(client, role))
    assert "7 of 8 figures in this guide are sourced; the oldest is from 2022" in text
    alone = text_of(page(client, role, "15-1221.00"))
    assert "3 of 4 figures in this guide are sourced" in alone


def test_a_note_that_many_figures_share_stands_once(client):
    role = factories.RoleFactory()
    for country, currency in (("CA", "CAD"), ("GB", "GBP"), ("NG", "NGN")):
        factories.PayClaimFactory(role=role, country=country, currency=currency, note="From a guide without sources.")
    factories.PayClaimFactory(role=role, country="AU", currency="AUD", note="A note of its own.")
    markup = page(client, role).text
    assert markup.count("From a guide without sources.") == 1
    assert markup.count('href="#pay-note-1"') == 3
    assert '<li id="pay-note-1">' in markup
    assert markup.count("A note of its own.") == 1


def test_the_table_holds_every_figure_with_what_to_know(client, role):
    table = re.search(r'aria-label="Pay figures".*?</table>', page(client, role).text, re.DOTALL)[0]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
    assert len(rows) == 5
    assert "Different job, Period differs, Old" in rows[3]
    assert "Unsourced, No year" in rows[4]


def occupation_of(response):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)[1])[
        "@graph"
    ][1]


@pytest.mark.parametrize("asked_for", ["", "15-1221.00"])
def test_search_engines_are_told_the_official_median_of_the_heaviest_occupation(client, role, asked_for):
    salary = occupation_of(page(client, role, asked_for))["estimatedSalary"][0]
    assert (salary["name"], salary["median"], salary["percentile90"]) == ("Data Scientists (15-2051)", 120_230, 200_000)


def test_search_engines_are_told_no_ceiling_as_a_median(client):
    role = factories.RoleFactory()
    linked(role, "29-1141.00", "15-2051.00")
    official_pay(soc_occupation("29-1141"), median=239_200, top_code=239_200)
    official_pay(soc_occupation("15-2051"), median=120_230)
    assert "estimatedSalary" not in occupation_of(page(client, role))


def test_links_figures_and_years_cost_no_further_questions(
    client, role, django_assert_max_num_queries, django_assert_num_queries
):
    factories.PostingTemplateFactory(role=role)
    factories.PostingPlaceFactory(
        posting=factories.PostingFactory(role=role, pay_min=9, pay_currency="USD", pay_period="year")
    )
    factories.ResourceFactory().roles.add(role)
    with django_assert_max_num_queries(24) as few:
        page(client, role)
    linked(role, "15-1252.00")
    occupation = soc_occupation("15-1252")
    for year in range(2020, 2026):
        official_pay(occupation, year, median=year)
    official_outlook(occupation)
    for _ in range(3):
        factories.PayClaimFactory(
            role=role, measured_for=onet_occupation(f"17-20{_}1.00"), quoted_in=factories.SourceFactory()
        )
        factories.OutlookClaimFactory(role=role, measured_for=onet_occupation(f"17-30{_}1.00"))
    with django_assert_num_queries(len(few)):
        page(client, role)
    with django_assert_num_queries(len(few)):
        page(client, role, "15-1252.00")
