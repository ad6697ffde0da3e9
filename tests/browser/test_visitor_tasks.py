"""What a new visitor comes to do, on a phone: how many taps it takes, and how far they scroll. Typing is not counted.

Remote jobs in Germany from an amount: test_job_list.py. A data engineer's pay in Canada: test_home.py.
"""

import pytest
from selenium.webdriver.common.by import By

from tests.browser.conftest import look, wait_for

HEIGHT = 740


class Visitor:
    """Taps what it is told, as a person would: scrolls there first if it is not on the screen."""

    def __init__(self, browser):
        self.browser, self.taps, self.scrolled = browser, 0, 0

    def tap(self, selector, text=""):
        found = [link for link in self.browser.find_elements(By.CSS_SELECTOR, selector) if text in link.text]
        assert found, f"nothing to tap: {selector} {text}"
        bottom = self.browser.execute_script("return arguments[0].getBoundingClientRect().bottom", found[0])
        self.scrolled += max(0, round(bottom) - HEIGHT)
        before = self.browser.current_url
        found[0].click()
        self.taps += 1
        wait_for(self.browser, lambda page: page.current_url != before)


@pytest.fixture
def visitor(browser):
    look(browser, 360, height=HEIGHT)
    return Visitor(browser)


def test_a_free_course_for_beginners_takes_two_taps(site, browser, visitor):
    browser.get(site.url)
    visitor.tap(".site-nav a", "Resources")
    visitor.tap(".filters-bar a", "Free beginner courses")
    facts = [card.text for card in browser.find_elements(By.CSS_SELECTOR, "main .card .meta")]
    assert facts
    assert all(word in fact for fact in facts for word in ("Course", "Free", "Beginner"))
    assert (visitor.taps, visitor.scrolled) == (2, 0)


def test_two_roles_are_compared_with_one_tap_from_the_guide_of_one(site, browser, visitor):
    browser.get(f"{site.url}/roles/data-analyst/")
    visitor.tap(".meta a", "Compare with")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".compare thead th")) >= 2
    assert visitor.taps == 1
    assert visitor.scrolled < HEIGHT


def test_from_a_job_to_its_guide_takes_one_tap_without_scrolling_and_back_another(site, browser, visitor):
    browser.get(f"{site.url}/jobs/")
    visitor.tap("main .card-title a")
    job = browser.current_url
    visitor.taps = visitor.scrolled = 0
    visitor.tap("main a", "Role guide:")
    assert "/roles/" in browser.current_url
    browser.back()
    wait_for(browser, lambda page: page.current_url == job)
    assert (visitor.taps, visitor.scrolled) == (1, 0)
