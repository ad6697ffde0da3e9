import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import factories
from tests.cases import each

pytestmark = pytest.mark.postgres

ALL = [
    member
    for _, member in inspect.getmembers(factories, inspect.isclass)
    if issubclass(member, DjangoModelFactory) and not member._meta.abstract
]


@pytest.mark.django_db
@each("make", ALL, ids=lambda make: make.__name__)
def test_every_factory_makes_an_object_the_admin_would_accept(make):
    """Each dullest object passes the model's own validation, constraints included."""
    made = make()
    made.full_clean(exclude=["password"])
    assert made.pk
    assert str(made)
