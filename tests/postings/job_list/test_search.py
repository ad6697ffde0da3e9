"""The page of /jobs/ as the index answers it: marks, orders, other searches, odd words, cost."""

import gzip
import re
from urllib.parse import quote

import pytest

from careers.postings.models import Employer, Posting
from tests.cases import each
from tests.factories import (
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    RemoteCountryFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _index(own_index):
    """Each test of these searches its own index."""


def titles(client, query=""):
    return [posting.title for posting in client.get(f"/jobs/?{query}").context["page"].object_list]


def test_matches_are_marked_in_title_employer_and_text(client):
    PostingFactory(
        title="Baker of bread", employer=EmployerFactory(name="Bread & Co"), description="We bake **breads** daily."
    )
    page = client.get("/jobs/?q=bread").text
    assert "Baker of <mark>bread</mark>" in page
    assert "<mark>Bread</mark> &amp; Co" in page
    assert "We bake <mark>breads</mark> daily." in page


def test_without_words_nothing_is_marked_and_no_text_is_read(client):
    PostingFactory(description="We bake.")
    response = client.get("/jobs/")
    assert "<mark>" not in response.text
    assert "We bake." not in response.text


def test_content_never_becomes_markup_beside_the_marks(client):
    PostingFactory(
        title="<mark>Cook</mark> <script>alert(1)</script>",
        employer=EmployerFactory(name="<i>Cook</i>"),
        description="<img src=x onerror=alert(1)> cook [cook](javascript:alert(1)) </mark><script>cook",
    )
    page = client.get("/jobs/?q=cook").text
    assert "&lt;mark&gt;<mark>Cook</mark>&lt;/mark&gt; &lt;script&gt;" in page
    assert "&lt;i&gt;<mark>Cook</mark>&lt;/i&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("<mark>") == page.count("</mark>")


def test_words_come_by_relevance_and_can_come_by_day(client):
    cook = PostingFactory(title="Cook", publish_at="2026-01-01T00:00Z", closes_on=None)
    PostingFactory(title="Driver", description="Brings the cook to work.")
    assert titles(client, "q=cook") == [cook.title, "Driver"]
    assert titles(client, "q=cook&sort=newest") == ["Driver", cook.title]


def test_equally_good_matches_come_newest_first(client):
    employer = EmployerFactory()
    for day in (3, 1, 2):
        PostingFactory(title="Cook", employer=employer, publish_at=f"2026-01-0{day}T00:00Z", closes_on=None)
    page = client.get("/jobs/?q=cook").context["page"]
    assert [posting.publish_at.day for posting in page.object_list] == [3, 2, 1]


@pytest.mark.parametrize("query", ["q=post", "sort=newest", "sort=pay&currency=EUR"])
def test_pages_show_each_posting_once_however_deep(client, settings, query):
    settings.POSTINGS_PER_PAGE = 2
    employer = EmployerFactory()
    for number in range(9):
        pay = {"pay_min": 1000, "pay_currency": "EUR", "pay_period": "year"} if number % 2 else {}
        PostingFactory(title=f"Post {number}", employer=employer, **pay)
    shown = [title for page in range(1, 6) for title in titles(client, f"{query}&page={page}")]
    assert sorted(shown) == [f"Post {number}" for number in range(9)]
    assert titles(client, f"{query}&page=999999") == shown[8:]


def test_the_plain_list_in_another_order_stands_at_the_address_of_the_plain_list(client):
    PostingFactory()
    page = client.get("/jobs/?sort=pay&currency=EUR").text
    assert '<link rel="canonical" href="https://careers.example.org/jobs/">' in page


def test_a_mistyped_word_leads_to_the_search_that_was_meant(client):
    for number in range(4):
        PostingFactory(title=f"Python developer {number}", level="senior")
    page = client.get("/jobs/?q=pyhton&level=senior").text
    assert 'Did you mean <a href="/jobs/?q=python&amp;level=senior"><bdi>python</bdi></a>?' in page
    assert "4 jobs" in page


def test_where_nothing_is_found_the_page_says_what_to_leave_away(client):
    PostingFactory(title="Cook", level="senior", workplace="remote")
    PostingFactory(title="Cook", level="senior", workplace="hybrid")
    response = client.get("/jobs/?q=cook&level=junior&workplace=remote&workplace=hybrid")
    suggestions = response.context["results"].suggestions
    assert [(link.words, link.query, link.total) for link in suggestions.fewer_filters] == [
        ("if you remove Level: Junior", "q=cook&workplace=remote&workplace=hybrid", 2)
    ]
    assert "2 jobs" in response.text
    assert "if you remove Level: Junior" in response.text


def test_where_no_job_has_all_words_jobs_without_some_are_shown_and_the_words_are_named(client):
    PostingFactory(title="Cook")
    response = client.get("/jobs/?q=cook+lighthouse+unicorn&sort=newest")
    assert [posting.title for posting in response.context["page"].object_list] == ["Cook"]
    assert response.context["results"].dropped == ("lighthouse", "unicorn")
    assert (
        "No job has all of these words. We searched without “<bdi>lighthouse</bdi>”, “<bdi>unicorn</bdi>”."
        in response.text
    )
    assert client.get("/jobs/feed.json?q=cook+lighthouse").json()["items"] == []  # a feed keeps to the whole search


@each("words", ["data -engineer", 'data -"data engineer"', "-engineer data", "lighthouse data -engineer", "data -eng*"])
def test_what_is_excluded_is_never_shown_in_place_of_nothing(client, words):
    PostingFactory(title="Data Engineer")
    response = client.get("/jobs/", {"q": words})
    assert response.context["page"].object_list == []
    assert response.context["results"].dropped == ()


def test_a_shorter_search_still_excludes(client):
    PostingFactory(title="Data Engineer")
    PostingFactory(title="Data Analyst")
    response = client.get("/jobs/?q=data+lighthouse+-engineer")
    assert [posting.title for posting in response.context["page"].object_list] == ["Data Analyst"]
    assert response.context["results"].dropped == ("lighthouse",)


def test_a_likelier_spelling_comes_before_fewer_words(client):
    PostingFactory.create_batch(3, title="Machine learning engineer")
    response = client.get("/jobs/?q=machne+lerning")
    assert (response.context["page"].paginator.count, response.context["results"].dropped) == (0, ())
    assert "q=machine+learning" in response.text


@pytest.mark.parametrize("typed", ["😀", "---", "***"])
def test_keywords_without_letters_find_nothing_and_the_page_says_so(client, typed):
    PostingFactory(title="Cook")
    response = client.get("/jobs/", {"q": typed})
    assert response.context["page"].paginator.count == 0
    assert "We can’t search for these keywords." in response.text


def test_each_search_that_is_offered_gives_the_number_it_promises(client):
    for number in range(4):
        PostingFactory(title="Python developer", level="senior" if number % 2 else "junior")
    PostingFactory(title="Welder", level="lead")
    for query in ("q=pyton+welder&level=lead", "q=pyton", "q=developer&level=lead", "q=pyton&level=lead"):
        suggestions = client.get(f"/jobs/?{query}").context["results"].suggestions
        for link in filter(None, [suggestions.best_spelling, *suggestions.spellings, *suggestions.fewer_filters]):
            assert client.get(f"/jobs/?{link.query}").context["page"].paginator.count == link.total


HOSTILE = [
    '"', '"cook', 'cook"""', "((((", "[cook", "cook AND", "OR OR", "NOT", "title:cook", "cook^9", "cook~", "+cook", "--cook",
    "- -", "*", "c*", "cook* *", "\\", "a" * 5000, "cook " * 1000, '"' * 2000, "(a+)+$", "(?:.*)*" * 50, ".*.*.*.*cook",
    "[a-z]{1,99}{1,99}", "\u202ecook\u202c", "\u200f", "🍳", "👩‍🍳 cook", "\0", "cook\0cook", "%00",
    "<script>alert(1)</script>",
    "' OR 1=1 --", "${7*7}", "{{ cook }}", "ÇöÖk", "ｃｏｏｋ", "\u0301\u0301\u0301", "\ud800",
]  # fmt: skip


@pytest.fixture
def cook():
    return PostingFactory(title="Cook", description="A cook.")


@each("typed", HOSTILE)
def test_hostile_words_are_answered(client, cook, typed):
    response = client.get(f"/jobs/?q={quote(typed.encode('utf-8', 'surrogatepass'))}")
    assert response.status_code == 200
    assert response.context["results"].sort_links  # from the index or the database, a whole page
    assert "<script>alert" not in response.text
    assert "\0" not in response.text


@each(
    "typed",
    ['"cook', 'cook"""', "+cook", "\u202ecook\u202c", "👩‍🍳 cook", "ｃｏｏｋ", "ÇöÖk", "cook* *", "cook\0"],
)
def test_what_can_be_made_of_odd_words_is_found(client, cook, typed):
    assert titles(client, f"q={quote(typed)}") == ["Cook"]


EVERYTHING = (
    "q=word&role=role-x&employer=kiln&skill=s&country=DE&posted=30&workplace=remote&type=full_time&level=senior"
    "&pay=1000&pay=unstated&currency=EUR&sort=pay&page=2"
)


@pytest.mark.parametrize("query", ["", "q=word", "q=wrod", "q=word&level=junior", EVERYTHING])
@pytest.mark.parametrize("count", [1, 25])
def test_the_page_takes_few_queries(client, django_assert_max_num_queries, query, count):
    role, employer, skill = RoleFactory(title="role x"), EmployerFactory(name="kiln"), SkillFactory(name="s")
    for number in range(count):
        posting = PostingFactory(
            role=role, employer=employer, description="word", workplace="remote", employment_type="full_time", level="senior",
            pay_min=2000 + number, pay_currency="EUR", pay_period="year",
        )  # fmt: skip
        posting.skills.add(skill)
        PostingPlaceFactory(posting=posting)
        RemoteCountryFactory(posting=posting)
    client.get("/jobs/?sort=newest&q=warm")  # brings the index to the newest change
    with django_assert_max_num_queries(7):  # one for the footer, which is kept outside of transactions
        response = client.get(f"/jobs/?{query}")
    is_marked = "q=word" in query and bool(response.context["page"].object_list)
    assert (b"<mark>word</mark>" in response.content) == is_marked


@pytest.mark.django_db(transaction=True)
def test_names_in_facets_are_looked_up_once_and_follow_each_change(client, settings, django_assert_num_queries):
    settings.KEPT_PAGES_MEGABYTES = 0
    house, mill = (EmployerFactory(name=name) for name in ("House", "Mill"))
    for employer in (house, mill):
        PostingFactory(employer=employer)
    client.get("/jobs/")

    def employers():
        facets = client.get("/jobs/").context["results"].facets
        return {option.label: option.value for facet in facets if facet.name == "employer" for option in facet.options}

    with django_assert_num_queries(2):  # the change counter, and the footer because no page is kept
        assert employers() == {"House": "house", "Mill": "mill"}
    mill.name, mill.slug = "Windmill", "windmill"
    mill.save()
    assert employers() == {"House": "house", "Windmill": "windmill"}
    Employer.objects.filter(pk=house.pk).update(name="Cottage")
    assert employers() == {"Cottage": "house", "Windmill": "windmill"}


@pytest.mark.django_db(transaction=True)
def test_an_extract_is_without_the_signs_of_markdown_and_a_match_in_an_address_is_none(client):
    link = "See [the **needle** page](https://a.example/thimble)"
    PostingFactory(description="# Alpha\n\n" + "- alpha *beta* alpha\n" * 50 + f"\n> {link} and " + "omega " * 100)
    extract = re.search(r'"card-extract"><bdi>(.*?)</bdi>', client.get("/jobs/?q=needle").text)[1]
    assert re.fullmatch(r"…((alpha|beta) )+See the <mark>needle</mark> page and( omega)+…", extract)
    assert "card-extract" not in client.get("/jobs/?q=thimble").text


@pytest.mark.django_db(transaction=True)
def test_cards_are_read_once_and_follow_each_change(client, settings, django_assert_num_queries):
    settings.KEPT_PAGES_MEGABYTES = 0
    posting = PostingFactory(
        title="Baker of {bread}", employer=EmployerFactory(name="Mill"), description="We bake bread."
    )
    place = PostingPlaceFactory(posting=posting)
    marked, _ = client.get("/jobs/?q=bread").text, client.get("/jobs/")
    with django_assert_num_queries(6):  # the change counter twice a page: for the search and for the footer
        assert client.get("/jobs/?q=bread").text == marked
        plain = client.get("/jobs/").text
        other = client.get("/jobs/?q=bake").text
    assert "Baker of {<mark>bread</mark>}" in marked
    assert "Baker of {bread}" in plain
    assert "card-extract" not in plain
    assert "We <mark>bake</mark> bread." in other

    changes = [
        ("<bdi>Windmill</bdi>", lambda: Employer.objects.update(name="Windmill")),
        ("Lyon, France", lambda: type(place).objects.update(country="FR", subdivision="", city="Lyon")),
        ("<bdi>Cook</bdi>", lambda: Posting.objects.update(title="Cook")),
    ]
    for words, change in changes:
        assert words not in client.get("/jobs/").text
        change()
        assert words in client.get("/jobs/").text


def test_a_full_page_is_small(client):
    words = [
        "machine",
        "learning",
        "models",
        "data",
        "pipelines",
        "platform",
        "services",
        "customers",
        "research",
        "teams",
        "engineer",
    ]
    for number in range(25):
        text = " ".join(words[(number * 7 + step * step + step // 5) % 11] for step in range(300))
        posting = PostingFactory(
            title=f"Senior {words[number % 11]} engineer {number}", role=RoleFactory(), description=text, level="senior",
            workplace="hybrid", pay_min=50_000 + 1000 * number, pay_max=90_000, pay_currency="EUR", pay_period="year",
        )  # fmt: skip
        PostingPlaceFactory(posting=posting)
    page = client.get("/jobs/?q=data+engineer").content
    assert page.count(b"card-extract") == 20
    assert len(gzip.compress(page)) < 20_000
    assert len(re.findall(rb"<mark>", page)) > 40


def test_an_extract_reads_no_more_than_the_head_of_a_text(client):
    posting = PostingFactory(description="cook " + "x" * 100_000)
    [card] = client.get("/jobs/?q=cook").context["page"].object_list
    assert [len(text) for text in card.card_texts if text] == [4000]
    assert card.get_deferred_fields() >= set(Posting.TEXT_FIELDS)
    assert card == posting
