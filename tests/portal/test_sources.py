import pytest
from django.urls import reverse

from tests import factories
from tests.cases import each
from tests.occupations.pages import text
from tests.occupations.published import linked, official_outlook, official_pay, release_of, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def shown(client):
    return text(client.get(reverse("sources")))


def usage(client, source):
    rows = client.get(reverse("sources")).context["usages"]
    return next(row for row in rows if row.source == source)


def test_a_source_says_its_licence_and_how_many_published_figures_rest_on_it(client):
    source = factories.SourceFactory(
        licence="CC BY 4.0", attribution="By the Office.", url="https://stats.example.org/"
    )
    role = factories.RoleFactory()
    factories.PayClaimFactory.create_batch(2, role=role, source=source)
    factories.OutlookClaimFactory(role=role, source=source)
    factories.ItemFactory(role=role, source=source)
    factories.PayClaimFactory(role=factories.RoleFactory(draft=True), source=source)
    page = shown(client)
    assert "Licence CC BY 4.0 In published guides 3 figures, 1 point Retrieved on Not stated" in page
    assert "https://stats.example.org/ By the Office." in page


def test_figures_that_reach_a_guide_through_its_occupations_are_counted_with_it(client):
    shared, other = soc_occupation("15-2051"), soc_occupation("15-1221")
    claim = official_pay(shared, median=60_000)
    official_pay(shared, period="hour", median=30)
    official_pay(other, median=70_000)
    linked(factories.RoleFactory(), "15-2051.00")
    linked(factories.RoleFactory(), "15-2051.01")
    linked(factories.RoleFactory(draft=True), "15-1221.00")
    row = usage(client, claim.source)
    assert (row.in_guides, row.of_occupations) == (2, 3)
    assert "In published guides 2 figures In occupation data 3 figures" in shown(client)


def test_figures_of_a_combined_code_reach_a_guide_too(client):
    claim = official_pay(soc_occupation("15-2098"), 2020, median=60_000)
    linked(factories.RoleFactory(), "15-2051.00")
    assert usage(client, claim.source).in_guides == 1


def test_figures_found_in_an_article_are_counted_apart_from_those_that_rest_on_it(client):
    article, tables = factories.SourceFactory(title="Article"), factories.SourceFactory(title="Tables")
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, source=tables, quoted_in=article)
    factories.PayClaimFactory(role=role, source=None, quoted_in=article)
    factories.PayClaimFactory(role=role, source=article, quoted_in=article)
    factories.PayClaimFactory(role=factories.RoleFactory(draft=True), source=None, quoted_in=article)
    assert "In published guides 1 figure; 2 quoted from it" in shown(client)


def test_an_imported_release_says_what_it_holds_and_which_one_is_current(client):
    current = factories.ReleaseFactory(version="30.2", is_current=True, source__title="O*NET Database")
    earlier = factories.ReleaseFactory(version="29.3", source__title="O*NET Database, earlier")
    occupation = factories.OccupationFactory(release=current)
    factories.OccupationFactory(release=current, withdrawn_in=current)
    factories.EducationShareFactory(occupation=occupation, release=earlier)
    page = shown(client)
    assert "O*NET Database Current Period covered" in page
    assert "In occupation data 0 figures, 1 occupation Retrieved" in page
    assert "O*NET Database, earlier Earlier release Period covered" in page
    assert "In occupation data 1 figure Retrieved" in page


PARTS = [
    factories.SectionFactory, factories.ItemFactory, factories.RoleSkillFactory, factories.CareerStepFactory,
    factories.PayClaimFactory, factories.OutlookClaimFactory,
]  # fmt: skip


@each("part, relation", [*((part, "source") for part in PARTS), *((part, "quoted_in") for part in PARTS[-2:])])
def test_a_source_is_listed_once_a_published_guide_cites_it(client, part, relation):
    source = factories.SourceFactory(title="Handbook")
    role = factories.RoleFactory(draft=True)
    part(role=role, **{"source": None, relation: source})
    assert "Handbook" not in shown(client)
    role.status = role.Status.PUBLISHED
    role.save()
    assert "Handbook" in shown(client)
    role.status = role.Status.ARCHIVED
    role.save()
    assert "Handbook" not in shown(client)


def test_a_source_that_nothing_cites_is_not_listed(client):
    factories.SourceFactory(title="Unused tables")
    assert "Unused tables" not in shown(client)


def test_a_source_of_the_editors_is_no_release(client):
    factories.ItemFactory(source=factories.SourceFactory())
    page = shown(client)
    assert "Earlier release" not in page
    assert "In occupation data" not in page


def test_without_sources_the_page_says_so(client):
    assert "No sources yet" in shown(client)


def test_the_page_asks_the_same_few_questions_however_many_figures_there_are(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def rows(year):
        occupation = soc_occupation(f"15-{year}")
        official_pay(occupation, year, median=60_000)
        official_outlook(occupation, year, release=release_of(year, dataset="projections"))
        linked(factories.RoleFactory(), f"15-{year}.00")

    rows(2020)
    with django_assert_max_num_queries(12) as few:
        shown(client)
    for year in range(2021, 2026):
        rows(year)
    with django_assert_num_queries(len(few)):
        shown(client)
