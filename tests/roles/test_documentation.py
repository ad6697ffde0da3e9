"""Which of a guide's own figures may stand for its role."""

import pytest

from careers.roles.figures.documentation import applicable_figures
from careers.roles.figures.official import official_figures_of
from careers.roles.figures.summary import GuideSummary
from careers.roles.guide.glance import Glance
from tests import factories
from tests.markup import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(db):
    role = factories.RoleFactory(title="Baker")
    factories.AlternateTitleFactory(role=role, title="Bread Maker")
    occupation = factories.OccupationFactory(code="51-3011.00", title="Bakers, Commercial")
    factories.OccupationFactory(code="51-3092.00", title="Food Batchmakers")
    factories.OccupationLinkFactory(role=role, occupation=occupation)
    return role


@pytest.mark.parametrize(
    ("population", "applies"),
    [
        ("", True),
        ("Bakers", True),
        ("bread makers", True),
        ("Bakers; who was counted is not stated", True),
        ("Bakers, Commercial", True),
        ("Bakers, Commercial (51-3011.00)", True),
        ("Food processing workers", False),
        ("Food Batchmakers (51-3092.00)", False),
        ("With 10+ years of experience", False),
        ("Experienced bakers", False),
        ("Entry-level", False),
    ],
)
def test_a_figure_of_other_people_than_the_role_is_no_key_figure(role, population, applies):
    official = official_figures_of([role])[role.pk]
    for factory in (factories.PayClaimFactory, factories.OutlookClaimFactory):
        figure = factory(role=role, population=population)
        assert (applicable_figures([figure], role, official) == [figure]) is applies


def test_a_guide_with_figures_of_a_wider_group_alone_has_no_key_figure(client):
    role, source = factories.RoleFactory(title="Baker"), factories.SourceFactory()
    factories.OutlookClaimFactory(role=role, population="Food processing workers", growth_percent=4, source=source)
    page = client.get(role.get_absolute_url())
    assert page.context["guide"].glance == Glance(GuideSummary(), [])
    assert "Food processing workers" in text_of(page)
