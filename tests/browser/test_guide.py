"""The guide's page in a browser: how long it is, what the first screen answers, where the reader is, what is printed."""

import base64
import re

import pytest
from selenium.webdriver.common.by import By

from tests.browser.conftest import look, wait_for

GUIDE = "/roles/machine-learning-engineer/"  # the starter guide with the most in it
PAGES = re.compile(rb"/Type\s*/Page\b")
SHOWN = "return arguments[0].checkVisibility()"


def without_scripts(browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})


def printed_pages(browser):
    """How many sheets of A4 the page takes."""
    paper = {"paperWidth": 8.27, "paperHeight": 11.69}
    return len(PAGES.findall(base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", paper)["data"])))


@pytest.mark.parametrize(("width", "height", "longest"), [(1280, 900, 9_000), (360, 740, 11_840)])
def test_the_fullest_guide_is_short_until_it_is_unfolded(site, browser, width, height, longest):
    look(browser, width, height=height)
    browser.get(site.url + GUIDE)
    assert browser.execute_script("return document.documentElement.scrollHeight") <= longest


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_the_first_screen_answers_pay_growth_education_and_jobs(site, browser, width, height):
    look(browser, width, height=height)
    browser.get(site.url + GUIDE)
    answers = browser.find_elements(By.CSS_SELECTOR, ".glance dd")
    text = " ".join(answer.text for answer in answers)
    for answer in ("$120,230", "United States", "Much faster than average", "Bachelor's degree", "open job"):
        assert answer in text
    assert max(answer.rect["y"] + answer.rect["height"] for answer in answers) <= height


def here(browser):
    """The links of the contents that are marked as the place being read, and what the bar says."""
    marked = browser.find_elements(By.CSS_SELECTOR, ".contents a[aria-current=location]")
    return {link.get_attribute("hash") for link in marked}


def test_the_contents_stay_in_view_and_say_where_the_reader_is(site, browser):
    for width, contents in ((1280, ".contents--wide"), (360, ".contents--bar")):
        look(browser, width)
        browser.get(site.url + GUIDE)
        browser.execute_script("document.getElementById('outlook').scrollIntoView()")
        wait_for(browser, lambda page: here(page) == {"#outlook"})
        box = browser.find_element(By.CSS_SELECTOR, contents)
        top = browser.execute_script("return arguments[0].getBoundingClientRect().top", box)
        assert 0 <= top < 60, width
    assert browser.find_element(By.CSS_SELECTOR, ".contents--bar [data-here]").text == "Outlook"


def test_the_last_section_is_marked_at_the_end_of_the_page_unless_another_was_asked_for(site, browser):
    browser.get(site.url + GUIDE)
    browser.execute_script("scrollTo(0, document.documentElement.scrollHeight)")
    wait_for(browser, lambda page: here(page) == {"#classification"})
    browser.find_element(By.CSS_SELECTOR, ".contents--wide a[href='#applying']").click()
    wait_for(browser, lambda page: here(page) == {"#applying"})


def test_a_link_of_the_contents_opens_a_folded_section(site, browser):
    browser.get(site.url + GUIDE)
    questions = browser.find_element(By.CSS_SELECTOR, ".points--interview_question")
    assert not browser.execute_script(SHOWN, questions)
    browser.find_element(By.CSS_SELECTOR, ".contents--wide a[href='#interview']").click()
    wait_for(browser, lambda page: page.execute_script(SHOWN, questions))


def test_without_scripts_the_contents_are_links_and_folds_open(site, browser):
    without_scripts(browser)
    browser.get(site.url + GUIDE)
    assert here(browser) == set()
    browser.find_element(By.CSS_SELECTOR, ".contents--wide a[href='#interview']").click()
    assert browser.current_url.endswith("#interview")
    browser.find_element(By.ID, "interview").click()
    assert browser.find_element(By.CSS_SELECTOR, ".points--interview_question").is_displayed()


def test_the_fullest_guide_prints_on_six_sheets(site, browser):
    browser.get(site.url + GUIDE)
    assert printed_pages(browser) <= 6


@pytest.mark.parametrize("scripts", [True, False])
def test_interview_answers_are_folded_on_screen_and_open_in_print(site, browser, scripts):
    if not scripts:
        without_scripts(browser)
    browser.get(f"{site.url}{GUIDE}interview/")
    answers = browser.find_elements(By.CSS_SELECTOR, ".answer > p")
    assert len(answers) == 7
    assert not any(browser.execute_script(SHOWN, answer) for answer in answers)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert all(browser.execute_script(SHOWN, answer) for answer in answers)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_answers_are_opened_for_browsers_that_print_what_is_open_and_closed_again(site, browser):
    browser.get(f"{site.url}{GUIDE}interview/")
    count = "return document.querySelectorAll('.answer[open]').length"
    browser.find_element(By.CSS_SELECTOR, ".answer summary").click()
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script(count) == 7
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    assert browser.execute_script(count) == 1
