"""Every page type as a visitor meets it: in a real browser, at two widths, in both colour schemes."""

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path

import pytest

from tests.browser.conftest import AXE, MAY_NOT_SKIP, VNU, log_in, look

GUIDE = "/roles/machine-learning-engineer/"
PAGES = {
    "home": "/",
    "search": "/search/?q=data",
    "search, nothing typed": "/search/",
    "search, nothing found": "/search/?q=zyzzyva",
    "guides": "/roles/",
    "guides, filtered": "/roles/?q=engineer&industry=technology",
    "guides, by pay": "/roles/?sort=pay&pay=100000&growth=rapid",
    "guides, chart": "/roles/explore/",
    "guides, chart of none": "/roles/explore/?pay=900000",
    "skills": "/roles/skills/",
    "skills, searched": "/roles/skills/?q=data",
    "skills, matched": "/roles/skills/?skill=python&skill=sql&skill=communication&skill=magic",
    "guide": GUIDE,
    "guide, one occupation": f"{GUIDE}?occupation=15-1299.08",
    "guide template": f"{GUIDE}template/",
    "interview": f"{GUIDE}interview/",
    "article": f"{GUIDE}resume-guide/",
    "compare": "/roles/compare/?role=machine-learning-engineer&role=data-scientist",
    "compare, four": "/roles/compare/?role=machine-learning-engineer&role=data-scientist&role=qa-engineer&role=ux-designer",
    "occupations": "/occupations/",
    "occupations of a title": "/occupations/?q=machine+learning+engineer",
    "occupations of a field": "/occupations/?group=15&zone=4",
    "occupations, none": "/occupations/?q=nurse",
    "occupation": "/occupations/15-2051.00/",
    "occupation with skills": "/occupations/15-1232.00/",
    "occupation in a wider group": "/occupations/15-1299.08/",
    "category of occupations": "/occupations/15-1252/",
    "sources": "/sources/",
    "jobs": "/jobs/",
    "jobs, filtered": "/jobs/?q=data&workplace=remote&workplace=hybrid",
    "search, pay": "/search/?q=data+engineer+salary+canada",
    "jobs, none": "/jobs/?q=zyzzyva",
    "jobs by pay": "/jobs/?q=python+engineer&pay=60000&pay=unstated&currency=USD&sort=pay",
    "jobs, mistyped": "/jobs/?q=pyhton",
    "jobs, one filter too many": "/jobs/?q=python&country=NG&pay=900000&currency=USD",
    "jobs around a city": "/jobs/?near=Cambridge&within=100&remote=no",
    "jobs in a region": "/jobs/?near=Ontario",
    "jobs around a city, none": "/jobs/?near=Bradford&within=10&remote=no",
    "jobs in a place nobody knows": "/jobs/?near=zyzzyva",
    "jobs of a role in a country": "/jobs/data-engineer-in-germany/",
    "saved jobs": "/jobs/saved/?" + "&".join(f"id={number}" for number in range(1, 43)),
    "saved jobs, none": "/jobs/saved/",
    "about": "/about/",
    "alert for a search": "/alerts/new/?q=data&workplace=remote",
    "link to alerts": "/alerts/",
    "directory": "/resources/",
    "directory, filtered": "/resources/?cost=free",
    "not found": "/nothing/here/",
}
FOUND_ON = {
    "job": ("jobs", r"/jobs/\d+-[^/\"]+/"),
    "employer": ("job", r"/jobs/employers/[^/\"]+/"),
    "resource": ("directory", r"/resources/(?!suggest)[^/\"?]+/"),
}
IN_STATE = {"closed job": "closed", "filled job": "filled", "withdrawn job": "withdrawn"}
WITH_CONTACT = """
from careers.postings.notifications.contact_requests import Answer, answer_url
posting = Posting.objects.in_state("{state}").exclude(closes_on=None).order_by("pk").last()
Posting.objects.filter(pk=posting.pk).update(contact_email="quay@example.org")
posting.refresh_from_db()
print(answer_url(posting, Answer.{answer}))
"""
WITH_ALERT = """
from django.http import QueryDict
from django.utils import timezone
from careers.postings.job_list.form import PostingFilterForm
from careers.subscriptions import links, services
from careers.subscriptions.models import JobAlert, Subscriber
reader, _ = Subscriber.objects.get_or_create(email="reader@example.org")
search = PostingFilterForm(QueryDict("q=data&workplace=remote")).search
known = {{"search": search.to_json(), "time_zone": "UTC", "consent_text": "I agree.", "consented_at": timezone.now()}}
alert, _ = JobAlert.objects.get_or_create(subscriber=reader, search_key=services.search_key(search), defaults=known)
{before}
print({made})
"""
SIGNED = {  # code that makes the address of a page which a signed link opens
    "preview by link": "from careers.postings.lifecycle.preview_links import preview_url as made; "
    "print(made(Posting.objects.filter(status='draft').first()))",
    "contact extends": WITH_CONTACT.format(state="live", answer="EXTEND"),
    "contact fills": WITH_CONTACT.format(state="live", answer="FILLED"),
    "alert to confirm": WITH_ALERT.format(before="", made="links.confirm_url(alert)"),
    "alerts": WITH_ALERT.format(
        before="services.confirm_alert(alert, timezone.now())", made="links.manage_url(reader)"
    ),
    "alert to change": WITH_ALERT.format(before="", made="f'{links.manage_url(reader)}{alert.pk}/'"),
    "alert to end": WITH_ALERT.format(before="", made="links.unsubscribe_url(alert)"),
    "contact of an ended job": WITH_CONTACT.format(state="closed", answer="FILLED"),
}
PUBLIC = [*PAGES, *FOUND_ON, *IN_STATE, *SIGNED]
REFUSED = {
    "not found": "404 (Not Found)",
    "withdrawn job": "410 (Gone)",
    "contact of an ended job": "409 (Conflict)",
}
ADMIN_PAGES = {
    "admin login": "/admin/login/",
    "admin first page": "/admin/",
    "admin job list": "/admin/postings/posting/",
    "admin job form": "/admin/postings/posting/add/",
    "admin job": "/admin/postings/posting/1/change/",
    "admin build form": "/admin/postings/postingtemplate/1/build/",
    "admin guide list": "/admin/roles/role/",
    "admin guide form": "/admin/roles/role/add/",
    "admin guide": "/admin/roles/role/1/change/",
    "admin history": "/admin/roles/role/1/history/",
}
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # rules of axe-core
WIDTHS = (1280, 360)


def fetch(url):
    """(status, text) whatever the status."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def addresses(site):
    """The path of each public page by its name."""
    found = "print(Posting.objects.in_state('{}').first().get_absolute_url())"
    code = {name: found.format(state) for name, state in IN_STATE.items()} | SIGNED
    said = site.manage("shell", "--verbosity=0", "-c", "\n".join(code.values())).split()
    paths = PAGES | {name: made.removeprefix(site.url) for name, made in zip(code, said, strict=True)}
    for name, (found_on, pattern) in FOUND_ON.items():
        paths[name] = re.search(pattern, fetch(site.url + paths[found_on])[1])[0]
    return paths


@cache
def axe_source():
    return AXE.read_text()


def axe_violations(browser, scheme="light", within="html"):
    """What axe-core finds, as 'rule: element' lines. The dark scheme changes colours alone, and is asked about these."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": OF_COLOURS} if scheme == "dark" else {})
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(axe_source())
    browser.set_script_timeout(60)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1], part = arguments[1] == 'html' ? document : arguments[1];"
        "axe.run(part, arguments[0]).then(r => done(JSON.stringify(r.violations)))",
        options,
        within,
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in json.loads(found) for node in rule["nodes"]]


def looks(browser, url=None):
    """Shows the page, by default the present one, at each width in each scheme: (width, scheme).

    The schemes differ by style alone, so a page is loaded once for both. One of the admin looks at the scheme when it is
    loaded, and sets a class by it.
    """
    by_class = "/admin/" in (url or browser.current_url)
    for width in WIDTHS:
        look(browser, width, "light")
        if url:
            browser.get(url)
        elif by_class:
            browser.execute_script("document.documentElement.classList.remove('dark')")
        yield width, "light"
        look(browser, width, "dark")
        if by_class:
            browser.execute_script("document.documentElement.classList.add('dark')")
        yield width, "dark"


def page_faults(browser):
    """Sideways scrolling, refused or failed loads, requests to other hosts."""
    faults = [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    # A phone's innerWidth grows with a page that is too wide; clientWidth does not.
    if browser.execute_script("return document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("scrolls sideways")
    hosts = browser.execute_script(
        "return performance.getEntriesByType('resource').map(e => new URL(e.name).host).filter(h => h && h !== location.host)"
    )
    return faults + [f"asks {host}" for host in hosts]


HAS_VNU = (VNU.exists() and shutil.which("java")) or MAY_NOT_SKIP
needs_axe = pytest.mark.skipif(not (AXE.exists() or MAY_NOT_SKIP), reason="axe-core is not installed (npm was missing)")


@needs_axe
@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_accessible_and_sound(site, browser, addresses, name):
    path = addresses[name]
    for width, scheme in looks(browser, site.url + path):
        faults = [fault for fault in page_faults(browser) if REFUSED.get(name, "no fault") not in fault]
        assert faults == [], f"{path} at {width}, {scheme}"
        assert axe_violations(browser, scheme) == [], f"{path} at {width}, {scheme}"


@needs_axe
@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_admin_page_is_accessible(site, browser, name):
    if name != "admin login":
        log_in(browser, site)
    for width, scheme in looks(browser, site.url + ADMIN_PAGES[name]):
        faults = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert faults == [], f"{name} at {width}, {scheme}"
        assert axe_violations(browser, scheme) == [], f"{name} at {width}, {scheme}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_admin_is_shown_in_the_scheme_it_is_loaded_in(site, browser, scheme):
    look(browser, scheme=scheme)
    browser.get(f"{site.url}/admin/login/")
    dark = browser.execute_script("return document.documentElement.classList.contains('dark')")
    assert dark == (scheme == "dark")


@pytest.mark.skipif(not HAS_VNU, reason="Java or the Nu HTML checker is not installed")
def test_every_public_page_is_valid_html(site, addresses, tmp_path):
    for name in PUBLIC:
        _, html = fetch(site.url + addresses[name])
        Path(tmp_path / f"{name}.html").write_text(html)
    command = ["java", "-jar", str(VNU), "--format", "gnu", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
