"""The guides as readers meet them: who sees which, where old addresses lead, and what stays out."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from careers.roles.models import Item, Section
from tests import factories
from tests.cases import each
from tests.markup import text_of

pytestmark = pytest.mark.django_db

TITLES = ["مهندس تعلم الآلة", "机器学习工程师", "Rock 🎸 star", "R&D <b>lead</b>", "C++ engineer", "Élan vital"]
HOSTILE = ["%00", "a" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", '"><img src=x>', "\u202e", "٣"]


def full_role(**fields):
    """A guide with one of everything."""
    role = factories.RoleFactory(**fields)
    source = factories.SourceFactory(url="https://stats.example.org/")
    factories.AlternateTitleFactory(role=role)
    for kind in Section.Kind:
        factories.SectionFactory(role=role, kind=kind, body=f"Prose about {kind}.")
    for kind in Item.Kind:
        factories.ItemFactory(role=role, kind=kind, source=source)
    for kind in ("language", "tool", "method", "human"):
        factories.RoleSkillFactory(role=role, skill=factories.SkillFactory(kind=kind), note="Needed daily.")
    role.industries.add(factories.IndustryFactory())
    factories.CareerStepFactory(role=role)
    factories.CareerStepFactory(role=role, kind="before", to_title="", to_role=factories.RoleFactory())
    factories.PayClaimFactory(role=role, source=source, p10=60_000, p90=150_000, reference_year=2025)
    factories.PayClaimFactory(role=role, median=None, mean=90_000, country="DE", currency="EUR")
    factories.OutlookClaimFactory(role=role, source=source, annual_openings=4000)
    factories.ArticleFactory(role=role)
    factories.PostingTemplateFactory(role=role)
    factories.ResourceFactory().roles.add(role)
    posting = factories.PostingFactory(role=role)
    factories.PostingPlaceFactory(posting=posting)
    return role


def addresses(role):
    pages = ["detail", "template", "interview"]
    return [reverse(f"roles:{page}", args=[role.slug]) for page in pages] + [role.articles.get().get_absolute_url()]


@pytest.fixture
def previewer(client):
    user = factories.UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_role"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("number", range(4))
def test_every_page_of_a_published_guide_opens_for_readers(client, number):
    response = client.get(addresses(full_role())[number])
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
    assert b"Preview." not in response.content


@each("number", range(4))
@each("status", ["draft", "in_review", "archived"])
def test_a_guide_that_is_not_published_does_not_exist_for_readers(client, number, status):
    role = full_role(title="Hidden role", status=status)
    response = client.get(addresses(role)[number])
    assert response.status_code == 404
    assert b"Hidden role" not in response.content


@pytest.mark.parametrize("number", range(4))
def test_staff_who_may_view_guides_preview_drafts_and_nothing_keeps_a_copy(previewer, number):
    response = previewer.get(addresses(full_role(draft=True))[number])
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert b'<meta name="robots" content="noindex">' in response.content
    assert "Preview. State: draft." in text_of(response)


def test_staff_without_the_permission_and_members_of_the_public_with_it_see_no_drafts(client):
    role = factories.RoleFactory(draft=True)
    reader, staff = factories.UserFactory(), factories.UserFactory(staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_role"))
    for user in (reader, staff):
        client.force_login(user)
        assert client.get(role.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", range(4))
def test_an_old_address_leads_to_the_new_one(client, number):
    role = full_role(slug="old-name")
    old = addresses(role)[number]
    role.slug = "new-name"
    role.save()
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == old.replace("old-name", "new-name")
    assert "Cache-Control" not in response


def test_nothing_keeps_where_the_old_address_of_a_draft_led(previewer):
    role = factories.RoleFactory(draft=True, slug="old-name")
    old = role.get_absolute_url()
    role.slug = "new-name"
    role.save()
    response = previewer.get(old)
    assert response.status_code == 301
    assert "no-store" in response["Cache-Control"]


@each(
    ("address", "is_indexed"),
    [
        ("/roles/", True),
        ("/roles/?evil=1", True),
        ("/roles/?q=engineer", False),
        ("/roles/?sort=pay", True),
        ("/roles/explore/", True),
        ("/roles/explore/?sort=growth", True),
        ("/roles/explore/?growth=none", False),
        ("/roles/skills/", True),
        ("/roles/skills/?skill=unknown", True),
        ("/roles/skills/?q=python", False),
        ("/roles/compare/", True),
        ("/roles/compare/?role=unknown", True),
        ("/roles/compare/?role=known", False),
        ("/search/?q=engineer", False),
    ],
)
def test_a_page_is_offered_to_search_engines_by_its_own_address_or_not_at_all(client, address, is_indexed):
    factories.RoleFactory(slug="known")
    markup = client.get(address).content.decode()
    canonical = f'<link rel="canonical" href="https://careers.example.org{address.partition("?")[0]}">'
    assert ('content="noindex' not in markup) is is_indexed
    assert (canonical in markup) is is_indexed
    assert ('rel="canonical"' in markup) is is_indexed


def test_two_compared_roles_have_one_address_for_search_engines_in_any_order(client):
    for slug in ("known", "another", "third"):
        factories.RoleFactory(slug=slug)
    for query in ("role=known&role=another", "role=another&role=known"):
        page = client.get(f"/roles/compare/?{query}").text
        assert (
            '<link rel="canonical" href="https://careers.example.org/roles/compare/?role=another&amp;role=known">'
            in page
        )
        assert 'content="noindex' not in page
    assert 'content="noindex' in client.get("/roles/compare/?role=known&role=another&role=third").text


def test_an_article_s_old_address_leads_to_the_new_one(client):
    article, namesake = factories.ArticleFactory(slug="first"), factories.ArticleFactory(slug="first")
    old = article.get_absolute_url()
    article.slug = "second"
    article.save()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    assert client.get(namesake.get_absolute_url()).status_code == 200
    article.delete()
    assert client.get(old).status_code == 404


def test_the_old_address_of_a_hidden_or_deleted_guide_stays_missing(client):
    hidden, deleted = factories.RoleFactory(slug="was-a", draft=True), factories.RoleFactory(slug="was-b")
    for role, slug in ((hidden, "now-a"), (deleted, "now-b")):
        role.slug = slug
        role.save()
    deleted.delete()
    assert client.get(reverse("roles:detail", args=["was-a"])).status_code == 404
    assert client.get(reverse("roles:detail", args=["was-b"])).status_code == 404


def test_an_address_given_to_another_guide_opens_that_one(client):
    first = factories.RoleFactory(slug="shared")
    first.slug = "moved"
    first.save()
    second = factories.RoleFactory(slug="shared", title="The second")
    response = client.get(second.get_absolute_url())
    assert response.status_code == 200
    assert "The second" in text_of(response)


def test_pages_without_content_are_missing(client):
    role = factories.RoleFactory()
    assert client.get(role.get_absolute_url()).status_code == 200
    for page in ("template", "interview"):
        assert client.get(reverse(f"roles:{page}", args=[role.slug])).status_code == 404
    assert client.get(reverse("roles:article", args=[role.slug, "none"])).status_code == 404
    other = factories.ArticleFactory()
    assert client.get(reverse("roles:article", args=[role.slug, other.slug])).status_code == 404


def test_only_reading_is_answered(client):
    role = factories.RoleFactory()
    names = ("roles:index", "roles:explore", "roles:skills", "roles:compare", "sources")
    for address in (role.get_absolute_url(), *map(reverse, names)):
        assert client.post(address).status_code == 405


@each("title", TITLES)
def test_titles_in_any_script_have_a_page_and_are_shown_as_text(client, title):
    role = full_role(title=title)
    response = client.get(role.get_absolute_url())
    assert response.status_code == 200
    assert title in unescape(response.content.decode())
    assert b"<b>lead</b>" not in response.content
    assert title in unescape(client.get(reverse("roles:index")).content.decode())


def test_texts_of_editors_cannot_bring_scripts(client):
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    role = factories.RoleFactory(summary=evil)
    factories.SectionFactory(role=role, body=evil)
    factories.ItemFactory(role=role, lead=evil, text=evil)
    factories.PayClaimFactory(role=role, population=evil[:200], heading=evil[:200], note=evil)
    factories.RoleSkillFactory(role=role, note=evil)
    factories.CareerStepFactory(role=role, note=evil)
    factories.PostingTemplateFactory(role=role, description=f"{{employer}} {evil}")
    for page in ("detail", "template"):
        markup = client.get(reverse(f"roles:{page}", args=[role.slug])).content.decode()
        assert "<script>alert" not in markup
        assert 'href="javascript:' not in markup
        assert "<img src=x" not in markup


def test_the_structured_data_of_a_guide_holds_its_median_only_with_a_source(client):
    role = factories.RoleFactory(title="R&D </script> lead")
    factories.PayClaimFactory(role=role, median=None, mean=120_000, source=factories.SourceFactory())
    factories.PayClaimFactory(role=role, median=99_000)

    def occupation():
        markup = client.get(role.get_absolute_url()).content.decode()
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', markup, re.DOTALL)[1]
        return json.loads(block)["@graph"][1]

    assert occupation()["name"] == "R&D </script> lead"
    assert "estimatedSalary" not in occupation()
    factories.PayClaimFactory(role=role, source=factories.SourceFactory(), p10=Decimal("60000.50"))
    pay = occupation()["estimatedSalary"][0]
    assert (pay["median"], pay["percentile10"], pay["currency"], pay["duration"]) == (100_000, 60_000.5, "USD", "P1Y")


def test_the_guide_asks_the_database_the_same_few_questions_whatever_it_holds(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    role = full_role()
    with django_assert_max_num_queries(22) as few:
        client.get(role.get_absolute_url())
    for _ in range(6):
        factories.PayClaimFactory(role=role, source=factories.SourceFactory())
        factories.OutlookClaimFactory(role=role, source=factories.SourceFactory())
        factories.ItemFactory(role=role, source=factories.SourceFactory())
        skill = factories.RoleSkillFactory(role=role).skill
        factories.CareerStepFactory(role=role, to_title="", to_role=factories.RoleFactory())
        factories.ArticleFactory(role=role)
        resource, posting = factories.ResourceFactory(), factories.PostingFactory(role=role)
        resource.roles.add(role)
        for taught_or_asked in (resource, posting):
            taught_or_asked.skills.add(skill)
        factories.PostingPlaceFactory(posting=posting)
    with django_assert_num_queries(len(few)):
        client.get(role.get_absolute_url())


@pytest.mark.parametrize("address", ["roles:index", "roles:explore", "roles:skills", "roles:compare", "sources"])
def test_the_other_pages_ask_the_same_few_questions_too(
    client, django_assert_max_num_queries, django_assert_num_queries, address
):
    roles = [full_role(), full_role()]
    chosen = {"role": [role.slug for role in roles]} if address == "roles:compare" else {}
    with django_assert_max_num_queries(10) as few:
        client.get(reverse(address), chosen)
    for _ in range(4):
        full_role()
    with django_assert_num_queries(len(few)):
        client.get(reverse(address), chosen)


@each("words", HOSTILE)
@each("address", ["roles:index", "roles:explore", "roles:skills", "roles:compare"])
def test_odd_queries_are_answered_and_never_echoed_raw(client, words, address):
    full_role()
    for name in ("q", "industry", "pay", "growth", "currency", "sort", "skill", "role", "page"):
        response = client.get(f"{reverse(address)}?{name}={words}&{name}=x")
        assert response.status_code == 200
        assert b"<script>alert(1)" not in response.content
        assert b"<img src=x" not in response.content


def test_a_guide_reviewed_and_dated_says_so(client):
    day = timezone.localdate() - timedelta(days=3)
    role = factories.RoleFactory(edition="2026", reviewed_on=day)
    assert f'datetime="{day.isoformat()}"' in client.get(role.get_absolute_url()).content.decode()
