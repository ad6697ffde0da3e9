"""Two to four roles side by side: the same unit in a row, and words where there is no figure."""

import re

import pytest
from django.urls import reverse

from careers.occupations.models import JobZone
from careers.roles.guide.comparison import compare_roles
from tests import factories
from tests.markup import text_of
from tests.occupations.published import linked, official_outlook, official_pay, onet_occupation, soc_occupation

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    """A role counted under 15-2051, and one counted under 15-1252."""
    roles = [factories.RoleFactory(title="First"), factories.RoleFactory(title="Second")]
    linked(roles[0], "15-2051.00")
    linked(roles[1], "15-1252.00")
    return roles


def rows(roles):
    """{label: [value in each role's column]}"""
    return {row.label: [cell.value for cell in row.cells] for row in compare_roles(roles).rows}


def cells(roles, label):
    return next(row.cells for row in compare_roles(roles).rows if row.label == label)


def compare(client, *roles):
    return client.get(reverse("roles:compare"), {"role": [role.slug for role in roles]})


def test_each_row_has_one_statistic_place_currency_and_period(two):
    official_pay(soc_occupation("15-2051"), median=120_230, mean=126_800, p10=67_240, p90=199_130)
    official_pay(soc_occupation("15-1252"), median=135_980, p10=82_460, p90=214_670)
    found = rows(two)
    assert found["Median pay, United States, USD a year"] == ["$120,230", "$135,980"]
    assert found["Mean pay, United States, USD a year"] == ["$126,800", "no data"]
    assert found["Pay, 10th to 90th percentile, United States, USD a year"] == [
        "$67,240 to $199,130",
        "$82,460 to $214,670",
    ]


def test_what_is_missing_says_why_and_is_never_zero(two):
    official_pay(soc_occupation("15-2051"), median=239_200, top_code=239_200)
    official_pay(soc_occupation("15-1252"), absences={"median": "suppressed"})
    found = rows(two)
    assert found["Median pay, United States, USD a year"] == ["at least $239,200", "not published"]
    assert "Expected growth" not in " ".join(found)


def test_pay_published_an_hour_only_says_so_and_is_not_made_a_year(two):
    official_pay(soc_occupation("15-2051"), median=120_230)
    official_pay(soc_occupation("15-1252"), period="hour", median="41.21")
    first, second = cells(two, "Median pay, United States, USD a year")
    assert (second.value, second.note) == ("hourly only", "$41.21 an hour")
    assert first.note == ""


def test_a_role_s_own_pay_of_another_period_is_brought_to_a_year_and_says_so(two):
    for role, pay in zip(two, ({"median": 50, "period": "hour"}, {"median": 90_000}), strict=True):
        factories.PayClaimFactory(role=role, **pay)
    first, _ = cells(two, "Median pay, United States, USD a year")
    assert (first.value, first.note) == ("$104,000", "stated per hour, taken as 2,080 hours")


def test_currencies_and_places_have_rows_of_their_own_where_two_roles_answer(two):
    for role in two:
        factories.PayClaimFactory(role=role, median=100_000)
        factories.PayClaimFactory(role=role, median=60_000, country="DE", currency="EUR")
    factories.PayClaimFactory(role=two[0], median=1, country="NG", currency="NGN")
    assert [label for label in rows(two) if "pay" in label] == [
        "Median pay, United States, USD a year",
        "Median pay, Germany, EUR a year",
    ]


def test_an_official_figure_speaks_before_the_role_s_own(two):
    official_pay(soc_occupation("15-2051"), median=120_230)
    factories.PayClaimFactory(role=two[0], median=300_000, source=factories.SourceFactory(), reference_year=2026)
    assert rows(two)["Median pay, United States, USD a year"] == ["$120,230", "no data"]


def test_a_role_s_own_figure_speaks_where_the_official_one_is_not_published(two):
    official_pay(soc_occupation("15-2051"), absences={"median": "suppressed"})
    factories.PayClaimFactory(role=two[0], median=90_000)
    assert rows(two)["Median pay, United States, USD a year"] == ["$90,000", "no data"]


def test_a_figure_of_an_occupation_the_role_is_not_linked_to_speaks_for_nobody(two):
    analysts = onet_occupation("15-2031.00", "Operations Research Analysts")
    factories.PayClaimFactory(role=two[0], median=85_720, source=factories.SourceFactory(), measured_for=analysts)
    assert rows(two) == {}


def test_projections_of_other_years_do_not_share_a_row(two):
    official_outlook(soc_occupation("15-2051"), growth_percent="33.5", annual_openings=23_400)
    official_outlook(soc_occupation("15-1252"), growth_percent=None, absences={"growth_percent": "no_data"})
    factories.OutlookClaimFactory(role=two[1], growth_percent=17, base_year=2020, target_year=2029)
    found = rows(two)
    assert found["Expected growth, United States, 2024–2034"] == ["+33.5%", "no data"]
    assert found["Openings a year, United States, 2024–2034"] == ["23,400", "no data"]
    assert not any("2029" in label for label in found)


def test_preparation_is_that_of_the_heaviest_occupation(two):
    first, second = (role.occupation_links.get().occupation for role in two)
    zone = JobZone.objects.create(zone="5", name="Job Zone Five: Extensive Preparation", release=first.release)
    first.job_zone = zone
    first.save()
    official_outlook(soc_occupation("15-2051"), entry_education="Master's degree")
    for category, percent in ((5, 50), (6, "20.25"), (8, "25.5")):
        factories.EducationShareFactory(occupation=first, category=category, percent=percent)
    factories.EducationShareFactory(occupation=second, category=6, is_suppressed=True)
    found = rows(two)
    assert found["Typical education needed, United States"] == ["Master's degree", "no data"]
    assert found["People in the job who say it requires a bachelor’s degree or higher"] == ["45.8%", "not published"]
    assert found["Preparation (job zone)"] == [zone.name, "no data"]


def test_no_education_rows_are_left_out_and_not_zero(two):
    first = two[0].occupation_links.get().occupation
    factories.EducationShareFactory(occupation=first, category=6, percent=None)
    withdrawn = factories.ReleaseFactory()
    factories.EducationShareFactory(occupation=first, category=8, percent=90, withdrawn_in=withdrawn)
    assert rows(two) == {}


def name_skills(role, *names, kind="method"):
    for name in names:
        skill = factories.Skill.objects.filter(name=name).first() or factories.SkillFactory(name=name, kind=kind)
        factories.RoleSkillFactory(role=role, skill=skill)


def test_skills_are_shared_or_only_in_one_role_and_tools_are_apart(two):
    name_skills(two[0], "Statistics", "Deep learning")
    name_skills(two[1], "Statistics", "Testing")
    name_skills(two[0], "Python", kind="language")
    skills, tools = compare_roles(two).overlaps
    assert (skills.shared, skills.additional) == (["Statistics"], [["Deep learning"], ["Testing"]])
    assert (tools.shared, tools.additional) == ([], [["Python"], []])


def test_of_more_than_two_roles_only_what_all_name_is_shared():
    roles = factories.RoleFactory.create_batch(3)
    for role, names in zip(roles, (["A", "B"], ["B", "C"], ["B", "C", "D"]), strict=True):
        name_skills(role, *names)
    skills = compare_roles(roles).overlaps[0]
    assert skills.shared == ["B"]
    assert skills.additional == [["A"], ["C"], ["C", "D"]]


def test_the_page_names_source_and_year_of_each_figure(client, two):
    official_pay(soc_occupation("15-2051", "Data Scientists"), median=120_230)
    old = factories.PayClaimFactory(role=two[1], median=90_000, reference_year=2004)
    response = compare(client, *two)
    text = text_of(response)
    assert re.search(r"\$120,230\s+Data Scientists \(\s*15-2051\s*\)\s+Bureau of Labor\s*, May 2025", text)
    assert re.search(r"\$90,000\s+Unsourced\s+Old", text)
    assert "Bureau of Labor, Tables of oews, May 2025" in text
    assert old.source is None


def test_the_page_shows_where_roles_are_counted_and_where_they_lead(client, two):
    factories.CareerStepFactory(role=two[0], to_title="", to_role=two[1])
    factories.CareerStepFactory(role=two[0], to_title="Head of everything")
    factories.CareerStepFactory(role=two[0], to_title="Trainee", kind="before")
    markup = compare(client, *two).content.decode()
    assert reverse("occupations:detail", args=["15-2051.00"]) in markup
    steps = re.search(r"Next steps</span></th></tr>(.*?)</tr>", markup, re.DOTALL)[1]
    assert f'href="{two[1].get_absolute_url()}"' in steps
    assert "Head of everything" in steps
    assert "Trainee" not in steps
    assert "no data" in steps


def labels(response):
    return re.findall(r'<th scope="rowgroup" colspan="\d"><span>(.*?)</span>', response.content.decode())


def test_of_roles_about_which_nothing_is_known_only_open_jobs_are_compared(client):
    roles = factories.RoleFactory.create_batch(2, summary="")
    response = compare(client, *roles)
    assert labels(response) == ["Open jobs"]
    assert "We have no pay, outlook or education figures for these roles." in text_of(response)


def test_a_row_stays_if_one_role_has_something_in_it(client, two):
    name_skills(two[1], "Testing")
    factories.CareerStepFactory(role=two[1], to_title="Head of everything")
    response = compare(client, *two)
    assert labels(response) == [
        "Summary", "Official occupation", "Skills in all of these roles", "Skills only in this role", "Next steps", "Open jobs",
    ]  # fmt: skip
    assert "none in common" in text_of(response)


def test_official_figures_of_one_occupation_are_said_once(client, two):
    two[1].occupation_links.all().delete()
    linked(two[1], "15-2051.01")
    official_pay(soc_occupation("15-2051", "Data Scientists"), median=120_230)
    response = compare(client, *two)
    text = text_of(response)
    assert "First and Second share an occupation in official statistics, Data Scientists ( 15-2051 ), so" in text
    assert text.count("$120,230") == 1
    assert "The same for all these roles" in text


def test_of_three_roles_the_second_with_a_figure_names_the_first(client, two):
    third = factories.RoleFactory(title="Third")
    linked(third, "15-2051.01")
    official_pay(soc_occupation("15-2051", "Data Scientists"), median=120_230)
    official_pay(soc_occupation("15-1252"), median=135_980)
    text = text_of(compare(client, *two, third))
    assert "First and Third share an occupation" in text
    assert text.count("$120,230") == text.count("$135,980") == text.count("same as First") == 1


def test_own_figures_that_happen_to_be_equal_stay_two(client, two):
    for role in two:
        factories.PayClaimFactory(role=role, median=90_000)
    text = text_of(compare(client, *two))
    assert text.count("$90,000") == 2
    assert "share an occupation" not in text


def test_compare_keeps_to_four_known_roles(client):
    roles = [factories.RoleFactory(title=f"Role number {index}") for index in range(5)]
    draft = factories.RoleFactory(title="Draft role", draft=True)
    slugs = [draft.slug, "unknown", roles[0].slug, *(role.slug for role in roles)]
    response = client.get(reverse("roles:compare"), {"role": slugs})
    assert response.context["roles"] == roles[:4]
    assert "Draft role" not in text_of(response)
    assert "Choose one more role" in text_of(compare(client, roles[0]))
    assert client.get(reverse("roles:compare")).status_code == 200


def test_a_career_step_to_a_guide_in_the_making_is_named_without_a_link(client, two):
    coming = factories.RoleFactory(title="Coming role", draft=True)
    factories.CareerStepFactory(role=two[0], to_title="", to_role=coming)
    markup = compare(client, *two).content.decode()
    assert "Coming role" in markup
    assert coming.get_absolute_url() not in markup


def test_guides_and_their_index_lead_to_the_comparison(client, two):
    address = reverse("roles:compare")
    assert f'href="{address}?role={two[0].slug}"' in client.get(two[0].get_absolute_url()).content.decode()
    assert f'href="{address}"' in client.get(reverse("roles:index")).content.decode()


def test_the_same_few_questions_are_asked_whatever_is_compared(
    client, two, django_assert_max_num_queries, django_assert_num_queries
):
    def fill(roles):
        for number, role in enumerate(roles):
            code = f"13-{role.pk:04d}"
            linked(role, f"{code}.01")
            published = soc_occupation(code)
            official_pay(published, median=1)
            official_outlook(published)
            occupation = role.occupation_links.last().occupation
            factories.EducationShareFactory(occupation=occupation, category=6 + number)
            factories.PayClaimFactory(role=role, source=factories.SourceFactory())
            name_skills(role, f"Skill of {role.pk}")
            factories.CareerStepFactory(role=role, to_title="", to_role=factories.RoleFactory())

    fill(two)
    with django_assert_max_num_queries(13) as few:
        compare(client, *two)
    four = [*two, *factories.RoleFactory.create_batch(2)]
    fill(four[2:])
    with django_assert_num_queries(len(few)):
        compare(client, *four)
