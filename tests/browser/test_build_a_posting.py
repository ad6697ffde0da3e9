"""An editor builds a posting from a role's template: once by mouse, once by keyboard alone."""

from datetime import timedelta

from django.utils import timezone
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser.conftest import log_in, wait_for


def closing_day():
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def open_build_page(browser, site):
    log_in(browser, site)
    browser.get(f"{site.url}/admin/roles/role/?q=Machine+Learning+Engineer")
    browser.find_element(By.CSS_SELECTOR, "#result_list tbody th a").click()
    link = browser.find_element(By.PARTIAL_LINK_TEXT, "New posting from the template")
    browser.get(link.get_attribute("href"))


def fill(browser, name, text):
    field = browser.find_element(By.NAME, name)
    field.clear()
    field.send_keys(text)


def test_a_posting_is_built_and_published_by_mouse(site, browser):
    open_build_page(browser, site)
    name = "Quillmarsh Hospitals"
    browser.find_element(By.CSS_SELECTOR, "[name=employer] + .select2").click()
    browser.find_element(By.CSS_SELECTOR, ".select2-container--open .select2-search__field").send_keys("quillm")
    wait_for(browser, lambda page: page.find_elements(By.XPATH, f"//li[text()='{name}']"))[0].click()
    Select(browser.find_element(By.NAME, "country_0")).select_by_value("DE")
    fill(browser, "city_0", "Leipzig")
    fill(browser, "pay_min", "61000")
    fill(browser, "pay_max", "74000")
    fill(browser, "pay_currency", "EUR")
    Select(browser.find_element(By.NAME, "pay_period")).select_by_value("year")
    fill(browser, "closes_on", closing_day())
    fill(browser, "blank_team", "forecasting")
    fill(browser, "blank_product", "the timetable")
    browser.find_element(By.XPATH, "//button[contains(., 'Create draft')]").click()

    page = browser.page_source
    assert "/change/" in browser.current_url
    assert "missing=" in browser.current_url, "the draft opens at what is missing"
    assert browser.switch_to.active_element.get_attribute("name"), "a field has the focus"
    assert name in page
    text = browser.find_element(By.NAME, "description").get_attribute("value")
    assert "the forecasting" in text
    assert "{" not in text
    fill(browser, "apply_url", "https://jobs.example.com/leipzig")
    browser.find_element(By.CSS_SELECTOR, "#posting-panel button[value=publish]").click()
    wait_for(browser, lambda page: "LIVE" in page.find_element(By.ID, "posting-panel").text.upper())

    browser.get(f"{site.url}/jobs/?q=Leipzig")
    browser.find_element(By.CSS_SELECTOR, "main .card-title a").click()
    shown = browser.find_element(By.TAG_NAME, "main").text
    assert "Leipzig, Germany" in shown
    assert "€61,000 to €74,000 a year" in shown
    assert "{" not in shown


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def tab_to(browser, name):
    """Presses Tab until the field, or the box that stands for it, has the focus."""
    for _ in range(150):
        press(browser, Keys.TAB)
        focused = browser.switch_to.active_element
        if focused.get_attribute("name") == name:
            return focused
        if focused.find_elements(By.ID, f"select2-id_{name}-container"):
            return focused
    raise AssertionError(f"Tab never reaches {name}")


def test_a_draft_is_built_by_keyboard_alone(site, browser):
    open_build_page(browser, site)
    tab_to(browser, "employer")
    press(browser, Keys.ENTER)
    press(browser, "pebble")
    wait_for(browser, lambda page: page.find_elements(By.XPATH, "//li[text()='Pebblegate Bank']"))
    press(browser, Keys.ENTER)
    tab_to(browser, "country_0").send_keys("Fra")
    tab_to(browser, "city_0").send_keys("Lyon")
    tab_to(browser, "pay_min").send_keys("52000")
    tab_to(browser, "pay_currency").send_keys("EUR")
    tab_to(browser, "pay_period").send_keys("per year")
    tab_to(browser, "closes_on").send_keys(closing_day())
    tab_to(browser, "blank_team").send_keys("payments")
    tab_to(browser, "blank_product").send_keys("the ledger", Keys.ENTER)
    wait_for(browser, lambda page: "/change/" in page.current_url)
    assert browser.find_element(By.NAME, "places-0-city").get_attribute("value") == "Lyon"
    assert browser.find_element(By.NAME, "pay_min").get_attribute("value").startswith("52000")
