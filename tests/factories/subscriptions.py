import factory
from django.http import QueryDict
from django.utils import timezone
from factory.django import DjangoModelFactory

from careers.postings.job_list.form import PostingFilterForm
from careers.subscriptions.models import AlertMatch, JobAlert, Subscriber
from careers.subscriptions.services import search_key

from .postings import PostingFactory


class SubscriberFactory(DjangoModelFactory):
    class Meta:
        model = Subscriber

    email = factory.Sequence("reader{}@example.org".format)


class JobAlertFactory(DjangoModelFactory):
    """`query` is a query string of /jobs/."""

    class Meta:
        model = JobAlert

    class Params:
        query = "q=baker"
        pending = factory.Trait(state=JobAlert.State.PENDING, confirmed_at=None)

    subscriber = factory.SubFactory(SubscriberFactory)
    search = factory.LazyAttribute(lambda alert: PostingFilterForm(QueryDict(alert.query)).search.to_json())
    search_key = factory.LazyAttribute(lambda alert: search_key(PostingFilterForm.from_json(alert.search).search))
    rhythm = JobAlert.Rhythm.AT_ONCE
    time_zone = "Europe/Berlin"
    state = JobAlert.State.ACTIVE
    consent_text = "I agree."
    consented_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)


class AlertMatchFactory(DjangoModelFactory):
    class Meta:
        model = AlertMatch

    alert = factory.SubFactory(JobAlertFactory)
    posting = factory.SubFactory(PostingFactory)
    matched_at = factory.LazyFunction(timezone.now)
