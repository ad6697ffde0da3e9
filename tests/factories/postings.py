from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from careers.postings.models import (
    CannedReply,
    Employer,
    PendingChange,
    Posting,
    PostingPlace,
    PostingTemplate,
    RemoteCountry,
    TemplateBlank,
)

from .roles import RoleFactory


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    name = factory.Sequence("Employer {}".format)


class PostingTemplateFactory(DjangoModelFactory):
    class Meta:
        model = PostingTemplate

    role = factory.SubFactory(RoleFactory)
    name = factory.Sequence("Template {}".format)
    title = factory.Sequence("Job {}".format)
    description = "{employer} is looking for somebody in {place}."


class TemplateBlankFactory(DjangoModelFactory):
    class Meta:
        model = TemplateBlank

    template = factory.SubFactory(PostingTemplateFactory)
    name = factory.Sequence("blank{}".format)


class PostingFactory(DjangoModelFactory):
    """A live posting that closes in thirty days."""

    class Meta:
        model = Posting

    class Params:
        draft = factory.Trait(status=Posting.Status.DRAFT, publish_at=None)
        in_review = factory.Trait(status=Posting.Status.IN_REVIEW, publish_at=None)
        rejected = factory.Trait(status=Posting.Status.REJECTED)
        scheduled = factory.Trait(publish_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=2)))
        closed = factory.Trait(
            publish_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=40)),
            closes_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10)),
        )
        gone = factory.Trait(
            publish_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=200)),
            closes_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=150)),
        )
        closed_early = factory.Trait(closed_at=factory.LazyFunction(timezone.now))
        filled = factory.Trait(filled_at=factory.LazyFunction(timezone.now))
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(timezone.now))

    title = factory.Sequence("Job {}".format)
    employer = factory.SubFactory(EmployerFactory)
    status = Posting.Status.PUBLISHED
    publish_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    description = "The work."
    apply_url = "https://jobs.example.com/apply"


class PostingPlaceFactory(DjangoModelFactory):
    class Meta:
        model = PostingPlace

    posting = factory.SubFactory(PostingFactory)
    country = "DE"
    city = "Berlin"


class RemoteCountryFactory(DjangoModelFactory):
    class Meta:
        model = RemoteCountry

    posting = factory.SubFactory(PostingFactory, workplace=Posting.Workplace.REMOTE)
    country = "DE"


class CannedReplyFactory(DjangoModelFactory):
    class Meta:
        model = CannedReply

    title = factory.Sequence("Reply {}".format)
    body = "Please name the place of work."


class PendingChangeFactory(DjangoModelFactory):
    """A contributor wants a live posting to be called otherwise."""

    class Meta:
        model = PendingChange

    posting = factory.SubFactory(PostingFactory)
    submitted_at = factory.LazyFunction(timezone.now)
    wanted = factory.LazyFunction(lambda: {"title": "A better title"})
    before = factory.LazyAttribute(lambda change: {"title": change.posting.title})
