"""What is counted of readers, what is not, and that counting never stands in a reader's way."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from careers.postings.models import DailyCount
from careers.postings.stats import collector
from tests.cases import each
from tests.factories import PostingFactory

pytestmark = pytest.mark.postgres

Kind = DailyCount.Kind
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def buffer(settings, monkeypatch):
    """A buffer of the test's own, without a thread that writes."""
    buffer = collector.Buffer()
    settings.COUNT_WRITE_SECONDS = 5
    monkeypatch.setattr(collector, "BUFFER", buffer)
    monkeypatch.setattr(buffer, "start_writer", lambda: None)
    return buffer


def asked(method="get", **headers):
    return getattr(RequestFactory(), method)("/jobs/1-any/", **{"HTTP_USER_AGENT": BROWSER, **headers})


def counted():
    return {
        (count.kind, count.host): count.number for count in DailyCount.objects.all().order_by("posting", "kind", "host")
    }


@pytest.mark.django_db
def test_reading_a_posting_is_counted_by_day_and_referring_host(client, buffer):
    posting = PostingFactory()
    for referrer in ("https://www.example.com/jobs?q=1", "https://example.com/", ""):
        client.get(posting.get_absolute_url(), HTTP_USER_AGENT=BROWSER, HTTP_REFERER=referrer)
    assert buffer.write() == 3
    assert counted() == {("view", ""): 1, ("view", "example.com"): 2}


@pytest.mark.django_db
@each(
    "headers",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.14.1"},
        {"HTTP_USER_AGENT": "python-requests/2.32"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
    ],
)
def test_bots_pages_fetched_ahead_and_those_who_ask_not_to_be_are_not_counted(client, buffer, headers):
    client.get(PostingFactory().get_absolute_url(), **{"HTTP_USER_AGENT": BROWSER, **headers})
    assert buffer.write() == 0


def test_a_telephone_called_cubot_is_no_bot():
    assert collector.is_counted(asked(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG) Chrome/140.0"))


def test_asking_for_the_head_alone_is_not_counted():
    assert not collector.is_counted(asked("head"))


@pytest.mark.django_db
def test_staff_are_not_counted(admin, buffer):
    admin.get(PostingFactory().get_absolute_url(), HTTP_USER_AGENT=BROWSER)
    assert buffer.write() == 0


@pytest.mark.django_db
def test_counting_asks_the_database_nothing_while_a_page_is_made(django_assert_num_queries):
    with django_assert_num_queries(0):
        collector.count_event(Kind.VIEW, 1, asked(HTTP_REFERER="https://example.com/"), AT)


@pytest.mark.django_db
def test_a_preview_and_an_absent_posting_count_nothing(admin, client, buffer):
    admin.get(PostingFactory(draft=True).get_absolute_url(), HTTP_USER_AGENT=BROWSER)
    client.logout()
    client.get(PostingFactory(withdrawn=True).get_absolute_url(), HTTP_USER_AGENT=BROWSER)
    assert buffer.write() == 0


@pytest.mark.django_db
def test_with_the_setting_at_0_nothing_is_counted(client, buffer, settings):
    settings.COUNT_WRITE_SECONDS = 0
    client.get(PostingFactory().get_absolute_url(), HTTP_USER_AGENT=BROWSER)
    assert buffer.write() == 0


@pytest.mark.django_db
def test_no_page_fails_because_counting_does(client, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr(collector, "_count", broken)
    assert client.get(PostingFactory().get_absolute_url(), HTTP_USER_AGENT=BROWSER).status_code == 200
    assert "is not counted" in caplog.text


# -- Where readers come from


@each(
    ("referrer", "host"),
    [
        ("https://www.Example.COM:8443/a?b=secret#c", "example.com"),
        ("http://testserver/jobs/", "here"),
        ("https://careers.example.org/jobs/", "here"),
        ("", ""),
        ("android-app://com.example/", ""),
        ("http://localhost/x", ""),
        ("http://10.0.0.7/x", ""),
        ("http://[broken", ""),
        ("https://user:password@example.com/", "example.com"),
        ("https://" + "a" * 60 + "." + "b" * 60 + ".com/", ""),
    ],
)
def test_of_the_page_before_only_a_public_host_is_kept(referrer, host):
    assert collector.referring_host(asked(HTTP_REFERER=referrer)) == host


@given(st.text(max_size=200))
def test_any_referrer_gives_a_short_host_that_can_be_stored(referrer):
    host = collector.referring_host(asked(HTTP_REFERER=referrer))
    assert len(host) <= 100
    assert host.isprintable()


def test_made_up_hosts_do_not_fill_the_table(buffer):
    for number in range(collector.HOSTS_A_DAY + 10):
        buffer.add(Kind.VIEW, 1, AT.date(), f"spam-{number}.example.com")
    assert len(buffer._counts) == collector.HOSTS_A_DAY + 1
    assert buffer._counts[1, AT.date(), "view", collector.OTHER_HOSTS] == 10


# -- Once a day


def clicks(buffer):
    return sum(number for (_, _, kind, _), number in buffer._counts.items() if kind == "apply")


def test_a_second_click_of_the_same_visitor_on_one_day_is_not_counted(buffer):
    for _ in range(2):
        collector.count_event(Kind.APPLY, 1, asked(), AT)
    assert clicks(buffer) == 1


@pytest.mark.parametrize(
    ("posting", "headers", "at"),
    [
        (2, {}, AT),
        (1, {"REMOTE_ADDR": "192.0.2.8"}, AT),
        (1, {"HTTP_USER_AGENT": "Another browser"}, AT),
        (1, {}, datetime(2026, 3, 6, 12, tzinfo=UTC)),
    ],
)
def test_another_posting_visitor_or_day_counts_anew(buffer, posting, headers, at):
    collector.count_event(Kind.APPLY, 1, asked(), AT)
    collector.count_event(Kind.APPLY, posting, asked(**headers), at)
    assert clicks(buffer) == 2


def test_nothing_that_tells_who_it_was_is_kept_readable_and_a_new_day_forgets_it(buffer):
    collector.count_event(Kind.APPLY, 1, asked(REMOTE_ADDR="192.0.2.8"), AT)
    salt, visitors = buffer._salt, buffer._visitors
    assert b"192.0.2.8" not in b"".join(visitors)
    collector.count_event(Kind.APPLY, 1, asked(REMOTE_ADDR="192.0.2.8"), datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert buffer._salt != salt
    assert not buffer._visitors & visitors


# -- Writing


@pytest.mark.django_db
def test_batches_add_up_however_they_are_split(buffer):
    posting = PostingFactory()
    for size in (1, 3, 2):
        for _ in range(size):
            buffer.add(Kind.VIEW, posting.pk, AT.date(), "")
        assert buffer.write() == size
    assert DailyCount.objects.get().number == 6


@pytest.mark.django_db
def test_what_was_counted_of_a_deleted_posting_is_left_out_and_the_rest_written(buffer):
    posting = PostingFactory()
    buffer.add(Kind.VIEW, posting.pk + 1, AT.date(), "")
    buffer.add(Kind.VIEW, posting.pk, AT.date(), "")
    buffer.write()
    assert DailyCount.objects.get().posting_id == posting.pk


@pytest.mark.django_db
def test_what_the_database_does_not_take_waits_for_the_next_time(buffer, monkeypatch, caplog):
    posting = PostingFactory()
    buffer.add(Kind.VIEW, posting.pk, AT.date(), "")
    with monkeypatch.context() as patched:
        patched.setattr(collector, "save_counts", lambda counts: (_ for _ in ()).throw(DatabaseError("away")))
        assert buffer.write() == 0
    buffer.add(Kind.VIEW, posting.pk, AT.date(), "")
    assert buffer.write() == 2
    assert "not written yet" in caplog.text


@pytest.mark.django_db
def test_a_large_batch_is_written_in_statements_of_a_bounded_size():
    posting = PostingFactory()
    days = [date(2020, 1, 1).replace(year=year, month=month) for year in range(1990, 2020) for month in range(1, 13)]
    counts = Counter({(posting.pk, day, "view", ""): 2 for day in days})
    collector.save_counts(counts)
    assert DailyCount.objects.filter(number=2).count() == len(days) > 2 * collector.ROWS_A_STATEMENT


def test_a_forked_process_starts_with_nothing_counted(buffer):
    buffer.add(Kind.VIEW, 1, AT.date(), "")
    buffer.reset()
    assert not buffer._counts


@pytest.mark.django_db(transaction=True)
def test_several_writers_at_once_lose_nothing(at_once):
    """Each thread has a connection of its own, as each worker process has."""
    postings = PostingFactory.create_batch(3)
    kept = []

    def write():
        for _ in range(4):
            collector.save_counts(Counter({(posting.pk, AT.date(), "view", ""): 1 for posting in postings}))
        kept.append([count.number for count in DailyCount.objects.all()])

    at_once(write, write, write)
    assert max(kept) == [12, 12, 12]  # each reads after its own writes, in any order
