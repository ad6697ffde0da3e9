"""What only a browser shows: filters without JavaScript, the back button, the copy button, keys."""

import re

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import look, wait_for


def without_scripts(browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})


def test_filters_work_without_javascript_and_stay_in_the_address(site, browser):
    without_scripts(browser)
    browser.get(f"{site.url}/jobs/")
    before = browser.find_element(By.TAG_NAME, "main").text
    remote = browser.find_element(By.CSS_SELECTOR, "form.filters input[name=workplace][value=remote]")
    ActionChains(browser).scroll_to_element(remote).click(remote).perform()
    browser.find_element(By.CSS_SELECTOR, ".filters-actions [type=submit]").click()
    wait_for(browser, lambda page: "workplace=remote" in page.current_url)
    cards = browser.find_elements(By.CSS_SELECTOR, "main .card")
    assert cards
    assert all("Remote" in card.text for card in cards)
    browser.back()
    wait_for(browser, lambda page: page.current_url == f"{site.url}/jobs/")
    assert browser.find_element(By.TAG_NAME, "main").text == before


def test_the_back_button_brings_the_filters_of_its_list(site, browser):
    browser.get(f"{site.url}/jobs/")
    remote = browser.find_element(By.CSS_SELECTOR, "form.filters input[name=workplace][value=remote]")
    ActionChains(browser).scroll_to_element(remote).click(remote).perform()
    browser.find_element(By.CSS_SELECTOR, ".filters-actions [type=submit]").click()
    wait_for(browser, lambda page: "workplace=remote" in page.current_url)
    browser.back()
    wait_for(browser, lambda page: page.current_url == f"{site.url}/jobs/")
    assert not browser.find_elements(By.CSS_SELECTOR, "form.filters input[type=checkbox]:checked")


def test_pay_and_order_work_without_javascript_and_the_back_button_takes_them_back(site, browser):
    without_scripts(browser)
    browser.get(f"{site.url}/jobs/?currency=USD")
    [*_, most] = browser.find_elements(By.CSS_SELECTOR, "form.filters input[type=radio][name=pay]")
    amount = most.get_attribute("value")
    ActionChains(browser).scroll_to_element(most).click(most).perform()
    browser.find_element(By.CSS_SELECTOR, ".filters-actions [type=submit]").click()
    wait_for(browser, lambda page: f"pay={amount}" in page.current_url)
    browser.find_element(By.LINK_TEXT, "pay in USD").click()
    wait_for(browser, lambda page: "sort=pay" in page.current_url)
    pay = [each.text for each in browser.find_elements(By.CSS_SELECTOR, "main .card-pay")]
    assert pay
    assert all(text.startswith("$") for text in pay)
    browser.back()
    wait_for(browser, lambda page: "sort=pay" not in page.current_url)
    assert (
        browser.find_element(By.CSS_SELECTOR, "form.filters input[name=pay]:checked").get_attribute("value") == amount
    )


def test_a_mistyped_word_is_put_right_by_a_link_without_javascript(site, browser):
    without_scripts(browser)
    browser.get(f"{site.url}/jobs/?q=pyhton")
    browser.find_element(By.LINK_TEXT, "python").click()
    wait_for(browser, lambda page: page.current_url.endswith("/jobs/?q=python"))
    assert "python" in browser.find_element(By.CSS_SELECTOR, "main .card mark").text.lower()


def test_the_copy_button_appears_with_javascript_alone(site, browser):
    address = f"{site.url}/roles/machine-learning-engineer/template/"
    browser.get(address)
    assert browser.find_element(By.CSS_SELECTOR, "button.copy").is_displayed()
    without_scripts(browser)
    browser.get(address)
    assert not browser.find_element(By.CSS_SELECTOR, "button.copy").is_displayed()


def test_the_first_key_reaches_the_skip_link_and_it_leads_to_the_content(site, browser):
    browser.get(site.url)
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.text == "Skip to main content"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.current_url.endswith("#content")


@pytest.mark.parametrize("path", ["/", "/roles/machine-learning-engineer/", "/jobs/"])
def test_nothing_moves_while_the_page_loads(site, browser, path):
    browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => moved += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        },
    )
    for width in (1280, 360):
        look(browser, width)
        assert min(moved_on(browser, site.url + path) for _ in range(3)) == 0


def moved_on(browser, url):
    """How much the page shifted. A starved machine paints late now and then; what shifts each time is the page's own."""
    browser.get(url)
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    return browser.execute_script("return window.moved")


def test_a_job_is_readable_in_print(site, browser):
    browser.get(f"{site.url}/roles/machine-learning-engineer/interview/")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not browser.find_element(By.CSS_SELECTOR, ".site-header nav").is_displayed()
    assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def closing_job(site):
    question = "print(Posting.objects.live().exclude(closes_on=None).first().get_absolute_url())"
    return site.url + site.manage("shell", "--verbosity=0", "-c", question).strip()


def own_time(browser):
    return browser.find_element(By.CSS_SELECTOR, "#apply .local-time")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_end_is_told_in_the_readers_own_time_as_well_on_a_line_kept_for_it(site, browser, width):
    look(browser, width)
    browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Pacific/Kiritimati"})
    browser.get(closing_job(site))
    assert re.fullmatch(r"In your time: \w{3},? \d+ \w{3,4}, \d\d:\d\d", own_time(browser).text)
    height = "return arguments[0].getBoundingClientRect().height"
    filled = browser.execute_script(height, own_time(browser))
    browser.execute_script("arguments[0].textContent = ''", own_time(browser))
    assert browser.execute_script(height, own_time(browser)) == pytest.approx(filled, abs=1)
    browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})


def test_without_javascript_the_end_is_told_in_the_zone_of_the_posting_alone(site, browser):
    without_scripts(browser)
    browser.get(closing_job(site))
    assert "11:59pm" in browser.find_element(By.ID, "apply").text
    assert not own_time(browser).is_displayed()
