"""The admin's first page: each count is the number of rows behind its link, and nobody is told what they may not see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.admin_site.dashboard import attention
from tests import factories
from tests.admin_pages import asked

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor():
    return factories.UserFactory(staff=True, groups=["editor"])


@pytest.fixture
def busy(editor):
    """Something of everything that needs attention, and things that do not."""
    today = timezone.localdate()
    guide = factories.RoleFactory(review_due_on=today + timedelta(days=30))
    factories.RoleFactory(draft=True)
    factories.RoleFactory.create_batch(2, status="in_review")
    factories.RoleFactory.create_batch(3)  # never given a review day
    factories.RoleFactory(archived=True)
    factories.PayClaimFactory.create_batch(4, role=guide)
    factories.PayClaimFactory(role=guide, source=factories.SourceFactory())
    factories.OutlookClaimFactory(role=guide)
    factories.OccupationLinkFactory(role=guide)
    factories.PayClaimFactory(
        role=guide, source=factories.SourceFactory(), measured_for=factories.OccupationFactory(code="15-2031.00")
    )
    factories.OutlookClaimFactory(role=guide, source=factories.SourceFactory(), population="Analysts (15-2031)")
    factories.OfficialPayFactory(occupation=factories.OccupationFactory(soc=True))
    factories.PostingFactory(draft=True)
    taken = {"reviewer": editor, "review_claimed_at": timezone.now()}
    factories.PostingFactory(in_review=True, **taken)
    factories.PostingFactory(in_review=True)
    factories.PendingChangeFactory()
    factories.PendingChangeFactory(state="returned")
    factories.PostingFactory.create_batch(3, closes_on=today + timedelta(days=3))
    factories.PostingFactory()
    factories.PostingFactory(closed=True)
    factories.ResourceFactory(state="draft")
    factories.ResourceFactory(link_broken_since=today, last_verified_on=today)
    factories.ResourceFactory.create_batch(2)


def counts(user):
    return {group: {count.label: count.number for count in rows} for group, rows in attention(user=user).groups.items()}


def test_everything_that_waits_is_counted(editor, busy):
    assert counts(editor) == {
        "Guides": {
            "in draft": 1,
            "in review": 2,
            "due for review": 3,
            "published without an occupation": 3,
            "pay figures without source": 4,
            "pay figures of another occupation": 1,
            "outlook figures without source": 1,
            "outlook figures of another occupation": 1,
        },
        "Jobs": {
            "in draft": 1,
            "in review": 2,
            "in review, claimed by me": 1,
            "pending changes": 1,
            "closing this week": 3,
        },
        "Directory": {"in draft": 1, "never verified": 2},
    }


def test_each_link_leads_to_exactly_the_rows_counted(editor, busy, client):
    client.force_login(editor)
    for rows in attention(user=editor).groups.values():
        for count in rows:
            assert asked(client, count.url).context["cl"].result_count == count.number, count


def test_an_empty_portal_shows_calm_zeros(editor, client):
    client.force_login(editor)
    assert attention(user=editor).total == 0
    page = client.get(reverse("admin:index"))
    assert page.content.decode().count("is-calm") == 15


def test_nobody_is_told_what_they_may_not_see(client):
    guest = factories.UserFactory(staff=True)
    factories.RoleFactory(title="Secret guide")
    client.force_login(guest)
    shown = attention(user=guest)
    assert (shown.groups, shown.changes) == ({}, [])
    page = client.get(reverse("admin:index")).content.decode()
    assert "Secret guide" not in page
    assert "Ask an administrator" in page


def test_the_newest_changes_say_who_changed_what(editor):
    role = factories.RoleFactory(title="Baker")
    section = factories.SectionFactory(role=role)
    section._history_user = editor
    section.body = "New."
    section.save()
    newest = attention(user=editor).changes[0]
    assert (newest.what, newest.action, newest.by) == ("section of Baker", "changed", editor.username)
    assert newest.url == reverse("admin:roles_section_history", args=[section.pk])


def test_a_change_of_a_deleted_guide_is_still_shown(editor):
    role = factories.RoleFactory()
    factories.SectionFactory(role=role)
    role.delete()
    assert "section of a deleted guide" in {change.what for change in attention(user=editor).changes}


def test_changes_of_imported_figures_are_no_news(editor):
    factories.OfficialPayFactory(occupation=factories.OccupationFactory(soc=True))
    assert attention(user=editor).changes == []


def test_the_page_asks_the_same_number_of_questions_however_much_waits(editor, client, django_assert_max_num_queries):
    client.force_login(editor)
    factories.SectionFactory()
    factories.PayClaimFactory(measured_for=factories.OccupationLinkFactory().occupation)
    client.get(reverse("admin:index"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("admin:index"))
    for _ in range(30):
        factories.SectionFactory()
        factories.PostingFactory(draft=True)
        factories.PayClaimFactory(measured_for=factories.OccupationLinkFactory().occupation)
    with django_assert_max_num_queries(40) as many:
        client.get(reverse("admin:index"))
    assert len(many) == len(few)


def test_the_sidebar_shows_what_one_may_open(as_group):
    def links(name):
        groups = as_group(name).get(reverse("admin:index")).context["sidebar_navigation"]
        return {group.get("title"): [entry["title"] for entry in group["items"]] for group in groups}

    assert "People" not in links("contributor")
    assert list(links("administrator")) == [None, "Guides", "Jobs", "Directory", "Site", "Reference data", "People"]
    assert links("editor")["Jobs"] == ["Postings", "Templates", "Employers", "Pending changes", "Canned replies"]
