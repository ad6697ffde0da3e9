"""Ratings of skills: one table up to O*NET 30, two with other names since 31.0."""

from decimal import Decimal

import pytest
from django.core.management import CommandError

from careers.occupations.models import EducationShare, OccupationSkill, OccupationTechnology
from tests.cases import each
from tests.occupations.importing.onet_files import (
    CODE,
    COLUMNS,
    DEVELOPER,
    EDUCATION,
    counts,
    everything,
    imported,
    onet_folder,
    skill,
    tables,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NEW_NAMES = {"Technology Skills": "Software Skills", EDUCATION: "Education"}


@pytest.fixture
def renamed(tmp_path):
    """The content as O*NET 31.0 names its files."""
    content = tables()
    skills = content.pop("Skills")
    folder = onet_folder(tmp_path, content, version="31.0")
    for old, new in NEW_NAMES.items():
        (folder / f"{old}.txt").rename(folder / f"{new}.txt")
    essential, transferable = skills[:2], skills[2:]
    for name, rows in (("Essential Skills", essential), ("Transferable Skills", transferable)):
        lines = ["\t".join(COLUMNS["Skills"])]
        lines += ["\t".join(str(row.get(column, "")) for column in COLUMNS["Skills"]) for row in rows]
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_rating_keeps_its_precision_and_its_cautions(tmp_path):
    report = imported(onet_folder(tmp_path))
    assert counts(report, "skills") == (4, 0, 0, 0, 0, 0)
    rating = OccupationSkill.objects.get(element="2.A.1.a", scale="IM")
    assert (rating.name, rating.rating, rating.respondents) == ("Reading Comprehension", Decimal("4.12"), 8)
    bounds = (rating.standard_error, rating.lower_bound, rating.upper_bound)
    assert bounds == (Decimal("0.125"), Decimal("3.88"), Decimal("4.37"))
    assert (rating.measured, rating.measured_by, rating.is_suppressed) == ("08/2023", "Analyst", False)
    assert OccupationSkill.objects.get(is_suppressed=True).scale == "IM"
    assert OccupationSkill.objects.get(is_irrelevant=True).scale == "LV"


def test_a_release_without_the_file_leaves_the_ratings_as_they_are(tmp_path):
    imported(onet_folder(tmp_path))
    content = tables()
    del content["Skills"]
    report = imported(onet_folder(tmp_path, content, version="30.2"))
    assert "Skills: not in the folder; what is in the database stays as it is" in report
    assert OccupationSkill.objects.current().count() == 4


def test_a_rating_that_is_gone_is_hidden_and_returns(tmp_path):
    imported(onet_folder(tmp_path))
    content = tables()
    content["Skills"] = content["Skills"][:3]
    assert counts(imported(onet_folder(tmp_path, content, version="30.2")), "skills") == (0, 0, 0, 1, 3, 0)
    assert OccupationSkill.objects.get(withdrawn_in__version="30.2").element == "2.B.3.l"
    assert counts(imported(onet_folder(tmp_path, version="30.3")), "skills") == (0, 0, 1, 0, 3, 0)


def test_the_files_of_31_0_give_the_same_rows(tmp_path, renamed):
    imported(onet_folder(tmp_path))
    before = everything()
    report = imported(renamed)
    assert counts(report, "skills") == (0, 0, 0, 0, 4, 0)
    assert counts(report, "technologies") == (0, 0, 0, 0, 2, 0)
    assert counts(report, "education") == (0, 0, 0, 0, 3, 0)
    assert [len(rows) for rows in everything().values()] == [len(rows) for rows in before.values()]
    for model in (OccupationSkill, OccupationTechnology, EducationShare):
        assert set(model.objects.values_list("release__version", "withdrawn_in")) == {("31.0", None)}


def test_one_of_the_two_tables_is_not_read_without_the_other(tmp_path, renamed):
    imported(onet_folder(tmp_path))
    (renamed / "Transferable Skills.txt").unlink()
    report = imported(renamed)
    assert "Transferable Skills: not in the folder; what is in the database stays as it is" in report
    assert "Essential Skills: not read without Transferable Skills" in report
    assert OccupationSkill.objects.current().count() == 4


def test_both_names_of_a_table_in_one_folder_are_refused(renamed):
    (renamed / "Skills.txt").write_text((renamed / "Essential Skills.txt").read_text())
    with pytest.raises(CommandError, match="both Skills and Essential Skills"):
        imported(renamed)
    (renamed / "Skills.txt").unlink()
    (renamed / "Technology Skills.txt").touch()
    with pytest.raises(CommandError, match=r"both Software Skills\.txt and Technology Skills\.txt"):
        imported(renamed)


def test_a_renamed_table_with_other_columns_is_named_and_the_rest_loads_without_it(renamed):
    table = renamed / "Software Skills.txt"
    table.write_text(table.read_text().replace("Example\t", "Workplace Example\t", 1))
    with pytest.raises(CommandError, match=r"Software Skills\.txt.*Example"):
        imported(renamed)
    table.unlink()
    report = imported(renamed)
    assert "Technology Skills: not in the folder; what is in the database stays as it is" in report
    assert counts(report, "skills") == (4, 0, 0, 0, 0, 0)


def test_columns_about_precision_may_be_missing_and_the_report_says_so(tmp_path):
    folder = onet_folder(tmp_path)
    columns = (CODE, "Element ID", "Element Name", "Scale ID", "Data Value")
    (folder / "Skills.txt").write_text(
        "\t".join(columns) + f"\n{DEVELOPER}\t2.A.1.a\tReading\tIM\t4.1\n{DEVELOPER}\t2.A.1.a\tReading\tXX\t9\n"
    )
    report = imported(folder)
    assert "Skills: has no column Recommend Suppress; it stays empty" in report
    assert counts(report, "skills") == (1, 0, 0, 0, 0, 1)
    assert "skipped: neither importance (IM) nor level (LV): 2.A.1.a XX" in report
    assert OccupationSkill.objects.get().respondents is None


@each(
    ("row", "words"),
    [
        (skill(DEVELOPER, "2.A.1.b", "Listening", "IM", "5.01"), "5.01 is not an importance from 1 to 5"),
        (skill(DEVELOPER, "2.A.1.b", "Listening", "IM", "0"), "0 is not an importance from 1 to 5"),
        (skill(DEVELOPER, "2.A.1.b", "Listening", "LV", "7.5"), "7.5 is not a level from 0 to 7"),
        (skill(DEVELOPER, "2.A.1.b", "", "IM", "3"), "line 6: name is empty"),
        (skill(DEVELOPER, "2.A.1.b", "Listening", "IM", "3", suppress="?"), "“?” is not yes or no"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, row, words):
    content = tables()
    content["Skills"].append(row)
    with pytest.raises(CommandError) as error:
        imported(onet_folder(tmp_path, content))
    assert words in str(error.value)
