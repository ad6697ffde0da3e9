"""The queue of review in the admin, canned replies, and claiming."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import CannedReply, Posting
from careers.postings.review import claims
from tests import factories
from tests.admin_pages import asked, complete, filled, said
from tests.background.queue import run_queue
from tests.cases import each

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LIST = reverse("admin:postings_posting_changelist")


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@pytest.fixture
def author():
    return factories.UserFactory(username="ada", email="ada@example.org", staff=True, groups=["contributor"])


@pytest.fixture
def waiting(author):
    """Submitted by Ada three days ago."""
    at = timezone.now() - timedelta(days=3)
    return complete(in_review=True, submitted_by=author, submitted_at=at)


@pytest.fixture
def colleague():
    return factories.UserFactory(username="eve", staff=True, groups=["editor"])


def change(posting):
    return reverse("admin:postings_posting_change", args=[posting.pk])


def act(posting, name):
    return reverse("admin:postings_posting_act", args=[posting.pk, name])


def claim(posting, name="claim"):
    return reverse("admin:postings_posting_claim", args=[posting.pk, name])


def state(posting):
    return Posting.objects.get(pk=posting.pk).state()


def holder(posting):
    held = Posting.objects.get(pk=posting.pk).claim()
    return held and held[0].username


def run(client, action, postings, **more):
    return client.post(LIST, {"action": action, "_selected_action": [posting.pk for posting in postings], **more})


# -- The queue


def test_the_queue_shows_age_author_findings_source_and_who_is_on_it(editor, waiting, colleague):
    waiting.apply_url, waiting.source = "", "feed"
    waiting.save()
    claims.claim(waiting, by=colleague)
    page = editor.get(LIST, {"state": "in_review"}).text
    assert "3\xa0days, from ada" in page
    assert "No way to apply" in page
    assert "eve" in page
    assert "feed" in page


def test_what_waits_longest_comes_first_and_nothing_falls_out_by_age(editor):
    ages = [1, 3000, 30]
    rows = [complete(in_review=True, submitted_at=timezone.now() - timedelta(days=age)) for age in ages]
    shown = list(asked(editor, LIST, {"state": "in_review"}).context["cl"].result_list)
    assert shown == [rows[1], rows[2], rows[0]]


def test_the_queue_takes_a_fixed_number_of_queries(editor, colleague, author):
    editor.get(LIST, {"state": "in_review"})
    counts = []
    for number in (2, 9):
        for _ in range(number):
            posting = complete(in_review=True, submitted_by=author, submitted_at=timezone.now())
            claims.claim(posting, by=colleague)
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST, {"state": "in_review"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@each(("name", "number"), [("mine", 1), ("free", 2), ("taken", 4), ("odd\0", 8), ("", 8)])
def test_the_queue_is_filtered_by_who_is_on_it(client, colleague, name, number):
    me = factories.UserFactory(staff=True, groups=["editor"])
    client.force_login(me)
    rows = [complete(in_review=True) for _ in range(6)]
    complete()
    complete(draft=True)
    claims.claim(rows[0], by=me)
    for row in rows[1:4]:
        claims.claim(row, by=colleague)
    assert asked(client, LIST, {"review": name}).context["cl"].result_count == number


# -- Claiming


def test_an_editor_takes_a_posting_on_and_gives_it_back(editor, waiting):
    page = editor.get(change(waiting)).text
    assert "Unclaimed." in page
    assert claim(waiting) in page
    assert editor.post(claim(waiting)).url == change(waiting)
    assert holder(waiting)
    page = editor.get(change(waiting)).text
    assert claim(waiting, "release") in page
    editor.post(claim(waiting, "release"))
    assert holder(waiting) is None


def test_a_second_editor_is_told_and_takes_over_only_on_purpose(editor, waiting, colleague):
    claims.claim(waiting, by=colleague)
    page = editor.get(change(waiting)).text
    assert "eve claimed it on" in page
    assert claim(waiting, "take_over") in page
    assert "eve claimed it on" in said(editor.post(claim(waiting)))[0]
    assert "eve claimed it on" in said(editor.post(act(waiting, "return_to_draft"), {"reason": "Pay."}))[0]
    assert (holder(waiting), state(waiting)) == ("eve", State.IN_REVIEW)
    editor.post(claim(waiting, "take_over"))
    assert holder(waiting) != "eve"


def test_claims_are_made_and_given_back_in_bulk_row_by_row(editor, waiting, colleague):
    taken, live = complete(in_review=True), complete()
    claims.claim(taken, by=colleague)
    messages = said(run(editor, "claim_selected", [waiting, taken, live]))
    assert messages[0] == "1 posting claimed."
    assert "eve claimed it" in " ".join(messages)
    assert "no longer waiting" in " ".join(messages)
    run(editor, "release_selected", [waiting])
    assert holder(waiting) is None


@pytest.mark.parametrize("name", ["claim", "take_over", "release"])
def test_a_get_claims_nothing(editor, waiting, name):
    assert editor.get(claim(waiting, name)).status_code == 405
    assert holder(waiting) is None


@pytest.mark.parametrize("name", ["claim", "take_over", "release"])
def test_contributors_claim_nothing(as_group, waiting, name):
    client = as_group("contributor")
    assert client.post(claim(waiting, name)).status_code == 403
    assert claim(waiting) not in client.get(change(waiting)).text
    run(client, f"{name}_selected", [waiting])
    assert holder(waiting) is None


def test_unknown_claims_are_not_found(editor, waiting):
    assert editor.post(claim(waiting, "own")).status_code == 404
    assert editor.post(reverse("admin:postings_posting_claim", args=[10**6, "claim"])).status_code == 404


# -- Returning and rejecting


def test_a_reply_chosen_gives_the_reason(editor, waiting):
    reply = factories.CannedReplyFactory(body="Please name the pay.")
    editor.post(act(waiting, "return_to_draft"), {"reply": reply.pk, "reason": ""})
    run_queue()
    assert state(waiting) == State.DRAFT
    assert waiting.history.first().history_change_reason == "Sent back to draft: Please name the pay."
    assert "Please name the pay." in mail.outbox[0].body


def test_a_reason_typed_wins_over_the_reply(editor, waiting):
    reply = factories.CannedReplyFactory(body="Please name the pay.")
    editor.post(act(waiting, "reject"), {"reply": reply.pk, "reason": "A course, not a job."})
    assert waiting.history.first().history_change_reason == "Rejected: A course, not a job."


def test_each_act_offers_the_replies_made_for_it(editor, waiting):
    for use in CannedReply.Use:
        factories.CannedReplyFactory(title=f"For {use}", use=use, body=f"Body of {use} & more")
    page = editor.get(act(waiting, "return_to_draft")).text
    assert ["For both" in page, "For return" in page, "For reject" in page] == [True, True, False]
    assert 'data-body="Body of return &amp; more"' in page
    assert "canned_replies.js" in page
    page = editor.get(act(waiting, "reject")).text
    assert ["For both" in page, "For return" in page, "For reject" in page] == [True, False, True]


def test_rejecting_without_a_reason_asks_for_one(editor, waiting):
    page = editor.post(act(waiting, "reject"), {"reason": "  "})
    assert "Enter a reason" in page.text
    assert state(waiting) == State.IN_REVIEW


def test_many_are_returned_with_one_reply_and_each_is_reported(editor, waiting):
    other, live = complete(in_review=True, submitted_by=waiting.submitted_by), complete()
    reply = factories.CannedReplyFactory()
    response = run(editor, "return_selected", [waiting, other, live], confirmed="yes", reply=reply.pk)
    run_queue()
    messages = said(response)
    assert messages[0] == "2 postings sent back to draft."
    assert f"no. {live.pk}" in messages[1]
    assert len(mail.outbox) == 2


def test_approving_twice_is_harmless_and_says_so(editor, waiting):
    run(editor, "publish_selected", [waiting])
    assert "live already" in said(run(editor, "publish_selected", [waiting]))[-1]
    run_queue()
    assert len(mail.outbox) == 1


def test_a_contributor_takes_back_only_what_they_submitted(client, author, waiting):
    other = complete(in_review=True, submitted_by=factories.UserFactory())
    client.force_login(author)
    assert client.post(act(other, "return_to_draft"), {"reason": "Mine!"}).status_code == 403
    client.post(act(waiting, "return_to_draft"))
    assert (state(other), state(waiting)) == (State.IN_REVIEW, State.DRAFT)


def test_who_returns_is_not_sent_off_the_site(editor, waiting):
    response = editor.post(f"{act(waiting, 'return_to_draft')}?next=https://evil.example", {"reason": "Pay."})
    assert response.url == change(waiting)


def test_a_rejected_posting_is_not_brought_back_by_its_author(client, author):
    posting = complete(rejected=True, submitted_by=author)
    client.force_login(author)
    assert asked(client, change(posting)).context["has_change_permission"] is False
    for name in ("submit", "publish"):
        client.post(change(posting), {"title": "Again", "_act": name})
        client.post(act(posting, name))
    run(client, "submit_selected", [posting])
    assert state(posting) == State.REJECTED


# -- Canned replies


@pytest.mark.parametrize(("group", "status"), [("contributor", 403), ("editor", 200), ("administrator", 200)])
def test_editors_keep_the_canned_replies(as_group, group, status):
    reply = factories.CannedReplyFactory()
    client = as_group(group)
    pages = [("changelist", []), ("add", []), ("change", [reply.pk]), ("history", [reply.pk]), ("delete", [reply.pk])]
    for name, args in pages:
        assert client.get(reverse(f"admin:postings_cannedreply_{name}", args=args)).status_code == status, name


def test_a_reply_is_edited(editor):
    reply = factories.CannedReplyFactory()
    address = reverse("admin:postings_cannedreply_change", args=[reply.pk])
    editor.post(address, filled(editor, address) | {"body": "Please name the pay."})
    reply.refresh_from_db()
    assert reply.body == "Please name the pay."
