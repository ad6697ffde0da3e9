"""New jobs reach the alerts that ask for them, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.postings.job_list.form import PostingFilterForm
from careers.postings.models import Posting
from careers.subscriptions import matching
from careers.subscriptions.matching import MatchReport, match_new_postings
from careers.subscriptions.models import AlertMatch, JobAlert, MatchedPosting
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def titles_for(alert):
    return sorted(alert.matches.values_list("posting__title", flat=True))


def test_each_new_job_reaches_the_alerts_that_find_it_and_a_second_run_finds_nothing():
    bakers, remote = factories.JobAlertFactory(), factories.JobAlertFactory(query="workplace=remote")
    factories.PostingFactory(title="Baker")
    factories.PostingFactory(title="Remote baker", workplace="remote")
    factories.PostingFactory(title="Cook", workplace="onsite")
    now = timezone.now()
    assert match_new_postings(now) == MatchReport(3, 2, 3)
    assert titles_for(bakers) == ["Baker", "Remote baker"]
    assert titles_for(remote) == ["Remote baker"]
    assert match_new_postings(now) == MatchReport()


def test_jobs_that_are_not_live_wait_and_those_known_before_are_not_new():
    alert = factories.JobAlertFactory(pending=True)
    factories.PostingFactory(title="Old baker")
    later = factories.PostingFactory(title="Later baker", publish_at=timezone.now() + timedelta(days=1))
    match_new_postings(timezone.now())
    alert.state, alert.confirmed_at = "active", timezone.now()
    alert.save()
    assert match_new_postings(later.publish_at + timedelta(minutes=1)).matches == 1
    assert titles_for(alert) == ["Later baker"]


def test_a_paused_alert_collects_nothing():
    factories.JobAlertFactory(state="paused")
    factories.PostingFactory(title="Baker")
    assert match_new_postings(timezone.now()).matches == 0
    assert MatchedPosting.objects.count() == 1


def test_what_an_alert_names_may_be_deleted():
    """It runs on with what is left of it; if nothing is left, it finds nothing instead of every job."""
    role = factories.RoleFactory()
    alone = factories.JobAlertFactory(query=f"role={role.slug}")
    both = factories.JobAlertFactory(query=f"role={role.slug}&workplace=remote")
    role.delete()
    factories.PostingFactory(title="Remote baker", workplace="remote")
    factories.PostingFactory(title="Cook", workplace="onsite")
    match_new_postings(timezone.now())
    assert (titles_for(alone), titles_for(both)) == ([], ["Remote baker"])


def test_a_search_that_cannot_be_run_does_not_stop_the_others():
    broken, bakers = factories.JobAlertFactory(query="q=bread"), factories.JobAlertFactory()
    JobAlert.objects.filter(pk=broken.pk).update(search={"version": 99, "pairs": [["q", "bread"]]})
    factories.PostingFactory(title="Baker of bread")
    match_new_postings(timezone.now())
    assert (titles_for(broken), titles_for(bakers)) == ([], ["Baker of bread"])


@pytest.mark.django_db(transaction=True)
def test_searching_holds_no_lock_and_what_is_deleted_meanwhile_is_left_out(monkeypatch):
    kept, deleted = factories.JobAlertFactory(), factories.JobAlertFactory(query="q=bak*")
    gone, there = factories.PostingFactory(title="Baker"), factories.PostingFactory(title="Second baker")
    search = matching.matching_postings

    def searched(*arguments):
        assert not connection.in_atomic_block
        found = search(*arguments)
        JobAlert.objects.filter(pk=deleted.pk).delete()
        Posting.objects.filter(pk=gone.pk).delete()
        return found

    monkeypatch.setattr(matching, "matching_postings", searched)
    match_new_postings(timezone.now())
    assert list(AlertMatch.objects.values_list("alert", "posting")) == [(kept.pk, there.pk)]


WORDS = ["baker", "cook", "night", "remote", "bread", "Köln"]
POSTINGS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(Posting.Workplace.values),
        st.sampled_from(Posting.EmploymentType.values), st.sampled_from([None, 30_000, 60_000, 90_000]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
QUERIES = st.lists(
    st.sampled_from([
        "q=baker", "q=night+cook", "q=-bread", "q=koeln", "q=bak*", 'q="night+baker"', "workplace=remote", "workplace=hybrid",
        "type=full_time", "pay=50000&currency=EUR", "pay=unstated", "q=cook&workplace=onsite", "posted=1", "sort=pay", "",
    ]),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip


@given(POSTINGS, QUERIES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_alerts_find_what_the_list_of_jobs_finds(postings, queries):
    for model in (JobAlert, MatchedPosting, Posting):
        model.objects.all().delete()
    for words, workplace, kind, pay in postings:
        factories.PostingFactory(
            title=" ".join(words), description="What we do.", workplace=workplace, employment_type=kind,
            pay_min=pay, pay_max=pay, pay_currency="EUR" if pay else "", pay_period="year" if pay else "",
        )  # fmt: skip
    alerts = [factories.JobAlertFactory(query=query) for query in queries]
    at = timezone.now()
    match_new_postings(at)
    for query, alert in zip(queries, alerts, strict=True):
        form = PostingFilterForm(QueryDict(query))
        expected = form.filter(Posting.objects.live(at)).values_list("pk", flat=True)
        if not {"q=koeln", "q=bak*", "q=-bread"} & {query}:  # spellings and prefixes that the database does not know
            assert set(alert.matches.values_list("posting", flat=True)) == set(expected), query
