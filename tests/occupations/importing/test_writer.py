"""Writing of official figures; each release keeps its own."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from careers.occupations.importing import writer
from careers.occupations.importing.report import Report
from careers.occupations.importing.staging import Staging
from careers.occupations.importing.table_spec import TableSpec
from careers.occupations.models import Occupation, OfficialPay
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PAY_FIGURES = TableSpec(
    "pay figures",
    OfficialPay,
    key=("occupation__code", "occupation__level", "period"),
    values=("median", "absences"),
    constants={"country": "US", "currency": "USD"},
)
TITLES = TableSpec("occupations", Occupation, key=("code",), values=("title", "soc_code"), constants={"scheme": "soc"})
YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture
def occupation(db):
    return factories.OccupationFactory(soc=True)


@pytest.fixture
def release(db):
    return factories.ReleaseFactory(dataset="oews", version="2025")


def written(spec, release, *rows):
    report = Report("a release")
    with Staging(report) as staging:
        staged = staging.add_table(spec)
        for row in rows:
            staged.add(row, "file.xlsx, row 2")
        staging.compare(release)
        writer.write_table(staged, release)
    return report.tables[0]


def pay(occupation, median, period="year", absences=()):
    row = {"occupation__code": occupation.code, "occupation__level": "detailed", "period": period}
    return row | {"median": median if median is None else Decimal(median), "absences": dict(absences)}


def test_a_figure_has_the_source_of_its_release(occupation, release):
    written(PAY_FIGURES, release, pay(occupation, 120_230), pay(occupation, None, "hour", {"median": "suppressed"}))
    yearly, hourly = OfficialPay.objects.order_by("-period")
    assert (yearly.occupation, yearly.release, yearly.source) == (occupation, release, release.source)
    assert (yearly.median, yearly.country, yearly.currency) == (120_230, "US", "USD")
    assert (hourly.median, hourly.absences) == (None, {"median": "suppressed"})
    assert yearly.created_at
    assert yearly.updated_at


def test_a_figure_that_changes_has_a_new_time_of_change(occupation, release):
    written(PAY_FIGURES, release, pay(occupation, 1))
    OfficialPay.objects.update(updated_at=YESTERDAY, created_at=YESTERDAY)
    before = OfficialPay.objects.get()
    report = written(PAY_FIGURES, release, pay(occupation, 2))
    figure = OfficialPay.objects.get()
    assert (report.changed, figure.pk, figure.median) == (1, before.pk, 2)
    assert figure.created_at == YESTERDAY < figure.updated_at


def test_one_that_does_not_change_is_not_touched(occupation, release):
    written(PAY_FIGURES, release, pay(occupation, 1, absences={"p10": "no_data", "p90": "small"}))
    OfficialPay.objects.update(updated_at=YESTERDAY)
    written(PAY_FIGURES, release, pay(occupation, "1.00", absences={"p90": "small", "p10": "no_data"}))
    assert OfficialPay.objects.get().updated_at == YESTERDAY


def test_one_that_is_gone_is_deleted_from_its_release_alone(occupation, release):
    other = factories.ReleaseFactory(dataset="oews", version="2024")
    for edition in (other, release):
        written(PAY_FIGURES, edition, pay(occupation, 1), pay(occupation, 2, "hour"))
    report = written(PAY_FIGURES, release, pay(occupation, 1))
    assert report.withdrawn == 1
    left = OfficialPay.objects.filter(occupation=occupation).values_list("release__version", "period")
    assert sorted(left) == [("2024", "hour"), ("2024", "year"), ("2025", "year")]


def test_a_title_takes_its_folded_form_along(release):
    row = {"code": "15-2051", "title": "Café-Manager", "soc_code": "15-2051"}
    written(TITLES, release, row)
    assert Occupation.objects.get().title_key == "cafe manager"
    written(TITLES, release, row | {"title": "Über-Manager"})
    assert Occupation.objects.get().title_key == "uber manager"


def test_a_row_is_never_given_to_the_wrong_occupation(occupation, release):
    """What names it must name one alone: here the code is also that of a broad occupation."""
    factories.OccupationFactory(soc=True, code=occupation.code, level="broad")
    spec = TableSpec("pay figures", OfficialPay, key=("occupation__code", "period"), values=("median",))
    row = {"occupation__code": occupation.code, "period": "year", "median": Decimal(1)}
    with pytest.raises(ValueError, match="too many values"):
        written(spec, release, row)
