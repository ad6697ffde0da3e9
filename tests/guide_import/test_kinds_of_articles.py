"""Short articles of the kinds that are easily read wrongly, and all that is expected of each."""

import pytest

from .articles import differences, draft, lost_words

BLS = "source U.S. Bureau of Labor Statistics"

# {what it is about: (name of the file, text, expected)}
LISTS = {
    "a list that only its introduction marks": (
        "a.txt",
        "Plumber: Duties, Skills and Career Path\n\nPlumbers keep water where it belongs.\n\n"
        "The main duties of a plumber include:\n\nInstalling pipes and taps\nFinding leaks behind old and crumbling walls\n"
        "Solving difficult problems with pressure\n\n"
        "The skills that plumbers need are:\n\nA steady hand\nA head for plans\nCommunication and problem-solving skills\n"
        "Career Path\n\nPlumbers can find work in these sectors, among others:\nBuilding\nShipyards\nCommon job "
        "titles are:\n\n"
        "Plumber\nPipefitter\nSteamfitter\n\nWith time, plumbers advance to more senior roles, such as:\n\nMaster Plumber\n"
        "Site Manager\n",
        {
            "points": {
                "responsibility": [
                    "Installing pipes and taps", "Finding leaks behind old and crumbling walls",
                    "Solving difficult problems with pressure",
                ],
                "qualification": ["A steady hand", "A head for plans", "Communication and problem-solving skills"],
            },
            "industries": ["Building", "Shipyards"],
            "steps": [
                ("beside", "Pipefitter"), ("beside", "Steamfitter"), ("after", "Master Plumber"), ("after", "Site Manager"),
            ],
        },
    ),
    "a list in paragraphs of a page": (
        "a.html",
        "<html><body><h1>Welder: Tasks and Career</h1><p>Welders join metal.</p><p>Some of a welder's typical tasks "
        "include:</p>"
        "<p>Reading drawings</p><p>Cutting steel to size before the work begins</p><p>Challenging the plans of others</p>"
        "<p>Career Path</p><p>As a welder, you can expect to work in many industries, including:</p><p>Shipbuilding</p>"
        "<p>Pipelines</p><p>Car plants</p></body></html>",
        {
            "points": {
                "responsibility": [
                    "Reading drawings", "Cutting steel to size before the work begins", "Challenging the plans of others",
                ],
            },
            "industries": ["Shipbuilding", "Pipelines", "Car plants"],
        },
    ),
    "two entries in paragraphs of a page": (
        "a.html",
        "<html><body><h1>Welder Career</h1><p>Welders join metal.</p><p>With time, welders advance to senior roles, such "
        "as:</p><p>Head Welder</p><p>Site Manager</p><p>Few of them ever weld again.</p></body></html>",
        {"steps": [("after", "Head Welder"), ("after", "Site Manager")]},
    ),
    "a text without a blank line": (
        "a.txt",
        "Nurse: Duties and Skills\nNurses care in shifts.\nThe duties of a nurse include:\nGiving medicines\nDressing "
        "wounds\n"
        "Nurses also need certain skills, such as:\nPatience\nStamina\nCareer Path\nNurses may lead a ward one day.\n",
        {
            "points": {"responsibility": ["Giving medicines", "Dressing wounds"], "qualification": ["Patience", "Stamina"]},
            "sections": {
                "overview": "Nurses care in shifts.",
                "work": "The duties of a nurse include:",
                "requirements": "Nurses also need certain skills, such as:",
                "path": "Nurses may lead a ward one day.",
            },
        },
    ),
    "entries that are sentences": (
        "a.txt",
        "Guide for new pilots\n\nPilots fly. They face several challenges, including:\n\nNights away from home.\nStorms.\n\n"
        "If you want to become a pilot, follow these steps:\n\nFinish school.\nFind a flying club.\n",
        {"points": {"challenge": ["Nights away from home.", "Storms."], "tip": ["Finish school.", "Find a flying club."]}},
    ),
    "long entries at a margin": (
        "a.txt",
        "Florist duties\n\nThe everyday duties of a florist include:\n\n"
        "Unpacking and cutting the flowers that come in the morning\nDesigning bouquets for weddings, funerals and "
        "birthdays\n"
        "Advising customers about colours and about the season\nKeeping the shop clean and the flowers cool all day long\n",
        {
            "points": {
                "responsibility": [
                    "Unpacking and cutting the flowers that come in the morning",
                    "Designing bouquets for weddings, funerals and birthdays",
                    "Advising customers about colours and about the season",
                    "Keeping the shop clean and the flowers cool all day long",
                ],
            },
        },
    ),
    "long entries of which few begin with a small letter": (
        "a.txt",
        "Florist duties\n\nThe everyday duties of a florist include:\n\n"
        "Unpacking and cutting the flowers that come in the morning\nDesigning bouquets for weddings, funerals and "
        "birthdays\n"
        "e-mailing customers about what the market has for the day\nAdvising customers about colours and about the season\n"
        "Keeping the shop clean and the flowers cool all day long\niOS orders, which are answered as soon as they come in\n",
        {
            "points": {
                "responsibility": [
                    "Unpacking and cutting the flowers that come in the morning",
                    "Designing bouquets for weddings, funerals and birthdays",
                    "e-mailing customers about what the market has for the day",
                    "Advising customers about colours and about the season",
                    "Keeping the shop clean and the flowers cool all day long",
                    "iOS orders, which are answered as soon as they come in",
                ],
            },
        },
    ),
    "a last entry with the words of a heading": (
        "a.txt",
        "Guide for new vets\n\nThe most important skills of a vet are:\n\nCare\nCommunication Skills\n\nVets heal.\n\n"
        "TYPICAL JOB TITLES ARE:\nSenior Vet\nHead Vet\nTHE FUTURE\nRobots will help.\n",
        {
            "points": {"qualification": ["Care", "Communication Skills"]},
            "steps": [("beside", "Senior Vet"), ("beside", "Head Vet")],
        },
    ),
    "the noun nearest to the colon": (
        "a.txt",
        "Guide for new vets\n\nVets heal.\n\nWith all these duties come some important skills, such as:\n\nCalm\nCare\n",
        {"points": {"qualification": ["Calm", "Care"]}},
    ),
    "an entry wrapped at the margin": (
        "a.txt",
        "Florist\n\nA florist's work begins with the delivery of the flowers in the early morning\n"
        "hours, when the market opens its gates and the vans line up for the day. It ends\n"
        "late, and the duties of a florist include:\n\n"
        "Unpacking and cutting the flowers that are delivered early in the morning by the\nwholesaler\nDesigning bouquets\n",
        {
            "points": {
                "responsibility": [
                    "Unpacking and cutting the flowers that are delivered early in the morning by the wholesaler",
                    "Designing bouquets",
                ],
            },
        },
    ),
    "tips below another heading": (
        "a.txt",
        "Vet Salary\n\nVets in Canada earn C$98,000 a year on average.\n\nIt is a good life.\n\n"
        "Here is some advice for a career with animals:\n\n- Work on a farm.\n- Keep a rabbit.\n",
        {"points": {"tip": ["Work on a farm.", "Keep a rabbit."]}, "pay": ["Canada, mean CA$98,000 a year, unsourced"]},
    ),
    "tips for the interview are no questions": (
        "a.txt",
        "Librarian Interview Guide\n\nQuestions you may be asked:\n\nWhy libraries?\nWhich book changed you?\n\n"
        "The following tips help you prepare for the interview:\n\nRead the website.\nBring a list.\nArrive early.\n",
        {
            "points": {
                "interview_question": ["Why libraries?", "Which book changed you?"],
                "tip": ["Read the website.", "Bring a list.", "Arrive early."],
            },
        },
    ),
    "tools among skills": (
        "a.md",
        "# Analyst\n\n## Skills\n\nAnalysts count.\n\n- Patience\n\nThe tools that analysts use are:\n\n- Tableau\n- Chalk\n",
        {
            "points": {"qualification": ["Patience"]},
            "sections": {"requirements": "Analysts count.", "tools": "The tools that analysts use are:\n\n- Tableau\n"
            "- Chalk"},
        },
    ),
}  # fmt: skip
HEADINGS = {
    "groups of skills below a title": (
        "a.md",
        "# Florist Skills\n\n## Technical Skills\n\n- Cutting\n\n## Customer Service\n\n- Listening\n\n## Managing "
        "Stress\n\n- Calm\n",
        {"points": {"qualification": ["Cutting", "Listening", "Calm"]}, "sections": {}},
    ),
    "groups of duties below a heading": (
        "a.txt",
        "What Florists Do\n\nMornings\n\n• Filling vases\n\nTough Customers\n\n• Listening\n\nPay Desk\n\n• Counting money\n",
        {"points": {"responsibility": ["Filling vases", "Listening", "Counting money"]}, "sections": {}},
    ),
    "lists of other kinds below how to become": (
        "a.md",
        "# Being a florist\n\n## How to become a florist\n\nLearn on the job.\n\n### Soft skills\n\n- Taste\n\n### "
        "Useful tools\n\n"
        "- Wire\n\n### Common challenges\n\n- Cold rooms\n\n### Start early\n\nAsk at a shop.\n",
        {
            "points": {"qualification": ["Taste"], "challenge": ["Cold rooms"], "tip": ["Start early: Ask at a shop."]},
            "sections": {"tips": "Learn on the job.", "tools": "- Wire"},
        },
    ),
    "what the trade is": (
        "a.md",
        "# Becoming a florist\n\n## What is floristry?\n\nIt is the art of flowers.\n\n- Cut\n- Bind\n\n## Fees\n\nA "
        "course costs $900.\n",
        {
            "sections": {"overview": "It is the art of flowers.\n\n- Cut\n- Bind"},
            "unplaced": ["Fees", "A course costs $900."],
            "pay": [],
        },
    ),
    "a first sentence with the words of the title": (
        "a.html",
        "<html><head><title>Florist</title></head><body><p>A florist arranges flowers.</p><h2>Pay</h2><p>Low.</p>"
        "</body></html>",
        {"sections": {"overview": "A florist arranges flowers.", "pay": "Low."}},
    ),
    "a part given twice with a word more": (
        "a.md",
        "# Florist\n\n## Pay\n\nIt is low in every shop.\n\nIt is lower in May.\n\nIt is paid weekly.\n\nAsk twice.\n\n"
        "## Pay\n\nIt is low in every shop.\n\nIt is lower in May.\n\nIt is paid weekly.\n\nAsk twice.\n\nTips are yours.",
        {
            "sections": {
                "pay": "It is low in every shop.\n\nIt is lower in May.\n\nIt is paid weekly.\n\nAsk twice.\n\n### Pay\n\n"
                "Tips are yours.",
            },
        },
    ),
    "numbers typed in bold": (
        "a.html",
        "<html><body><h1>Florist</h1><h2>Skills</h2><ul><li><strong>1) </strong>Binding</li><li><strong>2) </strong>"
        "Selling</li></ul>"
        "<h2>Top companies for florists</h2><ol><li><b>1. Rose Ltd</b></li><li><b>2. Tulip Co</b></li></ol></body></html>",
        {"points": {"qualification": ["Binding", "Selling"]}, "industries": []},
    ),
}  # fmt: skip
FIGURES = {
    "rates with decimals": (
        "a.txt",
        "Welder Job Outlook\n\nEmployment in the US is projected to grow 2.25% from 2023 to 2033. In Canada it is "
        "expected to fall "
        "by 3.5 percent from 2023 to 2033.",
        {
            "outlook": [
                "United States, growth +2.25%, 2023–2033, unsourced",
                "Canada, growth -3.5%, 2023–2033, unsourced",
            ],
        },
    ),
    "pay and the past are no outlook": (
        "a.txt",
        "Welder Job Outlook\n\nEmployment of welders increased by 3.3% from 2022 to 2023. Wages rose 10.9% in that "
        "time. The number "
        "of jobs has grown 4% over the past year. Salaries are expected to rise 5% by 2030.",
        {"outlook": [], "pay": []},
    ),
    "a rate of a state is none of its country": (
        "a.md",
        "# Welder Job Outlook\n\n## By state\n\n| State | Growth |\n|---|---|\n| Texas | 12% |\n\n## Ohio\n\nJobs in "
        "Ohio will "
        "grow 3% by 2030.\n\n## States that pay most\n\n| State | Average salary |\n|---|---|\n| Alaska | $72,000 |\n",
        {"outlook": [], "pay": ["Alaska, United States, mean $72,000 a year, unsourced"], "unplaced": []},
    ),
    "a wider group": (
        "a.txt",
        "Actor Job Outlook\n\nStage workers, which includes actors, are projected to grow 4% from 2024 to 2034. "
        "Employment of "
        "performers, a group that includes actors, will fall 1% by 2030.",
        {
            "outlook": [
                "no place, Stage workers, growth +4%, 2024–2034, unsourced",
                "no place, Performers, growth -1%, 2030, unsourced",
            ],
        },
    ),
    "people of some experience": (
        "a.txt",
        "Florist Salary\n\nIn Spain, florists with more than 5 years in the trade make up to €25,000 per year. Floral "
        "workers, "
        "which includes florists, earned an average of €19,000 a year. Florists may start at €15,000 a year.",
        {
            "pay": [
                "Spain, With more than 5 years in the trade, high €25,000 a year, unsourced",
                "Spain, Floral workers, mean €19,000 a year, unsourced",
                "Spain, low €15,000 a year, unsourced",
            ],
        },
    ),
    "a state named between two amounts": (
        "a.txt",
        "Welder pay\n\nWelders earn a mean of $49,000 a year, with Alaska at the top, where the mean is $72,000 a year.",
        {
            "pay": [
                "United States, mean $49,000 a year, unsourced",
                "Alaska, United States, mean $72,000 a year, unsourced",
            ],
        },
    ),
    "a box of labels and values": (
        "a.txt",
        "Florist at a Glance\n\nMedian Pay\n$34,690\n\nNumber of Jobs\n51,400\n\nProjected Growth\n-18% from 2022 to 2032\n\n"
        "Source: U.S. Bureau of Labor Statistics\n",
        {
            "pay": [f"United States, median $34,690 a year, {BLS}"],
            "outlook": [f"United States, growth -18%, 2022–2032, {BLS}"],
        },
    ),
    "a number sign before a count": (
        "a.txt",
        "How to Become a Welder\n\nWelders join metal.\n\n# of Jobs: 440,300\nMedian Annual Wage $48,940\n"
        "Projected Growth (2022-2032) 2%\n\nSource: Bureau of Labor Statistics\n\nSkills\n\n  - Steady hands\n",
        {
            "points": {"qualification": ["Steady hands"]},
            "pay": [f"United States, median $48,940 a year, {BLS}"],
            "outlook": [f"United States, growth +2%, 2022–2032, {BLS}"],
        },
    ),
    "pictures": (
        "a.html",
        "<html><body><h1>Vet</h1><h2>Salary in Spain</h2><p>From a survey.</p><p><img src='/pay%20chart.png'></p>"
        "<p><img width='1' src='p.gif'><img alt='Pay by city' src='a.png'></p><p>Gross.</p></body></html>",
        {
            "left_out": [("pay chart.png", "picture"), ("Pay by city", "picture")],
            "notes": ["We skipped 2 pictures. Type in the figures shown there."],
        },
    ),
}  # fmt: skip
SOURCES = {
    "a line below that says where figures come from": (
        "a.md",
        "# Florist pay\n\n## Salaries\n\n- Median: $34,690 a year\n\nAll figures are taken from the U.S. Bureau of "
        "Labor Statistics.\n\n"
        "## Outlook\n\nThese numbers come from Statistics Canada. The number of jobs for florists is expected to fall "
        "by 3.5% by 2031.",
        {
            "pay": [f"United States, median $34,690 a year, {BLS}"],
            "outlook": ["Canada, growth -3.5%, 2031, source Statistics Canada"],
        },
    ),
    "a source with whose service it is": (
        "a.txt",
        "Vet Salary\n\nMedian: $119,100 a year\n\nData provided by CareerOneStop, a website of the U.S. Department of Labor.",
        {"pay": ["United States, median $119,100 a year, source CareerOneStop"]},
    ),
    "a source named again by what it is": (
        "a.txt",
        "Vet Outlook\n\nThe Office for National Statistics counts 20,000 vets. The Office expects jobs to fall by 4% "
        "from 2025 to "
        "2035. According to a study by Paw Council, demand for vets will rise 2% by 2030. The study also expects "
        "1,200 openings "
        "each year. In a recent report, jobs for vets are expected to grow 9% by 2040.",
        {
            "outlook": [
                "United Kingdom, growth -4%, 2025–2035, source Office for National Statistics",
                "no place, growth +2%, 1,200 openings a year, 2030, source Paw Council",
                "no place, growth +9%, 2040, unsourced",
            ],
        },
    ),
    "the address of a site": (
        "a.md",
        "# Vet pay\n\n## Germany\n\nThe data was collected from de.talent.com. The average salary is €52,000 a year.",
        {"pay": ["Germany, mean €52,000 a year, source Talent.com"]},
    ),
}  # fmt: skip
ARTICLES = LISTS | HEADINGS | FIGURES | SOURCES


@pytest.mark.parametrize("kind", ARTICLES)
def test_an_article_is_read_as_it_is_meant(kind):
    name, text, expected = ARTICLES[kind]
    article = draft(text, name)
    assert differences(article, expected) == {}
    assert not lost_words(article)
