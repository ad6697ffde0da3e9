"""A posting's page and its employer's: the right address, what it says, and that nobody's text does harm."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, quote, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import clear_script_prefix, reverse, set_script_prefix
from django.utils import timezone
from django.utils.html import escape
from lxml import html

from careers.postings.dates import closing_words
from careers.postings.models import Posting
from careers.postings.templatetags.postings import apply_mailto, experience_words
from tests.cases import each
from tests.factories import (
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    PostingTemplateFactory,
    RemoteCountryFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db


def page_of(client, row):
    response = client.get(row.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# -- Addresses ----------------------------------------------------------------------------------------------------------


@each("address", ["/jobs/{pk}-wrong/", "/jobs/{pk}/", "/jobs/{pk}-/", "/jobs/{pk}--/", "/jobs/0{pk}-{slug}x/"])
def test_a_wrong_or_missing_slug_leads_to_the_right_address(client, address):
    posting = PostingFactory(title="Glass Blower")
    response = client.get(address.format(pk=posting.pk, slug=posting.slug))
    assert response.status_code == 301
    assert response.url == f"/jobs/{posting.pk}-glass-blower/"


@each("prefix", ["/", "/careers/"])
@each("slug", ["glass-blower", "souffleur-à-la-canne", "ガラス職人"])
def test_an_address_is_what_the_patterns_give(prefix, slug):
    """It is put together without looking through them."""
    set_script_prefix(prefix)
    try:
        assert Posting(pk=7, slug=slug).get_absolute_url() == reverse("postings:detail", args=[7, slug])
    finally:
        clear_script_prefix()


@pytest.mark.parametrize(
    ("trait", "status"), [("draft", 404), ("scheduled", 404), ("withdrawn", 410), ("rejected", 410)]
)
def test_a_guess_learns_no_title(client, trait, status):
    posting = PostingFactory(title="Glass Blower", **{trait: True})
    response = client.get(f"/jobs/{posting.pk}-guess/")
    assert response.status_code == status
    assert "lass" not in response.content.decode().replace("class", "")


@pytest.mark.parametrize("pk", ["999999", "9" * 30, "0"])
def test_what_never_existed_is_not_found(client, pk):
    assert client.get(f"/jobs/{pk}-any/").status_code == 404


def test_after_a_new_title_the_old_address_leads_on(client):
    posting = PostingFactory(title="Glass Blower")
    old = posting.get_absolute_url()
    posting.title = "Glass Maker"
    posting.save()
    assert client.get(old).url == posting.get_absolute_url()


@each(
    "title",
    [
        "مهندس بيانات",
        "数据工程师",
        "🦊 Fox keeper",
        "Développeur·se C#",
        "Инженер",
        'R&D "lead" <b>',
        "new",
        "feed",
        "C++",
    ],
)
def test_titles_of_any_script_have_a_page_under_an_address_of_their_own(client, title):
    posting = PostingFactory(title=title)
    text = page_of(client, posting)
    assert f"<h1><bdi>{escape(title)}</bdi></h1>" in text
    assert f'<link rel="canonical" href="https://careers.example.org{posting.get_absolute_url()}">' in text
    assert client.get(f"/jobs/{posting.pk}-{posting.slug}/").status_code == 200


@pytest.mark.parametrize("title", ["مهندس بيانات", "数据工程师", "Инженер"])
def test_an_address_is_the_same_encoded_or_not_and_leads_there_from_feed_and_sitemap(client, title):
    posting = PostingFactory(title=title)
    encoded = posting.get_absolute_url()
    assert encoded.isascii()
    for address in (encoded, unquote(encoded)):
        assert client.get(address).status_code == 200
    for address in ("/jobs/feed.rss", "/jobs/feed.atom", "/sitemap-jobs.xml"):
        assert f"https://careers.example.org{encoded}<" in client.get(address).text.replace('"', "<")
    assert client.get("/jobs/feed.json").json()["items"][0]["url"] == f"https://careers.example.org{encoded}"


def test_postings_of_one_title_and_employer_have_addresses_of_their_own(client):
    employer = EmployerFactory()
    postings = PostingFactory.create_batch(3, title="Baker", employer=employer, description="The same.")
    assert len({posting.get_absolute_url() for posting in postings}) == 3
    for posting in postings:
        assert page_of(client, posting)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_changes_by_another_method(client, method):
    posting = PostingFactory()
    assert getattr(client, method)(posting.get_absolute_url()).status_code == 405


# -- What it says -------------------------------------------------------------------------------------------------------


def test_a_full_posting_says_all_it_knows(client):
    role = RoleFactory(title="Glass Artist")
    posting = PostingFactory(
        role=role,
        workplace="remote",
        employment_type="part_time",
        level="senior",
        education="bachelor",
        months_of_experience=24,
        pay_min=Decimal("41.50"),
        pay_max=Decimal(60),
        pay_currency="EUR",
        pay_period="hour",
        publish_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC),
        closes_on=date(2099, 12, 12),
        time_zone="Europe/Berlin",
        responsibilities="- Blow glass",
        benefits="Free glasses.",
    )
    posting.skills.add(SkillFactory(name="Patience"))
    PostingPlaceFactory(posting=posting, country="US", subdivision="US-TX", city="Austin")
    for country in ("DE", "FR"):
        RemoteCountryFactory(posting=posting, country=country)
    text = page_of(client, posting)
    for words in (
        "Austin, Texas, United States",
        "Remote: open to people in France or Germany",
        "Part time", "Senior", "Bachelor&#x27;s degree", "At least 2 years", "€41.50 to €60 an hour",
        "Closes 12 Dec 2099, 11:59pm Berlin time",
        ">Posted 3 Mar 2026<",
        "<li>Blow glass</li>", "Free glasses.", 'href="/jobs/?skill=patience"',
        f'href="{role.get_absolute_url()}"',
    ):  # fmt: skip
        assert words in text


def test_a_bare_posting_says_what_is_not_stated(client):
    text = page_of(client, PostingFactory(closes_on=None, apply_url=""))
    assert "Pay not stated" in text
    assert "Open until filled" in text
    assert "This job does not say how to apply yet." in text
    assert "Experience" not in text


def test_no_link_leads_to_a_guide_that_is_not_published(client):
    role = RoleFactory(title="Secret guide", draft=True)
    posting = PostingFactory(role=role, template=PostingTemplateFactory(role=role), template_version=1)
    assert "Secret guide" not in page_of(client, posting)
    assert "Secret guide" not in client.get("/jobs/").content.decode()


def test_other_open_jobs_of_the_employer_are_listed(client):
    posting = PostingFactory(title="This one")
    PostingFactory(title="Open elsewhere inside", employer=posting.employer)
    PostingFactory(title="Closed inside", employer=posting.employer, closed=True)
    text = page_of(client, posting)
    assert "Open elsewhere inside" in text
    assert "Closed inside" not in text


def test_an_application_by_mail_carries_the_title_in_its_subject(client):
    posting = PostingFactory(
        title="R&D “Lead” +1? 数据", apply_url="", apply_email="jobs+r&d@example.com", employer__name="Öl & Co #1"
    )
    address = urlsplit(apply_mailto(posting))
    assert parse_qs(address.query) == {"subject": ["Application: R&D “Lead” +1? 数据 (Öl & Co #1)"]}
    assert address.path == quote("jobs+r&d@example.com", safe="@")
    assert f'href="{escape(apply_mailto(posting))}"' in page_of(client, posting)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (None, ""),
        (0, "None needed"),
        (1, "At least 1 month"),
        (12, "At least 1 year"),
        (18, "At least 18 months"),
        (60, "At least 5 years"),
    ],
)
def test_experience_in_words(months, words):
    assert experience_words(Posting(months_of_experience=months)) == words


def test_the_closing_day_is_the_day_entered_wherever_the_reader_is(client):
    posting = PostingFactory(closes_on=timezone.localdate() + timedelta(days=9), time_zone="Pacific/Kiritimati")
    assert posting.closes_on.strftime("%-d %b %Y, 11:59pm Kiritimati time") == closing_words(posting)


@each(
    "days, words",
    [
        (0, "Closes today, "),
        (1, "Closes tomorrow, "),
        (3, "Closes in 3 days, "),
        (14, "Closes in 14 days, "),
        (15, "Closes "),
    ],
)
@each("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"])
def test_the_days_left_count_in_the_zone_of_the_job(client, days, words, zone):
    closes_on = timezone.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    posting = PostingFactory(closes_on=closes_on, time_zone=zone)
    assert f">{words}{closing_words(posting)}</time>" in page_of(client, posting)


@each("days, words", [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (14, "14 days ago")])
def test_the_days_since_it_was_posted_are_counted_for_two_weeks(client, days, words):
    assert f">Posted {words}</time>" in page_of(
        client, PostingFactory(publish_at=timezone.now() - timedelta(days=days))
    )
    old = PostingFactory(publish_at=timezone.now() - timedelta(days=15))
    assert old.publish_at.strftime(">Posted %-d %b %Y</time>") in page_of(client, old)


# -- Text that would do harm --------------------------------------------------------------------------------------------

HARM = (
    "<script>alert(1)</script> [go](javascript:alert(1)) <img src=x onerror=alert(1)> ![x](data:text/html,1) "
    "</script> <style>*{}</style> <svg onload=alert(1)> [d](data:text/html;base64,x) [v](vbscript:x)"
)


@pytest.fixture
def harmful(db):
    return PostingFactory(
        title=f"R&D {HARM}"[:120],
        employer=EmployerFactory(name=f"R&D {HARM}"[:160], about=HARM, website="javascript:alert(1)"),
        role=RoleFactory(title=f"R&D {HARM}"[:120]),
        apply_url="javascript:alert(1)",
        **dict.fromkeys(Posting.TEXT_FIELDS, HARM),
    )


def assert_harmless(markup):
    tree = html.fromstring(markup)
    assert [
        script for script in tree.iter("script") if not script.get("src") and "ld+json" not in script.get("type", "")
    ] == []
    assert list(tree.iter("style", "svg")) == []
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        for name in ("href", "src"):
            assert not element.get(name, "").lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize("where", ["page", "list", "employer", "search"])
def test_harmful_text_comes_out_as_text(client, harmful, where):
    PostingPlaceFactory(posting=harmful, city="<script>alert(1)</script>")
    address = {
        "page": harmful.get_absolute_url(),
        "list": "/jobs/",
        "employer": harmful.employer.get_absolute_url(),
        "search": f"/jobs/?q={quote('<script>alert(1)</script>')}&employer={harmful.employer.slug}",
    }[where]
    markup = client.get(address).content.decode()
    assert_harmless(markup)
    assert "R&amp;D" in markup
    assert "R&amp;amp;D" not in markup


def test_links_in_a_posting_are_marked_as_not_ours(client):
    text = page_of(client, PostingFactory(description="[more](https://example.com/more)"))
    assert '<a href="https://example.com/more" rel="nofollow ugc noopener">' in text


def test_a_posting_built_from_an_employers_own_template_leads_to_no_other_text(client):
    role = RoleFactory()
    posting = PostingFactory(role=role, template_version=2)
    posting.template = PostingTemplateFactory(role=role, employer=posting.employer)
    posting.save()
    assert "Built from" not in page_of(client, posting)


def test_no_browser_keeps_where_the_old_address_of_a_draft_led(as_group):
    posting = PostingFactory(draft=True)
    assert as_group("editor").get(f"/jobs/{posting.pk}-old-title/").status_code == 302


# -- Cost ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trait", ["live", "closed"])
@pytest.mark.parametrize("count", [1, 8])
def test_a_page_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, count, trait):
    role = RoleFactory()
    posting = PostingFactory(
        role=role, template=PostingTemplateFactory(role=role), **({} if trait == "live" else {trait: True})
    )
    for _ in range(count):
        posting.skills.add(SkillFactory())
        PostingPlaceFactory(posting=posting, city=f"City {_}")
        PostingPlaceFactory(posting=PostingFactory(employer=posting.employer, role=role))
    with django_assert_max_num_queries(9):
        page_of(client, posting)


# -- Employers ----------------------------------------------------------------------------------------------------------


def test_an_employer_says_who_it_is_and_what_it_offers(client):
    employer = EmployerFactory(name="Kiln & Co", about="Makes **pots**.", website="https://www.kiln.example.com/")
    open_job = PostingFactory(employer=employer)
    text = page_of(client, employer)
    for words in (
        "<h1><bdi>Kiln &amp; Co</bdi></h1>",
        "<strong>pots</strong>",
        ">kiln.example.com</a>",
        "We have not verified this employer",
        open_job.title,
    ):
        assert words in text
    employer.verified_on = date(2026, 5, 1)
    employer.save()
    assert "We checked on 1 May 2026" in page_of(client, employer)


def test_an_employer_without_open_jobs_is_shown_but_not_indexed(client):
    employer = PostingFactory(closed=True).employer
    text = page_of(client, employer)
    assert "This employer has no open jobs right now" in text
    assert "noindex" in text
    assert client.get("/jobs/employers/nobody/").status_code == 404


def test_a_renamed_employer_is_found_under_its_old_address(client):
    employer = PostingFactory(employer__name="Old name").employer
    employer.name, employer.slug = "New name", "new-name"
    employer.save()
    response = client.get("/jobs/employers/old-name/")
    assert (response.status_code, response.url) == (301, "/jobs/employers/new-name/")


@pytest.mark.parametrize("count", [1, 25])
def test_an_employer_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, count):
    employer = EmployerFactory()
    for _ in range(count):
        PostingPlaceFactory(posting=PostingFactory(employer=employer, role=RoleFactory()))
    with django_assert_max_num_queries(7):
        page_of(client, employer)
