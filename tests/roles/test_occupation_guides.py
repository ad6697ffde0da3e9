import pytest

from careers.roles.occupation_guides import guides_with_title
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_guide_with_the_title_is_found_however_it_is_spelt():
    role = factories.RoleFactory(title="Machine Learning Engineer")
    other = factories.AlternateTitleFactory(title="Machine-learning engineer").role
    factories.AlternateTitleFactory(title="Machine Learning Engineer", role__draft=True)
    factories.RoleFactory(title="Senior Machine Learning Engineer")
    assert guides_with_title("machine-learning engineer") == sorted([role, other], key=lambda found: found.title)
