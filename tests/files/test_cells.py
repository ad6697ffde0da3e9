from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.files.cells import Absence, Code, flag, number, text, whole
from careers.occupations.soc import ONET_SOC_CODE, SOC_CODE


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("95", "95"),
        ("95.0", "95"),
        ("57.8", "57.8"),
        (" 57.80 ", "57.8"),
        ("1,234", "1234"),
        ("155,495,730", "155495730"),
        ("-2.50", "-2.5"),
        ("−2.5", "-2.5"),
        ("0", "0"),
        ("-0.0", "0"),
        ("-00", "0"),
        (".0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("100", "100"),
    ],
)
def test_a_number_has_one_spelling(cell, amount):
    assert str(number(cell)) == amount


@pytest.mark.parametrize(
    ("cell", "absence"),
    [
        ("", Absence.NO_DATA),
        ("  ", Absence.NO_DATA),
        ("n/a", Absence.NO_DATA),
        ("N/A", Absence.NO_DATA),
        ("—", Absence.NO_DATA),
        ("–", Absence.NO_DATA),
        ("-", Absence.NO_DATA),
        ("None", Absence.NO_DATA),
        ("*", Absence.SUPPRESSED),
        ("**", Absence.SUPPRESSED),
        ("#", Absence.TOP_CODED),
        ("~", Absence.SMALL),
    ],
)
def test_why_a_number_is_not_there(cell, absence):
    assert number(cell) is absence
    assert whole(cell) is absence


@pytest.mark.parametrize(
    "cell",
    ["NA", "nan", "inf", "1e5", "5.78E1", "1,23", "12,34,567", "0,123", ",123", "1.", ".", "+", "5%", "$5", "1 234"],
)
def test_what_is_no_number_is_refused_by_name(cell):
    with pytest.raises(ValueError, match="is not a number") as error:
        number(cell)
    assert cell in str(error.value)


@pytest.mark.parametrize("cell", ["٣", "５", "²", "9" * 41])
def test_digits_of_other_scripts_and_endless_numbers_are_refused(cell):
    with pytest.raises(ValueError, match="is not a number"):
        number(cell)


@given(st.text() | st.from_regex(r"[-+−]?[0-9,.]{0,12}"))
def test_a_number_is_a_decimal_an_absence_or_refused(cell):
    try:
        amount = number(cell)
    except ValueError:
        return
    assert type(amount) in (Decimal, Absence)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_numbers_survive_with_and_without_thousands_separators(amount):
    assert number(f"{amount:f}") == number(f"{amount:,f}") == amount


def test_a_whole_number_is_an_int():
    assert whole("95.0") == 95
    assert type(whole("95.0")) is int
    with pytest.raises(ValueError, match=r"“9\.5” is not a whole number"):
        whole("9.5")


@pytest.mark.parametrize("cell", ["", "n/a", "N/A", " — ", "–", "-"])
def test_a_text_that_is_not_there_is_empty(cell):
    assert text(cell) == ""


@pytest.mark.parametrize("cell", ["NA", "None", "*", "na"])
def test_words_that_look_like_nothing_stay(cell):
    """Namibia's code, "no training needed" and a publisher's asterisk are what the cell says."""
    assert text(f" {cell} ") == cell


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("Y", True),
        ("yes", True),
        ("TRUE", True),
        ("N", False),
        ("No", False),
        ("FALSE", False),
        ("", None),
        ("n/a", None),
    ],
)
def test_flags(cell, meaning):
    assert flag(cell) is meaning


@pytest.mark.parametrize("cell", ["maybe", "2", "NA"])
def test_a_flag_of_another_kind_is_refused(cell):
    with pytest.raises(ValueError, match="is not yes or no"):
        flag(cell)


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (SOC_CODE, "15-2051"),
        (ONET_SOC_CODE, "15-2051.00"),
        (Code(r"\d{2}", "08"), "08"),
        (Code(r"\d{4}", "0110"), "0110"),
        (Code(r"\d{6}", "000000"), "000000"),
        (Code(r"\d{4}\.\d{1,2}", "2511.10"), "2511.10"),
    ],
)
def test_a_code_stays_as_it_is_written(reader, cell):
    assert reader(f" {cell} ") == cell


@pytest.mark.parametrize(
    ("reader", "cell", "says"),
    [
        (SOC_CODE, "Nov-31", "of the form 15-2051; a spreadsheet has made a date of it"),
        (SOC_CODE, "2031-11-01", "a date"),
        (SOC_CODE, "2031-11-01 00:00:00", "a date"),
        (SOC_CODE, "11/1/2031", "a date"),
        (SOC_CODE, "1-Nov-2031", "a date"),
        (SOC_CODE, "48153", "of the form 15-2051"),
        (SOC_CODE, "15-2051.00", "of the form 15-2051"),
        (ONET_SOC_CODE, "15-2051", "of the form 15-2051.00"),
        (ONET_SOC_CODE, "", "of the form 15-2051.00"),
        (SOC_CODE, "١٥-٢٠٥١", "of the form 15-2051"),
        (Code(r"\d{2}", "08"), "٠٨", "of the form 08"),
        (Code(r"\d{2}", "08"), "8", "of the form 08; a spreadsheet has dropped zeros"),
        (Code(r"\d{4}", "0110"), "110", "dropped zeros"),
        (Code(r"\d{6}", "000000"), "0", "of the form 000000; a spreadsheet has dropped zeros"),
        (Code(r"\d{4}\.\d{2}", "2511.10"), "2511.1", "dropped zeros"),
    ],
)
def test_a_code_a_spreadsheet_has_changed_is_refused_with_the_form_expected(reader, cell, says):
    with pytest.raises(ValueError, match="is not a code") as error:
        reader(cell)
    assert says in str(error.value)


def test_a_long_cell_is_cut_short_in_the_sentence():
    with pytest.raises(ValueError, match="is not a number") as error:
        number("x" * 5000)
    assert len(str(error.value)) < 120
