"""The chart of guides and the skills page under a visitor's hands."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import look, wait_for


def styled(browser, selector, name):
    return browser.execute_script(
        "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])", selector, name
    )


def shown_skills(browser):
    labels = browser.find_elements(By.CSS_SELECTOR, ".skill-picker label.check")
    return [label.text for label in labels if label.is_displayed()]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_dot_can_be_reached_by_keyboard_says_its_name_and_opens_its_guide(site, browser, width):
    look(browser, width)
    browser.get(f"{site.url}/roles/explore/")
    dot = browser.find_element(By.CSS_SELECTOR, "a.dot:not([href^='#'])")
    browser.execute_script("arguments[0].focus()", dot)
    names = [name for name in dot.find_elements(By.CSS_SELECTOR, ".dot-name") if name.is_displayed()]
    shown, address = [name.text for name in names], site.url + dot.get_dom_attribute("href")
    assert shown == [dot.get_attribute("aria-label").partition(":")[0]]
    dot.send_keys(Keys.ENTER)
    wait_for(browser, lambda page: page.current_url == address)
    assert browser.find_element(By.TAG_NAME, "h1").text in shown


def test_no_dot_or_name_leaves_the_chart(site, browser):
    for width in (360, 1280):
        look(browser, width)
        browser.get(f"{site.url}/roles/explore/")
        outside = browser.execute_script(
            "const chart = document.querySelector('.scatter-chart').getBoundingClientRect();"
            "return [...document.querySelectorAll('.dot-mark, .dot-name--shown')].filter(e => {"
            "  const box = e.getBoundingClientRect();"
            "  return box.width && (box.left < chart.left - 1 || box.right > chart.right + 1 || box.top < chart.top - 1);"
            "}).map(e => e.textContent || e.parentNode.getAttribute('aria-label'))"
        )
        assert outside == [], width


def test_the_table_is_a_card_for_each_guide_on_a_phone(site, browser):
    look(browser, 360)
    browser.get(f"{site.url}/roles/explore/?sort=pay")
    assert styled(browser, ".guide-table td", "display") == "grid"
    browser.find_element(By.CSS_SELECTOR, ".sort summary").click()
    assert browser.execute_script("return document.documentElement.scrollWidth") == 360
    look(browser, 1280)
    assert styled(browser, ".guide-table td", "display") == "table-cell"


def test_skills_are_narrowed_down_while_typing_and_ticked_ones_are_matched(site, browser):
    look(browser, 360)
    browser.get(f"{site.url}/roles/skills/")
    everything = shown_skills(browser)
    browser.find_element(By.ID, "skill-q").send_keys("structured query")
    assert shown_skills(browser) == ["SQL"]  # by another of its names
    browser.find_element(By.CSS_SELECTOR, ".skill-picker label.check input[value=sql]").click()
    browser.find_element(By.ID, "skill-q").clear()
    browser.find_element(By.ID, "skill-q").send_keys("pyth", Keys.BACKSPACE * 4)
    assert shown_skills(browser) == everything
    button = browser.find_element(By.CSS_SELECTOR, ".skill-form .filters-actions button")
    assert browser.execute_script("return arguments[0].getBoundingClientRect().bottom <= innerHeight", button)
    button.click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "matches"))
    assert "skill=sql" in browser.current_url


def test_skills_are_found_and_ticked_without_script(site, browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site.url}/roles/skills/")
    browser.find_element(By.ID, "skill-q").send_keys("structured query", Keys.ENTER)
    wait_for(browser, lambda page: "q=structured" in page.current_url)
    assert shown_skills(browser) == ["SQL"]
    browser.find_element(By.CSS_SELECTOR, "label.check input[value=sql]").click()
    browser.find_element(By.CSS_SELECTOR, ".skill-form .filters-actions button").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "matches"))
