"""A job's page on a phone and on paper, and compared roles on a phone."""

import re

import pytest
from selenium.webdriver.common.by import By

from tests.browser.conftest import look, wait_for
from tests.browser.test_visitor import closing_job, without_scripts

PHONE = {"width": 360, "height": 740}
COMPARED = "/roles/compare/?role=machine-learning-engineer&role=data-scientist"
COVERED = """
    const bar = document.querySelector(arguments[0]), covered = [];
    for (const element of document.querySelectorAll('a, button, input, select, summary, [tabindex="0"]')) {
      element.focus();
      if (document.activeElement !== element || bar.contains(element) || element.contains(bar)) continue;
      const box = element.getBoundingClientRect(), edge = bar.getBoundingClientRect();
      const isBeside = box.right <= edge.left || box.left >= edge.right;
      if (!isBeside && box.bottom > edge.top && box.top < edge.bottom) covered.push(element.outerHTML.slice(0, 80));
    }
    return covered"""
BROKEN_NUMBERS = r"""
    const broken = [], texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const found of texts.currentNode.data.matchAll(/[^\s\d]{0,3}\d[\d.,]*%?/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, found.index);
        range.setEnd(texts.currentNode, found.index + found[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(found[0]);
      }
    }
    return broken"""


@pytest.fixture
def job(site):
    return closing_job(site)


def bar_of(browser):
    return browser.find_element(By.CSS_SELECTOR, ".apply-bar")


def test_apply_and_save_are_in_reach_on_a_phone_from_the_first_screen_to_the_last(site, browser, job):
    look(browser, **PHONE)
    browser.get(job)
    wait_for(browser, lambda page: bar_of(page).find_elements(By.CSS_SELECTOR, ".save[data-ready]"))
    for end in ("0", "document.body.scrollHeight / 2"):
        browser.execute_script(f"scrollTo(0, {end})")
        box = browser.execute_script("return arguments[0].getBoundingClientRect().toJSON()", bar_of(browser))
        assert box["bottom"] == pytest.approx(PHONE["height"], abs=1)
        assert box["height"] <= 80
    apply, save = bar_of(browser).find_elements(By.CSS_SELECTOR, ".button")
    assert apply.get_attribute("href").endswith("/apply/")
    assert min(apply.size["height"], save.size["height"]) >= 44
    save.click()
    wait_for(browser, lambda page: save.get_attribute("aria-pressed") == "true")
    save.click()


def test_the_bar_covers_neither_what_has_the_focus_nor_the_end_of_the_page(site, browser, job):
    look(browser, **PHONE)
    browser.get(job)
    assert browser.execute_script(COVERED, ".apply-bar") == []
    browser.execute_script("scrollTo(0, document.body.scrollHeight)")
    footer = browser.find_element(By.CSS_SELECTOR, ".site-footer")
    tops = browser.execute_script(
        "return [...arguments].map(one => one.getBoundingClientRect())", bar_of(browser), footer
    )
    assert tops[0]["bottom"] <= tops[1]["top"]


def test_without_scripts_the_bar_has_apply_alone_and_a_wide_screen_has_no_bar(site, browser, job):
    without_scripts(browser)
    look(browser, **PHONE)
    browser.get(job)
    assert [
        button.text for button in bar_of(browser).find_elements(By.CSS_SELECTOR, ".button") if button.is_displayed()
    ] == ["Apply"]
    assert not browser.find_element(By.CSS_SELECTOR, "button.copy").is_displayed()
    look(browser, 1280)
    assert not bar_of(browser).is_displayed()


def test_the_link_of_a_job_can_be_copied(site, browser, job):
    browser.get(job)
    button = wait_for(browser, lambda page: page.find_element(By.CSS_SELECTOR, "button.copy:not([hidden])"))
    address = browser.find_element(By.ID, button.get_attribute("data-copy")).get_attribute("textContent")
    assert address.endswith(job.removeprefix(site.url))


def test_a_printed_job_has_no_navigation_and_says_where_to_apply(site, browser, job):
    look(browser, **PHONE)
    browser.get(job)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for gone in (
        ".site-header",
        ".site-footer",
        ".breadcrumb",
        ".apply-bar",
        "#similar",
        "#apply .button",
        "button.copy",
    ):
        assert not any(part.is_displayed() for part in browser.find_elements(By.CSS_SELECTOR, gone)), gone
    printed = browser.find_element(By.TAG_NAME, "main").text
    assert job.removeprefix(site.url) in printed
    assert re.search(r"Posted on \d+ \w{3} \d{4}\.", printed)
    where = browser.find_element(By.CSS_SELECTOR, "#apply .print-only")
    assert where.is_displayed()
    assert where.text.startswith("https://")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_compared_roles_start_on_the_first_screen_of_a_phone_and_stay_named(site, browser):
    look(browser, **PHONE)
    browser.get(site.url + COMPARED)
    top = "return document.querySelector('.compare thead').getBoundingClientRect().top"
    assert browser.execute_script(top) < 560
    browser.execute_script("document.querySelector('.compare tbody:nth-of-type(6)').scrollIntoView()")
    heads = browser.find_elements(By.CSS_SELECTOR, ".compare thead th")
    assert [browser.execute_script("return arguments[0].getBoundingClientRect().top", head) for head in heads] == [0, 0]


@pytest.mark.parametrize("more", ["", "&role=qa-engineer&role=ux-designer"])
def test_no_number_of_compared_roles_is_broken_on_a_phone(site, browser, more):
    look(browser, **PHONE)
    browser.get(site.url + COMPARED + more)
    assert browser.execute_script(BROKEN_NUMBERS) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= PHONE["width"]
    columns = browser.find_elements(By.CSS_SELECTOR, ".compare thead th")
    assert sum(column.rect["x"] + column.rect["width"] <= PHONE["width"] for column in columns) == 2
    assert browser.execute_script(COVERED, ".compare thead th") == []
