import runpy
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max

from careers.occupations.models import ImportRun, Occupation, OccupationTitle, Release, Source
from careers.postings.models import CannedReply, Employer, Posting, PostingTemplate
from careers.resources.models import Resource
from careers.roles.figures.official import official_figures_of
from careers.roles.models import Item, OccupationLink, OutlookClaim, PayClaim, Role, Section

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.usefixtures("starter_database"),
    pytest.mark.xdist_group("starter"),
]
STARTER = Path(__file__).resolve().parents[2] / "starter"
COUNTED = (
    *(Role, Section, Item, OccupationLink, PayClaim, OutlookClaim, Source, Release, Occupation, ImportRun),
    *(PostingTemplate, Employer, Posting, CannedReply, Resource),
)


def counts():
    return {model.__name__: model.objects.aggregate(Count("pk"), Max("pk")) for model in COUNTED}


def test_nobody_claims_to_have_verified_an_invented_employer():
    assert Employer.objects.filter(about__contains="invented employer").count() == Employer.objects.count()
    assert not Employer.objects.filter(verified_on__isnull=False).exists()


def test_loading_twice_changes_nothing(capsys):
    before = counts()
    stamps = list(Role.objects.values_list("slug", "updated_at"))
    capsys.readouterr()
    call_command("load_starter")
    assert counts() == before
    assert list(Role.objects.values_list("slug", "updated_at")) == stamps
    assert all(" 0 created" in line for line in capsys.readouterr().out.splitlines())


def test_a_fresh_board_holds_what_it_promises():
    assert Role.objects.published().count() >= 12
    assert Resource.objects.published().count() >= 50
    assert Posting.objects.count() >= 40
    assert Posting.objects.live().count() >= 30
    assert not Posting.objects.filter(role__isnull=True).exists()
    assert not Posting.objects.filter(template__isnull=True).exists()
    assert not Posting.objects.live().filter(description__contains="{").exists()
    assert all(template.versions.count() == 1 for template in PostingTemplate.objects.all())


def test_the_machine_learning_guide_holds_every_figure_of_its_articles():
    """Each quoted figure is a row, with its source or plainly without one."""
    role = Role.objects.get(slug="machine-learning-engineer")
    unsourced = role.pay_claims.unsourced()
    by_country = unsourced.filter(low__isnull=False, mean__isnull=False)
    assert {(claim.country, claim.currency, int(claim.mean)) for claim in by_country} == {
        ("US", "USD", 120_000), ("CA", "CAD", 95_000), ("GB", "GBP", 55_000), ("AU", "AUD", 120_000), ("DE", "EUR", 75_000),
        ("ES", "EUR", 40_000), ("FR", "EUR", 50_000), ("ZA", "ZAR", 450_000), ("NG", "NGN", 6_000_000), ("AE", "AED", 240_000),
    }  # fmt: skip
    assert unsourced.get(country="AE").subdivision == "AE-DU"
    assert {
        (*amounts, measured_for, article)
        for *amounts, measured_for, article in role.pay_claims.filter(quoted_in__isnull=False).values_list(
            "median", "low", "period", "measured_for__code", "quoted_in__publisher"
        )
    } == {
        (85_720, None, "year", "15-2031.00", "Career.Guide"),
        (Decimal("41.21"), None, "hour", "15-2031.00", "Career.Guide"),
        (None, 100_000, "year", None, "Career.Guide"),
    }
    quoted = {(float(claim.growth_percent), claim.years) for claim in role.outlook_claims.all()}
    assert quoted >= {(17, "2020–2029"), (15, "2019–2029"), (23, "2021–2031"), (15.8, "2024–2034"), (21.5, "2024–2034")}


def years_of(counted):
    return {claim.reference_year for claim in counted.pay_series}


def test_the_machine_learning_guide_shows_what_is_published_for_its_occupations():
    """O*NET lists the title under three; what BLS publishes for them arrives by these links and is told once."""
    role = Role.objects.get(slug="machine-learning-engineer")
    counted = official_figures_of([role])[role.pk].occupations
    assert [(entry.code, entry.pay.median, entry.pay.reference_year) for entry in counted] == [
        ("15-2051.00", 120_230, 2025),
        ("15-1221.00", 140_300, 2025),
        ("15-1299.08", 116_580, 2025),
    ]
    assert [float(entry.outlook.growth_percent) for entry in counted] == [33.5, 19.7, 8.2]
    assert all(years_of(entry) == set(range(2020, 2026)) for entry in counted)
    listing = OccupationTitle.objects.filter(title="Machine Learning Engineer").values_list("occupation__code")
    assert {code for (code,) in listing} == {entry.code for entry in counted}


def test_every_guide_is_counted_somewhere_and_says_why():
    for official in official_figures_of(list(Role.objects.all())).values():
        assert official.occupations
        assert all(entry.link.reason.endswith(".") for entry in official.occupations)
        assert all(years_of(entry) == set(range(2020, 2026)) and entry.outlook for entry in official.occupations)


def test_a_guide_does_not_repeat_what_its_occupations_tell():
    for model in (PayClaim, OutlookClaim):
        repeating = model.objects.filter(
            source__imported_release__isnull=False,
            measured_for__soc_code=F("role__occupation_links__occupation__soc_code"),
        )
        assert not repeating.exists()
    assert not PayClaim.objects.filter(source__imported_release__isnull=False).exists()


def test_releases_and_sources_stand_once():
    assert {str(release) for release in Release.objects.filter(is_current=True)} == {
        "O*NET 29.3",
        "Occupational Employment and Wage Statistics 2025",
        "Employment Projections 2024-34",
    }
    assert Source.objects.filter(title__startswith="O*NET 29").count() == 1
    assert Source.objects.filter(publisher="U.S. Bureau of Labor Statistics").count() == 8


def test_what_comes_from_the_task_statements_says_so():
    tasks = Item.objects.filter(kind=Item.Kind.TASK)
    assert tasks.exists()
    assert {task.source.release for task in tasks} == {"29.3"}


def test_an_editors_change_survives_a_second_load():
    Role.objects.filter(slug="data-scientist").update(summary="Ours.")
    call_command("load_starter", verbosity=0)
    assert Role.objects.get(slug="data-scientist").summary == "Ours."


BROKEN = [
    ("roles/data-scientist.md", "## Section: overview", "## Section: nonsense", "data-scientist.md"),
    ("roles/data-scientist.md", "15-2051.00", "99-9999.00", "data-scientist.md: the occupation 99-9999.00"),
    (
        "roles/data-scientist.md",
        "weight = 1.00",
        "weight = 1.01",
        "data-scientist.md, occupation 1: Enter a weight above",
    ),
    ("pay_claims/machine-learning-engineer.csv", "US,,USD", "XX,,USD", "machine-learning-engineer.csv, claim 1: "),
    ("pay_claims/machine-learning-engineer.csv", "career-guide", "nobody", "the source “nobody-2024” is not in"),
    ("skills.csv", "name,kind", "name,sort", "skills.csv: no column kind"),
    ("employers.csv", "slug,", "sluq,", "employers.csv: no column slug"),  # read once the guides are there
]


def test_a_broken_file_is_named_and_nothing_is_loaded(tmp_path):
    """The two guides are missing, and would come first."""
    Role.objects.filter(slug__in=["data-scientist", "machine-learning-engineer"]).delete()
    folder, before = tmp_path / "starter", counts()
    shutil.copytree(STARTER, folder)
    for file, old, new, says in BROKEN:
        path = folder / file
        text = path.read_text()
        path.write_text(text.replace(old, new, 1))
        with pytest.raises(CommandError, match="Nothing was loaded") as error:
            call_command("load_starter", folder=folder)
        assert says in str(error.value)
        assert counts() == before, file
        path.write_text(text)
    call_command("load_starter", folder=folder, verbosity=0)
    assert Role.objects.filter(slug__in=["data-scientist", "machine-learning-engineer"]).count() == 2


def test_the_extract_holds_what_the_guides_need_and_says_what_the_publishers_say(shared_data):
    """A line of the extract is a line of the original; the occupations are those that starter/cut.py chooses."""
    original, extract = shared_data / "onet-29.3", STARTER / "onet-29.3"
    wanted = runpy.run_path(str(STARTER / "cut.py"))["selected_codes"](original)
    _, *occupations = (extract / "Occupation Data.txt").read_text().splitlines()
    assert {line.split("\t")[0] for line in occupations} == wanted
    for path in extract.glob("*.txt"):
        assert set(path.read_bytes().splitlines()) <= set((original / path.name).read_bytes().splitlines())
