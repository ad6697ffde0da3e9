"""import_guide: what a draft becomes in the database, and what a second article adds to it."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.guide_import.diff import pay_key
from careers.guide_import.target import find_guide
from careers.occupations.models import Source
from careers.roles.models import Article, Industry, Item, OutlookClaim, PayClaim, Role, RoleSkill, Section
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = """# Baker: Duties, Pay and Prospects

## What does a baker do?

Bakers make bread.

- Kneading: by hand or by machine
- Shaping loaves

## Pay

- United States: average $36,000 a year, $27,000 to $48,000
- Dubai: average AED 60,000 a year

According to the Bureau of Labor Statistics, the median in the US is $34,950 a year.

## Outlook

Employment of bakers (51-3011.00) is projected to grow 5% from 2022 to 2032.

## Skills

- Microsoft Excel is preferred

## Career path

- Head Baker: runs the night
- Pastry Chef

## Where do bakers work?

- Retail
- Hospitality: in hotels

## A digression on ovens

They are hot.

Related: [Baker resume guide](https://example.org/baker-resume)
"""
SECOND = """# Baker Career Path

## What does a baker do?

Nobody is up as early as a baker.

- Kneading: by hand or by machine
- Cleaning the oven

## Salary

- United States: $36,000 on average a year, $27,000 to $48,000
- Canada: average C$38,000 a year
"""


@pytest.fixture
def run(tmp_path):
    def run(text=FIRST, *options, name="baker.md", role="Baker"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = StringIO()
        call_command("import_guide", str(path), "--role", role, *options, stdout=out)
        return out.getvalue()

    return run


def everything():
    models = (Role, Section, Item, PayClaim, OutlookClaim, Article, Source, Industry, RoleSkill)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_without_commit_nothing_is_written(run):
    before = everything()
    output = run()
    assert everything() == before
    assert "Would write to a new draft “Baker”" in output
    assert "line 10: claim: “How to read the pay figures” | United States" in output.replace("line 12", "line 10")
    assert "Nothing was written" in output


def test_an_article_becomes_a_draft_whose_parts_name_it(run):
    factories.SkillFactory(name="Microsoft Excel")
    output = run(FIRST, "--publisher", "Crumb & Co", "--year", "2023", "--commit")
    role = Role.objects.get(title="Baker")
    source = Source.objects.get(publisher="Crumb & Co", title="Baker: Duties, Pay and Prospects", release="2023")
    assert (role.status, role.edition) == ("draft", "2023")
    assert list(role.items.filter(kind="responsibility").values_list("lead", "text", "source")) == [
        ("Kneading", "by hand or by machine", source.pk),
        ("Shaping loaves", "", source.pk),
    ]
    assert role.sections.get(kind="work").body == "Bakers make bread."
    assert role.sections.get(kind="work").source == source
    assert role.sections.get(kind="unplaced").body.endswith("#### A digression on ovens\n\nThey are hot.")
    assert list(role.industries.values_list("name", flat=True)) == ["Hospitality", "Retail"]
    assert role.role_skills.get().necessity == RoleSkill.Necessity.PREFERRED
    assert "Written to a new draft “Baker”" in output


def test_claims_rest_on_the_named_source_alone_and_say_where_they_were_found(run):
    run(FIRST, "--publisher", "Crumb & Co", "--commit")
    article = Source.objects.get(publisher="Crumb & Co")
    average, dubai, median = PayClaim.objects.order_by("position")
    assert (average.mean, average.median, average.low, average.high) == (36000, None, 27000, 48000)
    assert (average.source, average.quoted_in) == (None, article)
    assert (dubai.country, dubai.subdivision, dubai.currency) == ("AE", "AE-DU", "AED")
    assert (median.median, median.mean) == (34950, None)
    assert median.source.publisher == "U.S. Bureau of Labor Statistics"
    assert median.quoted_in == article
    outlook = OutlookClaim.objects.get()
    assert (outlook.growth_percent, outlook.base_year, outlook.target_year) == (5, 2022, 2032)


def test_an_occupation_named_by_its_code_is_what_was_measured(run):
    occupation = factories.OccupationFactory(code="51-3011.00")
    run(FIRST, "--commit")
    assert OutlookClaim.objects.get(role__title="Baker").measured_for == occupation


def test_steps_lead_to_guides_there_are(run):
    pastry = factories.RoleFactory(title="Pastry Chef")
    run(FIRST, "--commit")
    head, chef = Role.objects.get(title="Baker").career_steps.order_by("position")
    assert (head.to_title, head.note) == ("Head Baker", "runs the night")
    assert chef.to_role == pastry


def test_related_lines_become_stubs_readers_never_see(run):
    run(FIRST, "--commit")
    stub = Article.objects.get()
    assert (stub.kind, stub.title, stub.address, stub.body) == (
        "resume",
        "Baker resume guide",
        "https://example.org/baker-resume",
        "",
    )
    assert not Article.objects.written().exists()


def test_every_row_says_in_its_history_where_it_comes_from(run):
    run(FIRST, "--commit")
    for model in (Role, Section, Item, PayClaim, OutlookClaim, Article, Source):
        assert set(model.history.values_list("history_change_reason", flat=True)) == {
            "Imported from “Baker: Duties, Pay and Prospects”"
        }


def test_the_same_article_again_changes_nothing_and_says_so(run):
    factories.SkillFactory(name="Microsoft Excel")
    run(FIRST, "--commit")
    before = everything()
    output = run(FIRST, "--commit")
    assert everything() == before
    assert "holds all of it already: nothing was changed" in output


def test_a_second_article_adds_and_overwrites_nothing(run):
    run(FIRST, "--publisher", "Crumb & Co", "--commit")
    section = Section.objects.get(kind="work")
    section.heading, section.body = "Our heading", "Our own words."
    section.save()
    output = run(SECOND, "--publisher", "Loaf Weekly", "--commit", name="second.md")
    role = Role.objects.get()
    section.refresh_from_db()
    assert section.heading == "Our heading"
    assert section.body == (
        "Our own words.\n\n### From “Baker Career Path”, Loaf Weekly\n\n#### What does a baker do?\n\n"
        "Nobody is up as early as a baker."
    )
    assert [str(item) for item in role.items.filter(kind="responsibility")] == [
        "Kneading", "Shaping loaves", "Cleaning the oven",
    ]  # fmt: skip
    assert list(role.pay_claims.values_list("country", "quoted_in__publisher")) == [
        ("US", "Crumb & Co"), ("AE", "Crumb & Co"), ("US", "Crumb & Co"), ("CA", "Loaf Weekly"),
    ]  # fmt: skip
    assert (
        "Pay “United States, mean $36,000, low $27,000, high $48,000 a year, unsourced” (line 12): in the guide already"
        in output
    )


def test_positions_go_on_where_the_guide_ends(run):
    role = factories.RoleFactory(title="Baker", draft=True)
    factories.ItemFactory(role=role, kind="responsibility", position=7, lead="Ours")
    run(FIRST, "--commit")
    assert list(role.items.filter(kind="responsibility").values_list("lead", "position")) == [
        ("Ours", 7), ("Kneading", 8), ("Shaping loaves", 9),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["published", "archived"])
def test_what_readers_see_gets_a_companion_draft(run, status):
    role = factories.RoleFactory(title="Baker", status=status)
    output = run(FIRST, "--commit")
    role.refresh_from_db()
    assert (role.status, role.items.count(), role.sections.count()) == (status, 0, 0)
    companion = Role.objects.get(title="Baker (new edition)")
    assert (companion.status, companion.items.exists()) == ("draft", True)
    assert f"The guide “Baker” is {status}, so everything goes to the draft “Baker (new edition)”." in output


def test_a_guide_in_review_is_added_to(run):
    role = factories.RoleFactory(title="Baker", status="in_review")
    run(FIRST, "--commit", role="baker")
    assert role.items.exists()
    assert Role.objects.count() == 1


def test_a_skill_an_editor_judged_stays_as_judged(run):
    skill = factories.SkillFactory(name="Microsoft Excel")
    role = factories.RoleFactory(title="Baker", draft=True)
    factories.RoleSkillFactory(role=role, skill=skill, necessity="useful", note="Ours")
    run(FIRST, "--commit")
    assert list(role.role_skills.values_list("necessity", "note")) == [("useful", "Ours")]


def test_a_figure_the_database_refuses_stays_in_the_prose(run, monkeypatch):
    from careers.guide_import.extract import pay

    monkeypatch.setattr(pay, "are_consistent", lambda amounts: True)
    output = run(
        "# Baker\n\n## Pay\n\nIn the US the median is $30,000 a year; the lowest 10 percent earn $40,000 a year.",
        "--commit",
    )
    assert "Refused:" in output
    assert not PayClaim.objects.exists()
    assert "$40,000" in Section.objects.get(kind="pay").body


def test_a_crash_half_way_leaves_nothing(run, monkeypatch):
    from careers.guide_import import save

    def fail(*args):
        raise RuntimeError("half way")

    monkeypatch.setattr(save.ChangeWriter, "add_industries", fail)
    with pytest.raises(RuntimeError):
        run(FIRST, "--commit")
    assert not Role.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("text", "name", "options", "says"),
    [
        (b"", "a.txt", [], "a.txt is empty"),
        (b"%PDF-1.4", "a.pdf", [], "is a PDF"),
        (b"text", "a.txt", ["--year", "last"], "last is not a year"),
    ],
)
def test_a_wrong_file_or_option_is_refused_in_a_sentence(run, text, name, options, says):
    with pytest.raises(CommandError, match=says):
        run(text, *options, name=name)


@pytest.mark.parametrize("role", ["", "...", "x" * 121])
def test_a_title_that_is_none_is_refused(run, role):
    with pytest.raises(CommandError, match="Not imported"):
        run(FIRST, "--commit", role=role)
    assert not Role.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"gone\.md"):
        call_command("import_guide", str(tmp_path / "gone.md"), "--role", "Baker")


def test_an_address_nobody_can_open_is_not_kept(run):
    run(FIRST, "--address", "http://localhost/x", "--publisher", "Crumb", "--commit")
    assert Source.objects.get(publisher="Crumb").url == ""
    run(SECOND, "--address", "https://crumb.example.com/x", "--commit", name="b.md")
    assert Source.objects.get(publisher="crumb.example.com").url == "https://crumb.example.com/x"


FIGURE = {"country": "US", "subdivision": "US-TX", "city": "Austin", "currency": "USD", "mean": Decimal(9)}


@pytest.mark.parametrize(
    ("other", "is_known"),
    [
        ({"country": "CA"}, False),
        ({"subdivision": "US-NY"}, False),
        ({"city": "Dallas"}, False),
        ({"currency": "CAD"}, False),
        ({"period": "month"}, False),
        ({"mean": Decimal(10)}, False),
        ({"mean": None, "median": Decimal(9)}, False),
        ({"mean": Decimal("9.00")}, True),
        ({"population": "Bakers", "note": "From memory.", "reference_year": 2020}, True),
    ],
)
def test_a_figure_is_known_already_where_place_currency_period_and_amounts_are_the_same(other, is_known):
    assert (pay_key(PayClaim(**FIGURE)) == pay_key(PayClaim(**FIGURE | other))) is is_known


@pytest.mark.parametrize(
    ("there", "goes_into"),
    [
        ([], "Baker"),
        ([("Baker", "draft")], "Baker"),
        ([("Baker", "published")], "Baker (new edition)"),
        ([("Baker", "archived"), ("Baker (new edition)", "in_review")], "Baker (new edition)"),
        ([("Baker", "published"), ("Baker (new edition)", "published")], "Baker (new edition) 2"),
    ],
)
def test_an_article_goes_into_a_guide_that_readers_have_not_seen(there, goes_into):
    for title, status in there:
        factories.RoleFactory(title=title, status=status)
    guide, note = find_guide("baker" if there else "Baker")
    assert (guide.title.lower(), guide.status) == (goes_into.lower(), dict(there).get(goes_into, "draft"))
    assert ("everything goes to the draft" in note) is (goes_into != "Baker")
