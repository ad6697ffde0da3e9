"""Saving a job, which happens in the reader's browser."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import wait_for
from tests.browser.test_visitor import without_scripts


def open_a_job(site, browser):
    browser.get(f"{site.url}/jobs/")
    browser.execute_script("localStorage.clear()")
    browser.get(browser.find_element(By.CSS_SELECTOR, ".card-title a").get_attribute("href"))
    return browser.find_element(By.TAG_NAME, "h1").text


def save_button(browser, within="#apply"):
    return wait_for(browser, lambda page: page.find_element(By.CSS_SELECTOR, f"{within} .save[data-ready]"))


def test_a_job_is_saved_by_key_found_again_and_taken_off(site, browser):
    title = open_a_job(site, browser)
    save_button(browser).send_keys(Keys.ENTER)
    wait_for(browser, lambda page: save_button(page).get_attribute("aria-pressed") == "true")
    browser.find_element(By.LINK_TEXT, "Saved jobs").click()
    wait_for(browser, lambda page: "/jobs/saved/?id=" in page.current_url)
    assert [card.text for card in browser.find_elements(By.CSS_SELECTOR, ".card-title")] == [title]
    save_button(browser, ".card").send_keys(Keys.SPACE)
    browser.get(f"{site.url}/jobs/saved/")
    assert "You have not saved any jobs in this browser yet." in browser.find_element(By.TAG_NAME, "main").text


def test_a_saved_job_that_is_gone_keeps_the_title_this_browser_knows(site, browser):
    open_a_job(site, browser)
    browser.execute_script("localStorage.setItem('saved-jobs', JSON.stringify([{id: 999999, title: 'Glass Blower'}]))")
    browser.get(f"{site.url}/jobs/saved/")
    card = wait_for(browser, lambda page: page.find_element(By.CSS_SELECTOR, ".card--gone"))
    wait_for(browser, lambda page: "Glass Blower" in card.text)
    assert "We can’t find this job." in card.text


def test_without_javascript_there_is_no_button_and_the_page_says_why(site, browser):
    open_a_job(site, browser)
    address = browser.current_url
    without_scripts(browser)
    browser.get(address)
    assert not any(button.is_displayed() for button in browser.find_elements(By.CSS_SELECTOR, ".save"))
    browser.get(f"{site.url}/jobs/saved/")
    assert "needs JavaScript" in browser.find_element(By.TAG_NAME, "noscript").text
