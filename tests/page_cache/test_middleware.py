"""Pages of anonymous visitors come from memory while nothing has changed, and not a moment longer."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.page_cache.store import PAGE_STORE
from careers.postings.models import Posting
from careers.roles.models import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/jobs/"


def text(response):
    return response.content.decode()


def queries_of(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.fixture
def posting():
    return factories.PostingFactory(title="Data Engineer")


@pytest.fixture
def at(monkeypatch):
    """Turns the clock on the wall: at(moment)."""

    def turn(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return turn


@pytest.mark.postgres
def test_the_second_answer_costs_one_query(client, posting):
    first = client.get(LIST)
    assert queries_of(lambda: client.get(LIST)) == 1
    assert text(client.get(LIST)) == text(first)


@pytest.mark.parametrize(
    "address", ["/", "/roles/", "/resources/", "/occupations/", "/sources/", "/sitemap.xml", "/robots.txt"]
)
def test_pages_of_all_kinds_are_kept(client, address):
    client.get(address)
    assert queries_of(lambda: client.get(address)) == 1


@pytest.mark.postgres
def test_an_edit_shows_at_once(client, posting):
    client.get(LIST)
    Posting.objects.update(title="Data Gardener")
    assert "Data Gardener" in text(client.get(LIST))


def test_a_page_that_shows_another_row_changes_with_it(client, posting):
    client.get(LIST)
    posting.employer.name = "Renamed & Sons"
    posting.employer.save()
    assert "Renamed &amp; Sons" in text(client.get(LIST))


@pytest.mark.postgres
def test_a_posting_opens_on_the_second(client, posting, at):
    opens = timezone.now() + timedelta(seconds=90)
    Posting.objects.update(publish_at=opens)
    assert "Data Engineer" not in text(client.get(LIST))
    at(opens)
    assert "Data Engineer" in text(client.get(LIST))


def test_a_posting_closes_on_the_second(client, posting, at):
    closes = timezone.now() + timedelta(seconds=90)
    Posting.objects.update(closes_on=closes.date(), closes_at=closes)
    assert "Data Engineer" in text(client.get(LIST))
    at(closes)
    assert "Data Engineer" not in text(client.get(LIST))


def test_a_clock_set_back_shows_no_page_of_the_future(client, posting, at):
    opens = timezone.now() + timedelta(days=10)
    Posting.objects.update(publish_at=opens, closes_on=None, closes_at=None)
    at(opens + timedelta(hours=1))
    assert "Data Engineer" in text(client.get(LIST))
    at(opens - timedelta(days=10))
    assert "Data Engineer" not in text(client.get(LIST))


def test_before_the_moment_the_page_stays(client, posting, at):
    closes = timezone.now() + timedelta(seconds=90)
    Posting.objects.update(closes_on=closes.date(), closes_at=closes)
    client.get(LIST)
    at(closes - timedelta(seconds=1))
    assert queries_of(lambda: client.get(LIST)) == 1


def test_no_page_lives_past_midnight(client, at):
    client.get("/sources/")
    at(timezone.now() + timedelta(days=1))
    assert queries_of(lambda: client.get("/sources/")) > 1


def test_query_strings_are_pages_of_their_own(client, posting):
    client.get(LIST)
    assert "Data Engineer" not in text(client.get(LIST, {"q": "astronaut"}))


def test_hosts_are_apart(client):
    client.get("/robots.txt")
    assert queries_of(lambda: client.get("/robots.txt", headers={"host": "localhost"})) == 1  # the clock alone
    assert len(PAGE_STORE) == 2


def test_people_who_are_logged_in_are_neither_served_nor_kept(client):
    role = factories.RoleFactory(title="Astronaut", draft=True)
    assert client.get(role.get_absolute_url()).status_code == 404
    factories.UserFactory(superuser=True, username="ada")
    staff = Client()
    staff.force_login(factories.UserFactory(superuser=True))
    assert "Astronaut" in text(staff.get(role.get_absolute_url()))
    staff.get(LIST)
    assert len(PAGE_STORE) == 0
    assert client.get(role.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("sign", [{"cookie": "sessionid=x"}, {"cookie": "messages=x"}, {"authorization": "Basic eDp5"}])
def test_who_may_be_shown_something_else_is_neither_served_nor_kept(client, posting, sign):
    client.get("/roles/", headers=sign)
    assert len(PAGE_STORE) == 0
    client.get(LIST)
    assert queries_of(lambda: client.get(LIST, headers=sign)) > 1


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/favicon.ico", "/nothing/", "/admin/"])
def test_forms_redirects_and_faults_are_not_kept(client, address):
    client.get(address)
    client.get(address)
    assert len(PAGE_STORE) == 0


@pytest.mark.ignore_template_errors
def test_a_page_with_a_token_is_not_kept_for_who_has_the_cookie_already(client):
    client.get("/admin/login/")
    assert client.cookies["csrftoken"]
    client.get("/admin/login/")
    client.get(LIST)
    assert len(PAGE_STORE) == 0


def test_who_has_the_cookie_of_the_token_is_served_what_others_were(client, posting):
    client.get(LIST)
    client.cookies["csrftoken"] = "x" * 32
    assert queries_of(lambda: client.get(LIST)) == 1


def test_a_kept_posting_is_counted_each_time(client, posting, monkeypatch, settings):
    settings.COUNT_WRITE_SECONDS = 3600
    seen = []
    monkeypatch.setattr("careers.postings.stats.collector._count", lambda kind, pk, request, day: seen.append(pk))
    for _ in range(3):
        client.get(posting.get_absolute_url(), headers={"user-agent": "Mozilla/5.0 Firefox/140.0"})
    assert seen == [posting.pk] * 3


def test_what_is_gone_is_not_kept(client, posting):
    Posting.objects.update(withdrawn_at=timezone.now())
    assert client.get(posting.get_absolute_url()).status_code == 410
    assert len(PAGE_STORE) == 0


@pytest.mark.postgres
def test_nothing_is_kept_of_a_transaction_under_way(client):
    """Its number would be taken again, by other content, if it were rolled back."""
    with transaction.atomic():
        factories.RoleFactory(title="Astronaut")
        assert "Astronaut" in text(client.get("/roles/"))
        assert len(PAGE_STORE) == 0
        transaction.set_rollback(True)
    factories.RoleFactory(title="Baker")
    assert "Astronaut" not in text(client.get("/roles/"))


@pytest.mark.postgres
def test_a_transaction_under_way_is_not_served_what_was_kept_before(client):
    client.get("/roles/")
    with transaction.atomic():
        factories.RoleFactory(title="Astronaut")
        assert "Astronaut" in text(client.get("/roles/"))


def test_an_unchanged_page_answers_304(client, posting):
    first = client.get(LIST)
    again = client.get(LIST, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


def test_the_first_answer_may_be_304_too(client, posting):
    tag = client.get(LIST)["ETag"]
    PAGE_STORE.clear()
    assert client.get(LIST, headers={"if-none-match": tag}).status_code == 304


def test_a_changed_page_answers_200(client, posting):
    tag = client.get(LIST)["ETag"]
    Posting.objects.update(title="Data Gardener")
    assert client.get(LIST, headers={"if-none-match": tag}).status_code == 200


def test_a_compressed_page_says_the_same(client, posting):
    plain, zipped = client.get(LIST), client.get(LIST, headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert int(zipped["Content-Length"]) == len(zipped.content) < len(plain.content)
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] == f"W/{plain['ETag']}"  # not the same bytes, but the same page
    assert client.get(LIST, headers={"accept-encoding": "gzip", "if-none-match": plain["ETag"]}).status_code == 304


def test_head_is_answered_from_memory(client, posting):
    page = client.get(LIST)
    assert queries_of(lambda: client.head(LIST)) == 1
    head = client.head(LIST)
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Length", "Content-Type")} == {
        name: page[name] for name in ("ETag", "Content-Length", "Content-Type")
    }


def test_head_keeps_nothing(client):
    client.head("/roles/")
    assert len(PAGE_STORE) == 0


def test_a_kept_page_has_the_headers_it_was_rendered_with(client, posting):
    first, second = client.get(LIST), client.get(LIST)
    assert first.headers == second.headers
    assert "default-src 'none'" in second["Content-Security-Policy"]
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in second["Vary"].split(",")}


def test_a_shared_cache_may_answer_for_some_seconds(client, posting, settings):
    settings.SHARED_CACHE_SECONDS = 7
    assert client.get(LIST)["Cache-Control"] == "public, max-age=0, s-maxage=7"


def test_a_shared_cache_may_never_answer_past_the_next_moment(client, posting, at):
    closes = timezone.now() + timedelta(seconds=90)
    Posting.objects.update(closes_on=closes.date(), closes_at=closes)
    client.get(LIST)
    at(closes - timedelta(seconds=2))
    assert client.get(LIST)["Cache-Control"] == "public, max-age=0, s-maxage=2"


def test_it_can_be_switched_off(client, settings, posting):
    settings.KEPT_PAGES_MEGABYTES = 0
    client.get(LIST)
    assert len(PAGE_STORE) == 0
    assert "ETag" not in client.get(LIST)


def test_feeds_keep_their_own_tag(client, posting):
    first = client.get("/jobs/feed.rss")
    assert client.get("/jobs/feed.rss")["ETag"] == first["ETag"]
    assert client.get("/jobs/feed.rss", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


@pytest.mark.postgres
def test_without_a_clock_pages_are_rendered(client, monkeypatch):
    from django.db import OperationalError

    from careers.changes import counter

    def refuse():
        raise OperationalError("no such table: changes_clock")

    monkeypatch.setattr(counter, "read_state", refuse)
    assert client.get("/roles/").status_code == 200


@pytest.mark.postgres
def test_a_statement_by_hand_shows_as_well(client):
    role = factories.RoleFactory(title="Astronaut")
    client.get("/roles/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE roles_role SET title = 'Baker' WHERE id = %s", [role.pk])
    assert "Baker" in text(client.get("/roles/"))


@pytest.mark.postgres
def test_a_role_deleted_disappears(client):
    role = factories.RoleFactory(title="Astronaut")
    client.get("/roles/")
    Role.objects.filter(pk=role.pk).delete()
    assert "Astronaut" not in text(client.get("/roles/"))
