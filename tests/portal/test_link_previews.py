"""What messengers and networks show of a link to us: each public page names itself, says what it is about and where it is."""

from urllib.parse import urlsplit

import pytest
from lxml import html

from careers.postings.summary import headline, summary
from tests.addresses import public_addresses
from tests.cases import each
from tests.factories import PostingFactory, PostingPlaceFactory, RemoteCountryFactory, RoleFactory
from tests.portal.test_every_page import rows  # noqa: F401

pytestmark = [pytest.mark.django_db]
NOT_PAGES = ("feed", "robots", "sitemap", "healthz", "suggest", "/places/", "save/", "apply", "/-/", "token")


def meta(client, address):
    tree = html.fromstring(client.get(address, follow=True).content)
    tags = {tag.get("property") or tag.get("name"): tag.get("content") for tag in tree.xpath("//meta")}
    return tags | {"canonical": next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)}


def test_every_public_page_introduces_itself(client, rows):  # noqa: F811
    told = {}
    for address in public_addresses(**rows).values():
        if any(part in address for part in (*NOT_PAGES, "share/", "manifest", ".ics")):
            continue
        tags = told[address] = meta(client, address)
        assert tags["og:title"].strip(), address
        assert len(tags["og:description"]) > 10, address
        assert tags["og:description"] == tags["description"]
        assert tags["og:type"] == "website"
        assert tags["og:site_name"]
        assert tags.get("og:url") == tags["canonical"], address
        image = urlsplit(tags["og:image"])
        assert f"{image.scheme}://{image.netloc}" == "https://careers.example.org"
        assert client.get(image.path)["Content-Type"] == "image/png", address
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        assert tags["og:image:alt"].strip(), address
    assert len(told) > 14
    assert len({tags["og:title"] for tags in told.values()}) >= len(told) - 2  # a posting has three addresses


def test_a_job_says_what_it_is(client):
    posting = PostingFactory(
        title="Data Engineer", employer__name="Pebblegate Bank", workplace="remote", employment_type="full_time",
        pay_min=80_000, pay_max=90_000, pay_currency="EUR", pay_period="year", description="You run the *nightly* loads.",
    )  # fmt: skip
    PostingPlaceFactory(posting=posting, city="Frankfurt")
    RemoteCountryFactory(posting=posting)
    tags = meta(client, posting.get_absolute_url())
    assert tags["og:title"] == "Data Engineer – Pebblegate Bank, Frankfurt (remote in Germany)"
    assert tags["og:description"] == (
        "Frankfurt. Remote in Germany. Full time. €80,000 to €90,000 a year. You run the nightly loads."
    )
    assert tags["og:image"] == f"https://careers.example.org/share/jobs/{posting.pk}.png"
    assert tags["og:image:alt"] == "Open Career Portal: Data Engineer"
    assert tags["twitter:card"] == "summary_large_image"


@each(
    "workplace, cities, countries, words",
    [
        ("", [], [], "Baker – Crumb & Co"),
        ("onsite", ["Berlin"], [], "Baker – Crumb & Co, Berlin"),
        ("hybrid", ["Berlin", "Bonn"], [], "Baker – Crumb & Co, Berlin, Bonn (hybrid)"),
        ("onsite", list("ABCDE"), [], "Baker – Crumb & Co, A, B, C, 2 more places"),
        ("remote", [], [], "Baker – Crumb & Co (remote)"),
        ("remote", [], ["DE", "ES"], "Baker – Crumb & Co (remote in Germany or Spain)"),
        ("remote", [], ["DE", "ES", "FR", "IT"], "Baker – Crumb & Co (remote in France, Germany or 2 more countries)"),
        ("onsite", [""], [], "Baker – Crumb & Co, Germany"),
    ],
)
def test_a_headline_names_job_employer_and_place(workplace, cities, countries, words):
    posting = PostingFactory(title="Baker", employer__name="Crumb & Co", workplace=workplace)
    for city in cities:
        PostingPlaceFactory(posting=posting, city=city)
    for country in countries:
        RemoteCountryFactory(posting=posting, country=country)
    assert headline(posting) == words


def test_a_summary_is_short_and_holds_no_markup():
    posting = PostingFactory(description="# Work\n\n[Much](https://example.com/) of it <b>here</b>. " * 20)
    assert len(summary(posting)) <= 200
    assert "](" not in summary(posting)


def test_a_logo_is_shown(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos/a.png").write_bytes(b"x")
    posting = PostingFactory(employer__logo="logos/a.png")
    for address in (posting.get_absolute_url(), posting.employer.get_absolute_url()):
        tags = meta(client, address)
        assert tags["og:image"] == "https://careers.example.org/media/logos/a.png"
        assert tags["og:image:alt"] == posting.employer.name
        assert tags["twitter:card"] == "summary"


def test_hostile_names_stay_text(client):
    role = RoleFactory(title='"><script>x</script>')
    text = client.get(role.get_absolute_url()).content.decode()
    assert "<script>x" not in text
    assert meta(client, role.get_absolute_url())["og:title"].startswith('"><script>x</script>')
