import factory
from factory.django import DjangoModelFactory

from careers.resources.models import Category, Resource


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence("Category {}".format)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    name = factory.Sequence("Resource {}".format)
    url = factory.Sequence("https://example.org/{}".format)
    category = factory.SubFactory(CategoryFactory)
    kind = Resource.Kind.COURSE
    cost = Resource.Cost.FREE
    state = Resource.State.PUBLISHED
