"""A source that a guide cites stays, with the list of guides; a release that nobody cites goes with its figures."""

import pytest
from django.core.exceptions import ValidationError

from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay, Release, Source
from careers.roles.source_deletion import delete_source, deletion_impact, guides_citing
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

CITING = {
    "section": factories.SectionFactory,
    "item": factories.ItemFactory,
    "skill": factories.RoleSkillFactory,
    "step": factories.CareerStepFactory,
    "pay": factories.PayClaimFactory,
    "outlook": factories.OutlookClaimFactory,
}


def wages(year, **fields):
    return factories.ReleaseFactory(dataset="oews", version=str(year), **fields)


def imported(release, code, factory=factories.OfficialPayFactory, **fields):
    """A figure of a release for the SOC occupation of that code, which names the release if it is new."""
    occupation = Occupation.objects.filter(scheme="soc", code=code).first()
    occupation = occupation or factories.OccupationFactory(soc=True, code=code, release=release)
    return factory(occupation=occupation, release=release, source=release.source, **fields)


def delete(source):
    return delete_source(Source.objects.get(pk=source.pk), by=None)


class TestCitedByGuides:
    @each("status", ["draft", "published", "archived"])
    @each("part", CITING)
    def test_a_source_of_any_part_of_any_guide_stays(self, part, status):
        source = factories.SourceFactory()
        role = CITING[part](role=factories.RoleFactory(status=status, title="Baker"), source=source).role
        assert list(guides_citing(source)) == [role]
        with pytest.raises(ValidationError, match=r"These guides use it: Baker\."):
            delete(source)
        assert Source.objects.filter(pk=source.pk).exists()

    @pytest.mark.parametrize("factory", [factories.PayClaimFactory, factories.OutlookClaimFactory])
    def test_an_article_that_a_figure_was_quoted_from_stays(self, factory):
        source = factories.SourceFactory()
        factory(quoted_in=source)
        with pytest.raises(ValidationError, match="These guides use it"):
            delete(source)

    def test_of_very_many_guides_ten_are_named(self):
        source = factories.SourceFactory()
        for _ in range(13):
            factories.ItemFactory(source=source)
        assert deletion_impact(source).refusal.endswith("and 3 more.")

    def test_a_source_that_nothing_rests_on_is_deleted_and_its_history_says_so(self):
        source = factories.SourceFactory()
        assert delete(source) == 0
        newest = Source.history.filter(id=source.pk).first()
        assert (newest.history_type, newest.history_change_reason) == ("-", "Deleted")


class TestShownThroughLinks:
    def link(self, code, **role):
        occupation = factories.OccupationFactory(code=f"{code}.00")
        return factories.OccupationLinkFactory(occupation=occupation, role=factories.RoleFactory(**role))

    @pytest.mark.parametrize("factory", [factories.OfficialPayFactory, factories.OfficialOutlookFactory])
    def test_a_release_stays_whose_figures_a_published_guide_shows(self, factory):
        release = wages(2025)
        imported(release, "15-2051", factory)
        self.link("15-2051", title="Data Scientist")
        with pytest.raises(ValidationError, match="These guides use it: Data Scientist"):
            delete(release.source)
        assert Release.objects.filter(pk=release.pk).exists()

    def test_a_combined_code_speaks_for_its_members(self):
        release = wages(2025)
        imported(release, "31-1120")
        link = self.link("31-1121")
        assert list(guides_citing(release.source)) == [link.role]

    def test_a_guide_linked_elsewhere_or_not_published_does_not_keep_it(self):
        release = wages(2025)
        imported(release, "15-2051")
        self.link("15-1221")
        self.link("15-2051", draft=True)
        assert deletion_impact(release.source).is_allowed


class TestReleases:
    def test_the_figures_the_release_and_the_source_go_together(self):
        release, kept = wages(2025, is_current=True), wages(2024)
        imported(kept, "15-2051")
        for code in ("15-2051", "15-1221"):
            imported(release, code)
        imported(release, "15-2051", factories.OfficialOutlookFactory)
        assert deletion_impact(release.source).figures == 3
        assert delete(release.source) == 3
        assert OfficialPay.objects.get().release == kept
        assert not OfficialOutlook.objects.exists()
        assert [release.version for release in Release.objects.all()] == ["2024"]

    def test_the_newest_that_is_left_is_current(self):
        release, newer, _ = wages(2025, is_current=True), wages(2024), wages(2020)
        delete(release.source)
        assert Release.objects.get(is_current=True) == newer

    def test_an_older_one_leaves_the_current_one_alone(self):
        current, older = wages(2025, is_current=True), wages(2024)
        delete(older.source)
        assert Release.objects.get() == current
        assert Release.objects.get().is_current

    def test_an_occupation_is_described_by_the_newest_release_left_or_goes(self):
        release, kept = wages(2025), wages(2024)
        both = imported(release, "15-2051").occupation
        imported(kept, "15-2051")
        alone = imported(release, "15-1221").occupation
        delete(release.source)
        both.refresh_from_db()
        assert both.release == kept
        assert not Occupation.objects.filter(pk=alone.pk).exists()

    def test_wages_describe_an_occupation_before_projections(self):
        release, older = wages(2025), wages(2020)
        projections = factories.ReleaseFactory(dataset="projections", version="2024-34")
        occupation = imported(release, "15-2051").occupation
        imported(projections, "15-2051", factories.OfficialOutlookFactory)
        imported(older, "15-2051")
        delete(release.source)
        occupation.refresh_from_db()
        assert occupation.release == older

    @pytest.mark.parametrize("use", ["link", "measured"])
    def test_a_release_that_alone_describes_an_occupation_a_draft_names_stays(self, use):
        release = wages(2025)
        occupation = imported(release, "15-2051").occupation
        if use == "link":
            factories.OccupationLinkFactory(role=factories.RoleFactory(draft=True), occupation=occupation)
        else:
            factories.OutlookClaimFactory(role=factories.RoleFactory(draft=True), measured_for=occupation)
        with pytest.raises(ValidationError, match="only this source describes"):
            delete(release.source)

    def test_the_current_release_of_o_net_stays(self):
        release = factories.ReleaseFactory(dataset="onet", version="29.3", is_current=True)
        with pytest.raises(ValidationError, match=r"current O\*NET release"):
            delete(release.source)

    def test_an_older_one_stays_while_withdrawn_rows_rest_on_it(self):
        release = factories.ReleaseFactory(dataset="onet", version="27.0")
        task = factories.OccupationTaskFactory(occupation__release=release)
        with pytest.raises(ValidationError, match="2 rows of reference data depend on it"):
            delete(release.source)
        task.occupation.delete()
        delete(release.source)
        assert not Release.objects.filter(pk=release.pk).exists()

    def test_a_fault_half_way_leaves_everything(self, monkeypatch):
        release = wages(2025)
        imported(release, "15-2051")

        def fails(self, *args, **kwargs):
            raise ValidationError("Broken.")

        monkeypatch.setattr(Source, "delete", fails)
        with pytest.raises(ValidationError, match="Broken"):
            delete(release.source)
        assert (OfficialPay.objects.count(), Release.objects.count()) == (1, 1)

    def test_the_questions_asked_do_not_grow_with_the_figures(self, django_assert_max_num_queries):
        def asked(year, figures):
            release = wages(year)
            for number in range(figures):
                imported(release, f"15-{year + number}")
            with django_assert_max_num_queries(40) as queries:
                deletion_impact(release.source)
            return len(queries)

        assert asked(2020, 1) == asked(2024, 9)
