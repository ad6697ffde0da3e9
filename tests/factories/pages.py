import factory
from factory.django import DjangoModelFactory

from careers.pages.models import Page


class PageFactory(DjangoModelFactory):
    class Meta:
        model = Page

    title = factory.Sequence("Page {}".format)
    text = "What we do, and whom you can ask."
    is_published = True
