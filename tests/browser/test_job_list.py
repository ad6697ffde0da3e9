"""The list of jobs on a phone: what comes first, the panel of filters, how far away a search is; and on a wide screen."""

import re

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import look, wait_for
from tests.browser.test_pages import axe_violations, needs_axe, page_faults
from tests.browser.test_visitor import without_scripts

TOP = "return document.querySelector(arguments[0]).getBoundingClientRect().top"


@pytest.fixture
def phone(browser):
    look(browser, 360, height=740)
    return browser


def open_panel(phone, site, query=""):
    phone.get(f"{site.url}/jobs/{query}")
    phone.find_element(By.CSS_SELECTOR, "[data-filters-open]").click()
    return wait_for(phone, lambda page: shown_panel(page))


def shown_panel(browser):
    panel = browser.find_element(By.ID, "filters")
    return panel if panel.is_displayed() else None


def focus_is_in(browser, panel):
    return browser.execute_script("return arguments[0].contains(document.activeElement)", panel)


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def show_button(browser):
    return browser.find_element(By.CSS_SELECTOR, "[data-filters-show]")


def test_fields_and_the_first_job_come_first(site, phone):
    for path, least in (("/jobs/", 520), ("/jobs/?q=data&workplace=remote", 600)):
        phone.get(site.url + path)
        assert phone.execute_script(TOP, "main .card") < least
        for part in ("#filter-q", "#filter-near", "[data-filters-open]"):
            assert phone.find_element(By.CSS_SELECTOR, part).is_displayed()
        assert shown_panel(phone) is None


def test_beside_the_list_filters_are_open_and_jobs_start_high(site, browser):
    browser.get(f"{site.url}/jobs/")
    assert shown_panel(browser)
    assert not browser.find_element(By.CSS_SELECTOR, "[data-filters-open]").is_displayed()
    assert browser.execute_script(TOP, "main .card") < 340


def test_the_button_counts_the_filters_in_use(site, phone):
    phone.get(f"{site.url}/jobs/?workplace=remote&workplace=hybrid&level=senior&q=data&near=Germany")
    assert phone.find_element(By.CSS_SELECTOR, "[data-filters-open]").text == "Filters (3)"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_panel_fills_the_screen_and_its_button_stays_in_sight(site, phone, has_scripts):
    if not has_scripts:
        without_scripts(phone)
    panel = open_panel(phone, site)
    assert panel.rect["height"] == 740
    assert panel.rect["width"] == 360
    for step in (0, 700, 5000):
        phone.execute_cdp_cmd("Input.synthesizeScrollGesture", {"x": 180, "y": 400, "yDistance": -step, "speed": 9000})
        assert 600 < show_button(phone).rect["y"] - phone.execute_script("return scrollY") < 740
    remote = phone.find_element(By.CSS_SELECTOR, "#filters input[name=workplace][value=remote]")
    ActionChains(phone).scroll_to_element(remote).click(remote).perform()
    show_button(phone).click()
    wait_for(phone, lambda page: "workplace=remote" in page.current_url)
    assert shown_panel(phone) is None


def test_the_button_says_how_many_jobs_a_choice_leaves(site, phone):
    open_panel(phone, site)
    before = show_button(phone).text
    remote = phone.find_element(By.CSS_SELECTOR, "#filters label:has(input[name=workplace][value=remote])")
    expected = int(remote.find_element(By.CLASS_NAME, "count").text)
    ActionChains(phone).scroll_to_element(remote).click(remote).perform()
    wait_for(phone, lambda page: show_button(page).text == f"Show {expected} jobs")
    assert show_button(phone).text != before
    show_button(phone).click()
    wait_for(phone, lambda page: "workplace=remote" in page.current_url)
    assert phone.find_element(By.CSS_SELECTOR, ".result-line").text.startswith(f"{expected} jobs")


def test_focus_stays_in_the_panel_and_returns_to_its_button(site, phone):
    panel = open_panel(phone, site)
    wait_for(phone, lambda page: focus_is_in(page, panel))
    number = phone.execute_script(
        "return arguments[0].querySelectorAll('a, button, input, select, summary').length", panel
    )
    for _ in range(number + 3):
        press(phone, Keys.TAB)
        assert focus_is_in(phone, panel)
    for _ in range(3):
        ActionChains(phone).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        assert focus_is_in(phone, panel)
    press(phone, Keys.ESCAPE)
    wait_for(phone, lambda page: shown_panel(page) is None)
    wait_for(phone, lambda page: page.switch_to.active_element.text == "Filters")
    assert not phone.find_elements(By.CSS_SELECTOR, "[inert]")


@pytest.mark.parametrize("way", ["back", "close"])
def test_the_panel_closes_and_the_list_is_where_it_was(site, phone, way):
    phone.get(site.url)
    open_panel(phone, site)
    if way == "back":
        phone.back()
    else:
        phone.find_element(By.CSS_SELECTOR, "[data-filters-close]").click()
    wait_for(phone, lambda page: shown_panel(page) is None)
    assert phone.current_url == f"{site.url}/jobs/"
    phone.back()
    wait_for(phone, lambda page: page.current_url == f"{site.url}/")


def test_without_javascript_the_panel_closes_by_its_link_and_by_back(site, phone):
    without_scripts(phone)
    open_panel(phone, site)
    phone.back()
    assert shown_panel(phone) is None
    open_panel(phone, site)
    phone.find_element(By.CSS_SELECTOR, "[data-filters-close]").click()
    assert shown_panel(phone) is None


@needs_axe
def test_the_open_panel_is_accessible(site, phone):
    open_panel(phone, site, "?workplace=remote")
    assert page_faults(phone) == []
    for scheme in ("light", "dark"):
        look(phone, 360, scheme, 740)
        assert axe_violations(phone, scheme) == []


def test_remote_jobs_in_germany_from_an_amount_take_two_taps_and_no_scrolling(site, phone):
    """Typing is not counted; the key that leads to the next field is one of the keyboard's. The amounts offered are those at
    which the jobs differ."""
    phone.get(f"{site.url}/jobs/?near=Germany&workplace=remote&pay=60000&currency=EUR")
    wanted = titles(phone)
    phone.get(f"{site.url}/jobs/")
    phone.find_element(By.ID, "filter-q").click()
    press(phone, "remote", Keys.TAB, "Germany", Keys.ENTER)
    wait_for(phone, lambda page: "near=Germany" in page.current_url)
    amount = phone.find_element(By.CSS_SELECTOR, ".filters-bar a[href*='pay=']")
    assert int(re.sub(r"\D", "", amount.text)) >= 60_000
    assert amount.rect["x"] + amount.rect["width"] / 2 < 360
    amount.click()
    wait_for(phone, lambda page: "pay=" in page.current_url)
    assert sorted(titles(phone)) == sorted(wanted) != []
    assert phone.execute_script("return scrollY") == 0
    assert phone.execute_script(TOP, "main .card") < 740


def titles(browser):
    return [title.text for title in browser.find_elements(By.CSS_SELECTOR, "main .card-title")]


def test_a_location_is_suggested_and_chosen(site, phone):
    phone.get(f"{site.url}/jobs/")
    box = phone.find_element(By.ID, "filter-near")
    box.send_keys("berl")
    wait_for(phone, lambda page: box.get_attribute("aria-expanded") == "true")
    press(phone, Keys.DOWN, Keys.ENTER)
    wait_for(phone, lambda page: "near=Berlin%2C+Germany" in page.current_url)
    assert "Jobs within 25 km of Berlin, Germany" in phone.find_element(By.CLASS_NAME, "lede").text


def test_long_rows_of_choices_do_not_widen_the_page(site, phone):
    phone.get(f"{site.url}/jobs/?q=data&near=Berlin&workplace=remote&type=full_time")
    assert len(phone.find_elements(By.CSS_SELECTOR, ".active-filters .chip")) > 3
    assert page_faults(phone) == []
