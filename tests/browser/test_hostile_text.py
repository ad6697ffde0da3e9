"""In a real browser no text of people runs: not as markup, and not in the expressions that the admin's theme evaluates."""

import json

import pytest

from bench.served import Site, free_port
from tests.browser.conftest import log_in, look

# What would run is counted in the name of the window, which stays from page to page.
PREPARE = """
import django
django.setup()
import json
from careers.postings.models import Posting, PostingTemplate, TemplateBlank
from careers.postings.posting_templates.versions import save_template
from careers.resources.models import Resource
from careers.roles.models import Role
from tests.hostile import TEXT, fill_all_texts

role = Role.objects.published().first()
template = PostingTemplate(role=role, name="Lamps", title="Keeper", description="{team} in {place}")
save_template(template, by=None, placeholders=[TemplateBlank(name="team", example="Harbour")])
fill_all_texts(TEXT.replace("hostile()", "window.name+='ran'"))
PostingTemplate.objects.filter(pk=template.pk).update(description=f"{TEXT} {{team}}")
posting, resource = Posting.objects.live().first(), Resource.objects.published().first()
print("prepared", json.dumps({
    "role": role.pk, "template": template.pk, "posting": posting.pk, "employer": posting.employer_id,
    "guide": role.get_absolute_url(), "job": posting.get_absolute_url(), "entry": resource.get_absolute_url(),
    "resource": resource.pk,
}))
"""
PAGES = [
    "/", "{guide}", "{job}", "{entry}", "/jobs/?q=img", "/search/?q=img", "/roles/", "/resources/", "/sources/",
    "/admin/", "/admin/coverage/", "/admin/roles/role/", "/admin/roles/role/{role}/change/",
    "/admin/roles/role/{role}/history/",
    "/admin/postings/posting/", "/admin/postings/posting/{posting}/change/", "/admin/postings/posting/{posting}/history/",
    "/admin/postings/posting/{posting}/delete/", "/admin/postings/posting/export/", "/admin/postings/posting/add/",
    "/admin/postings/employer/{employer}/change/", "/admin/postings/postingtemplate/{template}/change/",
    "/admin/postings/postingtemplate/{template}/build/", "/admin/postings/postingtemplate/{template}/build-many/",
    "/admin/postings/postingtemplate/build-for-role/{role}/", "/admin/resources/resource/{resource}/change/",
    "/admin/auth/user/", "/admin/occupations/source/",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile_site(originals, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("hostile"), free_port(), like=originals.with_starter())
    site.start()
    yield site
    site.stop()


def test_no_text_of_people_runs(hostile_site, browser):
    cookies_of_others = browser.logged_in.pop("admin", None)
    log_in(browser, hostile_site)
    rows = json.loads(hostile_site.python(PREPARE).partition("prepared ")[2])
    ran, faults = [], {}
    try:
        for page in PAGES:
            browser.get(hostile_site.url + page.format(**rows))
            assert "try again in a few minutes" not in browser.page_source, page
            if browser.execute_script("return window.name") or browser.execute_script(
                "return document.querySelector('img[src=x]')"
            ):
                ran.append(page)
            if refused := [
                entry["message"]
                for entry in browser.get_log("browser")
                if "Content Security Policy" in entry["message"]
            ]:
                faults[page] = refused
    finally:
        browser.logged_in["admin"] = cookies_of_others
    assert ran == []
    assert faults == {}


LONG_WORDS = """
import django
django.setup()
import json
from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.models import Role
from tests.hostile import fill_all_texts

fill_all_texts("Donaudampfschifffahrtsgesellschaftskapitaen" * 3)
posting = Posting.objects.live().first()
shown = [Role.objects.published().first(), posting, posting.employer, Resource.objects.published().first()]
print("filled", json.dumps([row.get_absolute_url() for row in shown]))
"""
FOR_VISITORS = [
    "/", "/jobs/", "/search/?q=donau", "/roles/", "/roles/?sort=pay", "/roles/explore/",
    "/roles/skills/", "/occupations/", "/resources/", "/sources/",
    "/roles/compare/?role=machine-learning-engineer&role=data-scientist",
]  # fmt: skip


def test_no_long_word_widens_a_page_on_a_phone(hostile_site, browser):
    pages = [*FOR_VISITORS, *json.loads(hostile_site.python(LONG_WORDS).partition("filled ")[2])]
    look(browser, width=360, height=740)
    widths = {}
    for page in pages:
        browser.get(hostile_site.url + page)
        widths[page] = browser.execute_script("return document.documentElement.scrollWidth")
    assert {page: width for page, width in widths.items() if width > 360} == {}
