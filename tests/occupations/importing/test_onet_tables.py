"""What becomes of the rows of O*NET's tables."""

from decimal import Decimal

import pytest
from django.core.management import CommandError

from careers.core.text import fold_text
from careers.occupations.models import EducationShare, JobZone, Occupation, OccupationTask, OccupationTitle
from tests.cases import each
from tests.occupations.importing.onet_files import (
    CODE,
    DEVELOPER,
    EDUCATION,
    RESEARCHER,
    SCIENTIST,
    counts,
    dry,
    education,
    everything,
    imported,
    onet_folder,
    tables,
    task,
    technology,
    title,
    zone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def content():
    return tables()


@pytest.fixture
def scientist(tmp_path):
    imported(onet_folder(tmp_path))
    return Occupation.objects.get(code=SCIENTIST)


def refused(tmp_path, content, *flags):
    with pytest.raises(CommandError) as error:
        imported(onet_folder(tmp_path, content), *flags)
    assert not Occupation.objects.exists()
    return str(error.value)


def test_an_occupation_has_its_soc_code_and_job_zone(scientist):
    assert (scientist.scheme, scientist.level, scientist.title) == ("onet-soc", "detailed", "Data Scientists")
    assert (scientist.soc_code, scientist.title_key) == ("15-2051", "data scientists")
    assert scientist.job_zone.svp_range == "(7.0 < 8.0)"
    assert Occupation.objects.get(code=RESEARCHER).job_zone is None


def test_a_title_may_belong_to_many_occupations(scientist):
    owners = OccupationTitle.objects.filter(title_key=fold_text("machine-learning engineer"))
    assert set(owners.values_list("occupation__code", "short_title", "sources")) == {
        (SCIENTIST, "ML Engineer", "08"),
        (DEVELOPER, "", "02,10"),
    }


def test_a_reported_title_says_whether_it_is_shown_first(scientist):
    reported = scientist.alternate_titles.get(kind="reported")
    assert (reported.title, reported.title_key, reported.is_shown_first) == ("Café Analyst", "cafe analyst", True)
    assert scientist.alternate_titles.get(kind="alternate").is_shown_first is None


def test_the_same_title_may_be_alternate_and_reported(tmp_path, content):
    content["Alternate Titles"].append(title(SCIENTIST, "Café Analyst"))
    imported(onet_folder(tmp_path, content))
    assert OccupationTitle.objects.filter(title="Café Analyst").count() == 2


def test_a_task_keeps_its_quotes_kind_and_respondents(scientist):
    task = scientist.tasks.get(task_id="8823")
    assert task.text == 'Report "head counts" of models.'
    assert (task.kind, task.respondents, task.measured, task.measured_by) == ("core", 95, "08/2023", "Incumbent")
    unrated = OccupationTask.objects.get(occupation__code=DEVELOPER)
    assert (unrated.kind, unrated.respondents) == ("", None)


def test_technologies_are_hot_and_in_demand_or_not(scientist):
    found = scientist.technologies.values_list("name", "commodity_code", "is_hot", "is_in_demand")
    assert set(found) == {("Python", "43232402", True, True), ("R", "43232605", False, False)}


def test_a_release_without_the_column_in_demand_is_read_and_the_report_says_so(tmp_path, content):
    """26.3 and earlier."""
    folder = onet_folder(tmp_path, content, version="26.3")
    table = folder / "Technology Skills.txt"
    lines = [line.rpartition("\t")[0] for line in table.read_text(encoding="utf-8").splitlines()]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = imported(folder)
    assert "Technology Skills: has no column In Demand; it stays empty" in report
    found = Occupation.objects.get(code=SCIENTIST).technologies.values_list("name", "is_hot", "is_in_demand")
    assert set(found) == {("Python", True, False), ("R", False, False)}


def test_related_occupations_keep_tier_and_rank(scientist):
    related = scientist.related.get()
    assert (related.to_occupation.code, related.tier, related.rank) == (DEVELOPER, "Primary-Short", 1)


def test_no_data_is_not_zero_and_what_is_advised_against_is_kept(scientist):
    shares = EducationShare.objects.filter(occupation__code=DEVELOPER)
    assert dict(shares.values_list("category", "percent")) == {6: Decimal("57.80"), 7: Decimal(0), 8: None}
    assert list(shares.filter(is_suppressed=True).values_list("category", flat=True)) == [8]
    assert not scientist.education.exists()


def test_other_scales_of_the_education_table_are_counted_as_skipped(tmp_path, content):
    content[EDUCATION] += [education(1, "5", element="3.A.1", scale="RW"), education(2, "5", scale="IM")]
    report = imported(onet_folder(tmp_path, content))
    assert counts(report, "education") == (3, 0, 0, 0, 0, 2)
    assert "2 skipped: not the required level of education (2.D.1, RL): 3.A.1 RW, 2.D.1 IM" in report


def test_leading_zeros_survive(tmp_path, content):
    content["Alternate Titles"] = [title(SCIENTIST, "Analyst", sources="08")]
    content["Technology Skills"] = [technology(SCIENTIST, "Python", "00232402")]
    imported(onet_folder(tmp_path, content))
    scientist = Occupation.objects.get(code=SCIENTIST)
    assert scientist.alternate_titles.get(kind="alternate").sources == "08"
    assert scientist.technologies.get().commodity_code == "00232402"


@each(
    ("table", "row", "words"),
    [
        ("Occupation Data", {CODE: "15-2051", "Title": "x", "Description": "x"}, "line 5, column O*NET-SOC Code"),
        ("Occupation Data", {CODE: "Jan-51", "Title": "x", "Description": "x"}, "a spreadsheet has made a date of it"),
        ("Occupation Data", {CODE: "15-2051.0", "Title": "x", "Description": "x"}, "“15-2051.0” is not a code"),
        ("Occupation Data", {CODE: "15-2052.00", "Description": "x"}, "line 5: title is empty"),
        ("Task Statements", task("15-2051.1", "1", "x"), "Task Statements.txt, line 5, column O*NET-SOC Code"),
        ("Task Statements", task(SCIENTIST, "A1", "x"), "column Task ID"),
        ("Task Statements", task(SCIENTIST, "1", ""), "line 5: text is empty"),
        ("Task Statements", task(SCIENTIST, "1", "x", kind="Odd"), "line 5: kind “odd” is not known"),
        ("Task Statements", task(SCIENTIST, "1", "x", respondents="2.5"), "“2.5” is not a whole number"),
        ("Task Statements", task(SCIENTIST, "1", "x", respondents="some"), "“some” is not a number"),
        ("Technology Skills", technology(SCIENTIST, "x", hot="?"), "“?” is not yes or no"),
        ("Technology Skills", technology(SCIENTIST, "x", commodity="4.32E+07"), "column Commodity Code"),
        ("Technology Skills", technology(SCIENTIST, "x" * 251), "line 4: name “xxx"),
        (EDUCATION, education(13, "1"), "“13.0” is not a level of education"),
        (EDUCATION, education(5, "101"), "101 is not a share in percent"),
        ("Job Zones", {CODE: RESEARCHER, "Job Zone": "9"}, "job zone “9” is not in the Job Zone Reference"),
        ("Job Zones", {CODE: SCIENTIST, "Job Zone": "4"}, "line 4: a second job zone for 15-2051.00"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(tmp_path, content, table, row, words):
    message = refused(tmp_path, content | {table: [*content[table], row]})
    assert words in message
    assert f"{table}.txt, line " in message


def test_rows_repeated_exactly_count_once(tmp_path, content):
    content["Task Statements"] *= 2
    report = imported(onet_folder(tmp_path, content))
    assert counts(report, "tasks") == (3, 0, 0, 0, 0, 0)
    assert "tasks: 3 rows repeated exactly, counted once" in report


def test_a_title_listed_twice_is_completed_in_either_order(tmp_path, content):
    """As O*NET 29.3 lists two titles of 21-1014.00."""
    rows = [title(SCIENTIST, "Counselor (LMHC)", "", "04"), title(SCIENTIST, "Counselor (LMHC)", "LMHC", "02,04")]
    for order in (rows, rows[::-1]):
        content["Alternate Titles"] = order
        imported(onet_folder(tmp_path, content))
        stored = OccupationTitle.objects.current().get(title="Counselor (LMHC)")
        assert (stored.short_title, stored.sources) == ("LMHC", "02,04")


def contradicting(content):
    content["Task Statements"].append(task(SCIENTIST, "8824", "Clean other data.", "Supplemental", 40))
    content["Job Zones"].append({CODE: SCIENTIST, "Job Zone": "4"})
    return content


def test_rows_that_contradict_each_other_block_the_release(tmp_path, content):
    content["Alternate Titles"].append(title(SCIENTIST, "Machine Learning Engineer", "MLE"))
    folder = onet_folder(tmp_path, content)
    message = refused(tmp_path, content)
    assert "alternate titles: rows contradict each other; choose with --keep first or --keep last." in message
    with pytest.raises(CommandError, match="--keep"):
        dry(folder)


@pytest.mark.parametrize(("keep", "text", "zone"), [("first", "Clean data.", "5"), ("last", "Clean other data.", "4")])
def test_unless_one_is_chosen(tmp_path, content, keep, text, zone):
    report = imported(onet_folder(tmp_path, contradicting(content)), "--keep", keep)
    assert f"tasks: 1 key with rows that contradict each other; the {keep} is kept:" in report
    assert "15-2051.00, 8824: Task Statements.txt, line 3 and Task Statements.txt, line 5" in report
    assert OccupationTask.objects.get(task_id="8824").text == text
    assert Occupation.objects.get(code=SCIENTIST).job_zone.zone == zone


def test_unknown_occupations_are_listed_and_the_rest_is_loaded(tmp_path, content):
    content["Task Statements"].append(task("99-9999.00", "1", "x"))
    content["Related Occupations"].append(
        {CODE: SCIENTIST, "Related O*NET-SOC Code": "99-9998.00", "Relatedness Tier": "Primary-Short", "Index": "2"}
    )
    content["Job Zones"].append({CODE: "99-9997.00", "Job Zone": "4"})
    report = imported(onet_folder(tmp_path, content))
    assert counts(report, "tasks") == (3, 0, 0, 0, 0, 1)
    assert "tasks: 1 skipped: not in the list of occupations: 99-9999.00" in report
    assert counts(report, "related occupations") == (1, 0, 0, 0, 0, 1)
    assert "job zone of an occupation that is not listed: 99-9997.00" in report


def test_too_many_unknown_occupations_stop_it(tmp_path, content):
    content["Task Statements"] += [task("99-9999.00", str(number), "x") for number in range(4)]
    assert "tasks: 57 % of the rows name occupations that are not listed (--max-unknown)." in refused(tmp_path, content)
    imported(onet_folder(tmp_path, content), "--max-unknown", "60")
    assert OccupationTask.objects.count() == 3


@pytest.mark.parametrize("share", ["101", "-1", "half"])
def test_the_limit_is_a_percentage(tmp_path, share):
    with pytest.raises(CommandError, match=r"not a number from 0 to 100|expected one argument"):
        dry(onet_folder(tmp_path), "--max-unknown", share)


def test_both_layouts_give_identical_rows(tmp_path, content):
    """Title columns or none, LF or CRLF, nothing or n/a, 95.0 or 95, doubled quotes or bare ones."""
    imported(onet_folder(tmp_path, content))
    before = everything(stamps=True)
    report = imported(onet_folder(tmp_path, content, name="db_29_3_text", official=True))
    assert "Nothing to do" in report
    assert everything(stamps=True) == before


def test_columns_may_be_more_and_in_another_order(tmp_path, content):
    folder = onet_folder(tmp_path)
    path = folder / "Occupation Data.txt"
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    lines = ["\t".join([row[2], "new", row[0], row[1]]) for row in rows]
    path.write_text("\n".join(["Description\tColour\tO*NET-SOC Code\tTitle", *lines[1:]]) + "\n")
    report = imported(folder)
    assert "Occupation Data.txt: unknown column ignored: Colour" in report
    assert Occupation.objects.get(code=SCIENTIST).description == "Develop techniques."


def test_job_zones_refer_to_what_an_earlier_import_brought(tmp_path, content):
    imported(onet_folder(tmp_path, content))
    del content["Job Zone Reference"]
    content["Job Zones"] = [{CODE: SCIENTIST, "Job Zone": "4"}]
    imported(onet_folder(tmp_path, content, name="later"))
    assert Occupation.objects.get(code=SCIENTIST).job_zone.zone == "4"
    assert Occupation.objects.get(code=DEVELOPER).job_zone is None
    assert JobZone.objects.current().count() == 2


def test_a_job_zone_that_is_gone_is_hidden(tmp_path, content):
    imported(onet_folder(tmp_path, content))
    content["Job Zones"] = [{CODE: SCIENTIST, "Job Zone": "5"}]
    content["Job Zone Reference"] = [zone("5")]
    imported(onet_folder(tmp_path, content, name="later"))
    assert list(JobZone.objects.current().values_list("zone", flat=True)) == ["5"]
