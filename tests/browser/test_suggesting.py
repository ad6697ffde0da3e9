"""The list of suggestions below a search box, by keyboard and by pointer."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import look, wait_for
from tests.browser.test_pages import WIDTHS, axe_violations, needs_axe, page_faults

BOXES = {"/": "site-q", "/occupations/": "site-q", "/search/": "id_q", "/jobs/": "filter-q"}
GUIDE = "/roles/machine-learning-engineer/"


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def typed_into(browser, site, path, words="machine l"):
    """The box with its list open."""
    browser.get(site.url + path)
    box = browser.find_element(By.ID, BOXES[path])
    box.send_keys(words)
    wait_for(browser, lambda page: box.get_attribute("aria-expanded") == "true")
    return box


def options(browser, box):
    return browser.find_elements(By.CSS_SELECTOR, f"#{box.get_attribute('aria-controls')} [role=option]")


def active(box):
    return box.get_attribute("aria-activedescendant")


@pytest.mark.parametrize("path", BOXES)
def test_a_suggestion_is_chosen_by_keyboard(site, browser, path):
    box = typed_into(browser, site, path)
    found = options(browser, box)
    assert found[0].text.startswith("Machine Learning Engineer")
    assert active(box) is None
    press(browser, Keys.DOWN)
    assert active(box) == found[0].get_attribute("id")
    assert found[0].get_attribute("aria-selected") == "true"
    press(browser, Keys.ENTER)
    opened = "/jobs/?q=Machine+Learning+Engineer" if path == "/jobs/" else GUIDE
    wait_for(browser, lambda page: opened in page.current_url)


def test_arrows_go_round_and_home_goes_back_to_the_text(site, browser):
    box = typed_into(browser, site, "/search/", "da")
    ids = [option.get_attribute("id") for option in options(browser, box)]
    assert len(ids) > 2
    press(browser, Keys.UP)
    assert active(box) == ids[-1]
    press(browser, Keys.DOWN)
    assert active(box) == ids[0]
    press(browser, Keys.HOME)
    assert active(box) is None
    press(browser, "x")
    assert box.get_attribute("value") == "xda"


def test_escape_closes_the_list_and_keeps_the_text(site, browser):
    box = typed_into(browser, site, "/search/")
    press(browser, Keys.DOWN, Keys.ESCAPE)
    assert box.get_attribute("aria-expanded") == "false"
    assert active(box) is None
    assert box.get_attribute("value") == "machine l"
    press(browser, Keys.DOWN)
    wait_for(browser, lambda page: box.get_attribute("aria-expanded") == "true")


def test_enter_without_a_choice_searches_for_what_was_typed(site, browser):
    typed_into(browser, site, "/search/")
    press(browser, Keys.ENTER)
    wait_for(browser, lambda page: "q=machine+l" in page.current_url)


def test_leaving_the_box_closes_the_list(site, browser):
    box = typed_into(browser, site, "/search/")
    press(browser, Keys.TAB)
    assert box.get_attribute("aria-expanded") == "false"


def test_a_suggestion_is_chosen_by_pointer(site, browser):
    box = typed_into(browser, site, "/search/")
    options(browser, box)[0].click()
    wait_for(browser, lambda page: page.current_url == site.url + GUIDE)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Machine Learning Engineer"


def test_who_types_a_question_about_pay_is_led_to_it(site, browser):
    box = typed_into(browser, site, "/search/", "data engineer salary")
    found = options(browser, box)
    assert found[0].text.split("\n") == ["Data Engineer", "Pay in the guide"]
    found[0].click()
    wait_for(browser, lambda page: page.current_url == f"{site.url}/roles/data-engineer/#pay")


def test_the_number_of_suggestions_is_announced(site, browser):
    box = typed_into(browser, site, "/search/")
    status = browser.find_element(By.CSS_SELECTOR, "form [role=status]")
    number = len(options(browser, box))
    assert status.get_attribute("textContent") == f"{number} suggestion{'s' * (number != 1)}"
    box.send_keys("zyzzyva")
    wait_for(browser, lambda page: status.get_attribute("textContent") == "No suggestions")
    assert box.get_attribute("aria-expanded") == "false"


def test_without_javascript_the_box_is_a_plain_field(site, browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site.url}/search/")
    box = browser.find_element(By.ID, "id_q")
    assert box.get_attribute("role") is None
    box.send_keys("data", Keys.ENTER)
    wait_for(browser, lambda page: "q=data" in page.current_url)
    assert browser.find_elements(By.CSS_SELECTOR, "main .card")


@needs_axe
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/jobs/"])
def test_the_open_list_is_accessible_and_stays_within_the_page(site, browser, path, width):
    look(browser, width)
    box = typed_into(browser, site, path, "da")
    browser.execute_script("arguments[0].form.id = 'asked'", box)
    press(browser, Keys.DOWN)
    assert page_faults(browser) == []
    for scheme in ("light", "dark"):
        look(browser, width, scheme)
        assert options(browser, box)[0].is_displayed()
        assert axe_violations(browser, scheme, "#asked") == []
