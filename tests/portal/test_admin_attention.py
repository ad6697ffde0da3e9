"""The admin's first page: each count is the number of rows behind its link, and nobody is told what they may not see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import DailyCount
from portal.admin_site.attention import attention
from portal.admin_site.dashboard import my_drafts
from portal.admin_site.newest_changes import newest_changes
from portal.admin_site.site_statistics import site_statistics
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
    return {act: {count.label: count.number for count in rows} for act, rows in attention(user=user).items()}


def test_everything_that_waits_is_counted_by_what_to_do(editor, busy):
    assert counts(editor) == {
        "Review": {
            "Postings you have claimed": 1,
            "Postings in review": 2,
            "Changes to published postings": 1,
            "Guides in review": 2,
        },
        "Extend or let close": {"Postings closing this week": 3},
        "Check again": {"Guides due for review": 3, "Resources never verified": 2},
        "Fix": {
            "Published guides without an occupation": 3,
            "Pay figures without a source": 4,
            "Pay figures for another occupation": 1,
            "Outlook figures without a source": 1,
            "Outlook figures for another occupation": 1,
        },
        "Finish": {"Draft postings": 1, "Draft guides": 1, "Draft resources": 1},
    }


def test_each_link_leads_to_exactly_the_rows_counted(editor, busy, client):
    client.force_login(editor)
    for rows in attention(user=editor).values():
        for count in rows:
            assert asked(client, count.url).context["cl"].result_count == count.number, count


def test_where_nothing_waits_the_page_says_so_in_one_line(editor, client):
    client.force_login(editor)
    page = client.get(reverse("admin:index")).text
    assert "Nothing needs doing right now." in page
    assert "Review</h2>" not in page
    factories.PostingFactory(in_review=True)
    page = client.get(reverse("admin:index")).text
    assert "Nothing needs doing" not in page
    assert "Postings in review" in page
    assert "Draft guides" not in page


def test_nobody_is_told_what_they_may_not_see(client):
    guest = factories.UserFactory(staff=True)
    count_of(factories.PostingFactory(title="Secret job"), "view", 5)
    factories.RoleFactory(title="Secret guide", draft=True)
    client.force_login(guest)
    page = client.get(reverse("admin:index"))
    assert (page.context["attention"], page.context["changes"], page.context["statistics"]) == ({}, [], None)
    assert "Secret" not in page.text
    assert "New posting" not in page.text
    assert "Ask an administrator" in page.text


def count_of(posting, kind, number, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    return DailyCount.objects.create(posting=posting, day=day, kind=kind, number=number)


def test_readers_are_counted_over_thirty_days_and_the_thirty_before():
    seen, other, old = factories.PostingFactory.create_batch(3)
    count_of(seen, "view", 5)
    count_of(seen, "view", 2, days_ago=29)
    count_of(seen, "apply", 3)
    count_of(other, "view", 1)
    count_of(old, "view", 40, days_ago=30)
    count_of(old, "view", 400, days_ago=60)
    numbers = site_statistics()
    assert [(total.label, total.now, total.before) for total in numbers.totals] == [
        ("Views", 8, 40),
        ("Apply clicks", 3, 0),
        ("Saves", 0, 0),
    ]
    assert [(top.views, top.applies) for top in numbers.top] == [(7, 3), (1, 0)]
    assert seen.title in numbers.top[0].name


def test_my_drafts_are_those_i_created(editor):
    mine, theirs = factories.PostingFactory.create_batch(2, draft=True)
    published, guide = factories.PostingFactory(), factories.RoleFactory(draft=True)
    for row in (mine, published, guide):
        row.history.update(history_user=editor)
    theirs.history.update(history_user=factories.UserFactory())
    assert {draft.url for draft in my_drafts(editor)} == {
        reverse("admin:postings_posting_change", args=[mine.pk]),
        reverse("admin:roles_role_change", args=[guide.pk]),
    }


def test_a_new_posting_starts_from_a_template(as_group):
    links = as_group("contributor").get(reverse("admin:index")).context["new_links"]
    assert list(links) == ["New posting from a template", "New blank posting"]
    assert links["New posting from a template"] == reverse("admin:postings_postingtemplate_changelist")


def test_the_newest_changes_say_who_changed_what(editor):
    role = factories.RoleFactory(title="Baker")
    section = factories.SectionFactory(role=role)
    section._history_user = editor
    section.body = "New."
    section.save()
    newest = newest_changes(user=editor)[0]
    assert (newest.what, newest.action, newest.by) == ("section in Baker", "changed", editor.username)
    assert newest.url == reverse("admin:roles_section_history", args=[section.pk])


def test_a_change_of_a_deleted_guide_is_still_shown(editor):
    role = factories.RoleFactory()
    factories.SectionFactory(role=role)
    role.delete()
    assert "section in a deleted guide" in {change.what for change in newest_changes(user=editor)}


def test_changes_of_imported_figures_are_no_news(editor):
    factories.OfficialPayFactory(occupation=factories.OccupationFactory(soc=True))
    assert newest_changes(user=editor) == []


def test_the_page_asks_the_same_number_of_questions_however_much_waits(editor, client, django_assert_max_num_queries):
    client.force_login(editor)
    factories.SectionFactory()
    count_of(factories.PostingFactory(draft=True), "view", 3)
    factories.PayClaimFactory(measured_for=factories.OccupationLinkFactory().occupation)
    client.get(reverse("admin:index"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("admin:index"))
    for _ in range(30):
        factories.SectionFactory()
        count_of(factories.PostingFactory(draft=True), "view", 3)
        factories.PayClaimFactory(measured_for=factories.OccupationLinkFactory().occupation)
    with django_assert_max_num_queries(40) as many:
        client.get(reverse("admin:index"))
    assert len(many) == len(few)


def test_the_sidebar_shows_what_one_may_open(as_group):
    def links(name):
        groups = as_group(name).get(reverse("admin:index")).context["sidebar_navigation"]
        return {group.get("title"): [entry["title"] for entry in group["items"]] for group in groups}

    assert "People" not in links("contributor")
    ours = [None, "Guides", "Jobs", "Directory", "Site", "Reference data", "Readers", "Background work", "People"]
    assert list(links("administrator")) == ours
    assert set(links("editor")) == set(ours) - {"Readers", "Background work", "People"}
    assert links("editor")["Jobs"] == ["Postings", "Templates", "Employers", "Pending changes", "Canned replies"]
