"""What a figure of pay or outlook may say, and how it reads."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from careers.occupations.models import OfficialOutlook, OfficialPay
from careers.roles.models import OutlookClaim, PayClaim
from tests import factories

STATISTICS = ("mean", "p10", "p25", "median", "p75", "p90", "low", "high")


def faults(model, **fields):
    """The sentences of the checks that a figure of a guide breaks."""
    try:
        model(**{"role_id": 1} | fields).validate_constraints()
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.django_db
class TestPay:
    @pytest.mark.parametrize("name", STATISTICS)
    def test_any_one_figure_is_enough_and_is_above_zero(self, name):
        assert faults(PayClaim, **{name: 1}) == []
        assert faults(PayClaim, **{name: 0}) == ["Enter amounts above zero. Leave a field empty if there is no figure."]
        assert PayClaim(**{name: 1}).has_figures

    def test_a_ceiling_is_above_zero_and_no_figure(self):
        assert faults(PayClaim, top_code=9) == ["Enter at least one figure, for example the median."]
        assert not PayClaim(top_code=9).has_figures
        assert len(faults(PayClaim, median=1, top_code=0)) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [("p10", "p25"), ("p25", "median"), ("median", "p75"), ("p75", "p90"), ("p10", "p90"), ("low", "high")],
    )
    def test_what_is_named_the_lower_is_not_above_the_upper(self, one, other):
        assert faults(PayClaim, **{one: 2, other: 2}) == []
        [sentence] = faults(PayClaim, **{one: 2, other: 1})
        assert ("range" if one == "low" else "from low to high") in sentence


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize(
    ("factory", "unpublished"),
    [
        (factories.OfficialPayFactory, ["median", "employment", "reference_year"]),
        (
            factories.OfficialOutlookFactory,
            ["growth_percent", "annual_openings", "base_year", "target_year", "base_employment", "target_employment"],
        ),
    ],
)
def test_what_is_not_published_of_an_occupation_is_kept_without_a_figure(factory, unpublished):
    figure = factory(**dict.fromkeys(unpublished), country="")
    figure.full_clean()
    assert figure.absences == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"median": 0}, "Enter amounts above zero"),
        ({"p10": 2, "p90": 1}, "Enter the percentiles from low to high"),
        ({"country": "DE", "subdivision": "US-CA"}, "Choose a state or province in this country"),
    ],
)
def test_official_pay_is_checked_like_that_of_guides(fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        OfficialPay(occupation_id=1, release_id=1, **fields).validate_constraints()
    assert sentence in " ".join(faults(PayClaim, **{"median": 1} | fields))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "other"),
    [
        (factories.OfficialPayFactory, {"period": "hour"}),
        (factories.OfficialPayFactory, {"release_id": 0}),
        (factories.OfficialOutlookFactory, {"release_id": 0}),
    ],
)
def test_a_release_gives_a_figure_of_an_occupation_once(factory, other):
    figure = factory()
    same = {"occupation_id": figure.occupation_id, "release_id": figure.release_id}
    with pytest.raises(ValidationError, match="This release already has this"):
        type(figure)(**same).validate_constraints()
    type(figure)(**same | other).validate_constraints()
    type(figure)(**same | {"occupation_id": figure.occupation_id + 1}).validate_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, ["Enter a growth rate in percent, or the number of openings per year."]),
        ({"growth_percent": 0}, []),
        ({"annual_openings": 0}, []),
        ({"growth_percent": 1, "base_year": 2024, "target_year": 2025}, []),
        ({"growth_percent": 1, "base_year": 2024}, []),
        ({"growth_percent": 1, "target_year": 2024}, []),
        (
            {"growth_percent": 1, "base_year": 2024, "target_year": 2024},
            ["Enter a base year before the target year, for example 2024 and 2034."],
        ),
    ],
)
def test_an_outlook_has_a_figure_and_years_that_ascend(fields, sentences):
    assert faults(OutlookClaim, **fields) == sentences


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (PayClaim, "country", "XX"),
        (OutlookClaim, "country", "XX"),
        (PayClaim, "currency", "XXQ"),
        (PayClaim, "period", "decade"),
    ],
)
def test_countries_currencies_and_periods_are_those_that_are_known(model, field, value):
    with pytest.raises(ValidationError) as refusal:
        model(**{field: value}).clean_fields(exclude=["role"])
    assert field in refusal.value.message_dict


@pytest.mark.parametrize("claim", [PayClaim(currency="USD", median=1), OutlookClaim(growth_percent=1)])
def test_all_but_a_figure_and_its_currency_may_be_left_empty(claim):
    claim.clean_fields(exclude=["role"])


def test_pay_is_by_the_year_unless_it_says_so():
    assert (PayClaim().period, OfficialPay(period="hour").period) == ("year", "hour")


def test_a_place_is_named_where_there_is_one():
    assert (OutlookClaim(country="DE").place_name, PayClaim(country="US").place_name) == ("Germany", "United States")
    assert (OutlookClaim().place_name, PayClaim().place_name) == ("", "")


def test_only_figures_of_occupations_are_official():
    figures = (OfficialPay(), OfficialOutlook(), PayClaim(), OutlookClaim())
    assert [figure.is_official for figure in figures] == [True, True, False, False]


def test_a_figure_is_a_row_of_one_table():
    assert [model._meta.parents for model in (PayClaim, OutlookClaim, OfficialPay, OfficialOutlook)] == [{}] * 4


@pytest.mark.django_db
def test_figures_are_told_apart_by_source():
    sourced, bare = factories.PayClaimFactory(source=factories.SourceFactory()), factories.PayClaimFactory()
    assert [set(PayClaim.objects.sourced()), set(PayClaim.objects.unsourced())] == [{sourced}, {bare}]


def test_only_what_equals_the_ceiling_reads_at_least():
    """A mean may be known and lie above it."""
    claim = PayClaim(currency="USD", top_code=Decimal(200), median=Decimal(200), mean=Decimal(250), p25=Decimal(150))
    said = [claim.text_of(name) for name in ("median", "mean", "p25", "p10")]
    assert said == ["at least $200", "$250", "$150", ""]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"mean": 9, "median": 8, "low": 7}, "Germany: median €8 a month"),
        ({"mean": 9, "low": 7, "high": 8}, "Germany: mean €9 a month"),
        ({"low": 7, "high": 8}, "Germany: low €7 a month"),
        ({"high": 8}, "Germany: high €8 a month"),
        ({"p90": 6}, "Germany: p90 €6 a month"),
        ({"median": 8, "country": ""}, "No place: median €8 a month"),
    ],
)
def test_pay_is_named_by_its_best_statistic(figures, words):
    amounts = {name: Decimal(value) if value else value for name, value in figures.items()}
    assert str(PayClaim(**{"country": "DE", "currency": "EUR", "period": "month"} | amounts)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"growth_percent": 4, "annual_openings": 9600, "base_year": 2024, "target_year": 2034},
         "+4% 9,600 openings a year 2024–2034"),
        ({"growth_percent": -4, "base_year": 2024}, "-4% from 2024"),
        ({"annual_openings": 0, "target_year": 2034}, "0 openings a year by 2034"),
        ({"growth_percent": 0}, "+0%"),
    ],
)  # fmt: skip
def test_an_outlook_is_named_by_its_figures_and_years(fields, words):
    assert str(OutlookClaim(**fields)) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rate", "shown"), [("6.5", "+6.5%"), ("10.9", "+10.9%"), ("6.25", "+6.25%"), ("-3", "-3%"), ("100", "+100%")]
)
def test_a_growth_rate_may_have_two_decimals_and_reads_without_zeros(rate, shown):
    claim = factories.OutlookClaimFactory(growth_percent=Decimal(rate))
    claim.full_clean()
    claim.refresh_from_db()
    assert claim.growth_percent == Decimal(rate)
    assert str(claim) == f"{shown} 2024–2034"
