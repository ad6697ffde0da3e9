import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.search.pay_question import read_pay_question
from tests import factories
from tests.cases import each
from tests.markup import text_of
from tests.occupations.published import linked, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def search(client, words):
    return client.get(reverse("search"), {"q": words})


def groups(response):
    return {
        group.kind: [row.occupation.title if group.kind == "occupation" else str(row) for row in group.rows]
        for group in response.context["results"].groups
    }


def test_one_question_is_put_to_guides_postings_occupations_and_resources(client):
    role = factories.RoleFactory(title="Data engineer")
    factories.OccupationTitleFactory(title="Data Engineer", occupation__title="Data Warehousing Specialists")
    factories.PostingFactory(title="Data engineer wanted", role=role)
    factories.ResourceFactory(name="Data engineering course")
    found = groups(search(client, "data engineer"))
    assert found == {
        "role": ["Data engineer"],
        "posting": ["Data engineer wanted"],
        "occupation": ["Data Warehousing Specialists"],
        "resource": ["Data engineering course"],
    }


def test_a_guide_whose_title_matches_comes_before_one_that_mentions_the_words(client):
    factories.RoleFactory(title="Analyst", summary="Works with every data scientist.")
    by_other_title = factories.RoleFactory(title="Bean counter")
    factories.AlternateTitleFactory(role=by_other_title, title="Data scientist, junior")
    factories.RoleFactory(title="Senior data scientist")
    factories.RoleFactory(title="Data Scientist")
    assert groups(search(client, "data scientist"))["role"] == [
        "Data Scientist",
        "Senior data scientist",
        "Bean counter",
        "Analyst",
    ]


def test_what_readers_may_not_open_is_not_found(client):
    factories.RoleFactory(title="Secret role", draft=True)
    for trait in ("draft", "closed", "filled", "withdrawn", "scheduled"):
        factories.PostingFactory(title="Secret posting", **{trait: True})
    factories.ResourceFactory(name="Secret course", state="draft")
    factories.OccupationFactory(title="Secret occupation", withdrawn_in=factories.ReleaseFactory())
    factories.OccupationFactory(title="Secret category", soc=True)
    response = search(client, "secret")
    assert groups(response) == {"role": [], "posting": [], "occupation": [], "resource": []}
    assert "Nothing found" in response.content.decode()


def test_each_group_says_how_many_there_are_and_leads_to_the_same_list(client):
    factories.PostingFactory.create_batch(7, title="Baker & cook")
    response = search(client, "baker & cook")
    group = response.context["results"].groups[1]
    assert (group.count, len(group.rows)) == (7, 5)
    address = unescape(re.search(r'href="([^"]+)">Show all 7<', response.content.decode())[1])
    assert address == "/jobs/?q=baker+%26+cook"
    assert client.get(address).context["page"].paginator.count == 7


def test_a_title_of_several_occupations_is_led_to_all_of_them_below_the_guide(client):
    role = factories.RoleFactory(title="Machine Learning Engineer")
    for title in ("Data Scientists", "Computer Scientists", "Systems Architects"):
        factories.OccupationTitleFactory(title="Machine Learning Engineer", occupation__title=title)
    factories.OccupationTitleFactory(title="Senior Machine Learning Engineer", occupation__title="Others")
    response = search(client, "machine-learning engineer")
    assert groups(search(client, "machine learning engineer"))["role"] == [str(role)]
    assert groups(response)["occupation"] == ["Computer Scientists", "Data Scientists", "Systems Architects"]
    text = response.content.decode()
    assert "</bdi>” is a job title in 3 occupations." in text
    address = unescape(re.search(r'href="(/occupations/[^"]+)">Show all 4<', text)[1])
    assert client.get(address).context["found"].count == 4


def test_an_empty_question_asks_for_one(client):
    for address in ("/search/", "/search/?q=", "/search/?q=%20%00"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Type a role, a skill" in response.content.decode()


@each("words", ["<script>alert(1)</script>", "a" * 5000, "x\0y", "' OR 1=1 --", "%", "_", "مهندس", "机器", "🎸"])
def test_odd_questions_are_answered_and_shown_as_text(client, words):
    factories.RoleFactory(title="Engineer")
    response = search(client, words)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("title", ["مهندس تعلم الآلة", "机器学习工程师", "Guitar 🎸 star", "R&D lead"])
def test_titles_in_any_script_are_found(client, title):
    factories.RoleFactory(title=title)
    assert groups(search(client, title))["role"] == [title]


def test_search_results_stay_out_of_search_engines(client):
    assert b'content="noindex, follow"' in search(client, "x").content


def test_the_search_asks_the_same_few_questions_whatever_it_finds(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def rows(number):
        for _ in range(number):
            role = factories.RoleFactory(summary="Findable work.")
            factories.PostingPlaceFactory(posting=factories.PostingFactory(role=role, description="Findable."))
            factories.ResourceFactory(summary="Findable things.")
            title = factories.OccupationTitleFactory(title="Findable person")
            factories.OccupationLinkFactory(role=role, occupation=title.occupation)

    rows(2)
    with django_assert_max_num_queries(15) as few:
        search(client, "findable")
    rows(6)
    with django_assert_num_queries(len(few)):
        search(client, "findable")


@each("words", ["😀", "---", "***", "?!"])
def test_words_without_letters_find_nothing_and_the_page_says_so(client, words):
    factories.RoleFactory(title="Engineer")
    response = search(client, words)
    assert response.context["results"].total == 0
    assert "We can’t search for these keywords." in response.text


# -- From the index


@pytest.fixture
def in_index(client, own_index, caplog):
    """in_index(words) -> the response, which the index gave."""

    def asked(words):
        response = search(client, words)
        assert "without the index" not in caplog.text
        own_index.turn()
        return response

    return asked


@pytest.fixture(params=["in_index", "database"])
def asked(request, client):
    """Inside a transaction, as tests are, the index does not answer: then the database does."""
    return request.getfixturevalue("in_index") if request.param == "in_index" else lambda words: search(client, words)


@pytest.mark.parametrize("words", ["ML engineer", "mle", "MLE", "ml  Engineer", "ml engineers"])
def test_another_title_leads_to_its_guide_first_and_says_why(in_index, words):
    guide = factories.RoleFactory(title="Machine Learning Engineer")
    for title in ("ML Engineer", "MLE"):
        factories.AlternateTitleFactory(role=guide, title=title)
    factories.RoleFactory(title="Engineer of ML", summary="ML engineers, MLE, ml engineer, mle.")
    page = in_index(words)
    assert groups(page)["role"][0] == "Machine Learning Engineer"
    assert re.search(r"Also called “<bdi>ML(E| Engineer)</bdi>”", page.text)


def test_the_guide_of_the_very_title_is_the_best_answer(asked):
    factories.RoleFactory(title="Data Engineer Lead", summary="A data engineer who leads data engineers.")
    guide = factories.RoleFactory(title="Data Engineer")
    page = asked("data engineer")
    assert page.context["results"].best == guide
    assert groups(page)["role"] == ["Data Engineer", "Data Engineer Lead"]
    assert page.text.count("The guide for this title") == 1


def test_a_draft_is_no_best_answer(asked):
    guide = factories.RoleFactory(title="Secret role", draft=True)
    factories.AlternateTitleFactory(role=guide, title="Hush")
    for words in ("secret role", "hush"):
        assert asked(words).context["results"].best is None


def test_the_index_answers_with_what_readers_may_open(in_index):
    factories.RoleFactory(title="Secret role", draft=True)
    for trait in ("draft", "closed", "filled", "withdrawn", "scheduled"):
        factories.PostingFactory(title="Secret posting", **{trait: True})
    factories.ResourceFactory(name="Secret course", state="draft")
    assert in_index("secret").context["results"].total == 0


def test_the_count_of_each_group_is_that_of_the_list_it_leads_to(client, in_index):
    for number in range(7):
        role = factories.RoleFactory(title=f"Role {number}", summary="Plain.")
        factories.SectionFactory(role=role, body="Deals with *wicker* baskets.")
        factories.PostingFactory(title=f"Wicker {number}")
        factories.ResourceFactory(name=f"Wicker {number}")
    assert [group.count for group in in_index("wicker basket").context["results"].groups] == [7, 0, 0, 0]
    counts = {group.kind: group for group in in_index("wicker").context["results"].groups}
    assert len(client.get(counts["role"].address).context["page"].object_list) == 7
    for kind in ("posting", "resource"):
        assert client.get(counts[kind].address).context["page"].paginator.count == counts[kind].count == 7


def test_a_mistyped_word_leads_to_the_search_that_was_meant(in_index):
    factories.RoleFactory(title="Machine learning engineer")
    factories.ResourceFactory(name="Machine learning course")
    response = in_index("machne lerning")
    assert 'Did you mean <a href="/search/?q=machine%20learning"><bdi>machine learning</bdi></a>' in response.text


def test_occupations_alone_are_a_reason_to_suggest_a_spelling(in_index):
    factories.OccupationTitleFactory(title="Line Cook", occupation__title="Dough punchers")
    assert "q=dough" in in_index("duogh").text


def test_where_nothing_has_all_words_the_results_without_some_are_shown_and_the_words_are_named(in_index):
    posting = factories.PostingFactory(title="Data engineer")
    factories.PostingPlaceFactory(posting=posting, country="CA", city="Toronto")
    response = in_index("data engineer salary canada")
    assert groups(response)["posting"] == ["Data engineer"]
    assert "No result has all of these words. We searched without “<bdi>salary</bdi>”." in response.text


def test_occupations_are_searched_in_the_same_language(in_index):
    for title in ("Cooks, Restaurant", "Cooks, Fast Food", "Web Developers"):
        factories.OccupationFactory(title=title)
    factories.OccupationTitleFactory(title="Front End Developer", occupation__title="Designers")

    def occupations(words):
        return sorted(groups(in_index(words))["occupation"])

    assert occupations("cook -restaurant") == ["Cooks, Fast Food"]
    assert occupations("jobs for cooks") == ["Cooks, Fast Food", "Cooks, Restaurant"]
    assert occupations("frontend developer") == occupations("front-end developers") == ["Designers"]


@each("words", ["<script>alert(1)</script>", "a" * 5000, "x\0y", '"', "((", "-", "*", "مهندس", "🎸"])
def test_the_index_answers_odd_questions(in_index, words):
    factories.RoleFactory(title="Engineer")
    assert in_index(words).status_code == 200


def test_the_index_is_asked_with_the_same_few_queries_whatever_it_finds(
    in_index, django_assert_max_num_queries, django_assert_num_queries
):
    def rows(number):
        for _ in range(number):
            role = factories.RoleFactory(summary="Findable work.")
            factories.AlternateTitleFactory(role=role)
            factories.PostingPlaceFactory(posting=factories.PostingFactory(role=role, description="Findable."))
            factories.ResourceFactory(summary="Findable things.")
        in_index("findable")

    rows(2)
    with django_assert_max_num_queries(16) as few:
        in_index("findable")
    number = len(few)
    rows(3)
    with django_assert_num_queries(number):
        in_index("findable")


# -- Searches that ask for pay


@pytest.fixture
def engineer(db):
    """A guide with an official figure, and an open job in Canada."""
    guide = factories.RoleFactory(title="Data Engineer")
    linked(guide, "15-1243.00")
    official_pay(soc_occupation("15-1243"), median=120_230, p10=77_070, p90=195_550)
    posting = factories.PostingFactory(title="Data engineer", role=guide)
    factories.PostingPlaceFactory(posting=posting, country="CA", city="Toronto")
    return guide


PAY_SEARCHES = [
    "data engineer salary canada",
    "data engineer salary in Canada",
    "How much does a data engineer make in Canada?",
    "canada data engineer wages",
    "pay data engineers Toronto",
]


@pytest.mark.parametrize("words", PAY_SEARCHES)
def test_a_search_for_pay_leads_to_the_pay_of_the_guide_and_to_the_jobs_of_the_country(in_index, engineer, words):
    factories.RoleFactory(title="Analytics lead", summary="Leads every data engineer of a firm in Canada, Toronto.")
    page = in_index(words)
    assert [row.title for row in page.context["results"].pay.rows] == ["Data Engineer"]
    assert f'<a href="/roles/{engineer.slug}/#pay"><bdi>Data Engineer</bdi>: pay</a>' in page.text
    assert "Pay in Canada" in page.text
    assert "Official median: <strong>$120,230 a year</strong>, United States" in page.text
    assert "No figure for Canada." in page.text
    assert f'<a href="/jobs/?role={engineer.slug}&amp;country=CA">1 open job in Canada</a>' in page.text
    assert "Other results, without “" in page.text
    assert page.text.index("Pay in Canada") < page.text.index("found-posting")


def test_a_figure_of_the_guide_for_the_country_is_named(in_index, engineer):
    office = factories.SourceFactory(publisher="Statistics Canada")
    factories.PayClaimFactory(role=engineer, country="CA", currency="CAD", median=90_000, source=None)
    sourced = factories.PayClaimFactory(role=engineer, country="CA", currency="CAD", median=95_000, source=office)
    page = in_index("data engineer salary canada").text
    assert "<strong>Canada: median CA$95,000 a year</strong>, Statistics Canada" in page
    sourced.delete()
    page = in_index("data engineer salary canada").text
    assert re.search(r"Canada: median CA\$90,000 a year</strong> <span[^>]+>Unsourced<", page)
    assert "No figure for Germany." in in_index("data engineer salary germany").text
    page = in_index("data engineer salary usa")
    assert "Pay in the United States" in page.text
    assert "No figure for" not in page.text
    assert "No open jobs in the United States." in page.text


@each("words", ["data engineer", "data engineer canada", "salary", "-salary data engineer", '"pay" data engineer'])
def test_what_does_not_ask_for_pay_gets_no_answer_about_it(engineer, words):
    assert read_pay_question(words) is None


@each(
    ("words", "title", "country"),
    [
        ("nurse salary", "nurse", ""),
        ("average pay for machine learning engineers in the United States", "machine learning engineers", "US"),
        ("how much do nurses earn in New York", "nurses", "US"),
        ("welder wage per hour europe", "welder hour", ""),
        ("IT support pay", "IT support", ""),
        ("mobile developer salary", "mobile developer", ""),
        ("Canada welder wages", "welder", "CA"),
    ],
)
def test_the_title_and_the_place_are_read_from_the_words(words, title, country):
    question = read_pay_question(words)
    assert (question.title, question.country) == (title, country)


def test_without_a_guide_the_occupations_of_the_title_tell_their_pay(in_index):
    occupation = factories.OccupationTitleFactory(title="Nurse", occupation__title="Registered Nurses").occupation
    official_pay(soc_occupation(occupation.soc_code), median=93_600, p10=66_030, p90=135_320)
    page = in_index("nurse salary")
    assert "Official median: <strong>$93,600 a year</strong>, United States" in page.text
    assert "“<bdi>nurse</bdi>” is a job title in 1 occupation." in page.text
    assert f'<a href="{occupation.get_absolute_url()}#pay"><bdi>Registered Nurses</bdi>: pay</a>' in page.text


def test_a_question_about_pay_costs_the_same_for_many_guides(in_index, engineer, django_assert_num_queries):
    def ask():
        return in_index("engineer salary canada")

    factories.RoleFactory(title="Cloud Engineer")
    ask()
    with CaptureQueriesContext(connection) as few:
        assert len(ask().context["results"].pay.rows) == 2
    number = len(few)
    assert number <= 35
    linked(factories.RoleFactory(title="Audio Engineer"), "15-1243.01")
    ask()
    with django_assert_num_queries(number):
        assert len(ask().context["results"].pay.rows) == 3


# -- No dead ends


def test_a_search_that_finds_nothing_offers_the_nearest_titles_and_what_the_site_has(in_index):
    factories.RoleFactory(title="Nursing Assistant")
    factories.OccupationFactory(title="Registered Nurses")
    factories.OccupationFactory(title="Bakers")
    factories.PostingFactory.create_batch(2, role=None)
    page = in_index("nursemaid zyzzyva")
    text = text_of(page)
    assert "Nothing found" in text
    assert "Nearest titles Nursing Assistant Guide Registered Nurses Occupation See what we have" in text
    assert "1 role guide 2 open jobs 2 occupations" in text
    assert "0 resources" not in text
    for kind in page.context["results"].existing.kinds:
        assert kind.address in page.text


def test_where_something_is_found_that_is_enough(in_index):
    factories.RoleFactory(title="Baker")
    assert in_index("baker").context["results"].existing is None
