import pytest

from careers.core.money import Period
from careers.guide_import.extract.citations import NamedSource, source_in, source_line
from careers.guide_import.extract.pay import PayContext, pay_in
from careers.guide_import.extract.places import Place, place_of_label, places_in
from tests.cases import each

ROLE = "Land Surveyor"
UNDER_AVERAGE = {"heading": "Average salary for land surveyors in 2024", "statistic": "mean"}


def claims(text, **context):
    return pay_in(text, PayContext(role=ROLE, is_pay=True, **context))[0]


def doubts(text, **context):
    return pay_in(text, PayContext(role=ROLE, is_pay=True, **context))[1]


def claim(text, **context):
    (found,) = claims(text, **context)
    return found


@pytest.mark.parametrize(
    ("text", "country", "currency", "amounts"),
    [
        (
            "Canada: The average salary is CAD 71,000, ranging from CAD 52,000 to CAD 96,000.",
            "CA",
            "CAD",
            (71000, 52000, 96000),
        ),
        ("Germany: average €54.000 (41.000 – 70.000 €)", "DE", "EUR", (54000, 41000, 70000)),
        (
            "In South Africa, the average is R380,000 a year, with a range of R240,000 to R560,000.",
            "ZA",
            "ZAR",
            (380000, 240000, 560000),
        ),
        ("Nigeria – average ₦3 million (₦1.8 million to ₦5 million)", "NG", "NGN", (3000000, 1800000, 5000000)),
        ("Average in Switzerland: CHF 98'000 p.a., CHF 80'000–120'000", "CH", "CHF", (98000, 80000, 120000)),
        ("Australia: average $92,000, $70,000-$118,000", "AU", "AUD", (92000, 70000, 118000)),
        ("Norway: 610 000 kr on average, 520 000 - 700 000 kr", "NO", "NOK", (610000, 520000, 700000)),
        ("India: average ₹6.5 lakh, ₹4 lakh to ₹10 lakh", "IN", "INR", (650000, 400000, 1000000)),
    ],
)
def test_a_line_gives_mean_and_range_of_its_place(text, country, currency, amounts):
    found = claim(text)
    assert (found.place.country, found.currency, found.period) == (country, currency, Period.YEAR)
    assert tuple(int(found.amounts[name]) for name in ("mean", "low", "high")) == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The median is $68,540 a year.", {"median": 68540}),
        ("The average is $70,000 a year.", {"mean": 70000}),
        ("Salaries typically range from $45,000 to $95,000 a year.", {"low": 45000, "high": 95000}),
        ("Pay starts at $42,000 a year.", {"low": 42000}),
        ("Some make up to $120,000 a year.", {"high": 120000}),
        ("It pays $66,000 a year.", {"low": 66000, "high": 66000}),
        ("The middle 50 percent earn $52,000 to $84,000 a year.", {"p25": 52000, "p75": 84000}),
        ("Half of all surveyors earn more than $68,540 a year.", {"median": 68540}),
    ],
)
def test_a_mean_is_never_a_median_and_a_range_is_neither(text, amounts):
    assert {name: int(amount) for name, amount in claim(text).amounts.items()} == amounts


def test_percentiles_complete_the_median_before_them():
    found = claim(
        "The median annual wage was $68,540 in May 2023. The lowest 10 percent earned less than $40,770, "
        "and the highest 10 percent earned more than $110,390."
    )
    assert {name: int(amount) for name, amount in found.amounts.items()} == {
        "median": 68540,
        "p10": 40770,
        "p90": 110390,
    }
    assert (found.reference_year, found.reference_period) == (2023, "May 2023")


def test_each_place_of_a_sentence_keeps_its_figure():
    found = claims("In Germany, the average is €54.000, while in Spain it is €31.000.")
    assert [(one.place.country, int(one.amounts["mean"])) for one in found] == [("DE", 54000), ("ES", 31000)]
    found = claims("You can expect $50,000 in Spain and $60,000 in France.")
    assert [(one.place.country, int(one.amounts["low"])) for one in found] == [("ES", 50000), ("FR", 60000)]


def test_an_hourly_and_a_yearly_figure_are_two_claims_of_one_statistic():
    found = claims("Median wages: $32.95 hourly, $68,540 annual", place=Place("US"))
    assert [(one.period, float(one.amounts["median"])) for one in found] == [("hour", 32.95), ("year", 68540)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("€3,200 a month gross", "month"),
        ("£18/hr", "hour"),
        ("$400 per day", "day"),
        ("£650 weekly", "week"),
        ("£31,000 p.a.", "year"),
        ("£31,000 per annum", "year"),
        ("Monthly pay: €3,200", "month"),
        ("a day rate of £310", "day"),
    ],
)
def test_the_period_is_what_the_text_says(text, period):
    assert claim(text).period == period


def test_a_small_amount_without_a_period_is_no_claim_and_said_so():
    assert claims("Pay: $25") == []
    assert doubts("Pay: $25") == ["$25 is not a figure: the text does not say per hour, day or month"]


def test_an_assumed_year_is_marked():
    assert claim("Average: $66,000").period_assumed
    assert not claim("Average: $66,000 a year").period_assumed


def test_people_the_figure_is_about_are_kept():
    assert (
        claim("Experienced land surveyors earn $80,000 to $100,000 a year.").population == "Experienced land surveyors"
    )
    assert claim("Entry-level: $40,000 – $48,000").population == "Entry-level"
    assert claim("Land surveyors earn $68,540 a year.").population == ""
    assert claim("A master geodesist makes $95,000 a year.").population == "Master geodesist"


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("Most land surveyors may earn $60,000 a year.", ""),
        ("Land surveyors generally can expect to earn $60,000 a year.", ""),
        ("You might now earn $60,000 a year.", ""),
        ("Those in the lowest 10 percent of earners may earn $40,000 a year.", ""),
        (
            "Land surveyors with 10+ years of experience can earn well over $90,000 a year.",
            "With 10+ years of experience",
        ),
        ("A land surveyor with two degrees can expect to make $70,000 a year.", "With two degrees"),
        ("People with 3 years of experience typically earn $50,000 a year.", "With 3 years of experience"),
        ("Those who work offshore could make $99,000 a year.", "Who work offshore"),
        ("Land surveyors employed by towns earn $58,000 a year.", "Employed by towns"),
        ("A master geodesist may now earn $95,000 a year.", "Master geodesist"),
        ("Cartographers, who are no surveyors, earn $71,000 a year.", "Cartographers"),
        ("Survey workers, which includes land surveyors, earned $47,000 a year.", "Survey workers"),
    ],
)
def test_who_earns_an_amount_is_kept_and_helping_verbs_are_nobody(text, population):
    assert claim(text).population == population


@each(
    "text, population",
    [
        ("The median annual wage for captains was $98,220 in May 2023.", "Captains"),
        ("The median annual wage of all workers was $48,060 in May 2023.", "All workers"),
        ("Median annual wages for civil engineers were $95,890.", "Civil engineers"),
        ("The average salary of a ship captain is $90,000.", "Ship captain"),
        ("The average salary for a ship captain in the U.S. is $90,000.", "Ship captain"),
        ("A ship captain's average salary is $90,000.", "Ship captain"),
        ("Ship captains’ pay averages $90,000 a year.", "Ship captains"),
        ("The average ship captain salary is $90,000.", "Ship captain"),
        ("Salaries for mates: $70,000 to $90,000", "Mates"),
        ("Captains, mates, and pilots of tugs earned a median of $96,000.", "Captains, mates, and pilots of tugs"),
        ("Deck crew, which includes harbour pilots, mates and cooks, earned $52,000 a year.", "Deck crew"),
        ("Deck crew (including harbour pilots and mates) earned $52,000 a year.", "Deck crew"),
        ("Captains have an average annual salary of $90,000.", "Captains"),
        ("Captains and harbour pilots earn $90,000 a year.", "Captains and harbour pilots"),
        ("As a ship captain, you can earn $90,000 a year.", "Ship captain"),
        ("Pay averages $90,000 a year for ship captains.", "Ship captains"),
        ("$98,220 is the median annual wage for captains.", "Captains"),
        ("The average salary for harbour pilots employed by navies is $99,000.", "Employed by navies"),
        ("The average salary for harbour pilots working in Texas is $90,000.", ""),
        ("As a harbour pilot, you can earn $90,000 a year for steering ships.", ""),
        ("As a result, you can earn $90,000 a year for a 40-hour week.", ""),
        ("The median annual wage for harbour pilots was $98,220.", ""),
        ("The average American harbour pilot's salary is $90,000.", ""),
        ("The median wage for the profession was $70,000.", ""),
        ("PayScale's average base salary is $80,000.", ""),
        ("The average annual base salary is $90,000.", ""),
        ("The average salary for HPs in Texas is $90,000.", ""),
    ],
)
def test_pay_of_another_occupation_is_that_of_the_guide_in_no_wording(text, population):
    (found,), _ = pay_in(text, PayContext(role="Harbour Pilot", is_pay=True))
    assert found.population == population


@each(
    "heading, population",
    [
        ("Average salary for captains", "captains"),
        ("How much do captains make?", "captains"),
        ("A captain's salary", "captain"),
        ("How much does a harbour pilot make?", ""),
        ("Average harbour pilot salary in Texas", ""),
        ("What is the average salary?", ""),
    ],
)
def test_a_heading_says_whose_pay_stands_below_it(heading, population):
    context = PayContext(role="Harbour Pilot", is_pay=True).under(heading)
    (found,), _ = pay_in("$98,220 a year", context)
    assert found.population.casefold() == population


@each(
    "role, text",
    [
        ("Registered Nurse", "The median annual wage for nurses was $86,070."),
        ("Sales Representative", "Representatives earn $66,000 a year."),
        ("Account Executive", "An executive's salary is $66,000 a year."),
        ("Machine Learning Engineer", "The average salary for an ML engineer is $150,000."),
    ],
)
def test_a_short_or_plural_name_of_the_role_is_the_role(role, text):
    (found,), _ = pay_in(text, PayContext(role=role, is_pay=True))
    assert found.population == ""


@each(
    "text, reference, source",
    [
        ("$123,456 (May 2022, BLS)", "May 2022", NamedSource("U.S. Bureau of Labor Statistics", "", "2022")),
        ("$123,456 (BLS, May 2022)", "May 2022", NamedSource("U.S. Bureau of Labor Statistics", "", "2022")),
        ("$123,456 a year (2022; Glassdoor)", 2022, NamedSource("Glassdoor", "", "2022")),
        ("$123,456 (May 2022: Union of Pilots)", "May 2022", NamedSource("Union of Pilots", "", "2022")),
        ("$123,456 (PayScale, 2023)", None, NamedSource("PayScale", "", "2023")),  # the year of a report
    ],
)
def test_the_year_and_the_source_in_brackets_come_in_any_order(text, reference, source):
    found = claim(text)
    assert (found.reference_period or found.reference_year, found.source) == (reference, source)


@each(
    "text, people",
    [
        ("$50,000 (junior) | $90,000 (senior)", ["Junior", "Senior"]),
        ("$50,000 a year (entry-level), $90,000 a year (experienced)", ["Entry-level", "Experienced"]),
        ("£21 an hour (apprentices); £38 an hour (seniors)", ["Apprentices", "Seniors"]),
        ("$50,000 (gross) | $90,000 (gross)", ["", ""]),
        ("$50,000 a year for, say, anybody", [""]),
    ],
)
def test_people_in_brackets_are_those_of_the_amount_before(text, people):
    assert [found.population for found in claims(text)] == people


@each("text", ["Pilots of tugs made $96,000 on average in 2021.", "Master pilots make £96,000.", "They made €96,000."])
def test_what_people_made_is_pay_in_any_chapter(text):
    ((found,), _) = pay_in(text, PayContext(role=ROLE))
    assert 96000 in found.amounts.values()


def test_figures_of_beginners_and_of_the_experienced_are_not_one():
    found = claims("Salaries start at £24,000 for newly qualified staff and rise to £45,000 for seniors.")
    assert [(one.population, list(one.amounts)) for one in found] == [
        ("Newly qualified", ["low"]),
        ("Seniors", ["high"]),
    ]


def test_the_heading_stays_where_it_says_something_else():
    assert claim("USA: $45,000 to $95,000", **UNDER_AVERAGE).heading == UNDER_AVERAGE["heading"]
    assert claim("USA: average $66,000 in 2024", **UNDER_AVERAGE).heading == ""
    assert claim("USA: average $66,000", **UNDER_AVERAGE).reference_year is None


@pytest.mark.parametrize(
    "text",
    [
        "You manage budgets of $5 million.",
        "The licence exam costs $400.",
        "Bonuses of up to $10,000 a year are possible.",
        "The tuition is $12,000 per year.",
    ],
)
def test_money_that_is_no_pay_makes_no_claim(text):
    assert pay_in(text, PayContext(role=ROLE))[0] == []
    assert claims(text) == []


def test_six_figures_is_a_phrase():
    assert doubts("Pay is often above six figures.") == [
        "“six figures” is a phrase, not a figure: it stays in the prose"
    ]


def test_a_dollar_in_mexico_is_not_guessed():
    assert claims("Mexico: $300,000 a year") == []
    assert "may mean MXN or US dollars" in doubts("Mexico: $300,000 a year")[0]


def test_europe_is_no_country():
    found = claim("Across Europe, salaries average €48,000 a year.")
    assert (found.place.country, found.population) == ("", "in Europe")
    assert "“Europe” is not a country: kept without a place" in found.doubts


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Dubai", Place("AE", "AE-DU")),
        ("Dubai (UAE)", Place("AE", "AE-DU")),
        ("🇬🇧 United Kingdom", Place("GB")),
        ("the Netherlands", Place("NL")),
        ("Canada (CAD)", Place("CA")),
        ("Austin, TX", Place("US", "US-TX", "Austin")),
        ("Bayern", Place("DE", "DE-BY")),
        ("Ontario", Place("CA", "CA-ON")),
        ("GERMANY", Place("DE")),
        ("U.S.", Place("US")),
        ("Entry level", None),
        ("Lead", None),
    ],
)
def test_labels_that_are_places(text, place):
    assert place_of_label(text) == place


@pytest.mark.parametrize(
    "text", ["Let us go", "Nice work", "Reading books", "CONTACT US", "Mobile apps", "He may march"]
)
def test_words_that_only_look_like_places(text):
    assert places_in(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "According to the Bureau of Labor Statistics, the median is $1.",
            NamedSource("U.S. Bureau of Labor Statistics"),
        ),
        ("The average is $100k (PayScale, 2023).", NamedSource("PayScale", "", "2023")),
        ("Glassdoor puts the average at £40k.", NamedSource("Glassdoor")),
        ("Glassdoor's 2024 Salary Report says £40k.", NamedSource("Glassdoor", "Salary Report", "2024")),
        ("According to Nurse.org, pay is $80k.", NamedSource("Nurse.org")),
        (
            "According to the National Association of Surveyors, it is £30k.",
            NamedSource("National Association of Surveyors"),
        ),
        ("Indeed, they earn £30k.", None),
        ("Based on experience, you can earn £30k.", None),
        ("NHS nurses earn £30k.", None),
        ("According to a recent report, they earn £30k.", None),
        ("According to Average Salaries, they earn £30k.", None),  # words of the matter, and no name
        ("According to Top Employers Institute, they earn £30k.", NamedSource("Top Employers Institute")),
    ],
)
def test_sources_named_in_a_sentence(text, source):
    assert source_in(text, ROLE) == source


def test_a_line_that_only_names_a_source():
    assert source_line("Source: PayScale (2023)") == NamedSource("PayScale", "", "2023")
    assert source_line("Sources: ONS and Glassdoor, 2024") == NamedSource(
        "Office for National Statistics and Glassdoor", "", "2024"
    )
    assert source_line("The source of the river") is None


def test_a_claim_names_the_source_of_its_own_sentence_alone():
    found = claims("According to PayScale, the average is £33,000 a year in Leeds. In Bath it is £31,000 a year.")
    assert [str(one.source or "") for one in found] == ["PayScale", ""]
