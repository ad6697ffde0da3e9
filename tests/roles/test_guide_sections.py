"""The sections of a guide's page: what stands open and what is folded."""

import pytest

from careers.roles.guide.path_drawing import draw_path
from careers.roles.guide.sections import POINTS_SHOWN, SHORT, Points, guide_sections, split_lead
from careers.roles.models import CareerStep, Item
from tests import factories
from tests.cases import each

LONG = "A first paragraph that says what it is.\n\n" + "More about it. " * 40


@each(
    "body, lead",
    [
        (LONG, "A first paragraph that says what it is."),
        ("Short.\n\nText.", "Short.\n\nText."),
        ("x" * SHORT, "x" * SHORT),
        ("x" * (SHORT + 1), "x" * (SHORT + 1)),
        ("### A heading\n\n" + LONG, ""),
        ("- a list\n\n" + LONG, ""),
        ("1. a list\n\n" + LONG, ""),
        ("> a quotation\n\n" + LONG, ""),
        ("    code\n\n" + LONG, "code"),
        ("See [this].\n\n" + LONG + "\n\n[this]: https://example.org/", ""),
        ("2026 was a good year.\n \n" + LONG, "2026 was a good year."),
    ],
)
def test_the_first_paragraph_is_the_lead_and_nothing_is_lost(db, body, lead):
    found, rest = split_lead(body)
    assert found == lead
    assert (found + rest).replace("\n", "").replace(" ", "") == body.replace("\n", "").replace(" ", "")


def sections_of(role, **blocks):
    return {section.kind: section for section in guide_sections(role, blocks)}


@pytest.mark.django_db
def test_prose_gives_way_to_the_list_that_says_the_same():
    role = factories.RoleFactory()
    for kind in ("work", "day"):
        factories.SectionFactory(role=role, kind=kind, body=LONG)
    assert sections_of(role)["day"].lead
    factories.ItemFactory(role=role, kind="day_activity")
    factories.ItemFactory(role=role, kind="responsibility")
    found = sections_of(factories.RoleFactory._meta.model.objects.get(pk=role.pk))
    assert (found["day"].lead, found["day"].rest) == ("", LONG.strip())
    assert found["work"].lead


@pytest.mark.django_db
def test_prose_about_tools_belongs_to_the_skills():
    role = factories.RoleFactory()
    factories.SectionFactory(role=role, kind="tools", heading="Why these tools", body=LONG)
    found = sections_of(role)
    assert list(found) == ["skills"]
    assert (found["skills"].heading, found["skills"].rest_heading) == ("Skills and tools", "Why these tools")


@each("number, shown", [(1, 1), (POINTS_SHOWN, POINTS_SHOWN), (POINTS_SHOWN + 1, POINTS_SHOWN + 1), (9, POINTS_SHOWN)])
def test_long_lists_show_their_first_points(db, number, shown):
    points = Points("responsibility", "Responsibilities", [Item(lead=str(n)) for n in range(number)])
    assert [len(points.shown), len(points.shown) + len(points.more)] == [shown, number]


@each(
    "leads, is_timeline",
    [
        (["09:00 Stand-up", "13:30 Review"], True),
        (["9 am: mail", "2 p.m. talk"], True),
        (["9.15 Start"], True),
        (["09:00 Stand-up", "Review"], False),
        (["2 colleagues meet"], False),
        (["25:00 never"], False),
    ],
)
def test_a_day_is_a_timeline_only_if_every_activity_has_a_time(db, leads, is_timeline):
    assert Points("day_activity", "The day", [Item(lead=lead) for lead in leads]).is_timeline is is_timeline


def step(kind):
    return CareerStep(kind=kind, to_title="Step")


def test_the_path_leads_from_starting_points_through_the_role_to_next_steps():
    path = draw_path([step("after"), step("before"), step("beside"), step("before")])
    kinds = [stop.step.kind if stop.step else "here" for stop in path.stops]
    assert kinds == ["before", "before", "here", "after"]
    assert [stop.x for stop in path.stops] == ["0.75rem", "0.75rem", "0.75rem", "2.25rem"]
    assert [stop.y for stop in path.stops] == ["1.375rem", "4.125rem", "6.875rem", "9.625rem"]
    assert (path.height, path.top, path.bottom) == ("11rem", "1.375rem", "9.625rem")


def test_similar_roles_alone_lie_on_no_path():
    assert draw_path([step("beside")]) is None
