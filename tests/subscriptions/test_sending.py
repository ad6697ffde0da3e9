"""Mails of new jobs: at their time, each job once, closed ones left out, with a way out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careers.core.time_zones import offered_zone_names
from careers.subscriptions.matching import match_new_postings
from careers.subscriptions.models import JobAlert
from careers.subscriptions.rhythm import next_time
from careers.subscriptions.sending import send_due
from tests import factories
from tests.background.queue import run_queue


@pytest.mark.django_db
@pytest.mark.postgres
class TestMails:
    def send(self, at=None):
        at = at or timezone.now()
        match_new_postings(at)
        number = send_due(at)
        run_queue()
        return number

    def test_a_new_job_is_mailed_once_with_its_search_in_words_and_a_way_out(self):
        alert = factories.JobAlertFactory(query="q=baker")
        posting = factories.PostingFactory(title="Baker <b>& Cook</b>")
        assert (self.send(), self.send()) == (1, 0)
        (message,) = mail.outbox
        assert message.to == [alert.subscriber.email]
        assert message.subject == "1 new job: Jobs matching “baker”"
        html, _ = message.alternatives[0]
        assert "Baker &lt;b&gt;&amp; Cook&lt;/b&gt;" in html
        assert "Baker <b>& Cook</b>" in message.body
        assert all(posting.get_absolute_url() in text for text in (html, message.body))
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = message.extra_headers["List-Unsubscribe"].strip("<>")
        assert address.startswith("https://careers.example.org/alerts/unsubscribe/")
        assert address in html

    def test_a_job_closed_between_match_and_mail_is_left_out_and_no_job_means_no_mail(self):
        factories.JobAlertFactory()
        posting = factories.PostingFactory(title="Baker", closed_at=None)
        at = timezone.now()
        match_new_postings(at)
        type(posting).objects.filter(pk=posting.pk).update(closed_at=at)
        assert send_due(at + timedelta(seconds=1)) == 0
        assert self.send() == 0
        assert mail.outbox == []

    def test_a_daily_alert_waits_for_its_hour(self):
        now = timezone.now()
        factories.JobAlertFactory(rhythm="daily", next_at=now + timedelta(hours=1))
        factories.PostingFactory(title="Baker")
        factories.PostingFactory(title="Second baker")
        assert (self.send(now), self.send(now + timedelta(hours=1))) == (0, 1)
        assert mail.outbox[0].subject == "2 new jobs: Jobs matching “baker”"
        assert JobAlert.objects.get().next_at > now + timedelta(hours=1)

    def test_a_job_the_reader_does_not_want_is_not_sent(self):
        alert = factories.JobAlertFactory()
        factories.AlertMatchFactory(alert=alert, is_dismissed=True)
        assert self.send() == 0

    def test_the_mail_says_what_of_the_search_was_deleted(self):
        role = factories.RoleFactory(slug="baker-guide")
        factories.JobAlertFactory(query="role=baker-guide&q=baker")
        role.delete()
        factories.PostingFactory(title="Baker")
        self.send()
        assert "We ignored what no longer exists: baker-guide." in mail.outbox[0].body

    def test_many_jobs_make_one_mail_with_a_link_to_the_rest(self):
        factories.JobAlertFactory()
        factories.PostingFactory.create_batch(27, title="Baker")
        self.send()
        (message,) = mail.outbox
        assert message.body.count("Not for me:") == 25
        assert "2 more: https://careers.example.org/jobs/?q=baker" in message.body


@given(
    st.integers(1_577_836_800, 2_051_222_400),  # 2020 to 2034
    st.sampled_from(offered_zone_names()),
    st.sampled_from(["daily", "weekly"]),
    st.integers(0, 6),
    st.integers(0, 23),
)
def test_the_next_time_is_the_first_one_at_that_hour(seconds, zone, rhythm, weekday, hour):
    after = datetime.fromtimestamp(seconds, UTC)
    alert = JobAlert(rhythm=rhythm, weekday=weekday, hour=hour, time_zone=zone)
    moment = next_time(alert, after)
    local = moment.astimezone(ZoneInfo(zone))
    longest = timedelta(days=1 if rhythm == "daily" else 7) + timedelta(hours=25)  # clocks change, and zones skip days
    assert after < moment <= after + longest
    assert local.hour in (hour, (hour + 1) % 24, 0)
    assert next_time(alert, moment) > moment
    earlier = next_time(alert, moment - timedelta(seconds=1))
    assert earlier == moment
