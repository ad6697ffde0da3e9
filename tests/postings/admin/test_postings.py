from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.models import Posting
from tests import factories
from tests.admin_pages import answered, asked, complete, filled, said, sent, undrawn
from tests.cases import each

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LIST = "admin:postings_posting_changelist"


@pytest.fixture
def editor(as_group):
    return as_group("editor")


@pytest.fixture
def contributor(as_group):
    return as_group("contributor")


def change(posting):
    return reverse("admin:postings_posting_change", args=[posting.pk])


def act(posting, name):
    return reverse("admin:postings_posting_act", args=[posting.pk, name])


def days(number):
    return timezone.localdate() + timedelta(days=number)


def state(posting):
    return Posting.objects.get(pk=posting.pk).state()


def save(client, posting, **changes):
    return answered(client, change(posting), **changes)


# -- Bulk acts


def run(client, action, postings, **more):
    data = {"action": action, "_selected_action": [posting.pk for posting in postings], **more}
    return client.post(reverse(LIST), data)


def test_two_of_seven_succeed_and_each_failure_is_listed_with_its_reason_and_logged(editor, caplog):
    caplog.set_level("INFO", logger="careers.core.admin")
    good = [complete(draft=True) for _ in range(2)]
    bad = [
        factories.PostingFactory(draft=True),
        *(complete() for _ in range(2)),
        complete(filled=True),
        complete(rejected=True),
    ]
    messages = said(run(editor, "publish_selected", good + bad))
    assert "2 postings published." in messages
    assert len(messages) == 6
    for posting, reason in zip(
        bad, ("Add the place", "live already", "live already", "filled", "rejected"), strict=True
    ):
        assert any(
            f"{posting}, {posting.employer} (no. {posting.pk})" in message and reason in message for message in messages
        )
    assert {state(posting) for posting in good} == {State.LIVE}
    assert [record.getMessage().rpartition(", asked by ")[0] for record in caplog.records] == messages


@pytest.mark.parametrize(
    ("action", "trait", "after"),
    [
        ("publish_selected", "in_review", State.LIVE),
        ("submit_selected", "draft", State.IN_REVIEW),
    ],
)
def test_a_bulk_act_goes_through_its_service(editor, action, trait, after):
    posting = complete(**({trait: True} if trait else {}))
    run(editor, action, [posting])
    assert state(posting) == after
    assert posting.history.first().history_user.groups.get().name == "editor"


@pytest.mark.parametrize(
    ("action", "given", "trait", "after"),
    [
        ("extend_selected", {"closes_on": days(60)}, "closed", State.LIVE),
        ("withdraw_selected", {}, None, State.WITHDRAWN),
        ("fill_selected", {}, None, State.FILLED),
        ("close_selected", {}, None, State.CLOSED),
        ("reject_selected", {"reason": "A duplicate."}, "draft", State.REJECTED),
        ("return_selected", {"reason": "No place."}, "in_review", State.DRAFT),
    ],
)
def test_a_bulk_act_that_needs_more_asks_first(editor, action, given, trait, after):
    posting = complete(**({trait: True} if trait else {}))
    before = state(posting)
    page = run(editor, action, [posting])
    assert (page.status_code, state(posting)) == (200, before)
    assert f'value="{posting.pk}"' in page.content.decode()
    run(editor, action, [posting], confirmed="yes", **given)
    assert state(posting) == after


def test_an_extension_without_a_day_asks_again(editor):
    posting = complete()
    page = run(editor, "extend_selected", [posting], confirmed="yes", closes_on="soon")
    assert "closes_on" in page.context["form"].errors


def test_contributors_are_not_offered_the_acts_of_editors(contributor):
    posting = complete(draft=True)
    for action in ("publish", "fill", "extend", "close", "withdraw", "reject"):
        with undrawn():
            run(contributor, f"{action}_selected", [posting], confirmed="yes", reason="x", closes_on=days(60))
        assert state(posting) == State.DRAFT, action


def test_contributors_submit_their_drafts(contributor):
    posting = complete(draft=True)
    run(contributor, "submit_selected", [posting])
    assert state(posting) == State.IN_REVIEW


def test_contributors_do_not_take_a_scheduled_posting_back(contributor):
    posting = complete(scheduled=True)
    assert (
        "You do not have permission to do this."
        in said(run(contributor, "return_selected", [posting], confirmed="yes"))[0]
    )
    assert state(posting) == State.SCHEDULED


# -- One posting


@pytest.mark.parametrize(
    ("trait", "acts"),
    [
        ("draft", ["submit", "publish", "schedule", "clone", "reject"]),
        ("in_review", ["publish", "schedule", "clone", "return_to_draft", "reject"]),
        ("scheduled", ["schedule", "extend", "clone", "return_to_draft", "withdraw"]),
        (None, ["extend", "fill", "close", "clone", "withdraw"]),
        ("closed", ["extend", "fill", "relist", "clone", "withdraw"]),
        ("closed_early", ["extend", "fill", "reopen", "relist", "clone", "withdraw"]),
        ("filled", ["reopen", "relist", "clone", "withdraw"]),
        ("rejected", ["clone", "return_to_draft"]),
        ("withdrawn", ["clone"]),
        ("gone", ["fill", "relist", "clone", "withdraw"]),
    ],
)
def test_the_form_says_what_readers_see_and_offers_what_is_possible(editor, trait, acts):
    posting = complete(**({trait: True} if trait else {}))
    response = editor.get(change(posting))
    panel = response.context["panel"]
    assert [one.name for one in panel["acts"]] == acts
    assert panel["readers"] in response.content.decode().replace("&#x27;", "'")
    assert posting.get_absolute_url() in response.content.decode()


def test_the_form_opens_at_the_field_asked_for(editor):
    posting = complete(draft=True)
    form = asked(editor, change(posting), {"missing": "apply_url"}).context["adminform"].form
    assert [name for name, field in form.fields.items() if "autofocus" in field.widget.attrs] == ["apply_url"]
    assert editor.get(change(posting), {"missing": "\0<x"}).status_code == 200


def test_the_form_takes_a_fixed_number_of_queries(editor):
    counts = []
    editor.get(change(complete()))  # what the process remembers for ever is asked for once
    for number in (1, 6):
        posting = factories.PostingFactory()
        for place in range(number):
            factories.PostingPlaceFactory(posting=posting, city=f"City {place}")
            posting.skills.add(factories.SkillFactory())
        with CaptureQueriesContext(connection) as queries:
            editor.get(change(posting))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 40


def test_the_form_names_template_and_version_with_a_link(editor):
    posting = complete(template=factories.PostingTemplateFactory(name="Standard"), template_version=3)
    page = editor.get(change(posting)).content.decode()
    assert f"{reverse('admin:postings_postingtemplate_change', args=[posting.template_id])}#template-versions" in page
    assert "Standard (house template)</a>, version 3" in page


def test_saving_and_publishing_is_one_step(editor):
    posting = complete(draft=True)
    save(editor, posting, title="A new title", _act="publish")
    assert (state(posting), Posting.objects.get(pk=posting.pk).title) == (State.LIVE, "A new title")


def test_publishing_what_is_incomplete_saves_it_and_opens_the_form_at_what_is_missing(editor):
    posting = complete(draft=True, apply_url="")
    response = save(editor, posting, title="A new title", _act="publish")
    assert response.url == f"{change(posting)}?missing=apply_url"
    assert (state(posting), Posting.objects.get(pk=posting.pk).title) == (State.DRAFT, "A new title")
    assert any("Say how to apply" in message for message in said(response))


def test_a_get_changes_nothing(editor):
    postings = [complete(), complete(draft=True), complete(in_review=True)]
    before = [state(posting) for posting in postings]
    for name in ("submit", "publish", "extend", "fill", "close", "return_to_draft", "reject", "withdraw"):
        with undrawn():
            for posting in postings:
                assert editor.get(act(posting, name), {"reason": "x", "closes_on": days(60)}).status_code == 200
                editor.get(change(posting), {"_act": name})
        assert [state(posting) for posting in postings] == before, name


def test_the_page_of_an_act_asks_what_it_needs(editor):
    page = editor.get(act(complete(), "extend"))
    assert 'name="closes_on"' in page.text


@pytest.mark.parametrize(
    ("name", "given", "trait", "after"),
    [
        ("extend", {"closes_on": days(60)}, "closed", State.LIVE),
        ("fill", {}, None, State.FILLED),
        ("close", {"reason": "Enough applicants."}, None, State.CLOSED),
        ("withdraw", {}, None, State.WITHDRAWN),
        ("reject", {"reason": "A duplicate."}, "in_review", State.REJECTED),
        ("return_to_draft", {}, "in_review", State.DRAFT),
    ],
)
def test_an_act_is_confirmed_by_post_and_reported(editor, name, given, trait, after):
    posting = complete(**({trait: True} if trait else {}))
    response = editor.post(act(posting, name), given)
    assert (response.url, state(posting)) == (change(posting), after)
    assert said(response)[0].startswith("1 posting ")
    if reason := given.get("reason"):
        assert posting.history.first().history_change_reason.endswith(reason)


def test_the_history_names_what_an_act_changed(editor):
    posting = complete(draft=True)
    lifecycle.publish(posting, by=None)
    lifecycle.fill(posting, by=None, reason="Found somebody.")
    page = editor.get(reverse("admin:postings_posting_history", args=[posting.pk])).text
    assert "Marked as filled: Found somebody." in page
    assert "Filled at" in page
    assert "Draft" in page
    assert "Published" in page


def test_the_history_of_a_posting_shows_its_places(editor):
    posting = complete(draft=True)
    place = posting.places.first()
    place.city = "Gotham"
    place.save()
    assert "Gotham" in editor.get(reverse("admin:postings_posting_history", args=[posting.pk])).text


def without_places(client, posting):
    address = reverse("admin:postings_posting_change", args=[posting.pk])
    data = filled(client, address)
    for number in range(int(data["places-INITIAL_FORMS"])):
        data[f"places-{number}-DELETE"] = "on"
    return client.post(address, data)


def test_a_live_posting_keeps_a_place(editor):
    posting = complete()
    answer = without_places(editor, posting)
    assert answer.status_code == 200
    assert "must say where the work is" in answer.text
    assert posting.places.exists()


def test_live_remote_work_without_a_place_does_not_become_work_at_a_place(editor):
    posting = factories.RemoteCountryFactory(posting__workplace="remote").posting
    address = reverse("admin:postings_posting_change", args=[posting.pk])
    data = filled(editor, address)
    assert "must say where the work is" in editor.post(address, data | {"workplace": "onsite"}).text
    assert Posting.objects.get(pk=posting.pk).workplace == "remote"


def test_a_draft_may_lose_its_places(editor):
    posting = complete(draft=True)
    assert without_places(editor, posting).status_code == 302
    assert not posting.places.exists()


def test_an_act_refused_says_why(editor):
    posting = complete()
    response = editor.post(act(posting, "extend"), {"closes_on": days(2)})
    assert "later than the current one" in said(response)[0]


def test_unknown_acts_and_postings_are_not_found(editor):
    assert editor.get(act(complete(), "vanish")).status_code == 404
    assert editor.get(reverse("admin:postings_posting_act", args=[999_999, "close"])).status_code == 404


def test_an_act_needs_a_token(superuser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser)
    posting = complete()
    assert client.post(act(posting, "close")).status_code == 403
    assert state(posting) == State.LIVE


# -- Permissions


@pytest.mark.parametrize("trait", ["draft", "in_review"])
def test_contributors_change_what_is_not_published(contributor, trait):
    posting = complete(**{trait: True})
    save(contributor, posting, title="A new title")
    assert Posting.objects.get(pk=posting.pk).title == "A new title"


@each("trait", [None, "scheduled", "closed", "filled", "withdrawn", "rejected"])
def test_contributors_only_read_what_was_decided(contributor, trait):
    posting = complete(**({trait: True} if trait else {}))
    with undrawn():
        page = contributor.get(change(posting))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert contributor.post(change(posting), {"title": "A new title"}).status_code == 403
    assert contributor.post(act(posting, "withdraw")).status_code == 403


def test_contributors_cannot_publish_by_naming_the_act(contributor):
    posting = complete(draft=True)
    assert "You do not have permission to do this." in said(save(contributor, posting, _act="publish"))[0]
    assert state(posting) == State.DRAFT


def test_editors_are_advised_to_withdraw_instead_of_deleting_what_was_published(editor):
    posting = complete()
    page = reverse("admin:postings_posting_delete", args=[posting.pk])
    assert "Withdraw it instead" in said(editor.post(page, {"post": "yes"}))[0]
    assert Posting.objects.exists()


def test_editors_delete_drafts_in_bulk_and_are_told_what_stays(editor):
    live, draft = complete(), complete(draft=True)
    run(editor, "delete_selected", [live, draft], post="yes")
    assert list(Posting.objects.all()) == [live]


def test_administrators_may_delete_what_was_published(as_group):
    posting = complete()
    as_group("administrator").post(reverse("admin:postings_posting_delete", args=[posting.pk]), {"post": "yes"})
    assert not Posting.objects.exists()


# -- What stays as it was


def test_once_open_the_opening_moment_stays_and_once_ended_the_closing_day_too(editor):
    live, closed = complete(), complete(closed=True)
    with undrawn():
        fields = [asked(editor, change(posting)).context["adminform"].form.fields for posting in (live, closed)]
    assert ["publish_at" in fields[0], "closes_on" in fields[0], "closes_on" in fields[1]] == [False, True, False]


def test_reverting_to_the_draft_does_not_take_a_live_posting_off_the_site(editor):
    posting = complete(draft=True, closes_on=None)
    old = posting.history.first()
    save(editor, posting, title="A new title", _act="publish")
    page = reverse("admin:postings_posting_simple_history", args=[posting.pk, old.pk])
    shown = editor.get(page)
    data = {}
    for field in shown.context["adminform"].form:
        data |= sent(field)
    editor.post(page, data)
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.state(), posting.title) == (State.LIVE, old.title)
