"""The first page and the site search on a phone: what is seen at once, and how many taps a question takes."""

import pytest
from selenium.webdriver.common.by import By

from tests.browser.conftest import look, wait_for

HEIGHT = 740


@pytest.fixture
def phone(browser):
    look(browser, 360, height=HEIGHT)
    return browser


def box_of(browser, selector):
    return browser.execute_script(
        "const {top, bottom} = document.querySelector(arguments[0]).getBoundingClientRect(); return {top, bottom}",
        selector,
    )


def test_the_search_and_the_first_job_are_on_the_first_screen(site, phone):
    phone.get(site.url)
    assert box_of(phone, ".site-search input")["bottom"] < 160
    assert box_of(phone, ".job-search .button")["bottom"] < 500
    assert box_of(phone, "main .card")["top"] < 620
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360


def test_the_guide_of_the_week_stands_beside_the_jobs_on_a_wide_screen(site, browser):
    browser.get(site.url)
    assert box_of(browser, ".weekly")["top"] < 900
    bar = browser.find_element(By.CSS_SELECTOR, ".weekly .bar-whole")
    assert bar.size["width"] > 60


def test_keywords_and_a_location_lead_to_the_jobs_with_one_tap(site, phone):
    phone.get(site.url)
    phone.find_element(By.ID, "home-q").send_keys("engineer")
    phone.find_element(By.ID, "home-near").send_keys("Canada")
    phone.find_element(By.CSS_SELECTOR, ".job-search .button").click()
    wait_for(phone, lambda page: "/jobs/?q=engineer&near=Canada" in page.current_url)
    assert phone.find_elements(By.CSS_SELECTOR, "main .card")


@pytest.mark.parametrize(
    ("words", "scripts"),
    [("data engineer salary canada", True), ("how much does a data engineer make in Canada", False)],
)
def test_a_question_about_pay_takes_two_taps(site, phone, words, scripts):
    phone.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    phone.get(site.url)
    phone.find_element(By.ID, "site-q").send_keys(words)
    phone.find_element(By.CSS_SELECTOR, ".site-search button").click()
    wait_for(phone, lambda page: "/search/" in page.current_url)
    answer = phone.find_element(By.CSS_SELECTOR, "[aria-labelledby=pay-answer]")
    assert "Pay in Canada" in answer.text
    link = answer.find_element(By.LINK_TEXT, "Data Engineer: pay")
    assert link.location["y"] < HEIGHT
    link.click()
    wait_for(phone, lambda page: page.current_url == f"{site.url}/roles/data-engineer/#pay")
    phone.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert wait_for(phone, lambda page: -1 <= box_of(page, "#pay")["top"] < HEIGHT)


def test_the_index_of_occupations_answers_on_the_first_screen_of_a_phone(site, phone):
    phone.get(f"{site.url}/occupations/?q=nurse")
    assert box_of(phone, ".empty")["top"] < HEIGHT
    assert phone.find_elements(By.CSS_SELECTOR, ".fields a")
