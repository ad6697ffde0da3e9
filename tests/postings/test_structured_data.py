"""The JobPosting data of a live posting's page, read back as a search engine reads it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import extruct
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from careers.core import exact_json
from careers.postings.models import Employer, Posting, PostingPlace, RemoteCountry
from careers.postings.structured_data import job_posting
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, PostingPlaceFactory, RemoteCountryFactory

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(__file__).parent / "jobposting.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def blocks(client, posting):
    page = client.get(posting.get_absolute_url()).content.decode()
    return extruct.extract(page, syntaxes=["json-ld"])["json-ld"]


def block(client, posting):
    [found] = blocks(client, posting)
    VALIDATOR.validate(found)
    return found


def placed(**fields):
    return PostingPlaceFactory(posting=PostingFactory(**fields)).posting


@pytest.mark.parametrize(
    "fault",
    [
        {"title": ""},
        {"description": "<h2>Work</h2>"},
        {"employmentType": "full_time"},
        {"jobLocationType": "TELECOMMUTE"},
        {"validThrough": "2026-12-12"},
        {"jobLocation": []},
        {"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": "5"}}},
        {"skills": "Python"},
    ],
    ids=str,
)
def test_the_schema_finds_a_fault(client, fault):
    assert not VALIDATOR.is_valid(block(client, placed()) | fault)


def test_a_plain_posting_says_what_is_known_and_no_more(client):
    posting = placed(publish_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC), time_zone="Europe/Berlin", closes_on=None)
    assert block(client, posting) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": "<p>The work.</p>",
        "url": f"https://careers.example.org/jobs/{posting.pk}-{posting.slug}/",
        "identifier": {"@type": "PropertyValue", "name": posting.employer.name, "value": str(posting.pk)},
        "datePosted": "2026-03-03",
        "hiringOrganization": {"@type": "Organization", "name": posting.employer.name},
        "jobLocation": [
            {
                "@type": "Place",
                "address": {"@type": "PostalAddress", "addressCountry": "DE", "addressLocality": "Berlin"},
            }
        ],
        "directApply": False,
    }


def test_lists_and_other_pages_hold_no_block(client):
    posting = placed()
    for address in ("/jobs/", posting.employer.get_absolute_url()):
        assert "application/ld+json" not in client.get(address).content.decode()


def test_each_place_is_listed(client):
    posting = placed()
    PostingPlaceFactory(posting=posting, country="US", subdivision="US-CA", city="Oakland")
    PostingPlaceFactory(posting=posting, country="AE", subdivision="AE-DU", city="")
    addresses = [place["address"] for place in block(client, posting)["jobLocation"]]
    assert [address["addressCountry"] for address in addresses] == ["DE", "US", "AE"]
    assert addresses[1]["addressRegion"] == "California"
    assert addresses[1]["addressLocality"] == "Oakland"
    assert "addressLocality" not in addresses[2]


def test_remote_work_is_marked_with_its_countries(client):
    posting = RemoteCountryFactory().posting
    RemoteCountryFactory(posting=posting, country="FR")
    found = block(client, posting)
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert [place["name"] for place in found["applicantLocationRequirements"]] == ["Germany", "France"]
    assert "jobLocation" not in found


def test_remote_work_that_names_a_place_alone_is_open_to_people_of_its_country(client):
    posting = placed(workplace="remote")
    PostingPlaceFactory(posting=posting, city="Bonn")
    found = block(client, posting)
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert [place["name"] for place in found["applicantLocationRequirements"]] == ["Germany"]
    assert len(found["jobLocation"]) == 2


@pytest.mark.parametrize("workplace", ["hybrid", "onsite", ""])
def test_work_that_is_not_all_remote_is_never_marked_so(client, workplace):
    posting = placed(workplace=workplace)
    RemoteCountryFactory(posting=posting)
    found = block(client, posting)
    assert "jobLocationType" not in found
    assert "applicantLocationRequirements" not in found


@pytest.mark.parametrize("fields", [{"workplace": "remote"}, {"workplace": "onsite"}])
def test_a_posting_without_any_place_is_not_marked_up(client, fields):
    assert blocks(client, PostingFactory(**fields)) == []


def test_a_posting_without_readable_text_is_not_marked_up(client):
    assert blocks(client, placed(description="<p>&nbsp;</p>\n\n***")) == []


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("Europe/Berlin", date(2026, 12, 12), "2026-12-13T00:00:00+01:00"),
        ("America/Los_Angeles", date(2026, 3, 7), "2026-03-08T00:00:00-08:00"),
        ("Asia/Kolkata", date(2026, 12, 31), "2027-01-01T00:00:00+05:30"),
        ("Africa/Cairo", date(2027, 4, 29), "2027-04-30T01:00:00+03:00"),
    ],
)
def test_valid_through_is_the_closing_moment_with_the_offset_of_its_zone(zone, day, moment):
    posting = placed(publish_at=datetime(2026, 1, 1, tzinfo=UTC), closes_on=day, time_zone=zone)
    assert job_posting(posting)["validThrough"] == moment


PAY = [
    (("50000", "60000.50", "EUR", "year"), '"minValue": 50000, "maxValue": 60000.5, "unitText": "YEAR"'),
    (("41.21", None, "USD", "hour"), '"value": 41.21, "unitText": "HOUR"'),
    (("300", "300", "GBP", "day"), '"value": 300, "unitText": "DAY"'),
    (("999999999999.99", None, "IDR", "month"), '"value": 999999999999.99, "unitText": "MONTH"'),
    (("0.1", "0.3", "BHD", "hour"), '"minValue": 0.1, "maxValue": 0.3, "unitText": "HOUR"'),
]


@each(("pay", "written"), PAY)
def test_pay_is_written_exactly_as_numbers(client, pay, written):
    low, high, currency, period = pay
    posting = placed(pay_min=Decimal(low), pay_max=high and Decimal(high), pay_currency=currency, pay_period=period)
    assert written in client.get(posting.get_absolute_url()).content.decode()
    assert block(client, posting)["baseSalary"]["currency"] == currency


def test_a_lone_upper_end_is_no_base_salary(client):
    posting = placed(pay_max=Decimal(90_000), pay_currency="EUR", pay_period="year")
    assert "baseSalary" not in block(client, posting)
    assert "up to €90,000 a year" in client.get(posting.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "is_direct"),
    [
        ({"apply_url": "", "apply_email": "jobs@example.com"}, True),
        ({"apply_url": "https://example.com/apply", "apply_email": ""}, False),
        ({"apply_url": "https://example.com/apply", "apply_email": "jobs@example.com"}, False),
    ],
)
def test_only_an_application_by_mail_is_direct(client, fields, is_direct):
    assert block(client, placed(**fields))["directApply"] is is_direct


@pytest.mark.parametrize(
    ("fields", "education", "experience"),
    [
        ({}, None, None),
        ({"education": "none", "months_of_experience": 0}, "no requirements", "no requirements"),
        ({"education": "bachelor", "months_of_experience": 30}, "bachelor degree", 30),
    ],
)
def test_education_and_experience(client, fields, education, experience):
    found = block(client, placed(**fields))
    stated = found.get("educationRequirements"), found.get("experienceRequirements")
    assert (stated[0]["credentialCategory"] if isinstance(stated[0], dict) else stated[0]) == education
    assert (stated[1]["monthsOfExperience"] if isinstance(stated[1], dict) else stated[1]) == experience


def test_the_description_holds_all_text_in_the_tags_that_are_read(client):
    posting = placed(
        description="# Who we are\n\nA **small** team.\n\n1. One\n2. Two",
        responsibilities="- Maps\n- [Charts](https://example.com)",
        benefits="| Leave | Days |\n|---|---|\n| Yearly | 30 |",
    )
    text = block(client, posting)["description"]
    assert "<p>Who we are</p>" in text
    assert "<p>A small team.</p>" in text
    assert "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>" in text
    assert "<p>Responsibilities</p>\n<ul>\n<li>Maps</li>\n<li>Charts</li>" in text
    assert "Yearly 30" in " ".join(text.replace("<br>", " ").split())


NASTY = '</script><script>alert(1)</script> R&D ]]> \u2028 ‘q’ " &amp; <b>'


def test_text_cannot_end_the_block_and_comes_back_as_written(client):
    posting = placed(title=f"R&D {NASTY}"[:120], employer=EmployerFactory(name=f"Cut & Sew {NASTY}"), description=NASTY)
    page = client.get(posting.get_absolute_url()).content.decode()
    [script] = [part.partition("</script>")[0] for part in page.split('<script type="application/ld+json">')[1:]]
    assert not set("<>&\u2028\u2029") & set(script)
    found = block(client, posting)
    assert found["title"] == posting.title
    assert found["hiringOrganization"]["name"] == posting.employer.name
    assert "<script" not in found["description"]


def test_a_website_that_is_none_is_left_out(client):
    posting = placed(employer=EmployerFactory(website="javascript:alert(1)"))
    assert "sameAs" not in block(client, posting)
    assert "javascript:" not in client.get(posting.get_absolute_url()).content.decode()


def test_a_logo_is_absolute(client, settings):
    logos = settings.MEDIA_ROOT / "logos"
    logos.mkdir(parents=True, exist_ok=True)
    (logos / "a b.png").touch()
    posting = placed(employer=EmployerFactory(website="https://example.com", logo="logos/a b.png"))
    organization = block(client, posting)["hiringOrganization"]
    assert organization["logo"] == "https://careers.example.org/media/logos/a%20b.png"
    assert organization["sameAs"] == "https://example.com"


amounts = st.none() | st.decimals(Decimal("0.01"), Decimal("999999999999.99"), places=2)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=80)
postings = st.builds(
    Posting,
    pk=st.integers(1, 10**9),
    title=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=120),
    slug=st.just("job"),
    employer=st.builds(
        Employer,
        name=st.text("abc<&\"' é", min_size=1).filter(str.strip),
        website=st.sampled_from(["", "https://example.com"]),
    ),
    publish_at=st.datetimes(
        datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.just(UTC)
    ),
    closes_at=st.none()
    | st.datetimes(
        datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.just(UTC)
    ).map(lambda moment: moment.replace(microsecond=0)),
    time_zone=st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]),
    employment_type=st.sampled_from(["", *Posting.EmploymentType.values]),
    workplace=st.sampled_from(["", *Posting.Workplace.values]),
    education=st.sampled_from(["", *Posting.Education.values]),
    months_of_experience=st.none() | st.integers(0, 600),
    pay_min=amounts,
    pay_max=amounts,
    pay_currency=st.just("EUR"),
    pay_period=st.sampled_from(["hour", "day", "week", "month", "year"]),
    apply_email=st.sampled_from(["", "jobs@example.com"]),
    description=texts,
    requirements=texts,
)
places = st.lists(
    st.sampled_from([("DE", "DE-BE", "Berlin"), ("US", "US-CA", ""), ("GB", "", "Leeds"), ("JP", "", "")]), unique=True
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posting=postings, where=places, countries=st.lists(st.sampled_from(["DE", "FR", "BR"]), unique=True))
def test_any_posting_gives_valid_data_or_none(posting, where, countries):
    posting._prefetched_objects_cache = {
        "places": [PostingPlace(country=country, subdivision=region, city=city) for country, region, city in where],
        "remote_countries": [RemoteCountry(country=country) for country in countries],
    }
    found = job_posting(posting)
    if found is not None:
        VALIDATOR.validate(json.loads(exact_json.dumps(found)))
    else:
        assert not posting.text_parts or not (where or (countries and posting.workplace == "remote"))
