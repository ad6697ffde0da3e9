"""A posting's whole life in the admin: submitted by a contributor, returned, mended, approved, extended, filled."""

import re
from datetime import timedelta

from django.utils import timezone
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.conftest import log_in, wait_for

PASSWORD = "a-long-pass-phrase"
PREPARE = f"""
import django
django.setup()
from django.contrib.auth.models import Group, User
from careers.postings.posting_templates.build import build_posting
from careers.postings.models import Employer, PostingTemplate
for name, group in (("ada", "contributor"), ("eve", "editor")):
    user = User.objects.create_user(name, f"{{name}}@example.org", "{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
template = PostingTemplate.objects.house().filter(role__slug="data-analyst").earliest("pk")  # other tests add theirs
posting = build_posting(
    template=template, employer=Employer.objects.first(), title="Analyst of tides", by=user,
    places=[{{"country": "IE", "city": "Galway"}}], placeholder_values={{"team": "harbour", "product": "the tide table"}},
)
print("posting", posting.pk)
"""


def day(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def fill(browser, name, text):
    field = browser.find_element(By.NAME, name)
    field.clear()
    field.send_keys(text)


def act_with_form(browser, name):
    """Presses the button that saves the form and carries out the act."""
    browser.find_element(By.CSS_SELECTOR, f"#posting-panel button[value={name}]").click()
    wait_for(browser, lambda page: "/change/" in page.current_url)


def panel_says(browser, word):
    wait_for(browser, lambda page: word in page.find_element(By.ID, "posting-panel").text.lower())


def enter_as(browser, site, name, address):
    browser.delete_all_cookies()
    log_in(browser, site, name, PASSWORD)
    browser.get(address)


def act_asked_for(browser, name, **fields):
    """Opens the page of an act, fills it in and confirms."""
    browser.get(browser.find_element(By.CSS_SELECTOR, f"#posting-panel a[href*='/act/{name}/']").get_attribute("href"))
    for field, text in fields.items():
        fill(browser, field, text)
    browser.find_element(By.CSS_SELECTOR, "#content form button[type=submit]").click()
    wait_for(browser, lambda page: "/act/" not in page.current_url)


def editor_returns_it(browser, site, address):
    """Claims it from the queue, and sends it back with a canned reply."""
    enter_as(browser, site, "eve", f"{site.url}/admin/postings/posting/?state=in_review")
    browser.find_element(By.PARTIAL_LINK_TEXT, "Analyst of tides").click()
    assert "from ada" in browser.find_element(By.ID, "review-panel").text
    browser.find_element(By.CSS_SELECTOR, "#review-panel button").click()
    wait_for(browser, lambda page: "eve claimed it on" in page.find_element(By.ID, "review-panel").text)
    act = browser.find_element(By.CSS_SELECTOR, "#posting-panel a[href*='/act/return_to_draft/']")
    browser.get(act.get_attribute("href"))
    Select(browser.find_element(By.NAME, "reply")).select_by_visible_text("Pay is missing")
    reason = browser.find_element(By.NAME, "reason")
    assert reason.get_attribute("value").startswith("Please add a pay range"), "the reply fills in the reason"
    browser.find_element(By.CSS_SELECTOR, "#content form button[type=submit]").click()
    wait_for(browser, lambda page: "/act/" not in page.current_url)
    panel_says(browser, "draft")


def author_mends_it(browser, site, address):
    enter_as(browser, site, "ada", address.replace("change", "history"))
    assert "Please add a pay range" in browser.find_element(By.ID, "content").text
    browser.get(address)
    fill(browser, "pay_min", "51000")
    fill(browser, "pay_currency", "EUR")
    Select(browser.find_element(By.NAME, "pay_period")).select_by_value("year")
    fill(browser, "closes_on", day(20))
    fill(browser, "apply_url", "https://jobs.example.com/tides")
    act_with_form(browser, "submit")
    panel_says(browser, "in review")


def test_a_posting_goes_from_a_contributor_to_the_readers_and_to_its_end(site, browser):
    number = re.search(r"posting (\d+)", site.python(PREPARE))[1]
    address = f"{site.url}/admin/postings/posting/{number}/change/"
    enter_as(browser, site, "ada", address)
    assert not browser.find_elements(By.CSS_SELECTOR, "#posting-panel button[value=publish]"), "she may not publish"
    act_with_form(browser, "submit")
    panel_says(browser, "in review")
    editor_returns_it(browser, site, address)
    author_mends_it(browser, site, address)

    enter_as(browser, site, "eve", address)
    act_with_form(browser, "publish")
    panel_says(browser, "live")
    browser.get(f"{site.url}/jobs/{number}/")
    assert "from €51,000 a year" in browser.find_element(By.TAG_NAME, "main").text

    browser.get(address)
    act_asked_for(browser, "extend", closes_on=day(40))
    assert browser.find_element(By.NAME, "closes_on").get_attribute("value") == day(40)
    act_asked_for(browser, "fill", reason="Found somebody.")
    panel_says(browser, "filled")
    browser.get(f"{site.url}/jobs/{number}/")
    assert "filled" in browser.find_element(By.TAG_NAME, "main").text.lower()
    assert not browser.find_elements(By.CSS_SELECTOR, "a[href='https://jobs.example.com/tides']")
