"""The board of what guides and postings cover."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import DailyCount
from portal.admin_site.coverage import Coverage, roles_by_title, suggested_roles
from tests.factories import AlternateTitleFactory, PostingFactory, RoleFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def board():
    return lambda: Coverage.at(timezone.now())


def reviewed():
    return timezone.localdate() + timedelta(days=100)


def test_published_guides_without_a_live_posting_are_listed_with_what_waits(board):
    PostingFactory(role=RoleFactory(title="Baker"))
    idle = RoleFactory(title="Cook")
    PostingFactory(role=idle, closed=True)
    PostingFactory(role=idle, draft=True)
    RoleFactory(draft=True)
    assert [(role.title, role.unpublished) for role in board().guides_without_postings.rows] == [("Cook", 1)]


def test_postings_without_a_guide_are_listed_while_they_are_open_or_may_be(board):
    for trait in ("closed", "filled", "withdrawn", "rejected"):
        PostingFactory(**{trait: True})
    PostingFactory(role=RoleFactory())
    expected = [
        PostingFactory(),
        PostingFactory(draft=True),
        PostingFactory(in_review=True),
        PostingFactory(scheduled=True),
    ]
    assert {row.posting for row in board().postings_without_guide.rows} == set(expected)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Senior Data Engineer (m/f/d)", ["Data Engineer", "Engineer"]),
        ("ETL-Developer, Berlin", ["Data Engineer"]),
        ("DÁTA ENGINEER", ["Data Engineer", "Engineer"]),
        ("Database Engineering Lead", []),
        ("🦊", []),
    ],
)
def test_a_guide_is_suggested_where_one_of_its_titles_stands_in_the_postings(title, names):
    role = RoleFactory(title="Data Engineer")
    AlternateTitleFactory(role=role, title="ETL developer")
    RoleFactory(title="Engineer")
    assert [role.title for role in suggested_roles(title, roles_by_title())] == names


def test_guides_due_for_review_stand_by_demand_and_those_nobody_wants_are_left_out(board):
    busy, hiring = RoleFactory(title="Busy"), RoleFactory(title="Hiring")
    PostingFactory(role=RoleFactory(title="Fresh", review_due_on=reviewed()))
    RoleFactory(title="Unwanted")
    PostingFactory(role=hiring)
    closed = PostingFactory(role=busy, closed=True)
    for days_ago, number in ((1, 40), (2, 2), (60, 1000)):
        day = timezone.localdate() - timedelta(days=days_ago)
        DailyCount.objects.create(posting=closed, day=day, kind="view", number=number)
    DailyCount.objects.create(posting=closed, day=timezone.localdate(), kind="apply", number=500)
    stale = [(role.title, role.views, role.live_count) for role in board().guides_due_for_review.rows]
    assert stale == [("Busy", 42, 0), ("Hiring", 0, 1)]


def test_each_row_leads_to_where_one_acts(admin):
    role = RoleFactory(title="Cook")
    posting = PostingFactory(title="Assistant Cook")
    text = admin.get(reverse("admin:coverage")).text
    assert reverse("admin:postings_postingtemplate_build_for_role", args=[role.pk]) in text
    assert reverse("admin:postings_posting_change", args=[posting.pk]) + "?missing=role" in text
    assert reverse("admin:roles_role_change", args=[role.pk]) in text


def test_the_board_asks_the_same_however_many_rows(board, django_assert_num_queries):
    RoleFactory()
    with django_assert_num_queries(8):
        board()
    for _ in range(3):
        PostingFactory(title="Cook")
        PostingFactory(role=RoleFactory())
        AlternateTitleFactory()
    with django_assert_num_queries(8):
        board()


def test_only_people_who_see_guides_and_postings_see_it(client, as_group):
    assert client.get(reverse("admin:coverage")).status_code == 302
    assert as_group("contributor").get(reverse("admin:coverage")).status_code == 200


def test_it_stands_in_the_sidebar(as_group):
    assert reverse("admin:coverage") in as_group("editor").get(reverse("admin:index")).text
