"""The pages editors work on, with something on each of them: accessible at two widths in both schemes, nothing cut off."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from selenium.webdriver.common.by import By

from tests.browser.conftest import log_in, wait_for
from tests.browser.test_pages import axe_violations, looks, needs_axe, page_faults

PREPARE = """
import django
django.setup()
import json
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.utils import timezone
from careers.postings import lifecycle
from careers.postings.review import claims, proposals
from careers.postings.posting_templates.build import build_posting
from careers.postings.notifications.contact_requests import Answer, answer_url
from careers.postings.review.snapshot import posting_content
from careers.postings.models import DailyCount, Employer, Posting, PostingTemplate, TemplateBlank
from careers.postings.posting_templates.versions import save_template
from careers.roles.models import Role

writer = User.objects.create_user("wren", "wren@example.org", "a-long-pass-phrase", is_staff=True)
writer.groups.add(Group.objects.get(name="contributor"))
editor = User.objects.get(username="admin")
text = "You keep the tide table of {employer} in {place}.\\n\\nYou work with the {team} team."
template = PostingTemplate(
    role=Role.objects.get(slug="data-analyst"), name="Tides", title="Tide analyst", description=text,
    responsibilities="- Measure\\n- Compare", benefits="- Lunch", locked=["benefits"],
)
save_template(template, by=editor, placeholders=[TemplateBlank(name="team", is_required=True, example="harbour")])
day = timezone.localdate() + timedelta(days=20)

def build(title):
    return build_posting(
        template=template, employer=Employer.objects.first(), title=title, by=writer, closes_on=day,
        places=[{"country": "US", "subdivision": "US-CO", "city": "Denver"}], placeholder_values={"team": "harbour"},
    )

live, waiting, draft = build("Tide analyst, live"), build("ROCKSTAR TIDE NINJA"), build("Tide analyst, draft")
for posting in (live, waiting, draft):
    posting.apply_url, posting.contact_email = "https://jobs.example.com/tides", "hiring@example.org"
    posting.save()
lifecycle.publish(live, by=editor)
lifecycle.submit(waiting, by=writer)
claims.claim(waiting, by=editor)
draft.description += "\\n\\nWritten here."
draft.save()
template.description = text.replace("keep", "mind")
template.responsibilities += "\\n- Explain"
save_template(template, by=editor)
live = Posting.objects.get(pk=live.pk)
wanted = posting_content(live) | {"title": "Analyst of tides", "description": live.description + "\\n\\nBoats are provided."}
change = proposals.propose(live, wanted=wanted, by=writer)
for ago in range(30):
    for kind, number in (("view", 40 - ago), ("apply", ago % 4 + 1), ("save", 2)):
        for host in ("", "search.example.com"):
            DailyCount.objects.create(
                posting=live, day=timezone.localdate() - timedelta(days=ago), kind=kind, host=host, number=number
            )
links = {answer.name.lower(): answer_url(live, answer) for answer in Answer}
rows = {"template": template.pk, "live": live.pk, "waiting": waiting.pk, "draft": draft.pk, "change": change.pk}
print("prepared", json.dumps(rows | links))
"""

PAGES = {
    "review queue": "/admin/postings/posting/?state=in_review",
    "posting in review, with its checks": "/admin/postings/posting/{waiting}/change/",
    "posting with a change waiting": "/admin/postings/posting/{live}/change/",
    "return with a reply": "/admin/postings/posting/{waiting}/act/return_to_draft/",
    "extend": "/admin/postings/posting/{live}/act/extend/",
    "changes waiting": "/admin/postings/pendingchange/",
    "change waiting": "/admin/postings/pendingchange/{change}/change/",
    "propose a change": "/admin/postings/posting/{live}/propose/",
    "save as template": "/admin/postings/posting/{draft}/save-as-template/",
    "template": "/admin/postings/postingtemplate/{template}/change/",
    "versions of a template": "/admin/postings/postingtemplate/{template}/history/",
    "drift": "/admin/postings/postingtemplate/{template}/drift/",
    "update from template": "/admin/postings/postingtemplate/{template}/update/?posting={draft}&posting={live}",
    "build many": "/admin/postings/postingtemplate/{template}/build-many/",
    "statistics": "/admin/postings/posting/{live}/statistics/",
    "coverage": "/admin/coverage/",
    "canned replies": "/admin/postings/cannedreply/",
    "contact: still open": "{still_open}",
    "contact: filled": "{filled}",
    "contact: extend": "{extend}",
    "contact: a bad link": "/jobs/contact/none/",
    "saved jobs": "/jobs/saved/?id={live}&id=1&id=2&id=999999",
    "saved jobs, none": "/jobs/saved/",
}
OF_WRITERS = {"propose a change"}
REFUSED = {"contact: a bad link": "404 (Not Found)"}


@pytest.fixture(scope="module")
def rows(site):
    return json.loads(site.python(PREPARE).partition("prepared ")[2])


def faults_of(browser, scheme, name=""):
    faults = [fault for fault in page_faults(browser) if REFUSED.get(name, "no fault") not in fault]
    return faults + axe_violations(browser, scheme)


@needs_axe
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_sound(site, browser, rows, name):
    path = PAGES[name].format(**rows)
    if name in OF_WRITERS:
        log_in(browser, site, "wren", "a-long-pass-phrase")
    elif path.startswith("/admin/"):
        log_in(browser, site)
    for width, scheme in looks(browser, site.url + path):
        assert faults_of(browser, scheme, name) == [], f"{path} at {width}, {scheme}"


@needs_axe
def test_a_table_looked_through_is_accessible_and_sound(site, browser, rows):
    log_in(browser, site)
    browser.get(f"{site.url}/admin/postings/postingtemplate/{rows['template']}/build-many/")
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    table = f"employer,places,closing_day,team\nNobody,DE//Berlin,{day},harbour\nNobody either,Berlin,yesterday,"
    browser.execute_script("document.getElementsByName('table')[0].value = arguments[0]", table)
    browser.find_element(By.CSS_SELECTOR, "#content form [type=submit]").click()
    wait_for(browser, lambda page: "We have not built anything yet" in page.page_source)
    for width, scheme in looks(browser):
        assert faults_of(browser, scheme) == [], f"at {width}, {scheme}"
