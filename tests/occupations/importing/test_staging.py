"""Comparing the rows of a file with those of the database, on a table that is simple to write down."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.files.errors import FileError
from careers.occupations.importing.report import Report
from careers.occupations.importing.staging import Staging
from careers.occupations.importing.table_spec import TableSpec
from careers.occupations.models import EducationShare, JobZone, OccupationTask, OccupationTitle, Release
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ZONES = TableSpec("job zones", JobZone, key=("zone",), values=("name", "svp_range"))
SHARES = TableSpec(
    "education", EducationShare, key=("occupation__code", "category"), values=("percent", "is_suppressed")
)
TASKS = TableSpec("tasks", OccupationTask, key=("occupation__code", "task_id"), values=("text", "kind", "respondents"))


def compared(spec, rows, release=None, keep=""):
    """(report, added, changed, missing) of rows in lines 2, 3, ..."""
    report = Report("a release")
    with Staging(report, keep) as staging:
        staged = staging.add_table(spec)
        for line, row in enumerate(rows, start=2):
            staged.add(row, f"file.txt, line {line}")
        staging.compare(release or Release())
        found = [
            [row for batch in batches() for row in batch] for batches in (staged.added, staged.changed, staged.missing)
        ]
        return report.tables[0], *found


def zone(number, name="Zone", svp=""):
    return {"zone": number, "name": name, "svp_range": svp}


def share(category, percent, **other):
    return {"occupation__code": "15-2051.00", "category": category, "percent": percent, "is_suppressed": False} | other


@pytest.fixture
def release(db):
    return factories.ReleaseFactory()


def test_rows_are_added_changed_withdrawn_or_left(release):
    kept, changed, gone = [
        JobZone.objects.create(zone=number, name="Zone", release=release) for number in ("1", "2", "3")
    ]
    report, added, altered, missing = compared(ZONES, [zone("1"), zone("2", "Other"), zone("4")], release)
    assert (report.added, report.changed, report.withdrawn, report.unchanged) == (1, 1, 1, 1)
    assert added == [zone("4")]
    assert altered == [(changed.pk, zone("2", "Other"))]
    assert missing == [gone.pk]
    assert kept.pk not in missing


def test_a_withdrawn_row_that_comes_back_is_no_new_one(release):
    row = JobZone.objects.create(zone="1", name="Zone", release=release, withdrawn_in=release)
    report, added, returned, _ = compared(ZONES, [zone("1")], release)
    assert (report.added, report.changed, report.returned) == (0, 0, 1)
    assert added == []
    assert returned == [(row.pk, zone("1"))]


def test_a_row_withdrawn_before_is_not_withdrawn_again(release):
    JobZone.objects.create(zone="1", name="Zone", release=release, withdrawn_in=release)
    report, *_, gone = compared(ZONES, [], release)
    assert report.withdrawn == 0
    assert gone == []


@pytest.mark.parametrize("spelled", ["57.8", "57.80", "57.800", "5.78E+1"])
def test_a_number_is_the_same_in_every_spelling(spelled):
    occupation = factories.OccupationFactory(code="15-2051.00")
    EducationShare.objects.create(
        occupation=occupation, release=occupation.release, category=6, percent=Decimal("57.8")
    )
    report, *_ = compared(SHARES, [share(6, Decimal(spelled))], occupation.release)
    assert (report.changed, report.unchanged) == (0, 1)


def test_no_number_is_not_zero():
    occupation = factories.OccupationFactory(code="15-2051.00")
    EducationShare.objects.create(occupation=occupation, release=occupation.release, category=6, percent=0)
    report, *_ = compared(SHARES, [share(6, None)], occupation.release)
    assert (report.changed, report.unchanged) == (1, 0)


def test_rows_repeated_exactly_count_once():
    report, added, *_ = compared(ZONES, [zone("1"), zone("2"), zone("1"), zone("1")])
    assert [row["zone"] for row in added] == ["1", "2"]
    assert report.duplicates == 2
    assert report.conflicting == 0


def test_rows_that_contradict_each_other_are_listed_with_their_lines():
    report, *_ = compared(ZONES, [zone("1", "One"), zone("2"), zone("1", "Uno")])
    assert report.conflicting == 1
    assert report.conflicts == ["1: file.txt, line 2 and file.txt, line 4"]
    assert not report.kept


@pytest.mark.parametrize(("keep", "name"), [("first", "One"), ("last", "Un")])
def test_one_of_contradicting_rows_is_kept_by_choice(keep, name):
    report, added, *_ = compared(ZONES, [zone("1", "One"), zone("1", "Uno"), zone("1", "Un")], keep=keep)
    assert [row["name"] for row in added] == [name]
    assert report.kept == keep


def test_a_long_list_of_contradictions_is_cut_and_counted():
    rows = [zone(str(number), name) for number in range(15) for name in ("One", "Uno")]
    report, *_ = compared(ZONES, rows)
    assert report.conflicting == 15
    assert len(report.conflicts) == 10
    assert "  and 5 more" in list(report.remarks())


def test_a_table_may_merge_rows_of_one_key():
    def merge(one, other):
        return one | {"svp_range": one["svp_range"] or other["svp_range"]} if one["name"] == other["name"] else None

    spec = TableSpec("job zones", JobZone, key=("zone",), values=("name", "svp_range"), merge=merge)
    rows = [zone("1"), zone("1", svp="(4.0)"), zone("2", "Two"), zone("2", "Due"), zone("2", "Deux")]
    report, added, *_ = compared(spec, rows)
    assert added[0] == zone("1", svp="(4.0)")
    assert (report.merged, report.conflicting) == (1, 1)


@each(
    ("spec", "row", "words"),
    [
        (ZONES, zone("123"), "zone “123…” is longer than 2 characters"),
        (ZONES, zone("1", ""), "name is empty"),
        (SHARES, share(6, Decimal("12345.6")), "percent 12345.6 has more than 5 digits"),
        (SHARES, share(6, Decimal("1e60")), "has more than 5 digits"),
        (SHARES, share(40_000, None), "category 40000 is not between 0 and 32767"),
        (SHARES, share(None, None), "category is missing"),
        (
            TASKS,
            {"occupation__code": "15-2051.00", "task_id": "1", "text": "x", "kind": "odd", "respondents": 1},
            "“odd”",
        ),
    ],
)
def test_what_the_database_would_refuse_is_named_by_line(spec, row, words):
    with pytest.raises(FileError, match=r"^file\.txt, line 2: ") as error:
        compared(spec, [row])
    assert words in str(error.value)


def test_only_rows_of_the_same_kind_are_compared():
    title = factories.OccupationTitleFactory(title="Analyst", kind="reported")
    spec = TableSpec(
        "titles",
        OccupationTitle,
        key=("occupation__code", "title"),
        values=("sources",),
        constants={"kind": "alternate"},
    )
    report, added, _, gone = compared(
        spec, [{"occupation__code": title.occupation.code, "title": "Analyst", "sources": ""}]
    )
    assert report.added == len(added) == 1
    assert gone == []


small = st.dictionaries(st.sampled_from("123456"), st.sampled_from(["a", "b", "1.0", "é\u2028\"'"]), max_size=6)


@settings(max_examples=60)
@given(
    before=small,
    withdrawn=st.sets(st.sampled_from("123456")),
    incoming=st.lists(st.tuples(*[st.sampled_from("123"), st.sampled_from("ab")])),
)
def test_what_differs_is_what_a_dict_says(before, withdrawn, incoming):
    release = factories.ReleaseFactory()
    JobZone.objects.all().delete()
    for number, name in before.items():
        hidden = release if number in withdrawn else None
        JobZone.objects.create(zone=number, name=name, release=release, withdrawn_in=hidden)
    last = dict(incoming)
    shown = {number: name for number, name in before.items() if number not in withdrawn}
    report, added, changed, gone = compared(ZONES, [zone(*row) for row in incoming], release, keep="last")
    assert {row["zone"]: row["name"] for row in added} == {key: last[key] for key in last.keys() - before.keys()}
    assert {row["zone"]: row["name"] for _, row in changed} == {
        key: name for key, name in last.items() if key in before and (key in withdrawn or before[key] != name)
    }
    assert len(gone) == len(shown.keys() - last.keys())
    assert report.unchanged == sum(shown.get(key) == name for key, name in last.items())
