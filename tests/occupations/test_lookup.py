import pytest
from django.urls import reverse

from careers.occupations.lookup import Loaded, code_prefix, find_occupations, title_matches
from careers.occupations.models import Occupation
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def occupation(title, *others, **fields):
    """An occupation with other titles."""
    made = factories.OccupationFactory(title=title, **fields)
    for other in others:
        factories.OccupationTitleFactory(occupation=made, title=other)
    return made


def found(words):
    """[(occupation, the title to name)] in order."""
    result = find_occupations(words, Occupation.objects.listed())
    return [(match.occupation.title, match.title) for match in title_matches([*result.exact, *result.others], words)]


def titles(words):
    return [title for title, _ in found(words)]


def index(client, **query):
    return client.get(reverse("occupations:index"), query)


def text(response):
    return " ".join(response.content.decode().split())


# -- Finding


def test_every_occupation_that_bears_a_title_is_found_by_it():
    occupation("Data Scientists", "Machine Learning Engineer")
    occupation("Computer Systems Architects", "Machine Learning Engineer", "Systems Engineer")
    occupation("Statisticians", "Biostatistician")
    assert found("machine learning engineer") == [
        ("Computer Systems Architects", "Machine Learning Engineer"),
        ("Data Scientists", "Machine Learning Engineer"),
    ]


@each("words", ["café-manager", "CAFE MANAGER", "  Cafe   manager ", "Café Manager!"])
def test_spelling_does_not_matter(words):
    occupation("Food Service Managers", "Café Manager")
    result = find_occupations(words, Occupation.objects.listed())
    assert len(result.exact) == 1


def test_exact_titles_come_before_beginnings_and_these_before_all_words():
    occupation("Zoo Keepers", "Data Analyst")
    occupation("Yard Workers", "Data Analyst, Senior")
    occupation("A First One", "Senior Data Quality Analyst")
    result = find_occupations("data analyst", Occupation.objects.listed())
    assert titles("data analyst") == ["Zoo Keepers", "Yard Workers", "A First One"]
    assert (len(result.exact), len(result.others)) == (1, 2)


def test_an_occupation_is_named_once_with_the_title_that_fits_best():
    occupation("Bakers", "Pastry Cook and Helper", "Pastry Cook", "Head Pastry Cook")
    assert found("pastry cook") == [("Bakers", "Pastry Cook")]


def test_an_occupation_whose_own_title_fits_names_no_other():
    occupation("Data Scientists", "Data Scientist, Lead", "Senior Data Scientist")
    assert found("data scientist") == [("Data Scientists", "")]


def test_of_equals_the_own_title_comes_first():
    occupation("Actors", "Bakery Helper")
    occupation("Bakery Workers")
    assert titles("bakery") == ["Bakery Workers", "Actors"]


def test_every_word_begins_a_word_of_one_title():
    occupation("Bakers", "Night Baker", "Bread Maker")
    assert titles("bak nig") == ["Bakers"]
    assert titles("night bread") == []
    assert titles("aker") == []


def test_a_reported_title_is_known_as_such():
    title = factories.OccupationTitleFactory(title="Dough Puncher", kind="reported")
    match = title_matches(find_occupations("dough puncher", Occupation.objects.listed()).exact, "dough puncher")[0]
    assert (match.occupation, match.title, match.is_reported) == (title.occupation, "Dough Puncher", True)


def test_what_was_withdrawn_is_not_found():
    later = factories.ReleaseFactory()
    occupation("Typists", "Copy Typist", withdrawn_in=later)
    factories.OccupationTitleFactory(title="Copy Typist", withdrawn_in=later)
    mixed = occupation("Clerks", "Copy Clerk")
    factories.OccupationTitleFactory(title="Copy", occupation=mixed, withdrawn_in=later)
    assert found("copy typist") == []
    assert found("copy") == [("Clerks", "Copy Clerk")]


@each("words", ["15-2051", "15-20", "15–2051.00", " 15-2051.0 "])
def test_a_code_or_its_beginning_finds_occupations(words):
    occupation("Data Scientists", code="15-2051.00")
    occupation("Actuaries", "Manager 15-20", code="11-2011.00")
    factories.OccupationFactory(soc=True, code="15-2051", title="Data Scientists, all")
    assert found(words) == [("Data Scientists", "")]


def test_digits_are_the_start_of_a_code():
    occupation("Buyers", code="13-1511.00")
    occupation("Data Scientists", code="15-2051.00")
    assert titles("15") == ["Data Scientists"]


def test_codes_stand_in_their_order():
    occupation("A Later One", code="15-2051.01")
    occupation("Data Scientists", code="15-2051.00")
    assert titles("15-2051") == ["Data Scientists", "A Later One"]


@each(
    ("words", "code"),
    [
        ("15", "15"),
        ("15-2051.00", "15-2051.00"),
        ("15−20", "15-20"),
        ("1", ""),
        ("15-20511", ""),
        ("baker", ""),
        ("", ""),
    ],
)
def test_what_counts_as_a_code(words, code):
    assert code_prefix(words) == code


@each("words", ["", "!!!", "%", "_", "'; --", "🎸", "a" * 200, "مهندس", "机器"])
def test_odd_words_find_nothing_and_break_nothing(words, client):
    occupation("Bakers")
    assert found(words) == []
    assert index(client, q=words).status_code == 200


def test_a_title_in_another_script_is_found():
    occupation("Engineers", "مهندس تعلم الآلة")
    assert titles("مهندس") == ["Engineers"]


# -- Guides


def test_a_guide_leads_the_page_and_an_occupation_names_the_guides_linked_to_it(client):
    role = factories.RoleFactory(title="Machine Learning Engineer")
    link = factories.OccupationLinkFactory(role=factories.RoleFactory(title="Data Scientist"))
    draft = factories.OccupationLinkFactory(role__draft=True, role__title="Secret guide", occupation=link.occupation)
    factories.OccupationTitleFactory(occupation=link.occupation, title="Machine Learning Engineer")
    page = text(index(client, q="machine learning engineer"))
    assert page.index(role.get_absolute_url()) < page.index(link.occupation.get_absolute_url())
    assert f'Guide: <a href="{link.role.get_absolute_url()}">' in page
    assert draft.role.title not in page


# -- The page


def test_a_title_says_of_how_many_occupations_it_is_one_and_shows_all(client):
    for number in range(25):
        occupation(f"Occupation of operators {number}", "Machine Operator")
    page = text(index(client, q="machine operator"))
    assert "“<bdi>machine operator</bdi>” is a job title in 25 occupations" in page
    assert page.count("Alternate title: <bdi>Machine Operator</bdi>") == 25


def test_other_matches_are_paged_and_the_page_stands_in_the_address(client):
    occupation("Bakers", "Baker")
    for number in range(25):
        occupation(f"Occupation {number:02}", "Baker of bread")
    first, second = index(client, q="baker"), index(client, q="baker", page="2")
    assert (len(first.context["exact"]), len(first.context["others"])) == (1, 20)
    assert (len(second.context["exact"]), len(second.context["others"])) == (0, 5)
    assert "26 occupations for" in text(second)
    assert "?q=baker&amp;page=2" in text(first)
    assert index(client, q="baker", page="99").context["page"].number == 2


def test_job_zones_narrow_the_search_and_repeats_mean_or(client):
    zones = [factories.JobZoneFactory(zone=str(number)) for number in (1, 2, 3)]
    for zone in zones:
        occupation(f"Bakers {zone.zone}", "Baker", job_zone=zone)

    def shown(**query):
        return sorted(match.occupation.title for match in index(client, q="baker", **query).context["exact"])

    assert shown(zone="1") == ["Bakers 1"]
    assert shown(zone=["1", "3"]) == ["Bakers 1", "Bakers 3"]
    assert shown(zone=["9", "<b>"]) == ["Bakers 1", "Bakers 2", "Bakers 3"]


def test_a_code_of_the_soc_leads_to_where_its_pay_is_published(client):
    occupation("Data Scientists", code="15-2051.00")
    factories.OccupationFactory(soc=True, code="15-2051", title="Data Scientists")
    assert 'href="/occupations/15-2051/"' in text(index(client, q="15-2051"))
    assert 'href="/occupations/15-2051/"' not in text(index(client, q="15-205"))


def test_without_words_the_page_leads_by_field_of_work(client):
    occupation("Data Scientists", code="15-2051.00")
    occupation("Actuaries", code="15-2011.00")
    occupation("Bakers", code="51-3011.00")
    occupation("Typists", code="43-9022.00", withdrawn_in=factories.ReleaseFactory())
    assert index(client).context["groups"] == [("15", "Computer and Mathematical", 2), ("51", "Production", 1)]
    page = text(index(client, group="15"))
    assert page.index("Actuaries") < page.index("Data Scientists")
    assert "Bakers" not in page


def test_fields_of_work_narrow_the_list_and_repeats_mean_or(client):
    for title, code in (("Managers", "11-1021.00"), ("Actuaries", "15-2011.00"), ("Bakers", "51-3011.00")):
        occupation(title, code=code)

    def shown(*groups):
        return [found.title for found in index(client, group=groups).context["page"].object_list]

    assert shown("11") == ["Managers"]
    assert shown("51", "15") == ["Actuaries", "Bakers"]
    assert shown("99", "51") == ["Bakers"]


def test_an_empty_database_says_so_kindly(client):
    assert "No occupations yet" in text(index(client))
    assert "No occupation found" in text(index(client, q="baker"))
    assert "No occupation matches" in text(index(client, group="15"))


def test_the_index_says_how_many_occupations_are_loaded_and_where_the_others_are(client, monkeypatch):
    occupation("Bakers")
    assert "This site has the 1 O*NET occupation closest to our guides, out of 1,016" in text(index(client))
    assert "0 occupations for “<bdi>nurse aide</bdi>”. This site has 1 of 1,016" in text(index(client, q="nurse aide"))
    assert 'href="https://www.onetonline.org/find/quick?s=nurse%20aide"' in text(index(client, q="nurse aide"))
    monkeypatch.setattr(Loaded, "is_extract", False)
    assert "1 occupation from the O*NET database." in text(index(client))
    assert "onetonline" not in text(index(client, q="nurse aide"))


def test_what_is_not_found_leads_to_the_nearest_titles(client):
    for title in ("Registered Nurses", "Nursery Workers", "Bakers", "Database Administrators"):
        occupation(title)
    found = index(client, q="nurse practicioner")
    assert [nearest.title for nearest in found.context["nearest"]] == ["Nursery Workers", "Registered Nurses"]
    assert "All 4 occupations here" in text(found)
    assert [nearest.title for nearest in index(client, q="databse admin").context["nearest"]] == [
        "Database Administrators"
    ]
    assert index(client, q="baker").context["nearest"] == []


def test_where_no_title_is_near_the_fields_of_work_are_offered(client):
    occupation("Data Scientists", code="15-2051.00")
    page = text(index(client, q="nurse"))
    assert "Nothing close to “<bdi>nurse</bdi>”. Browse by field of work" in page
    assert '<a href="/occupations/?group=15">Computer and Mathematical</a> <span class="count">1</span>' in page
    assert index(client, q="data").context["fields"] == []


def test_a_search_that_its_filters_empty_can_be_repeated_without_them(client):
    occupation("Bakers", code="51-3011.00")
    assert '<a href="/occupations/?q=baker">Search without the filters</a>' in text(
        index(client, q="baker", group="15")
    )


def test_only_the_whole_index_is_for_search_engines(client):
    occupation("Bakers", code="51-3011.00")
    assert 'rel="canonical"' in text(index(client))
    assert "noindex" not in text(index(client))
    for query in ({"q": "baker"}, {"group": "51"}):
        assert 'content="noindex, follow"' in text(index(client, **query))
        assert 'rel="canonical"' not in text(index(client, **query))


@each("name", ["q", "zone", "group", "page", "other"])
@each("value", ["<script>alert(1)</script>", "\0", "-1", "9" * 30, "' OR 1=1 --", "%00"])
def test_odd_values_are_answered_and_never_echoed_raw(client, name, value):
    occupation("Bakers")
    response = index(client, **{name: value})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_search_asks_the_same_few_questions_whatever_it_finds(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def rows(number):
        for _ in range(number):
            link = factories.OccupationLinkFactory(role__title=f"Baker {factories.RoleFactory().pk}")
            factories.OccupationTitleFactory(occupation=link.occupation, title="Baker")
            factories.OccupationTitleFactory(title="Baker of bread")
            factories.AlternateTitleFactory(title="Baker")

    rows(2)
    with django_assert_max_num_queries(12) as few:
        index(client, q="baker")
    rows(6)
    with django_assert_num_queries(len(few)):
        index(client, q="baker")
