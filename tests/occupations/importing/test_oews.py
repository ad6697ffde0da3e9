"""What a file of OEWS becomes: occupations, pay per year and per hour, and the reason where a figure is missing."""

from decimal import Decimal

import pytest
from django.core.management import CommandError

from careers.occupations.models import ImportRun, Occupation, OfficialPay, Release, Source
from tests import factories

from .bls import NO_HOUR, NO_YEAR, OEWS_COLUMNS, PER_YEAR, counts, oews_file, run, wages

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOTHING = {"mean": None, "p10": None, "p25": None, "median": None, "p75": None, "p90": None}
NO_FIGURE = dict.fromkeys(NOTHING, "suppressed")


def imported(folder, *rows, **file):
    return run("import_oews", oews_file(folder, *rows, **file), commit=True)


def pay(code="15-2051", period="year", year=2025, level="detailed"):
    return OfficialPay.objects.get(
        occupation__code=code, occupation__level=level, period=period, release__version=str(year)
    )


def figures(claim):
    return {name: claim.amount(name) for name in NOTHING}


def test_a_row_becomes_an_occupation_with_pay_per_year_and_per_hour(tmp_path):
    text = imported(tmp_path)
    occupation = Occupation.objects.get()
    assert (occupation.scheme, occupation.code, occupation.soc_code) == ("soc", "15-2051", "15-2051")
    assert (occupation.title, occupation.title_key, occupation.level) == (
        "Data Scientists",
        "data scientists",
        "detailed",
    )
    year, hour = pay(), pay(period="hour")
    assert (year.median, year.mean, year.p90, hour.median, hour.p10) == (
        *(Decimal(120230), Decimal(129850), Decimal(205000)),
        *(Decimal("57.80"), Decimal("31.87")),
    )
    for claim in (year, hour):
        assert (claim.country, claim.currency, claim.employment) == ("US", "USD", 245900)
        assert (claim.reference_period, claim.reference_year) == ("May 2025", 2025)
        assert (claim.population, claim.absences, claim.top_code) == ("Data Scientists (15-2051)", {}, None)
        assert claim.source == claim.release.source
    assert counts(text, "pay figures") == {"added": 2}


def test_the_release_brings_its_source(tmp_path):
    imported(tmp_path)
    release = Release.objects.get()
    assert (release.dataset, release.version, release.is_current) == ("oews", "2025", True)
    source = release.source
    assert str(source) == (
        "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, national estimates, May 2025"
    )
    assert (source.reference_period, source.licence) == ("May 2025", "Public domain")
    assert source.attribution == "U.S. Bureau of Labor Statistics, OEWS, May 2025"


def test_nothing_is_written_without_commit(tmp_path):
    text = run("import_oews", oews_file(tmp_path))
    assert counts(text, "occupations") == {"added": 1}
    assert counts(text, "pay figures") == {"added": 2}
    assert "Dry run" in text
    written = (Occupation, OfficialPay, Release, Source, ImportRun)
    assert not any(model.objects.exists() for model in written)


def test_the_same_file_again_changes_nothing(tmp_path):
    path = oews_file(tmp_path, wages(), wages("29-1211", "Anesthesiologists", **dict.fromkeys(PER_YEAR, "#")))
    run("import_oews", path, commit=True)
    before = [list(model.objects.order_by("pk").values()) for model in (Release, Source, Occupation, OfficialPay)]
    text = run("import_oews", path, commit=True)
    assert "Nothing to do" in text
    assert counts(text, "occupations") == {"unchanged": 2}
    assert counts(text, "pay figures") == {"unchanged": 4}
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Release, Source, Occupation, OfficialPay)
    ]


def test_numbers_written_as_text_or_with_needless_decimals_are_the_same(tmp_path):
    imported(tmp_path)
    text = imported(tmp_path, wages(A_MEDIAN="120,230", H_MEDIAN="57.80", TOT_EMP="245900.0", A_MEAN=129850.0))
    assert counts(text, "pay figures") == {"unchanged": 2}


def test_a_corrected_file_of_the_year_changes_what_it_corrects(tmp_path):
    imported(tmp_path, wages(), wages("15-2031", "Operations Research Analysts"))
    before = pay(period="hour").updated_at
    text = imported(tmp_path, wages(title="Data Scientists and Such", A_MEDIAN=121000))
    assert counts(text, "occupations") == {"changed": 1}
    assert counts(text, "pay figures") == {"changed": 2, "withdrawn": 2}
    assert pay().median == Decimal(121000)
    assert pay(period="hour").updated_at > before
    assert Occupation.objects.get(code="15-2051").title == "Data Scientists and Such"
    assert not OfficialPay.objects.filter(occupation__code="15-2031").exists()
    assert Occupation.objects.get(code="15-2031").withdrawn_in is None


@pytest.mark.parametrize(
    ("mark", "absence"), [("*", "suppressed"), ("**", "suppressed"), ("~", "small"), ("", "no_data"), ("—", "no_data")]
)
def test_a_missing_figure_is_neither_zero_nor_text(tmp_path, mark, absence):
    imported(tmp_path, wages(A_MEDIAN=mark, TOT_EMP=mark))
    claim = pay()
    assert (claim.median, claim.employment) == (None, None)
    assert claim.absences == {"median": absence, "employment": absence}
    assert claim.text_of("median") == ""
    assert pay(period="hour").absences == {"employment": absence}


def test_pay_that_is_not_published_at_all_leaves_a_row_that_says_so(tmp_path):
    imported(tmp_path, wages("41-9012", "Models", **NO_YEAR, **NO_HOUR))
    for period in ("year", "hour"):
        claim = pay("41-9012", period)
        assert (figures(claim), claim.absences, claim.employment) == (NOTHING, NO_FIGURE, 245900)


@pytest.mark.parametrize(("column", "missing", "period"), [("ANNUAL", NO_HOUR, "year"), ("HOURLY", NO_YEAR, "hour")])
def test_pay_of_a_period_that_does_not_exist_leaves_no_row(tmp_path, column, missing, period):
    imported(tmp_path, wages(**missing, **{column: True}))
    assert [claim.period for claim in OfficialPay.objects.all()] == [period]


def test_a_figure_outweighs_the_word_that_there_is_none(tmp_path):
    imported(tmp_path, wages(ANNUAL="TRUE"))
    assert pay(period="hour").median == Decimal("57.80")


def test_a_figure_at_the_ceiling_reads_at_least(tmp_path):
    imported(tmp_path, wages("29-1211", "Anesthesiologists", A_PCT75="#", A_PCT90="#", H_PCT90="#"))
    year, hour = pay("29-1211"), pay("29-1211", "hour")
    assert (year.top_code, year.p75, year.p90) == (Decimal(239200),) * 3
    assert (year.text_of("p90"), year.text_of("median")) == ("at least $239,200", "$120,230")
    assert (hour.text_of("p90"), hour.text_of("p75")) == ("at least $115", "$77.49")


def test_a_mean_above_the_ceiling_reads_as_it_is(tmp_path):
    imported(tmp_path, wages("29-1211", "Anesthesiologists", A_MEAN=331190, A_PCT90="#"))
    assert (pay("29-1211").text_of("mean"), pay("29-1211").text_of("p90")) == ("$331,190", "at least $239,200")


def test_without_the_mark_a_high_figure_is_a_figure(tmp_path):
    imported(tmp_path, wages("11-1011", "Chief Executives", A_PCT90=742310))
    assert (pay("11-1011").text_of("p90"), pay("11-1011").top_code) == ("$742,310", None)


def test_the_words_of_the_file_outweigh_what_is_known_of_the_year(tmp_path):
    words = "# = a wage equal to or greater than $150.00 per hour or $312,000 per year"
    imported(tmp_path, wages(A_PCT90="#", H_PCT90="#"), year=2024, ceiling=words)
    assert (pay(year=2024).p90, pay(period="hour", year=2024).p90) == (Decimal(312000), Decimal(150))


@pytest.mark.parametrize(("year", "annual", "hourly"), [(2021, "208000", "100"), (2023, "239200", "115")])
def test_a_file_without_words_has_the_ceiling_known_of_its_year(tmp_path, year, annual, hourly):
    imported(tmp_path, wages(A_PCT90="#", H_PCT90="#"), year=year, ceiling="")
    assert pay(year=year).top_code == Decimal(annual)
    assert pay(period="hour", year=year).top_code == Decimal(hourly)


def test_a_ceiling_nobody_knows_is_a_fault(tmp_path):
    with pytest.raises(CommandError, match=r"national_M2019_dl.xlsx, row 2: # marks a ceiling per year, and the sheet"):
        imported(tmp_path, wages(A_PCT90="#"), year=2019, ceiling="")


def test_a_code_may_be_a_broad_and_a_detailed_occupation(tmp_path):
    title = "Buyers and Purchasing Agents"
    imported(tmp_path, wages("13-1020", title, "broad"), wages("13-1020", title, A_MEDIAN=100000))
    assert pay("13-1020", level="broad").median == Decimal(120230)
    assert pay("13-1020").median == Decimal(100000)


@pytest.mark.parametrize("level", ["total", "major", "minor", "broad", "detailed"])
def test_the_level_is_the_one_of_the_file(tmp_path, level):
    imported(tmp_path, wages("15-1200", "Computer Occupations", level))
    assert Occupation.objects.get().level == level


def test_only_the_nation_and_all_its_industries_count(tmp_path):
    state = wages(AREA="06", AREA_TITLE="California", AREA_TYPE="2", A_MEDIAN=150000)
    sector = wages(I_GROUP="sector", NAICS="51", A_MEDIAN=140000)
    text = imported(tmp_path, state, wages(), sector, sector)
    assert counts(text, "pay figures") == {"added": 2, "skipped": 3}
    assert "1 skipped: an area other than the nation: national_M2025_dl.xlsx, row 2" in text
    assert "2 skipped: a single industry or kind of owner: " in text
    assert pay().median == Decimal(120230)


def test_a_file_of_states_alone_is_refused(tmp_path):
    path = oews_file(tmp_path, wages(AREA="06", AREA_TYPE="2"), name="state_M2025_dl.xlsx")
    with pytest.raises(
        CommandError, match=r"state_M2025_dl.xlsx: no row is for the whole nation and all industries; 1 of"
    ):
        run("import_oews", path, commit=True)


def test_columns_may_be_reordered_differ_in_case_and_lack_a_later_one(tmp_path):
    columns = [name.lower() for name in reversed(OEWS_COLUMNS) if name != "PCT_RPT"]
    imported(tmp_path, columns=columns)
    assert (pay().median, pay(period="hour").p25) == (Decimal(120230), Decimal("41.28"))


def test_codes_without_a_counterpart_in_onet_are_listed(tmp_path):
    for code in ("13-1021.00", "13-1022.00", "13-1023.00", "15-2051.00", "15-2051.01", "55-1011.00"):
        factories.OccupationFactory(code=code)
    gone = factories.OccupationFactory(code="15-9999.00")
    gone.withdrawn_in = gone.release
    gone.save()
    other = wages("99-1234", "Something new")
    broad = wages("15-2050", "Data Scientists", "broad")
    text = imported(tmp_path, wages(), broad, wages("13-1020", "Buyers and Purchasing Agents"), other)
    noted = text[text.index("combined codes") : text.index("Written")].strip().splitlines()
    assert noted == [
        "combined codes, each with the O*NET codes it counts together (1): 13-1020 (13-1021 + 13-1022 + 13-1023)",
        "other detailed codes without an O*NET occupation (1): 99-1234",
        "O*NET codes without a row of their own, counted in a combined code (3): 13-1021, 13-1022, 13-1023",
        "O*NET codes without a row (1): 55-1011",
    ]


def test_without_onet_no_code_is_called_missing(tmp_path):
    assert "O*NET is not imported, so codes are not compared with it." in imported(tmp_path)
