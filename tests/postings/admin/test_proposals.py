"""The pages of pending changes: proposing one, seeing its diff, deciding it, and who may."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import PendingChange, Posting
from careers.postings.review import claims, proposals
from careers.postings.review.snapshot import posting_content
from tests import factories
from tests.admin_pages import asked, complete, said, sent, undrawn
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LIST = reverse("admin:postings_pendingchange_changelist")


@pytest.fixture
def author():
    return factories.UserFactory(username="ada", email="ada@example.org", staff=True, groups=["contributor"])


@pytest.fixture
def as_author(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def posting():
    return complete(title="Baker", description="Bread.\nRolls.")


@pytest.fixture
def change(posting, author):
    wanted = posting_content(posting) | {"title": "Pastry cook", "description": "Bread.\nCakes."}
    return proposals.propose(Posting.objects.get(pk=posting.pk), wanted=wanted, by=author)


def propose_page(posting):
    return reverse("admin:postings_posting_propose", args=[posting.pk])


def page(change, name="change", *args):
    return reverse(f"admin:postings_pendingchange_{name}", args=[change.pk, *args])


def filled(client, posting):
    """What a browser would send back of the form, unchanged."""
    with undrawn():
        form = asked(client, propose_page(posting)).context["form"]
    forms = [form, form.places.management_form, *form.places.forms]
    return {name: value for one in forms for field in one for name, value in sent(field).items()}


def opened(client, posting):
    """Like filled(), with the content that the form carries of the posting as it was."""
    [carried] = re.findall(r'name="_opened_content" value="([^"]+)"', client.get(propose_page(posting)).text)
    return filled(client, posting) | {"_opened_content": carried}


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# -- Proposing


def test_a_contributor_proposes_a_change_of_what_readers_see(as_author, posting):
    assert propose_page(posting) in as_author.get(reverse("admin:postings_posting_change", args=[posting.pk])).text
    data = filled(as_author, posting) | {"title": "Pastry cook", "places-1-country": "FR", "places-1-city": "Lyon"}
    response = as_author.post(propose_page(posting), data)
    change = PendingChange.objects.get()
    assert response.url == page(change)
    assert set(change.wanted) == {"title", "places"}
    assert fresh(posting).title == "Baker"


def test_the_author_finds_the_change_where_they_left_it(as_author, posting, change):
    data = filled(as_author, posting)
    assert (data["title"], data["description"]) == ("Pastry cook", "Bread.\nCakes.")
    as_author.post(propose_page(posting), data | {"title": "Confectioner"})
    assert fresh(change).wanted["title"] == "Confectioner"
    assert fresh(change).before["title"] == "Baker"


def saved_meanwhile(posting):
    posting = fresh(posting)
    posting.benefits, posting.closes_on = "A tram ticket.", timezone.localdate() + timedelta(days=40)
    posting.pay_min, posting.pay_currency, posting.pay_period = 41_000, "EUR", "year"
    posting.save()
    factories.PostingPlaceFactory(posting=posting, city="Bonn")


def test_what_others_saved_since_the_form_was_opened_is_not_undone(as_author, posting):
    data = opened(as_author, posting)
    saved_meanwhile(posting)
    as_author.post(propose_page(posting), data | {"description": "Bread.\nCakes."})
    change = PendingChange.objects.get()
    assert change.wanted == {"description": "Bread.\nCakes."}
    assert change.before == {"description": "Bread.\nRolls."}


def test_a_field_that_others_changed_since_the_form_was_opened_is_a_conflict(as_author, posting):
    data = opened(as_author, posting)
    Posting.objects.filter(pk=posting.pk).update(title="Master baker")
    as_author.post(propose_page(posting), data | {"title": "Pastry cook"})
    change = PendingChange.objects.get()
    assert (change.wanted, change.before) == ({"title": "Pastry cook"}, {"title": "Baker"})
    assert proposals.conflicting_fields(change) == ["title"]


def test_going_on_with_a_change_undoes_nothing_that_others_saved_meanwhile(as_author, posting, change):
    data = opened(as_author, posting)
    saved_meanwhile(posting)
    refused = as_author.post(propose_page(posting), data | {"apply_url": ""})
    [carried] = re.findall(r'name="_opened_content" value="([^"]+)"', refused.text)
    again = data | {"title": "Confectioner", "_opened_content": carried}
    as_author.post(propose_page(posting), again)
    assert fresh(change).wanted == {"title": "Confectioner", "description": "Bread.\nCakes."}
    as_author.post(propose_page(posting), again | {"title": "Baker"})
    assert fresh(change).wanted == {"description": "Bread.\nCakes."}


def test_content_that_the_form_of_another_posting_carried_or_nobody_signed_counts_as_none(as_author, posting):
    other = opened(as_author, complete(title="Smith"))["_opened_content"]
    data = filled(as_author, posting)
    for carried in (other, "x", "x:y:z", "\0", "é:é"):
        as_author.post(propose_page(posting), data | {"title": f"Cook {len(carried)}", "_opened_content": carried})
        assert set(PendingChange.objects.get().wanted) == {"title"}


def test_a_change_is_checked_as_the_form_of_the_posting_would(as_author, posting):
    data = filled(as_author, posting)
    for typed, sentence in [
        ({"title": ""}, "This field is required"),
        ({"apply_url": ""}, "Say how to apply"),
        ({"places-0-DELETE": "on"}, "must say where the work is"),
        ({"places-0-subdivision": "US-CA"}, "name or code of a state or province"),
        ({"closes_on": "2020-01-01"}, "has passed"),
        ({"description": "Join {team}."}, "Not filled in"),
    ]:
        with undrawn():
            response = as_author.post(propose_page(posting), data | typed)
        form = response.context["form"]
        assert sentence in f"{form.errors} {form.places.errors} {form.places.non_form_errors()}", typed
    assert "You have not changed anything" in as_author.post(propose_page(posting), data).text
    assert not PendingChange.objects.exists()


def test_a_get_proposes_nothing(as_author, posting):
    as_author.get(propose_page(posting), {"title": "Pastry cook"})
    assert not PendingChange.objects.exists()


@each("trait", ["draft", "closed", "filled", "withdrawn", "rejected"])
def test_what_readers_do_not_see_is_not_changed_this_way(as_author, trait):
    posting = complete(**{trait: True})
    assert as_author.get(propose_page(posting)).status_code == 403
    assert as_author.post(propose_page(posting), {"title": "x"}).status_code == 403


def test_those_who_publish_change_it_directly(as_group, posting):
    assert as_group("editor").get(propose_page(posting)).status_code == 403


def test_another_contributor_is_told_that_a_change_waits(as_group, posting, change):
    client = as_group("contributor")
    text = client.get(reverse("admin:postings_posting_change", args=[posting.pk])).text
    assert page(change) in text
    assert propose_page(posting) not in text
    answer = client.post(propose_page(posting), filled(client, posting) | {"title": "Mine"})
    assert "A change by ada is already waiting" in answer.text


# -- Deciding


def test_the_approver_sees_the_old_and_the_new_with_texts_line_by_line(as_group, change):
    text = as_group("editor").get(page(change)).text
    for markup in ("<del>Baker</del>", "<ins>Pastry cook</ins>", "<del>Rolls.</del>", "<ins>Cakes.</ins>"):
        assert markup in text
    assert "meanwhile" not in text


def test_text_of_a_change_is_shown_and_not_run(as_group, posting, author):
    wanted = posting_content(posting) | {"title": "<script>x</script>", "description": "<b onclick=x>"}
    change = proposals.propose(posting, wanted=wanted, by=author)
    text = as_group("editor").get(page(change)).text
    assert "<script>x" not in text
    assert "<b onclick" not in text


def test_an_editor_approves(as_group, posting, change):
    client = as_group("editor")
    seen = asked(client, page(change)).context["seen"]
    client.post(page(change, "approve"), {"seen": seen})
    assert fresh(posting).title == "Pastry cook"
    [done, refused] = said(client.post(page(change, "approve"), {"seen": seen}))
    assert done == "1 pending change approved."
    assert refused.startswith("Not approved: Change of Pastry cook")
    assert "approved already" in refused


def test_the_approver_is_told_what_the_posting_says_by_now(as_group, posting, change):
    posting.title = "Master baker"
    posting.save()
    client = as_group("editor")
    shown = client.get(page(change))
    assert "The posting has changed since" in shown.text
    assert "<ins>Master baker</ins>" in shown.text
    assert "<del>Master baker</del>" in shown.text
    client.post(page(change, "approve"), {"seen": shown.context["seen"]})
    assert fresh(posting).title == "Master baker"
    client.post(page(change, "approve"), {"seen": shown.context["seen"], "overwrite": "yes"})
    assert fresh(posting).title == "Pastry cook"


@pytest.mark.parametrize(("name", "state"), [("return", "returned"), ("reject", "rejected")])
def test_an_editor_sends_it_back_with_a_reply(as_group, change, name, state):
    client = as_group("editor")
    assert "Enter a reason" in client.post(page(change, "act", name), {}).text
    assert "Canned reply" in client.get(page(change, "act", name)).text
    assert fresh(change).state == "waiting"
    client.post(page(change, "act", name), {"reply": factories.CannedReplyFactory().pk})
    assert (fresh(change).state, fresh(change).reason) == (state, "Please name the place of work.")


@pytest.mark.parametrize(("action", "state"), [("approve", "approved"), ("return", "returned"), ("reject", "rejected")])
def test_many_are_decided_and_each_is_reported(as_group, change, action, state):
    decided = factories.PendingChangeFactory(state="rejected")
    data = {"action": f"{action}_selected", "_selected_action": [change.pk, decided.pk], "confirmed": "yes"}
    messages = said(as_group("editor").post(LIST, data | {"reason": "Please mind."}))
    assert len(messages) == 2
    assert "rejected already" in messages[1]
    assert fresh(change).state == state


def test_a_change_is_claimed(as_group, change):
    client = as_group("editor")
    client.post(page(change, "claim", "claim"))
    assert fresh(change).claim()
    assert "claimed it on" in client.get(page(change)).text
    assert asked(client, LIST, {"review": "mine"}).context["cl"].result_count == 1


def test_contributors_read_changes_and_decide_none(as_group, posting, change):
    client = as_group("contributor")
    assert client.get(page(change)).status_code == 200
    for address in (page(change, "approve"), page(change, "take_back"), page(change, "act", "reject")):
        assert client.post(address, {"reason": "x"}).status_code == 403
    client.post(LIST, {"action": "approve_selected", "_selected_action": [change.pk]})
    assert (fresh(change).state, fresh(posting).title) == ("waiting", "Baker")


@pytest.mark.parametrize("name", ["approve", "take_back"])
def test_a_get_decides_nothing(as_group, as_author, change, name):
    assert as_author.get(page(change, name)).status_code == 404
    assert as_group("editor").get(page(change, name)).status_code == 404
    assert fresh(change).state == "waiting"


def test_the_author_takes_it_back(as_author, change):
    as_author.post(page(change, "take_back"))
    assert fresh(change).state == "taken_back"


def test_a_guest_sees_nothing_of_it(client, change):
    client.force_login(factories.UserFactory(staff=True))
    assert client.get(page(change)).status_code == 403
    assert client.get(LIST).status_code == 403


def test_the_list_takes_a_fixed_number_of_queries(as_group, author, django_assert_max_num_queries):
    colleague = factories.UserFactory(groups=["editor"])
    client = as_group("editor")
    client.get(LIST)
    numbers = []
    for _ in range(2):
        for _ in range(4):
            claims.claim(factories.PendingChangeFactory(submitted_by=author), by=colleague)
        with django_assert_max_num_queries(30) as queries:
            client.get(LIST)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
