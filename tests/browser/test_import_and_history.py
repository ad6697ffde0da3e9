"""The preview of an import opens at its report, and the pages of the history are sound, at both widths in both schemes."""

import re

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.conftest import log_in, look, wait_for
from tests.browser.test_editor_pages import faults_of
from tests.browser.test_pages import looks, needs_axe
from tests.guide_import.articles import SAMPLES

ARTICLE = (SAMPLES / "teacher.md").read_text()


def previewed(browser, site, title="Teacher of rivers"):
    log_in(browser, site)
    browser.get(f"{site.url}/admin/roles/role/import-article/")
    browser.find_element(By.NAME, "role").send_keys(title)
    browser.execute_script("document.querySelector('[name=text]').value = arguments[0]", ARTICLE)
    browser.find_element(By.NAME, "_look").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "import-report"))


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_after_a_preview_its_heading_has_the_focus_and_is_in_view(site, browser, width, height):
    look(browser, width, height=height)
    previewed(browser, site)
    focused, top = browser.execute_script(
        "return [document.activeElement.id, document.getElementById('import-report').getBoundingClientRect().top]"
    )
    assert (focused, browser.current_url.partition("#")[2]) == ("import-report", "import-report")
    assert 0 <= top < 200


def test_without_scripts_the_browser_goes_to_the_report_too(site, browser):
    log_in(browser, site)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site.url}/admin/roles/role/import-article/")
    browser.find_element(By.NAME, "role").send_keys("Teacher of rivers")
    browser.find_element(By.NAME, "text").send_keys("Duties\n\nTeachers of rivers swim.")
    browser.find_element(By.NAME, "_look").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "import-report"))
    assert browser.switch_to.active_element.get_attribute("id") == "import-report"
    assert browser.find_element(By.NAME, "place-0").is_displayed()


def test_a_corrected_line_is_where_it_was_put(site, browser):
    previewed(browser, site)
    line = browser.find_element(By.XPATH, "//ol[@class='import-lines']/li[contains(., 'Teachers help children')]")
    Select(line.find_element(By.TAG_NAME, "select")).select_by_visible_text("Getting started")
    browser.find_element(By.NAME, "_make").click()
    wait_for(browser, lambda page: re.search(r"/role/\d+/change/", page.current_url))
    texts = "return [...document.querySelectorAll('[name^=sections-][name$=-body]')].map(field => field.value)"
    kinds = "return [...document.querySelectorAll('[name^=sections-][name$=-kind]')].map(field => field.value)"
    sections = dict(zip(browser.execute_script(kinds), browser.execute_script(texts), strict=True))
    assert "Teachers help children" in sections["tips"]
    assert "Teachers help children" not in sections.get("overview", "")


@needs_axe
def test_the_report_is_accessible_and_sound(site, browser):
    previewed(browser, site)
    for width, scheme in looks(browser):
        assert faults_of(browser, scheme) == [], f"at {width}, {scheme}"


@needs_axe
@pytest.mark.parametrize("number", [0, -1], ids=["newest version", "oldest version"])
def test_history_and_a_version_are_accessible_and_sound(site, browser, number):
    site.python("""
import django
django.setup()
from careers.postings.models import Posting
posting = Posting.objects.get(pk=2)
posting.description = posting.description.replace("\\n", "\\n\\nA new line.\\n", 1)
posting.pay_min, posting.pay_max = 60000, 65000
posting.save()
""")
    log_in(browser, site)
    browser.get(f"{site.url}/admin/postings/posting/2/history/")
    browser.find_elements(By.CSS_SELECTOR, "#change-history summary")[0].click()
    for width, scheme in looks(browser):
        assert faults_of(browser, scheme) == [], f"history at {width}, {scheme}"
    address = browser.find_elements(By.CSS_SELECTOR, "#change-history li p a")[number].get_attribute("href")
    for width, scheme in looks(browser, address):
        assert faults_of(browser, scheme) == [], f"version at {width}, {scheme}"
