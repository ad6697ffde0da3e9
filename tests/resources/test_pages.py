"""The directory: its list, filters and entries."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.utils.html import escape
from lxml import html

from careers.resources.models import Resource
from portal.sitemaps import SITEMAPS
from tests.cases import each
from tests.factories import (
    CategoryFactory,
    ResourceFactory,
    RoleFactory,
    SkillAliasFactory,
    SkillFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def names(client, query=""):
    return [resource.name for resource in client.get(f"/resources/?{query}").context["page"].object_list]


def option_counts(client, name, query=""):
    facets = {facet.name: facet for facet in client.get(f"/resources/?{query}").context["facets"]}
    return {option.value: option.count for option in facets[name].options}


@pytest.fixture
def staff(client):
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_resource"))
    client.force_login(user)
    return client


@pytest.fixture
def shelves(db):
    """A book of statistics in Arabic under Learning › Books, a paid course under Learning, a tool elsewhere."""
    learning = CategoryFactory(name="Learning", position=2)
    books = CategoryFactory(name="Books", parent=learning)
    tools = CategoryFactory(name="Tools", position=1)
    book = ResourceFactory(name="Sums", category=books, kind="book", language="ar", level="beginner", provider="House")
    course = ResourceFactory(name="Course of stone", category=learning, cost="paid", why="Teaches **chisels**.")
    tool = ResourceFactory(name="Hammer", category=tools, kind="tool", summary="Hits things.")
    return {resource.name: resource for resource in (book, course, tool)}


# -- The list -----------------------------------------------------------------------------------------------------------


@each(
    ("query", "found"),
    [
        ("category=learning", {"Sums", "Course of stone"}),
        ("category=books", {"Sums"}),
        ("category=books&category=tools", {"Sums", "Hammer"}),
        ("kind=book&kind=tool", {"Sums", "Hammer"}),
        ("cost=paid", {"Course of stone"}),
        ("cost=paid&kind=book", set()),
        ("level=beginner", {"Sums"}),
        ("language=ar", {"Sums"}),
        ("q=chisels", {"Course of stone"}),
        ("q=hits+hammer", {"Hammer"}),
        ("q=house", {"Sums"}),
        ("q=hits+chisels", set()),
        ("category=evil&kind=evil&cost=x&level=%00&language=zzz&role=none&q=%00", {"Sums", "Course of stone", "Hammer"}),
    ],
)  # fmt: skip
def test_names_repeat_for_or_and_add_up_for_and(client, shelves, query, found):
    assert set(names(client, query)) == found


def test_roles_and_skills_filter_and_are_counted(client, shelves):
    role, skill = RoleFactory(title="Mason"), SkillFactory(name="Masonry")
    SkillAliasFactory(skill=skill, name="Stone work")
    for name in ("Hammer", "Course of stone"):
        shelves[name].roles.add(role)
    shelves["Hammer"].skills.add(skill)
    assert set(names(client, "role=mason")) == {"Hammer", "Course of stone"}
    assert names(client, "skill=masonry") == names(client, "q=stone+work") == ["Hammer"]
    assert option_counts(client, "role") == {"mason": 2}
    assert option_counts(client, "role", "skill=masonry") == {"mason": 1}


def test_a_category_counts_what_lies_below_it(client, shelves):
    assert option_counts(client, "category") == {"learning": 2, "books": 1, "tools": 1}
    assert option_counts(client, "cost", "category=learning") == {"free": 1, "paid": 1}


def test_a_role_that_is_not_published_is_no_filter_and_not_named(client, shelves):
    role = RoleFactory(title="Secret guide", draft=True)
    shelves["Hammer"].roles.add(role)
    assert len(names(client, "role=secret-guide")) == 3
    for address in ("/resources/", shelves["Hammer"].get_absolute_url()):
        assert "Secret guide" not in client.get(address).content.decode()


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_only_published_entries_are_listed(client, state):
    resource = ResourceFactory(name="Hidden gem", state=state)
    for address in ("/resources/", "/resources/?q=hidden", f"/resources/?category={resource.category.slug}"):
        response = client.get(address)
        assert response.context["page"].paginator.count == 0
        assert "Hidden gem" not in response.content.decode()
    assert resource not in SITEMAPS["resources"]().items()


def test_the_whole_directory_stands_on_its_shelves_in_their_order(client, shelves):
    page = client.get("/resources/").content.decode()
    headings = [" ".join(heading.text_content().split()) for heading in html.fromstring(page).iter("h2")]
    assert headings == ["Filters", "Tools", "Learning", "Learning › Books"]
    assert names(client) == ["Hammer", "Course of stone", "Sums"]


def test_the_search_is_said_in_words_and_filters_can_be_taken_away(client, shelves):
    response = client.get("/resources/?q=sums&kind=book&cost=free&language=ar&category=books")
    form = response.context["form"]
    assert form.sentence == "Resources matching “sums” in Learning › Books in Arabic, book, free"
    assert [chip.value_label for chip in form.chips] == ["sums", "Learning › Books", "Book", "Free", "Arabic"]
    assert "Clear all" in response.content.decode()


@each(
    ("query", "is_indexed"), [("", True), ("page=2", True), ("evil=1", True), ("q=sums", False), ("kind=book", False)]
)
def test_search_engines_keep_the_plain_list_and_its_pages(client, shelves, query, is_indexed):
    ResourceFactory.create_batch(30, category=shelves["Sums"].category)
    page = client.get(f"/resources/?{query}").content.decode()
    assert ("noindex,follow" not in page) is is_indexed
    address = "https://careers.example.org/resources/" + ("?page=2" if query == "page=2" else "")
    assert (f'<link rel="canonical" href="{address}">' in page) is is_indexed


def test_pages_hold_each_entry_once(client):
    category = CategoryFactory()
    ResourceFactory.create_batch(65, category=category)
    assert len({name for page in (1, 2, 3) for name in names(client, f"page={page}")}) == 65
    assert client.get("/resources/?page=999999").context["page"].number == 3


def test_an_empty_directory_and_an_empty_search_say_so(client):
    assert "No resources yet" in client.get("/resources/").content.decode()
    assert "No resource matches your search" in client.get("/resources/?q=xyzzy").content.decode()


@each("value", ["'\"<script>alert(1)</script>", "\0", "a" * 5000, "%", "٣"])
@each("name", ["q", "category", "kind", "language", "role", "page", "other"])
def test_odd_values_are_answered_and_never_echoed_raw(client, shelves, name, value):
    response = client.get(f"/resources/?{name}={quote(value)}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert '"<' not in page


@pytest.mark.parametrize("query", ["", "q=resource&category=top&role=mason&skill=masonry&kind=course"])
@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, query, count):
    CategoryFactory(name="Top")
    role, skill = RoleFactory(title="Mason"), SkillFactory(name="Masonry")
    for _ in range(count):
        resource = ResourceFactory(category=CategoryFactory(parent=CategoryFactory()))
        resource.roles.add(role, RoleFactory())
        resource.skills.add(skill, SkillFactory())
    with django_assert_max_num_queries(8 if query else 5):
        client.get(f"/resources/?{query}")


# -- An entry -----------------------------------------------------------------------------------------------------------


def test_an_entry_says_all_it_knows(client):
    resource = ResourceFactory(
        name="Stones & chisels",
        url="https://www.example.org/stones?a=1&b=2",
        category=CategoryFactory(name="Books", parent=CategoryFactory(name="Learning")),
        kind="book", cost="freemium", level="beginner", language="pt", provider="Quarry Press",
        summary="A book.", why="It is **short**.", disclosure="We wrote a chapter.", last_verified_on=date(2026, 5, 1),
    )  # fmt: skip
    resource.roles.add(RoleFactory(title="Mason"), RoleFactory(title="Draft role", draft=True))
    resource.skills.add(SkillFactory(name="Masonry"))
    text = client.get(resource.get_absolute_url()).content.decode()
    for words in (
        "<h1><bdi>Stones &amp; chisels</bdi></h1>", "Partly free", "Beginner", "Portuguese", "Quarry Press", "A book.",
        "<strong>short</strong>", "We wrote a chapter.", "1 May 2026", ">Mason</a>", 'href="/resources/?skill=masonry"',
        '<a class="button" href="https://www.example.org/stones?a=1&amp;b=2" rel="noopener nofollow">Open example.org</a>',
        'href="/resources/?category=learning"',
    ):  # fmt: skip
        assert words in text
    assert "Draft role" not in text


def test_an_entry_nobody_looked_at_says_so(client):
    assert "Not checked yet" in client.get(ResourceFactory().get_absolute_url()).content.decode()


def test_a_broken_link_and_a_newer_entry_are_said(client):
    newer = ResourceFactory(name="Newer one")
    old = ResourceFactory(link_broken_since=date(2026, 4, 1), replaced_by=newer)
    text = client.get(old.get_absolute_url()).content.decode()
    assert "may be broken" in text
    assert "1 Apr 2026" in text
    assert f'<a href="{newer.get_absolute_url()}"><bdi>Newer one</bdi></a>' in text


@pytest.mark.parametrize(("state", "status"), [("published", 200), ("draft", 404), ("archived", 410)])
def test_a_page_answers_by_its_state(client, state, status):
    resource = ResourceFactory(name="Hidden gem", state=state)
    response = client.get(resource.get_absolute_url())
    assert response.status_code == status
    assert ("Hidden gem" in response.content.decode()) is (status == 200)


def test_an_archived_entry_leads_to_what_replaced_it_over_any_number_of_steps(client):
    newest = ResourceFactory()
    middle = ResourceFactory(state="archived", replaced_by=newest)
    oldest = ResourceFactory(state="archived", replaced_by=middle)
    response = client.get(oldest.get_absolute_url())
    assert (response.status_code, response.url) == (301, newest.get_absolute_url())


def test_entries_that_replace_each_other_end_nowhere(client):
    first = ResourceFactory(state="archived")
    second = ResourceFactory(state="archived", replaced_by=first)
    Resource.objects.filter(pk=first.pk).update(replaced_by=second)
    assert client.get(first.get_absolute_url()).status_code == 410


def test_a_draft_does_not_take_anothers_place(client):
    archived = ResourceFactory(state="archived", replaced_by=ResourceFactory(name="Draft gem", state="draft"))
    response = client.get(archived.get_absolute_url())
    assert response.status_code == 410
    assert "Draft gem" not in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_staff_preview_what_readers_cannot_see(staff, state):
    response = staff.get(ResourceFactory(name="Hidden gem", state=state).get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 200
    assert "Hidden gem" in text
    assert "<strong>Preview.</strong>" in text
    assert "noindex" in text
    assert "no-store" in response.headers["Cache-Control"]


def test_staff_without_the_right_see_no_preview(client):
    client.force_login(UserFactory(staff=True))
    assert client.get(ResourceFactory(state="draft").get_absolute_url()).status_code == 404


def test_an_old_slug_leads_to_the_entry_but_never_to_a_draft(client):
    resource = ResourceFactory(name="First name")
    resource.slug = "second-name"
    resource.save()
    response = client.get("/resources/first-name/")
    assert (response.status_code, response.url) == (301, "/resources/second-name/")
    resource.state = "draft"
    resource.save()
    assert client.get("/resources/first-name/").status_code == 404
    assert client.get("/resources/nothing/").status_code == 404


HARM = "<script>alert(1)</script> [go](javascript:alert(1)) <img src=x onerror=alert(1)> R&D </script>"


@pytest.mark.parametrize("title", ["مكتبة", "图书馆", "📚 Shelf", 'R&D "x" <b>'])
def test_names_of_any_script_have_a_page(client, title):
    resource = ResourceFactory(name=title)
    assert f"<h1><bdi>{escape(title)}</bdi></h1>" in client.get(resource.get_absolute_url()).content.decode()


def test_harmful_text_comes_out_as_text(client):
    resource = ResourceFactory(
        name=HARM[:160],
        summary=HARM,
        why=HARM,
        disclosure=HARM,
        provider=HARM,
        category__name=HARM[:100],
        category__description=HARM,
    )
    Resource.objects.update(url="javascript:alert(1)")
    for address in ("/resources/", resource.get_absolute_url(), f"/resources/?q={quote('<script>')}"):
        markup = client.get(address).content.decode()
        tree = html.fromstring(markup)
        assert "<script>alert" not in markup
        assert "R&amp;amp;D" not in markup
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not element.get("href", "").startswith("javascript:")


@pytest.mark.parametrize("count", [1, 8])
def test_a_page_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, count):
    resource = ResourceFactory(category=CategoryFactory(parent=CategoryFactory()), replaced_by=ResourceFactory())
    for _ in range(count):
        resource.roles.add(RoleFactory())
        resource.skills.add(SkillFactory())
    with django_assert_max_num_queries(5):
        client.get(resource.get_absolute_url())


def test_usual_choices_take_one_step_and_are_offered_where_they_find_something(client):
    ResourceFactory(name="First course", kind="course", cost="free", level="beginner")
    ResourceFactory(name="Book", kind="book", cost="paid", level="advanced")

    def offered(query=""):
        page = client.get(f"/resources/{query}").text
        return re.findall(r'href="/resources/\?([^"]+)">(Free[^<]*|For beginners)</a>', page)

    assert offered() == [
        ("kind=course&amp;cost=free&amp;level=beginner", "Free beginner courses"),
        ("cost=free", "Free"),
        ("level=beginner", "For beginners"),
    ]
    assert [words for _, words in offered("?cost=free")] == ["For beginners"]
    assert offered("?kind=book") == []
    found = client.get("/resources/?kind=course&cost=free&level=beginner").text
    assert ("First course" in found, "Book</a>" in found) == (True, False)
