"""Guides in the admin: who may do what, acts that answer for each row, previews."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.roles.models import Role, Section
from tests import factories
from tests.admin_pages import asked, filled, said

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/roles/role/"


def change(role):
    return reverse("admin:roles_role_change", args=[role.pk])


def ready(**traits):
    """A guide that lacks nothing readers need."""
    role = factories.RoleFactory(**traits)
    factories.SectionFactory(role=role)
    return role


def run(client, act, *roles):
    rows = {"action": act, "_selected_action": [role.pk for role in roles]}
    return client.post(LIST, rows, follow=True)


def press(client, role, button, **changes):
    data = filled(client, change(role)) | changes | {f"roles_role_{button}": "1"}
    return client.post(change(role), data, follow=True)


class TestRights:
    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_a_contributor_changes_guides_that_are_not_out(self, as_group, status):
        role = factories.RoleFactory(status=status)
        client = as_group("contributor")
        client.post(change(role), filled(client, change(role)) | {"summary": "New."})
        role.refresh_from_db()
        assert role.summary == "New."

    @pytest.mark.parametrize("status", ["published", "archived"])
    def test_a_contributor_reads_but_cannot_change_the_others(self, as_group, status):
        role = factories.RoleFactory(status=status)
        client = as_group("contributor")
        assert b'name="_save"' not in client.get(change(role)).content
        assert client.post(change(role), {"title": "Taken", "summary": ""}).status_code == 403

    def test_nobody_types_a_status(self, as_group):
        role = ready(draft=True)
        client = as_group("editor")
        client.post(change(role), filled(client, change(role)) | {"status": "published"})
        role.refresh_from_db()
        assert role.status == Role.Status.DRAFT

    @pytest.mark.parametrize("act", ["publish_rows", "archive_rows", "return_rows", "review_rows"])
    def test_acts_of_editors_are_not_open_to_contributors(self, as_group, act):
        role = ready(status="in_review")
        run(as_group("contributor"), act, role)
        role.refresh_from_db()
        assert (role.status, role.reviewed_on) == (Role.Status.IN_REVIEW, None)

    def test_a_button_pressed_without_the_right_does_nothing(self, as_group):
        role = ready(draft=True)
        press(as_group("contributor"), role, "publish_guide")
        role.refresh_from_db()
        assert role.status == Role.Status.DRAFT

    def test_a_contributor_submits_a_draft(self, as_group):
        role = factories.RoleFactory(draft=True)
        press(as_group("contributor"), role, "submit_guide")
        role.refresh_from_db()
        assert role.status == Role.Status.IN_REVIEW


class TestActs:
    def test_publishing_several_says_what_each_row_did(self, as_group):
        good, bare = ready(draft=True), factories.RoleFactory(draft=True, title="Bare", summary="")
        messages = said(run(as_group("editor"), "publish_rows", good, bare))
        assert messages == [
            "1 role published.",
            "Not published: Bare: Before you publish the guide, add a summary and the section “What it is”.",
        ]
        good.refresh_from_db()
        bare.refresh_from_db()
        assert (good.status, bare.status) == ("published", "draft")

    def test_the_history_says_who_published_and_why(self, as_group, client):
        role = ready(draft=True)
        run(as_group("editor"), "publish_rows", role)
        newest = role.history.first()
        assert (newest.history_change_reason, newest.status) == ("Published", "published")
        assert newest.history_user.groups.get().name == "editor"

    def test_publishing_what_is_published_is_harmless_and_says_so(self, as_group):
        role = ready(title="Out")
        assert said(run(as_group("editor"), "publish_rows", role)) == ["Not published: Out: It is published already."]

    def test_an_archived_guide_is_not_submitted(self, as_group):
        role = factories.RoleFactory(archived=True, title="Old")
        assert said(run(as_group("editor"), "submit_rows", role)) == [
            "Not submitted for review: Old: It is archived. You can do this only if it is draft."
        ]

    def test_a_review_is_noted_with_its_day_and_its_next(self, as_group, settings):
        settings.GUIDE_REVIEW_DAYS = 100
        role = ready()
        run(as_group("editor"), "review_rows", role)
        role.refresh_from_db()
        assert role.reviewed_on == timezone.localdate()
        assert (role.review_due_on - role.reviewed_on).days == 100
        assert role.reviewed_by is not None

    def test_the_publish_button_saves_first_so_that_a_section_typed_now_counts(self, as_group):
        role = factories.RoleFactory(draft=True)
        section = {
            "sections-TOTAL_FORMS": "1",
            "sections-0-kind": "overview",
            "sections-0-body": "Typed just now.",
            "sections-0-role": role.pk,
        }
        response = press(as_group("editor"), role, "publish_guide", **section)
        role.refresh_from_db()
        assert role.status == Role.Status.PUBLISHED, said(response)

    def test_what_was_typed_stays_saved_when_publishing_is_refused(self, as_group):
        role = factories.RoleFactory(draft=True)
        press(as_group("editor"), role, "publish_guide", summary="Typed.")
        role.refresh_from_db()
        assert (role.status, role.summary) == ("draft", "Typed.")


class TestForm:
    def test_the_next_review_before_the_last_is_a_form_error(self, as_group):
        role = ready(reviewed_on="2026-06-01")
        client = as_group("editor")
        answer = client.post(change(role), filled(client, change(role)) | {"review_due_on": "2026-05-01"})
        assert answer.context["adminform"].errors == {"review_due_on": ["Enter a review date after the last review."]}

    def test_saving_what_nobody_touched_leaves_no_trace_in_the_history_of_parts(self, as_group):
        role = ready(draft=True)
        section = factories.SectionFactory(role=role, kind="work", body="One.\n\nTwo.")
        client = as_group("editor")
        data = {
            name: value.replace("\n", "\r\n") if isinstance(value, str) else value
            for name, value in filled(client, change(role)).items()
        }
        client.post(change(role), data)
        section.refresh_from_db()
        assert section.body == "One.\n\nTwo."
        assert section.history.count() == 1

    def test_a_new_skill_comes_after_those_there_are(self, as_group):
        role = ready(draft=True)
        factories.RoleSkillFactory(role=role, position=4)
        skill = factories.SkillFactory()
        client = as_group("editor")
        new = {
            "role_skills-TOTAL_FORMS": "2",
            "role_skills-1-skill": skill.pk,
            "role_skills-1-necessity": "required",
            "role_skills-1-position": "0",
            "role_skills-1-role": role.pk,
        }
        client.post(change(role), filled(client, change(role)) | new)
        assert role.role_skills.get(skill=skill).position == 5

    def test_sixty_points_are_listed_by_kind_then_as_sorted(self, as_group):
        role = ready(draft=True)
        for kind in ("tip", "responsibility", "kpi"):
            for position in range(20):
                factories.ItemFactory(role=role, kind=kind, position=position)
        formset = next(
            wrapped.formset
            for wrapped in asked(as_group("editor"), change(role)).context["inline_admin_formsets"]
            if wrapped.formset.prefix == "items"
        )
        rows = [(form.instance.kind, form.instance.position) for form in formset.initial_forms]
        assert rows == [(kind, n) for kind in ("responsibility", "kpi", "tip") for n in range(20)]

    def test_a_draft_opens_for_staff_as_readers_will_see_it(self, as_group):
        role = factories.RoleFactory(draft=True)
        client = as_group("contributor")
        assert "View on site" in client.get(change(role)).content.decode()
        assert client.get(role.get_absolute_url()).status_code == 200

    def test_a_posting_is_built_from_the_guide(self, as_group):
        role = ready()
        client = as_group("contributor")
        address = reverse("admin:roles_role_new_posting", args=[role.pk])
        assert address in client.get(change(role)).content.decode()
        answer = client.get(address)
        assert answer.url == reverse("admin:postings_postingtemplate_build_for_role", args=[role.pk])


class TestList:
    def test_the_filter_of_reviews_finds_what_waits(self, as_group):
        ready(title="Waiting")
        ready(title="Calm", review_due_on=timezone.localdate() + timezone.timedelta(days=9))
        client = as_group("editor")

        def titles(**query):
            return {role.title for role in asked(client, LIST, query).context["cl"].result_list}

        assert titles(due="yes") == {"Waiting"}
        assert titles(due="no") == {"Calm"}
        assert titles(due="nonsense") == {"Waiting", "Calm"}

    def test_a_guide_is_found_by_another_title_once(self, as_group):
        role = ready()
        factories.AlternateTitleFactory(role=role, title="ML engineer")
        factories.AlternateTitleFactory(role=role, title="ML developer")
        assert len(asked(as_group("editor"), LIST, {"q": "ML"}).context["cl"].result_list) == 1

    def test_sections_by_kind_come_in_their_fixed_order(self, as_group):
        role = ready(draft=True)
        factories.SectionFactory(role=role, kind="summary")
        factories.SectionFactory(role=role, kind="work")
        formset = asked(as_group("editor"), change(role)).context["inline_admin_formsets"][0].formset
        kinds = [form.instance.kind for form in formset.initial_forms]
        assert kinds == [Section.Kind.OVERVIEW, Section.Kind.WORK, Section.Kind.SUMMARY]


def test_the_list_of_guides_goes_by_the_day_of_their_review(as_group):
    factories.RoleFactory(title="Reviewed early", reviewed_on="2024-03-01")
    factories.RoleFactory(title="Reviewed late", reviewed_on="2026-03-01")
    factories.RoleFactory(title="Never reviewed")
    page = as_group("editor").get(LIST, {"reviewed_on__year": "2024"})
    assert [role.title for role in page.context["cl"].result_list] == ["Reviewed early"]
    assert b"reviewed_on__year=2026" in as_group("editor").get(LIST).content
