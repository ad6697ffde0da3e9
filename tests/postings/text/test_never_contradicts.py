"""Facts change at random through every act: page, feed, search data and text of a posting never contradict each other.

A run takes few examples; `make fuzz` takes many.
"""

import json
import re
from decimal import Decimal
from itertools import count

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careers.core.prose import plain_text
from careers.postings import lifecycle
from careers.postings.checks.facts import CONTRADICTIONS
from careers.postings.models import Posting
from careers.postings.posting_templates.sync import Choice, undo_update, update_from_template
from careers.postings.posting_templates.versions import save_template
from careers.postings.review.snapshot import posting_content
from tests import factories
from tests.admin_pages import answered
from tests.cases import taken_back

from .portals import change_and_approve, day_in, edit, fresh, made_template, published, written

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
CITIES = ["Hamburg", "Bremen", "Leipzig", "Rostock", "Kassel"]
DAYS = range(31, 200)
FEW = settings.get_current_profile_name() != "search"

amounts = st.integers(50, 149).map(lambda thousands: thousands * 1000 + 500)
pay = st.tuples(amounts, amounts).map(sorted)
days = st.sampled_from(DAYS)
cities = st.sampled_from(CITIES)


def names(text, value):
    """'9 March 2027' is not named by '19 March 2027'."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


class Board:
    """One posting and everything that was ever true of it."""

    def __init__(self, client):
        self.client, self.template, self.numbers = client, made_template(), count(1)
        self.posting, self.by_hand = published(self.template), None
        self.once = {"pay": set(), "day": set(), "city": set(), "employer": set()}
        self.note()

    @property
    def now(self):
        row = fresh(self.posting)
        return {
            "pay": {f"{int(end):,}" for end in (row.pay_min, row.pay_max) if end},
            "day": {written(row.closes_on)} if row.closes_on else set(),
            "city": {place.city for place in row.places.all()},
            "employer": {row.employer.name},
        }

    def note(self):
        for kind, values in self.now.items():
            self.once[kind] |= values

    # -- Acts

    def save_form(self, **changes):
        answered(self.client, reverse("admin:postings_posting_change", args=[self.posting.pk]), **changes)

    def form_pay(self, ends):
        self.save_form(pay_min=ends[0], pay_max=ends[1], pay_currency="USD", pay_period="year")

    def form_no_pay(self):
        self.save_form(pay_min="", pay_max="", pay_currency="", pay_period="")

    def form_day(self, days):
        self.save_form(closes_on=day_in(days))

    def form_city(self, city):
        self.save_form(**{"places-0-city": city})

    def form_employer(self):
        self.save_form(employer=factories.EmployerFactory(name=f"Mill number {next(self.numbers)}").pk)

    def rename(self):
        name = f"Bakery number {next(self.numbers)}"
        answered(
            self.client, reverse("admin:postings_employer_change", args=[fresh(self.posting).employer_id]), name=name
        )

    def extend(self, days):
        later = fresh(self.posting).closes_on
        if later and later < day_in(days):
            lifecycle.extend(fresh(self.posting), closes_on=day_in(days), by=None)

    def extend_in_bulk(self, days):
        data = {
            "action": "extend_selected", "_selected_action": [self.posting.pk], "confirmed": "yes", "closes_on": day_in(days),
        }  # fmt: skip
        self.client.post(reverse("admin:postings_posting_changelist"), data)

    def approve(self, ends, city):
        place = {"country": "DE", "subdivision": "", "city": city}
        wanted = {"pay_min": str(ends[0]), "pay_max": str(ends[1]), "pay_currency": "USD", "pay_period": "year"}
        content = posting_content(fresh(self.posting))
        if content | wanted | {"places": [place]} != content:
            change_and_approve(self.posting, places=[place], **wanted)

    def close_and_reopen(self):
        lifecycle.close(fresh(self.posting), by=None)
        self.rename()
        lifecycle.reopen(fresh(self.posting), by=None)

    def relist(self, days):
        lifecycle.close(fresh(self.posting), by=None)
        self.copy(lifecycle.relist, days)

    def clone(self, days):
        self.copy(lifecycle.clone, days)

    def copy(self, act, days):
        self.posting = act(fresh(self.posting), by=None)
        self.save_form(closes_on=day_in(days))
        if not any(finding.severity == "blocking" for finding in self.posting.findings.all()):
            lifecycle.publish(fresh(self.posting), by=None)

    def update(self):
        self.template.refresh_from_db()
        self.template.benefits = (
            f"- {{pay}} in month {next(self.numbers)}\n\nApply until {{closing_day}}, at {{employer}}, {{place}}."
        )
        save_template(self.template, by=None)
        update_from_template(fresh(self.posting), choices={"benefits": Choice.TAKE}, by=None)

    def update_and_undo(self, days):
        self.update()
        undo_update(fresh(self.posting), by=None)

    def write_around(self):
        row = fresh(self.posting)
        edit(row, description=f"{row.description} Come along.", benefits=f"Really:\n{row.benefits}\n- More tea")

    def write_over_the_day(self):
        row = fresh(self.posting)
        if row.closes_on and written(row.closes_on) in row.benefits:
            self.by_hand = row.closes_on
            edit(row, benefits=row.benefits.replace(written(row.closes_on), self.day_by_hand, 1))

    @property
    def day_by_hand(self):
        return f"{self.by_hand:%b} {self.by_hand.day}, {self.by_hand.year}" if self.by_hand else "never"

    # -- What has to hold

    def check(self):
        self.note()
        row = fresh(self.posting)
        if row.state() != Posting.State.LIVE:
            return
        page = self.client.get(row.get_absolute_url()).text
        feed = self.client.get("/jobs/feed.json").json()["items"]
        [entry] = [item for item in feed if item["url"].endswith(row.get_absolute_url())]
        self.check_text(row, page, entry["content_html"])
        self.check_search_data(row, page)
        assert entry["authors"] == [{"name": row.employer.name}]

    def check_text(self, row, *shown):
        """No value of before is left in the text, unless somebody wrote it there by hand, which is then reported."""
        texts = [plain_text(getattr(row, field)) for field in row.TEXT_FIELDS]
        for kind, now in self.now.items():
            assert all(names(one, value) for one in shown for value in now if kind != "day")
            former = [value for value in self.once[kind] - now if names(" ".join(texts), value)]
            assert not former, f"{former} in {texts}, now {self.now}"
        contradicts = self.day_by_hand in row.benefits and self.by_hand != row.closes_on
        reported = set(row.findings.filter(rule__in=CONTRADICTIONS).values_list("rule", flat=True))
        assert reported == ({"closing_day_against_text"} if contradicts else set())

    def check_search_data(self, row, page):
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[:1]
        data = json.loads(data, parse_float=Decimal)
        pay = data.get("baseSalary", {}).get("value", {})
        ends = {f"{int(pay[end]):,}" for end in ("minValue", "maxValue", "value") if end in pay}
        assert ends == self.now["pay"]
        assert {place["address"]["addressLocality"] for place in data["jobLocation"]} == self.now["city"]
        assert data["hiringOrganization"]["name"] == row.employer.name
        assert data["validThrough"][:4] == str(row.closes_at.year)
        assert data["description"].count("{") == 0


acts = st.one_of(
    st.tuples(st.just("form_pay"), pay), st.tuples(st.just("form_no_pay")), st.tuples(st.just("form_day"), days),
    st.tuples(st.just("form_city"), cities), st.tuples(st.just("form_employer")), st.tuples(st.just("rename")),
    st.tuples(st.just("extend"), days), st.tuples(st.just("extend_in_bulk"), days), st.tuples(st.just("approve"), pay, cities),
    st.tuples(st.just("close_and_reopen")), st.tuples(st.just("relist"), days), st.tuples(st.just("clone"), days),
    st.tuples(st.just("update")), st.tuples(st.just("update_and_undo"), days), st.tuples(st.just("write_around")),
    st.tuples(st.just("write_over_the_day")),
)  # fmt: skip
EVERY_ACT = [
    ("form_pay", [60_500, 70_500]), ("extend", 60), ("approve", [61_500, 75_500], "Bremen"), ("write_around",), ("rename",),
    ("form_city", "Kassel"), ("update",), ("form_no_pay",), ("relist", 70), ("form_pay", [80_500, 90_500]), ("clone", 80),
    ("write_over_the_day",), ("form_day", 90), ("form_employer",), ("close_and_reopen",), ("update_and_undo", 0),
    ("extend_in_bulk", 120),
]  # fmt: skip


@given(st.lists(acts, min_size=1, max_size=6))
@example(EVERY_ACT)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8 if FEW else 400,
)  # fmt: skip
def test_the_posting_never_contradicts_itself(admin_client, steps):
    with taken_back():
        board = Board(admin_client)
        board.check()
        for name, *arguments in steps:
            getattr(board, name)(*arguments)
            board.check()


def test_a_posting_that_contradicts_itself_would_be_found(admin_client):
    board = Board(admin_client)
    Posting.objects.filter(pk=board.posting.pk).update(pay_min=60_500)
    with pytest.raises(AssertionError, match="82,000"):
        board.check()
