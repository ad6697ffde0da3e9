import pytest
from django.urls import reverse

from careers.occupations import soc
from tests import factories
from tests.cases import each
from tests.occupations.pages import page, show, support_specialists, text
from tests.occupations.published import official_outlook, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def specialists():
    return support_specialists()


# -- What O*NET says


def test_the_page_says_what_the_occupation_is_and_which_release_says_so(client, specialists):
    shown = page(client, specialists)
    assert "Occupation 15-1232.00 Support Specialists Help people. O*NET 29.3, May 2025" in shown
    assert "Occupations Computer and Mathematical Occupation 15-1232.00" in shown


def test_tasks_stand_by_kind_the_core_ones_first_and_long_lists_are_folded(client, specialists):
    kinds = ["", "supplemental", *["core"] * 12]
    for number, kind in enumerate(kinds):
        factories.OccupationTaskFactory(occupation=specialists, kind=kind, text=f"Do {kind or 'unrated'} {number}.")
    shown = page(client, specialists)
    assert "Tasks 14 Core Do core 2." in shown
    assert "2 more tasks Do core 12. Do core 13. 1 supplemental task Do supplemental 1." in shown
    assert shown.index("Do supplemental 1.") < shown.index("Do unrated 0.")


def test_technologies_in_demand_come_first_and_all_stand_by_class(client, specialists):
    rows = [
        {"name": "Zed", "commodity_title": "Editors", "is_in_demand": True, "is_hot": True},
        {"name": "Abacus", "commodity_title": "Counting"},
        {"name": "Hotshot", "commodity_title": "Editors", "is_hot": True},
        {"name": "Zed", "commodity_title": "Counting", "commodity_code": "1", "is_in_demand": True, "is_hot": True},
    ]
    for row in rows:
        factories.OccupationTechnologyFactory(occupation=specialists, **row)
    shown = page(client, specialists)
    assert "Technologies 3 In demand: employers often ask for these in this occupation Zed 1 more “hot”" in shown
    assert "any occupation Hotshot All 3 by type Counting Abacus, Zed In demand Editors Hotshot Hot, Zed" in shown


def test_titles_are_counted_once_and_those_people_reported_are_marked(client, specialists):
    factories.OccupationTitleFactory(occupation=specialists, title="Help Desk Agent")
    factories.OccupationTitleFactory(
        occupation=specialists, title="Help Desk Agent", kind="reported", is_shown_first=True
    )
    factories.OccupationTitleFactory(occupation=specialists, title="Fixer", kind="reported", is_shown_first=False)
    factories.OccupationTitleFactory(occupation=specialists, title="Aide")
    shown = page(client, specialists)
    assert "Other titles 3 Titles people in the job use: Help Desk Agent. All 3 titles" in shown
    assert "Aide Fixer • (reported) Help Desk Agent • (reported)" in shown


def test_related_occupations_stand_by_nearness_and_rank(client, specialists):
    rows = [("Supplemental", 11, "Cooks"), ("Primary-Short", 2, "Bakers"), ("Primary-Short", 1, "Zoo Keepers")]
    for tier, rank, title in [*rows, ("Primary-Long", 6, "Tailors")]:
        factories.RelatedOccupationFactory(occupation=specialists, tier=tier, rank=rank, to_occupation__title=title)
    gone = factories.OccupationFactory(title="Typists", withdrawn_in=factories.ReleaseFactory())
    factories.RelatedOccupationFactory(occupation=specialists, to_occupation=gone, rank=3)
    shown = page(client, specialists)
    assert "Closest Zoo Keepers Bakers Close Tailors Related Cooks" in shown
    assert "Typists" not in shown


def test_the_job_zone_is_said_in_words(client, specialists):
    specialists.job_zone = factories.JobZoneFactory(name="Job Zone Four: Considerable", training="Some years.")
    specialists.save()
    assert "Job Zone Four: Considerable Training Some years." in page(client, specialists)
    other = factories.OccupationFactory()
    assert "has not given this occupation a job zone" in page(client, other)


def test_education_is_drawn_with_a_table_and_what_is_suppressed_is_left_out(client, specialists):
    for category, percent in ((6, "70.5"), (8, "0"), (11, "29.5")):
        factories.EducationShareFactory(
            occupation=specialists, category=category, percent=percent, is_suppressed=category == 11
        )
    shown = page(client, specialists)
    assert "Bachelor's Degree 70.5% Master's Degree 0%" in shown
    assert "Doctoral Degree" not in shown
    assert "1 level is not shown: O*NET advises against using its figure." in shown


def test_no_education_data_is_no_zero(client, specialists):
    shown = page(client, specialists)
    assert "O*NET has no education data for this occupation." in shown
    assert "0%" not in shown


def test_education_data_that_is_all_suppressed_says_so(client, specialists):
    factories.EducationShareFactory(occupation=specialists, is_suppressed=True)
    shown = page(client, specialists)
    assert "advises against using its education data" in shown
    assert "45.5%" not in shown


def test_each_block_names_the_release_its_rows_come_from(client, specialists):
    older = factories.ReleaseFactory(version="29.0", source__reference_period="August 2024")
    newer = factories.ReleaseFactory(version="30.2", source__reference_period="February 2026")
    factories.OccupationTaskFactory(occupation=specialists, release=newer, text="New task.")
    factories.OccupationTitleFactory(occupation=specialists, release=older, title="Old Title")
    shown = page(client, specialists)
    assert "New task. From O*NET 30.2, February 2026" in shown
    assert "Old Title From O*NET 29.0, August 2024" in shown


def test_a_block_with_rows_of_several_releases_names_the_newest(client, specialists):
    for version in ("9.0", "30.2", "29.1"):
        release = factories.ReleaseFactory(version=version, source__reference_period=f"Day of {version}")
        factories.OccupationTaskFactory(occupation=specialists, release=release, text=f"Task of {version}.")
    assert "Task of 29.1. From O*NET 30.2, Day of 30.2" in page(client, specialists)


def test_an_occupation_of_which_only_titles_are_known_says_so(client, specialists):
    assert "not tasks or technologies" in page(client, specialists)
    factories.OccupationTaskFactory(occupation=specialists)
    assert "not tasks or technologies" not in page(client, specialists)


# -- Guides


def test_the_page_names_the_published_guides_that_build_on_it_with_relation_and_reason(client, specialists):
    guide = factories.RoleFactory(title="Help Desk Agent")
    factories.OccupationLinkFactory(role=guide, occupation=specialists, relation="broader", reason="It is a part.")
    factories.OccupationLinkFactory(role__title="Secret", role__draft=True, occupation=specialists)
    sibling = factories.OccupationFactory(code="15-1232.01")
    factories.OccupationLinkFactory(role__title="Neighbour", occupation=sibling)
    response = show(client, specialists)
    assert "Help Desk Agent Part of this occupation It is a part." in text(response)
    assert f'href="{guide.get_absolute_url()}"' in response.content.decode()
    assert "Secret" not in text(response)
    assert "Neighbour" not in text(response)


# -- Codes of the SOC


def test_a_code_of_the_soc_has_a_page_with_its_figures_and_occupations(client, specialists):
    occupation = soc_occupation("15-1232", "Support Specialists, All")
    official_pay(occupation, median=60_000)
    shown = page(client, occupation)
    assert "Detailed occupation 15-1232 Support Specialists, All" in shown
    assert "O*NET occupations in this group Support Specialists 15-1232.00" in shown
    assert "job zone" not in shown


def test_a_combined_code_names_what_it_counts_together(client):
    shown = page(client, soc_occupation("15-1256", "Software Developers and Testers"))
    assert (
        "Official statistics count 2 occupations together under this code: 15-1252, 15-1253. Last used for May 2020."
        in shown
    )


def test_of_a_code_with_two_levels_the_detailed_one_is_meant(client):
    soc_occupation("13-1020", "Buyers, broad", level="broad")
    detailed = soc_occupation("13-1020", "Buyers, detailed")
    assert "Buyers, detailed" in page(client, detailed)
    assert "Buyers, broad" not in page(client, detailed)


def test_a_major_group_has_a_page(client):
    group = soc_occupation("15-0000", "Computer Occupations", level="major")
    official_pay(group, median=60_000)
    assert "Major group 15-0000 Computer Occupations" in page(client, group)
    assert "$60,000" in page(client, group)


def test_all_occupations_together_have_a_page(client):
    assert "00-0000" in page(client, soc_occupation("00-0000", level="total"))


# -- Addresses


@pytest.mark.parametrize("code", [" 15-1232.00", "15–1232.00", "15 -1232.00"])
def test_another_spelling_of_a_code_leads_to_its_page(client, specialists, code):
    response = client.get(reverse("occupations:detail", args=[code]))
    assert (response.status_code, response["Location"]) == (301, specialists.get_absolute_url())


@each("code", ["99-9999.00", "15-1232.99", "15-12", "nothing", "<b>", "15-1232.00.00", "\0"])
def test_an_unknown_code_is_not_found(client, specialists, code):
    assert client.get(reverse("occupations:detail", args=[code])).status_code == 404


def test_a_withdrawn_occupation_stays_readable_and_says_since_when_it_is_gone(client, specialists):
    earlier, later = factories.ReleaseFactory(version="28.0"), factories.ReleaseFactory(version="30.2")
    for version, words in ((earlier, "Given up long ago."), (later, "Type letters.")):
        factories.OccupationTaskFactory(occupation=specialists, text=words, withdrawn_in=version)
    specialists.withdrawn_in = later
    specialists.save()
    response = show(client, specialists)
    assert "No longer listed. O*NET 30.2 no longer includes this occupation." in text(response)
    assert "Type letters." in text(response)
    assert "Given up long ago." not in text(response)
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "ld+json" not in response.content.decode()


def test_a_withdrawn_row_of_a_listed_occupation_is_hidden(client, specialists):
    factories.OccupationTaskFactory(occupation=specialists, text="Old.", withdrawn_in=factories.ReleaseFactory())
    assert "Old." not in page(client, specialists)


# -- The whole


def test_the_attribution_of_each_release_used_stands_at_the_end(client, specialists):
    specialists.release.source.attribution = "O*NET 29.3 Database, CC BY 4.0."
    specialists.release.source.save()
    claim = official_pay(soc_occupation("15-1232"), median=60_000)
    claim.source.attribution = "U.S. Bureau, May 2025"
    claim.source.save()
    unused = factories.ReleaseFactory(source__attribution="Somebody else")
    shown = page(client, specialists)
    assert "Sources O*NET 29.3 Database, CC BY 4.0. U.S. Bureau, May 2025" in shown
    assert unused.source.attribution not in shown


def test_the_page_asks_the_same_few_questions_however_much_there_is(
    client, specialists, django_assert_max_num_queries, django_assert_num_queries
):
    occupation = soc_occupation("15-1232", "Support Specialists, All")
    years = iter(range(2020, 2030))

    def rows(number):
        for _ in range(number):
            for factory in (
                factories.OccupationTaskFactory,
                factories.OccupationTechnologyFactory,
                factories.OccupationTitleFactory,
                factories.RelatedOccupationFactory,
                factories.OccupationLinkFactory,
            ):
                factory(occupation=specialists)
            factories.OccupationSkillFactory(occupation=specialists)
            factories.EducationShareFactory(occupation=specialists, category=specialists.education.count() + 1)
            official_pay(occupation, next(years), median=60_000)
            factories.OccupationFactory(soc_code="15-1232")

    rows(2)
    official_outlook(occupation)
    with django_assert_max_num_queries(15) as few:
        show(client, specialists)
    rows(4)
    with django_assert_num_queries(len(few)):
        show(client, specialists)


def test_every_group_of_occupations_has_the_name_bls_gives_it(shared_data):
    from careers.files.tables import open_table

    with open_table(
        shared_data / "bls-oews" / "national_M2025_dl.xlsx", required=("OCC_CODE", "OCC_TITLE", "O_GROUP")
    ) as rows:
        majors = {row["OCC_CODE"][:2]: row["OCC_TITLE"] for row in rows if row["O_GROUP"] == "major"}
    assert majors == {code: f"{name} Occupations" for code, name in soc.major_groups().items() if code != "55"}
