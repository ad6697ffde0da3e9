"""One day everywhere: whoever reads of a posting, wherever, reads the same day."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.job_list.pay_statistics import advertised_pay
from careers.postings.models import Posting
from careers.postings.posting_templates.from_posting import spellings_of
from careers.postings.review.snapshot import field_change
from tests.factories import PostingFactory, PostingPlaceFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ATOM = "{http://www.w3.org/2005/Atom}"

# Two minutes to one at night in Greenwich: in New York it is the evening before, in Auckland the afternoon of that day.
MOMENT = datetime.combine(timezone.now().date() - timedelta(days=3), datetime.min.time(), UTC) + timedelta(minutes=58)
DAYS = {"America/New_York": MOMENT.date() - timedelta(days=1), "UTC": MOMENT.date(), "Pacific/Auckland": MOMENT.date()}


@pytest.fixture(params=DAYS)
def posting(request, settings):
    settings.ADVERTISED_PAY_MINIMUM = 1
    pay = {"pay_min": 50_000, "pay_currency": "USD", "pay_period": "year"}
    role = RoleFactory()
    found = PostingFactory(publish_at=MOMENT, time_zone=request.param, role=role, closes_on=None, **pay)
    PostingPlaceFactory(posting=found)
    Posting.objects.update(updated_at=MOMENT + timedelta(minutes=1))
    found.refresh_from_db()
    return found


@pytest.fixture
def day(posting):
    return DAYS[posting.time_zone]


def test_page_card_and_search_engines(client, posting, day):
    page = client.get(posting.get_absolute_url()).content.decode()
    assert f'<time datetime="{day.isoformat()}">Posted' in page
    assert f'"datePosted": "{day.isoformat()}"' in page
    for list_of_jobs in ("/jobs/", "/", posting.employer.get_absolute_url(), f"/jobs/saved/?id={posting.pk}"):
        assert f'<time datetime="{day.isoformat()}">Posted' in client.get(list_of_jobs).content.decode()


def test_feeds(client, posting, day):
    [item] = ElementTree.fromstring(client.get("/jobs/feed.rss").content).iter("item")
    published = parsedate_to_datetime(item.findtext("pubDate"))
    assert (published.date(), published) == (day, MOMENT)
    [entry] = ElementTree.fromstring(client.get("/jobs/feed.atom").content).iter(ATOM + "entry")
    [json_item] = json.loads(client.get("/jobs/feed.json").content)["items"]
    told = [entry.findtext(ATOM + "published"), entry.findtext(ATOM + "updated")]
    told += [json_item["date_published"], json_item["date_modified"]]
    assert [datetime.fromisoformat(text).date() for text in told] == [day] * 4
    assert datetime.fromisoformat(told[0]) == MOMENT


def test_sitemap(client, posting, day):
    assert f"<lastmod>{day.isoformat()}</lastmod>" in client.get("/sitemap-jobs.xml").content.decode()


def test_admin(admin, posting, day):
    shown = admin.get(reverse("admin:postings_posting_changelist")).content.decode()
    assert f"{day.day} {day:%b %Y}" in shown
    form = admin.get(reverse("admin:postings_posting_change", args=[posting.pk])).content.decode()
    assert f"{day.day} {day:%b %Y}, " in form
    posting.publish_at += timedelta(seconds=1)
    posting.save()
    history = admin.get(reverse("admin:postings_posting_history", args=[posting.pk])).content.decode()
    assert history.count(f"{day.day} {day:%b %Y}, ") >= 2
    change = field_change("publish_at", MOMENT.isoformat(), None, posting.time_zone)
    assert change.before.startswith(f"{day.day} {day:%b %Y}, ")


def test_export(admin, posting, day):
    address = reverse("admin:postings_posting_export")
    names = [name for name in admin.get(address).context["form"].fields if name.startswith("postingresource")]
    answer = admin.post(address, {"format": "0", "resource": "", **dict.fromkeys(names, "on")})
    [row] = csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff")))
    assert row["publish_at"].startswith(day.isoformat())


def test_guide_and_template(posting, day):
    [pay] = advertised_pay(posting.role)
    assert pay.since == day
    opening = {spelling for spelling, name in spellings_of(posting).items() if name == "opening_day"}
    assert {spelling for spelling in opening if spelling.startswith("20")} == {day.isoformat()}
