"""Occupations in the admin: found by every name, shown in full, changed by nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.postgres]

LIST = "/admin/occupations/occupation/"
BOX = {"app_label": "roles", "model_name": "occupationlink", "field_name": "occupation"}


def change(occupation):
    return reverse("admin:occupations_occupation_change", args=[occupation.pk])


@pytest.fixture
def found(as_group):
    """found(q=...) -> the titles in the list, in order."""
    client = as_group("contributor")

    def ask(**query):
        return [row.title for row in client.get(LIST, query).context["cl"].result_list]

    return ask


def test_the_list_says_how_many_are_loaded_and_how_to_load_all(as_group):
    factories.OccupationFactory()
    page = " ".join(as_group("contributor").get(LIST).content.decode().split())
    assert "1 of 1,016 O*NET occupations loaded. To load all," in page
    assert "manage.py import_onet FOLDER --commit" in page


def test_ratings_of_skills_are_listed_with_their_cautions(as_group):
    occupation = factories.OccupationFactory()
    factories.OccupationSkillFactory(occupation=occupation, name="Science", is_suppressed=True, lower_bound="3.5")
    factories.OccupationSkillFactory(occupation=occupation, name="Repairing", scale="LV", rating=0, is_irrelevant=True)
    tables = {table.heading: table for table in as_group("contributor").get(change(occupation)).context["tables"]}
    rows = tables["Skills"].rows
    assert rows[0][:3] == ["Science", "Importance, 1 to 5", "4.12"]
    assert "O*NET advises against using it" in rows[0]
    assert "not relevant" in rows[1]


class TestList:
    @pytest.fixture(autouse=True)
    def occupations(self, db):
        data = factories.OccupationFactory(code="15-2051.00", title="Data Scientists")
        research = factories.OccupationFactory(code="15-1221.00", title="Research Scientists")
        factories.OccupationFactory(code="47-2111.00", title="Électriciens")
        for occupation in (data, research):
            factories.OccupationTitleFactory(occupation=occupation, title="Machine Learning Engineer")
            factories.OccupationTitleFactory(occupation=occupation, title="Machine Learner")

    @each(
        ("words", "titles"),
        [
            ("15-2051", ["Data Scientists"]),
            ("15-", ["Research Scientists", "Data Scientists"]),
            ("scientists DATA", ["Data Scientists"]),
            ("machine-learning engineer", ["Research Scientists", "Data Scientists"]),
            ("electriciens", ["Électriciens"]),
            ("Machine Scientists", []),
            ("%", []),
            ("\x00", ["Research Scientists", "Data Scientists", "Électriciens"]),
        ],
    )
    def test_an_occupation_is_found_by_code_title_and_other_titles_each_once(self, found, words, titles):
        assert found(q=words) == titles

    def test_a_title_that_was_withdrawn_finds_nothing(self, found):
        occupation = factories.OccupationFactory()
        factories.OccupationTitleFactory(
            occupation=occupation, title="Gone title", withdrawn_in=factories.ReleaseFactory()
        )
        assert found(q="gone title") == []

    def test_the_filters_part_the_list(self, found):
        zone = factories.JobZoneFactory(zone="4")
        withdrawn = factories.OccupationFactory(
            code="11-1111.00", title="Withdrawn", withdrawn_in=factories.ReleaseFactory(), job_zone=zone
        )
        factories.OccupationFactory(soc=True, code="15-2051", title="SOC")
        factories.OccupationLinkFactory(occupation=withdrawn)
        factories.OccupationLinkFactory(occupation=withdrawn)
        assert found(scheme__exact="soc") == ["SOC"]
        assert found(current="no") == ["Withdrawn"]
        assert found(guide="yes") == ["Withdrawn"]
        assert "Withdrawn" not in found(guide="no")
        assert found(job_zone__id__exact=zone.pk) == ["Withdrawn"]
        assert found(group="47") == ["Électriciens"]
        assert found(group="99; DROP") == []

    def test_o_net_comes_before_soc(self, found):
        factories.OccupationFactory(soc=True, code="11-1011", title="SOC")
        assert found()[-1] == "SOC"

    def test_the_questions_asked_do_not_grow_with_the_rows(self, as_group, django_assert_max_num_queries):
        client = as_group("editor")

        def asked():
            with django_assert_max_num_queries(20) as queries:
                client.get(LIST, {"q": "title"})
            return len(queries)

        asked()
        few = asked()
        for _ in range(20):
            factories.OccupationTitleFactory(
                occupation=factories.OccupationFactory(withdrawn_in=factories.ReleaseFactory())
            )
        assert asked() == few


class TestChoiceBox:
    def choices(self, client, term):
        rows = client.get("/admin/autocomplete/", {**BOX, "term": term}).json()["results"]
        return [row["text"] for row in rows]

    def test_the_same_title_comes_before_those_that_list_it_and_o_net_before_soc(self, as_group):
        factories.OccupationFactory(soc=True, code="15-2051", title="Data Scientists")
        lists = factories.OccupationFactory(code="13-1111.00", title="Analysts")
        factories.OccupationTitleFactory(occupation=lists, title="Data Scientist")
        factories.OccupationFactory(code="11-9199.00", title="Data Scientist Supervisors")
        factories.OccupationFactory(code="15-2051.00", title="Data Scientists")
        assert self.choices(as_group("contributor"), "data scientist") == [
            "Data Scientists (15-2051.00)", "Data Scientists (15-2051)", "Analysts (13-1111.00)",
            "Data Scientist Supervisors (11-9199.00)",
        ]  # fmt: skip

    def test_groups_and_withdrawn_occupations_are_no_choice(self, as_group):
        factories.OccupationFactory(soc=True, code="15-0000", title="Computer Occupations", level="major")
        factories.OccupationFactory(title="Computer Gone", withdrawn_in=factories.ReleaseFactory())
        assert self.choices(as_group("contributor"), "computer") == []

    @each("term", ["", "\x00", "%", "日本語", "a" * 5000, "'\""])
    def test_odd_terms_break_nothing(self, as_group, term):
        factories.OccupationFactory()
        assert as_group("contributor").get("/admin/autocomplete/", {**BOX, "term": term}).status_code == 200


class TestPage:
    @pytest.fixture
    def occupation(self, db):
        occupation = factories.OccupationFactory(code="15-1299.08", title="Engineers", soc_code="15-1299")
        later = factories.ReleaseFactory(version="30.2")
        factories.OccupationTaskFactory(occupation=occupation, text="Sketch <b>plans</b>.")
        factories.OccupationTaskFactory(occupation=occupation, text="Done no more.", withdrawn_in=later)
        factories.OccupationTechnologyFactory(occupation=occupation, name="Hammer", is_hot=True)
        factories.OccupationTitleFactory(occupation=occupation, title="Sketcher", kind="reported")
        factories.EducationShareFactory(occupation=occupation, percent=None)
        factories.RelatedOccupationFactory(occupation=occupation, to_occupation__title="Drafters")
        soc = factories.OccupationFactory(soc=True, code="15-1299", title="Computer occupations, all other")
        factories.OfficialPayFactory(
            occupation=soc, source=factories.SourceFactory(), median=116580, absences={"p90": "suppressed"}
        )
        factories.OfficialOutlookFactory(occupation=soc, annual_openings=None)
        return occupation

    def test_everything_that_is_known_is_shown_withdrawn_rows_too(self, as_group, occupation):
        page = as_group("contributor").get(change(occupation))
        tables = {table.heading: table for table in page.context["tables"]}
        assert list(tables) == [
            "Pay", "Outlook", "Tasks", "Technologies", "Education", "Related occupations", "Other titles",
        ]  # fmt: skip
        assert [row[-1] for row in tables["Tasks"].rows] == ["", "withdrawn in O*NET 30.2"]
        html = page.content.decode()
        for text in ("Sketch &lt;b&gt;plans&lt;/b&gt;.", "Hammer", "Sketcher", "Drafters", "$116,580", "12.5%"):
            assert text in html

    def test_a_figure_that_is_missing_says_why_and_is_never_0(self, as_group, occupation):
        tables = {table.heading: table for table in as_group("editor").get(change(occupation)).context["tables"]}
        row = dict(zip(tables["Pay"].columns, tables["Pay"].rows[0], strict=True))
        assert (row["Mean"], row["90%"], row["People"]) == ("no data", "not published", "no data")
        assert tables["Outlook"].rows[0][3] == "no data"
        assert tables["Education"].rows[0][1] == "no data"

    def test_the_questions_asked_do_not_grow_with_what_is_known(
        self, as_group, occupation, django_assert_max_num_queries
    ):
        client = as_group("editor")
        client.get(change(occupation))
        with django_assert_max_num_queries(40) as few:
            client.get(change(occupation))
        for _ in range(25):
            for part in (
                factories.OccupationTaskFactory,
                factories.OccupationTechnologyFactory,
                factories.OccupationTitleFactory,
                factories.RelatedOccupationFactory,
            ):
                part(occupation=occupation)
            factories.OccupationLinkFactory(occupation=occupation)
        with django_assert_max_num_queries(40) as many:
            client.get(change(occupation))
        assert len(many) == len(few)

    def test_the_guides_that_build_on_it_are_named(self, as_group, occupation):
        link = factories.OccupationLinkFactory(occupation=occupation, role__title="Sketch Artist")
        html = as_group("contributor").get(change(occupation)).content.decode()
        assert reverse("admin:roles_role_change", args=[link.role.pk]) in html
        assert "Sketch Artist" in html

    @pytest.mark.parametrize("pk", ["abc", "9" * 40, "\x00", "999999"])
    def test_an_occupation_that_never_was_is_no_fault(self, as_group, pk):
        assert as_group("editor").get(f"{LIST}{pk}/change/").status_code in (302, 404)

    def test_readers_page_is_linked_for_current_occupations_of_o_net(self, as_group, occupation):
        gone = factories.OccupationFactory(withdrawn_in=factories.ReleaseFactory())
        soc = factories.OccupationFactory(soc=True)
        client = as_group("editor")
        assert b"View on site" in client.get(change(occupation)).content
        for hidden in (gone, soc):
            assert b"View on site" not in client.get(change(hidden)).content


class TestImports:
    def test_a_run_shows_its_state_how_long_it_took_and_its_report(self, as_group):
        run = factories.ImportRunFactory(report="tasks: 3 added\n<none> withdrawn")
        run.ended_at = run.started_at + timedelta(seconds=12.3)
        run.save()
        client = as_group("contributor")
        assert "12.3 seconds" in client.get("/admin/occupations/importrun/").content.decode()
        page = client.get(reverse("admin:occupations_importrun_change", args=[run.pk])).content.decode()
        assert "tasks: 3 added\n&lt;none&gt; withdrawn</pre>" in page

    def test_a_run_that_goes_on_and_one_that_broke_off_have_no_end(self, as_group):
        factories.ImportRunFactory(state="running")
        factories.ImportRunFactory(state="abandoned")
        page = as_group("contributor").get("/admin/occupations/importrun/").content.decode()
        assert "so far" in page
        assert "not known" in page
