"""How well a guide's figures stand, in its form, in the lists of guides and of figures."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.roles.models import Section
from tests import factories
from tests.admin_pages import filled, form_data, said
from tests.cases import each

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/roles/role/"
THIS_YEAR = timezone.localdate().year


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def titles(client, **query):
    return [role.title for role in client.get(LIST, query).context["cl"].result_list]


@pytest.fixture
def source(db):
    return factories.SourceFactory()


class TestGuideList:
    @pytest.fixture(autouse=True)
    def _guides(self, source):
        half = factories.RoleFactory(title="Half")
        factories.PayClaimFactory(role=half, source=source, reference_year=THIS_YEAR - 9)
        factories.OutlookClaimFactory(role=half, base_year=THIS_YEAR, target_year=THIS_YEAR + 9)
        full = factories.RoleFactory(title="Full")
        factories.PayClaimFactory(role=full, source=source, reference_year=THIS_YEAR)
        bare = factories.RoleFactory(title="Bare")
        factories.PayClaimFactory(role=bare)
        factories.RoleFactory(title="Empty")
        third = factories.RoleFactory(title="Third")
        factories.PayClaimFactory.create_batch(2, role=third, reference_year=THIS_YEAR - 1)
        factories.OutlookClaimFactory(role=third, source=source, base_year=THIS_YEAR - 1)
        factories.OfficialPayFactory(occupation=factories.OccupationLinkFactory(role=half).occupation)

    def test_each_guide_says_how_many_of_its_own_figures_are_sourced_and_how_old_the_oldest_is(self, as_group):
        page = as_group("contributor").get(LIST)
        model_admin = page.context["cl"].model_admin
        shown = {
            role.title: (model_admin.sourced(role), model_admin.oldest_figure(role))
            for role in page.context["cl"].result_list
        }
        assert shown == {
            "Half": ("1 of 2", THIS_YEAR - 9),
            "Full": ("1 of 1", THIS_YEAR),
            "Bare": ("0 of 1", "undated"),
            "Empty": ("no figures", ""),
            "Third": ("1 of 3", THIS_YEAR - 1),
        }
        assert "count the guide's own figures" in page.content.decode()

    def test_the_list_is_sorted_by_the_share_and_by_the_year(self, as_group):
        client = as_group("editor")
        columns = list(client.get(LIST).context["cl"].list_display)
        by_share = titles(client, o=columns.index("sourced"))
        assert [title for title in by_share if title != "Empty"] == ["Bare", "Third", "Half", "Full"]
        by_year = titles(client, o=columns.index("oldest_figure"))
        assert [title for title in by_year if title not in ("Empty", "Bare")] == ["Half", "Third", "Full"]

    @each(
        ("query", "found"),
        [
            ({"sourced": "all"}, ["Full"]),
            ({"sourced": "some"}, ["Bare", "Half", "Third"]),
            ({"sourced": "none"}, ["Bare"]),
            ({"sourced": "nonsense"}, ["Bare", "Empty", "Full", "Half", "Third"]),
            ({"oldest": "new"}, ["Full"]),
            ({"oldest": "current"}, ["Third"]),
            ({"oldest": "old"}, ["Half"]),
            ({"oldest": "undated"}, ["Bare"]),
            ({"oldest": "none"}, ["Empty"]),
            ({"linked": "yes"}, ["Half"]),
            ({"linked": "no"}, ["Bare", "Empty", "Full", "Third"]),
        ],
    )
    def test_the_filters_part_it(self, as_group, query, found):
        assert titles(as_group("editor"), **query) == found

    def test_the_limit_is_the_setting(self, as_group, settings):
        settings.FIGURE_REVIEW_YEARS = 0
        assert titles(as_group("editor"), oldest="old") == ["Half", "Third"]


class TestForm:
    @pytest.fixture
    def role(self, db):
        return factories.RoleFactory(draft=True)

    @pytest.fixture
    def measured(self, db):
        return factories.OccupationFactory(code="15-2031.00", title="Operations Research Analysts")

    def test_the_panel_lists_each_caution_with_a_link_to_its_figure(self, as_group, role, measured):
        claim = factories.PayClaimFactory(role=role, measured_for=measured, heading="2024", reference_year=2022)
        page = as_group("editor").get(change(role)).content.decode()
        panel = page[page.index('id="guide-panel"') : page.index('id="role_form"')]
        assert "This figure is for Operations Research Analysts (15-2031.00)." in panel
        assert "The heading “2024” does not fit: measured 2022." in panel
        assert "Add the source" in panel
        assert change(claim) in panel

    def test_a_figure_of_a_linked_occupation_is_no_caution(self, as_group, role, measured, source):
        factories.OccupationLinkFactory(role=role, occupation=measured)
        factories.PayClaimFactory(role=role, measured_for=measured, source=source, reference_year=THIS_YEAR)
        assert 'id="guide-panel"' not in as_group("editor").get(change(role)).content.decode()

    def test_each_figure_has_its_cautions_beside_it(self, as_group, role, measured):
        claim = factories.OutlookClaimFactory(role=role, measured_for=measured)
        client = as_group("editor")
        for address in (change(role), change(claim)):
            assert "Different job:</strong> This figure is for Operations" in client.get(address).content.decode()

    def test_a_figure_keeps_whom_it_was_measured_for_and_where_it_was_quoted(self, as_group, role, measured, source):
        claim = factories.PayClaimFactory(role=role)
        client = as_group("contributor")
        changes = {"pay_claims-0-measured_for": measured.pk, "pay_claims-0-quoted_in": source.pk}
        client.post(change(role), filled(client, change(role)) | changes)
        claim.refresh_from_db()
        assert (claim.measured_for, claim.quoted_in) == (measured, source)

    def test_every_part_that_has_a_source_offers_it_in_the_form(self, as_group, role, source):
        factories.SectionFactory(role=role)
        factories.RoleSkillFactory(role=role)
        factories.CareerStepFactory(role=role)
        client = as_group("contributor")
        parts = ("sections", "role_skills", "career_steps")
        client.post(change(role), filled(client, change(role)) | {f"{part}-0-source": source.pk for part in parts})
        assert [getattr(role, part).get().source for part in parts] == [source] * 3

    def test_text_not_yet_placed_is_marked_and_keeps_the_guide_from_readers(self, as_group, role):
        factories.SectionFactory(role=role)
        section = factories.SectionFactory(role=role, kind=Section.Kind.UNPLACED)
        client = as_group("editor")
        page = client.get(change(role))
        assert b"Text not yet placed." in page.content
        assert titles(client, unplaced="yes") == [role.title]
        answer = client.post(change(role), form_data(page) | {"roles_role_publish_guide": "1"}, follow=True)
        assert any("a place for the text in the section “Not yet placed”" in text for text in said(answer))
        section.delete()
        client.post(change(role), filled(client, change(role)) | {"roles_role_publish_guide": "1"})
        role.refresh_from_db()
        assert role.is_published
        assert titles(client, unplaced="yes") == []

    def test_the_questions_asked_do_not_grow_with_the_cautions(self, as_group, django_assert_max_num_queries):
        def asked(number):
            role = factories.RoleFactory(draft=True)
            client = as_group("editor")
            for _ in range(number):
                factories.OccupationLinkFactory(role=role)
                factories.PayClaimFactory(role=role, source=factories.SourceFactory(), population="Analysts (15-2031)")
                factories.RoleSkillFactory(role=role, source=factories.SourceFactory())
            client.get(change(role))
            with django_assert_max_num_queries(80) as queries:
                client.get(change(role))
            return len(queries)

        assert asked(2) == asked(9)


class TestFigures:
    def test_the_lists_hold_guides_figures_alone(self, as_group):
        own = factories.PayClaimFactory()
        factories.OfficialPayFactory()
        client = as_group("editor")
        assert list(client.get("/admin/roles/payclaim/").context["cl"].result_list) == [own]

    @each(
        ("code", "fields"),
        [
            ("unsourced", {"source": None}),
            ("undated", {"reference_year": None}),
            ("dated", {"reference_year": 2001}),
            ("other_occupation", {"population": "Analysts (15-2031.00)"}),
            ("period_differs", {"heading": "Pay 1999"}),
            ("mean_and_median_mixed", {"heading": "Average pay"}),
        ],
    )
    def test_they_are_filtered_by_caution(self, as_group, source, code, fields):
        sound = {"source": source, "reference_year": THIS_YEAR}
        factories.PayClaimFactory(**sound)
        claim = factories.PayClaimFactory(**{**sound, **fields})
        page = as_group("editor").get("/admin/roles/payclaim/", {"caution": code})
        assert list(page.context["cl"].result_list) == [claim]
        assert page.context["cl"].model_admin.caution_labels(claim)

    def test_an_unknown_caution_filters_nothing(self, as_group):
        factories.OutlookClaimFactory()
        page = as_group("editor").get("/admin/roles/outlookclaim/", {"caution": "\x00nonsense"})
        assert len(page.context["cl"].result_list) == 1
