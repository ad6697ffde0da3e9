"""Where a remote worker may be: countries, a span of time zones, both; as readers, editors and search engines get it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import html

from careers.postings import lifecycle
from careers.postings.admin.postings.page_status import missing_job_data_reason
from careers.postings.checks.requirements import unmet_requirements
from careers.postings.models import Posting
from careers.postings.structured_data import job_posting
from tests import factories
from tests.admin_pages import complete, filled
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SPAN = {"workplace": "remote", "remote_offset_from": -300, "remote_offset_to": 120}


def spanning(**fields):
    return factories.PostingFactory(**SPAN | fields)


def read(client, address):
    return " ".join(html.fromstring(client.get(address).text).text_content().split())


def test_readers_are_told_the_span_plainly(client):
    posting = spanning()
    assert "Remote: open to people within UTC−5 to UTC+2" in read(client, posting.get_absolute_url())
    assert "Remote within UTC−5 to UTC+2" in read(client, "/jobs/")
    assert "Remote within UTC−5 to UTC+2" in client.get("/jobs/feed.json").json()["items"][0]["content_html"]


def test_countries_and_span_are_told_together(client):
    posting = spanning()
    factories.RemoteCountryFactory(posting=posting, country="FR")
    factories.RemoteCountryFactory(posting=posting, country="DE")
    words = "open to people in France or Germany, within UTC−5 to UTC+2"
    assert words in read(client, posting.get_absolute_url())


def test_a_span_alone_says_where_people_may_be_so_it_can_be_published():
    posting = spanning(draft=True)
    assert unmet_requirements(posting) == []
    assert lifecycle.publish(posting, by=None).is_live()


def test_a_span_alone_is_no_remote_job_to_search_engines_and_the_editor_is_told(as_group):
    posting = spanning()
    assert job_posting(posting) is None
    page = as_group("editor").get(reverse("admin:postings_posting_change", args=[posting.pk])).text
    assert "Search engines cannot list this job: they need countries, not time zones." in page


def test_with_a_country_the_span_adds_nothing_to_what_search_engines_read():
    posting = spanning()
    factories.RemoteCountryFactory(posting=posting, country="FR")
    found = job_posting(posting)
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"] == [{"@type": "Country", "name": "France"}]
    assert missing_job_data_reason(posting) == ""


@each(
    ("fields", "words"),
    [
        ({"remote_offset_to": None}, "Enter both time zones"),
        ({"remote_offset_from": None}, "Enter both time zones"),
        ({"remote_offset_from": 540, "remote_offset_to": -480}, "crosses the date line"),
        ({"workplace": "hybrid"}, "only for remote work"),
        ({"workplace": ""}, "only for remote work"),
        ({"remote_offset_from": -301}, "not one of the available choices"),
    ],
)
def test_a_span_that_cannot_be_is_a_form_error(as_group, fields, words):
    client, posting = as_group("editor"), complete(draft=True)
    change = reverse("admin:postings_posting_change", args=[posting.pk])
    sent = SPAN | fields
    answer = client.post(
        change, filled(client, change) | {name: "" if value is None else value for name, value in sent.items()}
    )
    assert answer.status_code == 200
    assert words in answer.context["adminform"].form.errors.as_text()


@pytest.mark.parametrize(
    "fields", [{"remote_offset_to": None}, {"remote_offset_from": None}, {"remote_offset_from": 180}]
)
def test_the_database_keeps_no_half_span_and_none_turned_round(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        spanning(**fields)


def test_one_offset_alone_is_a_span():
    posting = Posting(workplace="remote", remote_offset_from=60, remote_offset_to=60)
    assert posting.remote_span == "UTC+1"


def test_the_ends_belong_to_remote_work():
    with pytest.raises(ValidationError, match="only for remote work"):
        spanning(draft=True, workplace="onsite").clean()


def test_a_city_nobody_knows_is_kept_as_text_and_found(client):
    posting = complete(workplace="onsite")
    factories.PostingPlaceFactory(posting=posting, country="DE", city="Hintertupfing an der Sauer")
    assert "Hintertupfing an der Sauer, Germany" in read(client, posting.get_absolute_url())
    assert posting.title in read(client, "/jobs/?q=Hintertupfing")


def test_three_cities_are_one_card_three_places_and_one_entry_of_the_feed(client):
    posting = factories.PostingFactory(title="Bridge inspector")
    for city in ("Bonn", "Köln", "Aachen"):
        factories.PostingPlaceFactory(posting=posting, city=city)
    for city in ("Bonn", "Aachen"):
        page = client.get("/jobs/", {"q": city}).text
        assert page.count("Bridge inspector</bdi></a>") == 1
        assert "1 job<" in page
    assert len(job_posting(posting)["jobLocation"]) == 3
    assert len(client.get("/jobs/feed.json").json()["items"]) == 1
