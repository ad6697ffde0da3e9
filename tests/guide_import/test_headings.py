import pytest

from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.classify.role_detection import detect_role
from careers.guide_import.classify.topics import Topic
from careers.guide_import.text.role_names import role_name_variants

ROLES = role_name_variants("Data Engineer", "Training Manager", "Pastry Chef", "Electrician")


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("What is a Data Engineer?", Topic.OVERVIEW),
        ("Data Engineer Job Description", Topic.OVERVIEW),
        ("Overview", Topic.OVERVIEW),
        ("What Does a Pastry Chef Do?", Topic.WORK),
        ("DUTIES", Topic.WORK),
        ("Day-to-day responsibilities", Topic.WORK),
        ("Typical tasks", Topic.TASKS),
        ("A Day in the Life of an Electrician", Topic.DAY),
        ("A shift on the ward", Topic.DAY),
        ("What Qualifications and Skills are Needed?", Topic.REQUIREMENTS),
        ("What employers look for", Topic.REQUIREMENTS),
        ("Technologies and skills", Topic.REQUIREMENTS),
        ("Tools of the trade", Topic.TOOLS),
        ("What's in the toolbox?", Topic.TOOLS),
        ("Average salary for a Pastry Chef in 2024", Topic.PAY),
        ("How much does an electrician make?", Topic.PAY),
        ("Show me the money", Topic.PAY),
        ("Training Manager salary", Topic.PAY),
        ("Job outlook", Topic.OUTLOOK),
        ("Projected openings", Topic.OUTLOOK),
        ("Will there be jobs?", Topic.OUTLOOK),
        ("Career path and progression", Topic.PATH),
        ("Where the trade can lead", Topic.PATH),
        ("Who hires electricians?", Topic.INDUSTRIES),
        ("Challenges Faced by Pastry Chefs", Topic.CHALLENGES),
        ("The tough parts", Topic.CHALLENGES),
        ("How to Overcome These Challenges", Topic.RESPONSES),
        ("Getting past the hurdles", Topic.RESPONSES),
        ("KPIs", Topic.KPIS),
        ("How success is measured", Topic.KPIS),
        ("Interview questions and answers", Topic.INTERVIEW),
        ("What are the job prospects of an electrician?", Topic.PROSPECTS),
        ("Is it worth it?", Topic.PROSPECTS),
        ("Where is the profession heading?", Topic.FUTURE),
        ("Tips for aspiring electricians", Topic.TIPS),
        ("How to become an electrician", Topic.TIPS),
        ("Final thoughts", Topic.SUMMARY),
        ("The bottom line", Topic.SUMMARY),
        ("Frequently asked questions", Topic.QUESTIONS),
        ("You may also like", Topic.RELATED),
        ("Leave a Reply", Topic.COMMENTS),
        ("3 thoughts on “Pastry Chef”", Topic.COMMENTS),
        ("Subscribe to our newsletter", Topic.NEWSLETTER),
    ],
)
def test_headings_are_known_by_meaning(heading, topic):
    found = classify_heading(heading, ROLES)
    assert found is not None, heading
    assert found.topic == topic


@pytest.mark.parametrize(
    "heading", ["United States", "Data quality", "Electrician", "Cookies and biscuits", "In the spotlight", ""]
)
def test_headings_that_tell_nothing(heading):
    assert classify_heading(heading, ROLES) is None


def test_the_words_of_the_role_count_for_nothing():
    assert classify_heading("What a training manager does all day", ROLES).topic == Topic.WORK
    assert classify_heading("What a training manager does all day", ()).topic in (Topic.WORK, Topic.REQUIREMENTS)
    assert classify_heading("Training manager", ROLES) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Civil Engineer Job Description, Average Salary & Career Path", "Civil Engineer"),
        ("Dental Hygienist Career Path in 2024", "Dental Hygienist"),
        ("Solar Installer: Responsibilities, Skills, Career Path, and Salary", "Solar Installer"),
        ("How to Become a Flight Attendant in 2025", "Flight Attendant"),
        ("What does a quantity surveyor do?", "quantity surveyor"),
        ("A day in the life of a midwife", "midwife"),
        ("BAKER", "Baker"),
        ("Electricians", "Electrician"),
        ("", ""),
    ],
)
def test_the_role_a_title_names(title, role):
    assert detect_role(title, []) == role
