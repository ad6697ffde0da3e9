"""What editors do most, driven as they would: the clicks and fields of each task are counted and printed (pytest -s).

A click is a press of the mouse on a link, a button, a tab or an option. A field is one that gets a value, however it is typed.
"""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser.conftest import log_in, look, wait_for
from tests.browser.test_pages import axe_violations, needs_axe
from tests.browser.test_visitor import without_scripts

PREPARE = """
import django
django.setup()
import json
from django.contrib.auth.models import User
from careers.postings import lifecycle
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.versions import save_template
from careers.roles.models import Role

editor = User.objects.get(username="admin")
template = PostingTemplate(
    role=Role.objects.get(slug="data-analyst"), name="Tide tables", title="Tide analyst",
    description="You keep the tide table of {employer} in {place}.", workplace="onsite",
)
save_template(template, by=editor)
for title in ("Tide analyst, ebb", "Tide analyst, flood", "Tide analyst, spring"):
    posting = build_posting(
        template=template, employer=Employer.objects.first(), title=title, by=editor,
        places=[{"country": "US", "subdivision": "US-CO", "city": "Denver"}], apply_url="https://jobs.example.com/tides",
    )
    lifecycle.publish(posting, by=editor)
draft = build_posting(template=template, employer=Employer.objects.first(), title="Tide analyst, draft", by=editor)
print("prepared", json.dumps({"template": template.pk, "draft": draft.pk, "guide": template.role_id}))
"""
TEXTS = """
import django
django.setup()
from careers.postings.models import Posting
print("texts", sorted(set(Posting.objects.filter(template={template}).values_list("description", flat=True))))
"""


class Task:
    """Clicks and fills in for an editor, and counts."""

    def __init__(self, browser):
        self.browser, self.clicks, self.fields = browser, 0, set()

    def click(self, selector, by=By.CSS_SELECTOR):
        found = wait_for(
            self.browser, lambda page: [each for each in page.find_elements(by, selector) if each.is_displayed()]
        )
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
        found[0].click()
        self.clicks += 1

    def fill(self, name, text):
        field = self.browser.find_element(By.NAME, name)
        field.clear()
        field.send_keys(text)
        self.fields.add(name)

    def choose(self, name, text):
        Select(self.browser.find_element(By.NAME, name)).select_by_visible_text(text)
        self.fields.add(name)

    def search(self, name, typed, found):
        """A field that is opened, searched and answered with an option."""
        self.click(f"[name={name}] + .select2")
        self.browser.find_element(By.CSS_SELECTOR, ".select2-container--open .select2-search__field").send_keys(typed)
        self.click(f"//li[text()='{found}']", By.XPATH)
        self.fields.add(name)

    def took(self, what):
        print(f"\n{what}: {self.clicks} clicks, {len(self.fields)} fields")
        return self.clicks, len(self.fields)


@pytest.fixture(scope="module")
def rows(site):
    return json.loads(site.python(PREPARE).partition("prepared ")[2])


@pytest.fixture
def task(site, browser):
    log_in(browser, site)
    return Task(browser)


def open_page(site, browser, path, **look_at):
    if look_at:
        look(browser, **look_at)
    browser.get("about:blank")
    browser.get(site.url + path)


def guide_form(rows, tab=""):
    return f"/admin/roles/role/{rows['guide']}/change/{tab}"


def posting_form(rows):
    return f"/admin/postings/posting/{rows['draft']}/change/"


def test_a_posting_is_built_from_a_template_and_lacks_nothing(site, browser, task):
    open_page(site, browser, "/admin/")
    task.click("a[href='/admin/postings/postingtemplate/']")
    task.click("//tr[contains(., 'Machine Learning Engineer')]//a[text()='New posting']", By.XPATH)
    task.search("employer", "quillm", "Quillmarsh Hospitals")
    task.choose("country_0", "Germany")
    task.fill("city_0", "Leipzig")
    task.fill("apply_url", "https://jobs.example.com/leipzig")
    task.fill("blank_team", "forecasting")
    task.fill("blank_product", "the timetable")
    task.click("//button[contains(., 'Create draft')]", By.XPATH)
    wait_for(browser, lambda page: "nothing is missing" in page.find_element(By.TAG_NAME, "body").text)
    clicks, fields = task.took("A posting from a template")
    assert clicks <= 5
    assert fields <= 6
    assert Select(browser.find_element(By.NAME, "time_zone")).first_selected_option.text == "Europe/Berlin"
    task.click("#submit-row .next-act[value=publish]")
    wait_for(browser, lambda page: "LIVE" in page.find_element(By.ID, "posting-panel").text.upper())


def test_a_pay_figure_and_its_new_source_take_one_form(site, browser, rows, task):
    open_page(site, browser, guide_form(rows))
    row = len(browser.find_elements(By.CSS_SELECTOR, "[name^=pay_claims-][name$=-id]")) - 1
    task.click("Figures", By.LINK_TEXT)
    task.click("#pay_claims-group .add-row")
    task.choose(f"pay_claims-{row}-country", "Ireland")
    task.fill(f"pay_claims-{row}-median", "€51.5k")
    task.fill(f"pay_claims-{row}-reference_year", "2025")
    task.fill(f"pay_claims-{row}-new_publisher", "Office of Tides")
    task.fill(f"pay_claims-{row}-new_title", "Pay along the coast")
    assert "/change/" in browser.current_url
    assert len(browser.window_handles) == 1, "no other page was opened"
    task.click("[name=_save]:not(.sr-only)")
    wait_for(browser, lambda page: "successfully" in page.find_element(By.TAG_NAME, "body").text)
    clicks, fields = task.took("A pay figure with a new source")
    assert clicks <= 3
    assert fields <= 6
    open_page(site, browser, guide_form(rows, "#pay_claims"))
    source = Select(browser.find_element(By.NAME, f"pay_claims-{row}-source")).first_selected_option
    assert source.get_attribute("text") == "Office of Tides, Pay along the coast"
    assert browser.find_element(By.NAME, f"pay_claims-{row}-currency").get_attribute("value") == "EUR"


def test_a_changed_template_reaches_all_its_postings(site, browser, rows, task):
    open_page(site, browser, f"/admin/postings/postingtemplate/{rows['template']}/change/")
    task.fill("description", "You mind the tide table of {employer} in {place}.")
    task.click("[name=_save]:not(.sr-only)")
    wait_for(
        browser,
        lambda page: "3 live and 1 other postings still use version 1" in page.find_element(By.TAG_NAME, "body").text,
    )
    task.click("Compare and update", By.LINK_TEXT)
    task.click("//button[text()='Apply']", By.XPATH)
    wait_for(browser, lambda page: "No postings differ" in page.find_element(By.TAG_NAME, "body").text)
    clicks, fields = task.took("A template changed, and all its postings")
    assert clicks <= 4
    assert fields == 1
    texts = site.python(TEXTS.format(template=rows["template"])).partition("texts ")[2]
    assert "keep" not in texts
    assert "mind" in texts


def test_the_text_of_a_guide_is_previewed_beside_its_field(site, browser, rows, task):
    open_page(site, browser, guide_form(rows, "#sections"))
    task.click("#sections-group h3")
    task.fill("sections-0-body", "The **tide** turns.\n\n- twice\n- a day")
    preview = "#sections-group .prose-preview"
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, f"{preview} strong"))
    assert [each.text for each in browser.find_elements(By.CSS_SELECTOR, f"{preview} li")] == ["twice", "a day"]
    field, shown = (
        browser.find_element(By.NAME, "sections-0-body").rect,
        browser.find_element(By.CSS_SELECTOR, preview).rect,
    )
    assert field["x"] + field["width"] <= shown["x"], "beside the field"
    assert abs(field["y"] - shown["y"]) < 10
    assert task.took("A text of a guide and its preview") == (1, 1)


@needs_axe
@pytest.mark.parametrize("part", ["sections", "role_skills", "places"])
def test_an_added_row_is_open_has_the_focus_and_stands_above_the_bar(site, browser, rows, task, part):
    form = posting_form(rows) if part == "places" else guide_form(rows)
    open_page(site, browser, f"{form}#{part}")
    assert len(browser.find_elements(By.CSS_SELECTOR, "#tabs-items a")) <= 5
    task.click(f"#{part}-group .add-row")
    group = browser.find_element(By.ID, f"{part}-group")

    def focused_field(page):
        field = page.switch_to.active_element
        return (
            field.is_displayed()
            and page.execute_script("return arguments[0].contains(arguments[1])", group, field)
            and field
        )

    field = wait_for(browser, focused_field)
    box, bar = browser.execute_script(
        "return [arguments[0], document.getElementById('submit-row')].map((part) => part.getBoundingClientRect())",
        field,
    )
    assert 0 < box["bottom"] <= bar["top"]
    assert axe_violations(browser, within=f"#{part}-group") == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 1280


def test_the_act_that_comes_next_stands_in_the_bar_without_scrolling(site, browser, rows, task):
    open_page(site, browser, posting_form(rows), width=1280, height=900)
    act = browser.find_element(By.CSS_SELECTOR, "#submit-row [name=_act]")
    assert act.text == "Save and publish"
    top, bottom = browser.execute_script(
        "const box = arguments[0].getBoundingClientRect(); return [box.top, box.bottom]", act
    )
    assert top > 800
    assert bottom <= 900


def test_the_list_of_postings_fits_a_screen_and_is_cards_on_a_phone(site, browser, task):
    open_page(site, browser, "/admin/postings/posting/", width=1440, height=900)
    columns, needed, room = browser.execute_script(
        "const table = document.getElementById('result_list');"
        "return [table.querySelectorAll('thead th').length, table.scrollWidth, table.parentElement.clientWidth]"
    )
    print(f"\nThe list of postings: {columns} columns, {needed} of {room} pixels")
    assert columns <= 7
    assert needed <= room
    open_page(site, browser, "/admin/postings/posting/", width=390, height=844)
    heights = browser.execute_script(
        "return [...document.querySelectorAll('.data-row')].map((row) => row.offsetHeight)"
    )
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    assert sorted(heights)[len(heights) // 2] <= 300


def test_without_scripts_the_form_is_shown_and_a_button_previews_a_text(site, browser, rows):
    log_in(browser, site)
    without_scripts(browser)
    open_page(site, browser, guide_form(rows))
    button = browser.find_element(By.CSS_SELECTOR, "[name=_preview]")
    before = browser.current_window_handle
    button.send_keys(Keys.ENTER)
    [opened] = wait_for(browser, lambda page: [each for each in page.window_handles if each != before])
    browser.switch_to.window(opened)
    try:
        assert wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".prose-preview p"))
    finally:
        browser.close()
        browser.switch_to.window(before)


def test_enter_in_a_field_saves_and_publishes_nothing(site, browser, rows):
    log_in(browser, site)
    open_page(site, browser, posting_form(rows))
    browser.find_element(By.NAME, "title").send_keys(", neap", Keys.ENTER)
    wait_for(browser, lambda page: "successfully" in page.find_element(By.TAG_NAME, "body").text)
    open_page(site, browser, posting_form(rows))
    assert "DRAFT" in browser.find_element(By.ID, "posting-panel").text.upper()
    assert browser.find_element(By.NAME, "title").get_attribute("value").endswith(", neap")
