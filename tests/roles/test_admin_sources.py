"""Sources in the admin: what is cited stays and says by whom, what was imported goes by administrators alone."""

import pytest
from django.urls import reverse

from careers.occupations.models import OfficialPay, Release, Source
from tests import factories
from tests.admin_pages import asked, said

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/occupations/source/"


def delete(source):
    return reverse("admin:occupations_source_delete", args=[source.pk])


@pytest.fixture
def wages(db):
    """The source of a release with two figures."""
    release = factories.ReleaseFactory(dataset="oews", version="2025", source__title="Wages")
    for _ in range(2):
        occupation = factories.OccupationFactory(soc=True, release=release)
        factories.OfficialPayFactory(occupation=occupation, release=release, source=release.source)
    return release.source


class TestOne:
    def test_a_cited_source_is_kept_and_the_page_links_the_guides(self, as_group):
        claim = factories.PayClaimFactory(source=factories.SourceFactory(), role__title="<b>Baker</b>")
        client = as_group("editor")
        page = client.get(delete(claim.source)).content.decode()
        assert reverse("admin:roles_role_change", args=[claim.role.pk]) in page
        assert "&lt;b&gt;Baker&lt;/b&gt;" in page
        assert client.post(delete(claim.source), {"post": "yes"}).status_code == 200
        assert Source.objects.filter(pk=claim.source.pk).exists()

    def test_a_release_asks_first_and_says_how_many_figures_go(self, as_group, wages):
        client = as_group("administrator")
        page = client.get(delete(wages)).content.decode()
        assert "with the release Occupational Employment and Wage Statistics 2025 and its 2 figures" in page
        assert Source.objects.filter(pk=wages.pk).exists()
        client.post(delete(wages), {"post": "yes"})
        assert (Source.objects.count(), Release.objects.count(), OfficialPay.objects.count()) == (0, 0, 0)

    @pytest.mark.parametrize("group", ["contributor", "editor"])
    def test_others_do_not_delete_a_release(self, as_group, group, wages):
        client = as_group(group)
        assert client.get(delete(wages)).status_code == 403
        assert client.post(delete(wages), {"post": "yes"}).status_code == 403
        assert Source.objects.filter(pk=wages.pk).exists()

    def test_the_current_release_of_o_net_says_why_it_stays(self, admin):
        release = factories.ReleaseFactory(is_current=True)
        page = admin.get(delete(release.source)).content.decode()
        assert "It is the current O*NET release" in page
        assert admin.post(delete(release.source), {"post": "yes"}).status_code == 200
        assert Source.objects.filter(pk=release.source.pk).exists()

    def test_a_guide_that_begins_to_cite_it_meanwhile_is_no_fault(self, admin, monkeypatch):
        source = factories.SourceFactory()
        monkeypatch.setattr(
            "careers.roles.admin.sources.SourceAdmin.get_deleted_objects", lambda *args: ([], {}, set(), [])
        )
        factories.ItemFactory(source=source, role__title="Baker")
        answer = admin.post(delete(source), {"post": "yes"}, follow=True)
        assert any("These guides use it: Baker." in text for text in said(answer))

    @pytest.mark.parametrize("pk", ["abc", "9" * 40, "\x00"])
    def test_a_source_that_never_was_is_no_fault(self, admin, pk):
        assert admin.get(f"{LIST}{pk}/delete/").status_code in (302, 404)


class TestMany:
    def rows(self, *sources, **more):
        return {"action": "delete_selected", "_selected_action": [source.pk for source in sources], **more}

    def test_the_page_asks_first_and_says_what_stays(self, as_group, wages):
        cited = factories.ItemFactory(source=factories.SourceFactory(), role__title="Baker").source
        page = as_group("administrator").post(LIST, self.rows(cited, wages)).content.decode()
        assert "<strong>stays.</strong> These guides use it: Baker." in page
        assert "its 2 figures" in page
        assert Source.objects.count() >= 2

    def test_each_is_deleted_by_itself_and_the_others_say_why_not(self, as_group, wages):
        cited = factories.ItemFactory(source=factories.SourceFactory(title="Cited"), role__title="Baker").source
        free = factories.SourceFactory()
        answer = as_group("administrator").post(LIST, self.rows(cited, free, wages, confirmed="yes"), follow=True)
        assert said(answer) == [
            "2 sources deleted.",
            "Not deleted: Bureau of Statistics, Cited: These guides use it: Baker.",
        ]
        assert list(Source.objects.filter(pk__in=[cited.pk, free.pk, wages.pk])) == [cited]

    def test_an_editor_deletes_what_was_not_imported(self, as_group, wages):
        free = factories.SourceFactory()
        answer = as_group("editor").post(LIST, self.rows(free, wages, confirmed="yes"), follow=True)
        assert any("Imported releases are deleted by administrators." in text for text in said(answer))
        assert list(Source.objects.filter(pk__in=[free.pk, wages.pk])) == [wages]

    def test_a_contributor_is_not_offered_it(self, as_group):
        source = factories.SourceFactory()
        as_group("contributor").post(LIST, self.rows(source, confirmed="yes"))
        assert Source.objects.filter(pk=source.pk).exists()


def test_the_list_counts_what_rests_on_each(as_group, wages):
    factories.PayClaimFactory(source=wages)
    factories.ItemFactory(source=wages)
    factories.OutlookClaimFactory(quoted_in=wages)
    row = asked(as_group("contributor"), LIST, {"q": "Wages"}).context["cl"].result_list.get(pk=wages.pk)
    assert (row.number_of_figures, row.number_of_points, row.number_quoted) == (3, 1, 1)
