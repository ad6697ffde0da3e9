"""A real browser in front of the portal of tests/conftest.py."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKERS = ROOT / ".venv" / "checkers" / "node_modules"
AXE = CHECKERS / "axe-core" / "axe.min.js"
VNU = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
MAY_NOT_SKIP = "CI" in os.environ  # there, a missing browser or checker is a failure


# What staff do: these run beside the tests of visitors, in another process.
OF_EDITORS = ("test_build", "test_editor", "test_import", "test_review", "test_saving")


def pytest_collection_modifyitems(items):
    """One portal and one browser for all tests of a group."""
    for test in items:
        if Path(test.path).parent == Path(__file__).parent:
            group = "browser of editors" if test.path.name.startswith(OF_EDITORS) else "browser"
            test.add_marker(pytest.mark.browser)
            test.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def browser_process(tmp_path_factory):
    if not ((CHROMIUM and CHROMEDRIVER) or MAY_NOT_SKIP):
        pytest.skip("no Chromium with its chromedriver on this machine")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "headless", "no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run", "disable-component-update",
        "disable-sync", "disable-dev-shm-usage", "hide-scrollbars", f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    driver.set_page_load_timeout(120)
    driver.logged_in = {}
    yield driver
    driver.quit()


@pytest.fixture
def browser(browser_process):
    """A wide, light browser without cookies."""
    browser_process.get("about:blank")
    browser_process.execute_cdp_cmd("Network.clearBrowserCookies", {})
    browser_process.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    look(browser_process)
    browser_process.get_log("browser")
    return browser_process


def look(browser, width=1280, scheme="light", height=900):
    """Show pages at a width in CSS pixels, in a colour scheme, without animations."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def log_in(browser, site, username="admin", password=None):
    """By the form, and from the second time on with the cookies that the first one gave."""
    from selenium.webdriver.common.by import By

    if cookies := browser.logged_in.get(username):
        browser.execute_cdp_cmd("Network.setCookies", {"cookies": cookies})
        return
    browser.get(f"{site.url}/admin/login/")
    browser.find_element(By.NAME, "username").send_keys(username)
    browser.find_element(By.NAME, "password").send_keys(password or site.password)
    browser.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    wait_for(browser, lambda page: "/login" not in page.current_url)
    cookies = browser.execute_cdp_cmd("Network.getCookies", {"urls": [site.url]})["cookies"]
    browser.logged_in[username] = [{"name": each["name"], "value": each["value"], "url": site.url} for each in cookies]


def wait_for(browser, condition):
    """What the condition gives once it gives something, within a minute; meanwhile the page may give way to another."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 60, ignored_exceptions=[StaleElementReferenceException]).until(condition)
