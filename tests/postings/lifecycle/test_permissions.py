"""Who may do what in which state: every group, every act, every state; asked of the service and of the admin."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.admin.postings.acts import ACTS
from careers.postings.models import Posting
from careers.postings.permissions import ADD, ALLOWED_STATES, CHANGE, PUBLISH, may, require_permissions
from portal.groups import GROUPS
from tests import factories
from tests.admin_pages import asked, complete, said
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

STATES = ("draft", "in_review", "rejected", "scheduled", "live", "closed", "closed_early", "filled", "withdrawn")
ANY = set(STATES)
DONE, REFUSED, DENIED = "done", "refused with a sentence", "denied"

# From which states an editor's act succeeds; from the others it is refused.
EDITOR = {
    "submit": {"draft"},
    "return_to_draft": {"in_review", "rejected", "scheduled"},
    "publish": {"draft", "in_review"},
    "schedule": {"draft", "in_review", "scheduled"},
    "reject": {"draft", "in_review"},
    "extend": {"scheduled", "live", "closed", "closed_early"},
    "close": {"live"},
    "confirm": {"live"},
    "fill": {"live", "closed", "closed_early"},
    "reopen": {"closed_early", "filled"},
    "withdraw": {"scheduled", "live", "closed", "closed_early", "filled"},
    "relist": {"closed", "closed_early", "filled"},
    "clone": ANY,
}
# What a contributor has the right to, by act: (the states in which they may ask, those in which it succeeds).
CONTRIBUTOR = {
    "submit": ({"draft", "in_review"}, {"draft"}),
    "return_to_draft": ({"draft", "in_review"}, {"in_review"}),
    "relist": (ANY, {"closed", "closed_early", "filled"}),
    "clone": (ANY, ANY),
}


def expected(group, act, state):
    may, succeeds = CONTRIBUTOR.get(act, ((), ())) if group == "contributor" else (ANY, EDITOR[act])
    return (DONE if state in succeeds else REFUSED) if state in may else DENIED


def posting_in(state):
    return complete(**({} if state == "live" else {state: True}))


def ahead(days):
    return timezone.now().replace(microsecond=0, second=0) + timedelta(days=days)


GIVEN = {
    "reject": lambda: {"reason": "A duplicate."},
    "extend": lambda: {"closes_on": ahead(60).date()},
    "schedule": lambda: {"publish_at": ahead(5)},
}


def given(act):
    return GIVEN[act]() if act in GIVEN else {}


def by_service(user, act, posting):
    try:
        getattr(lifecycle, act)(posting, by=user, **given(act))
    except PermissionDenied:
        return DENIED
    except ValidationError:
        return REFUSED
    return DONE


def by_admin(client, act, posting):
    sent = given(act)
    if moment := sent.pop("publish_at", None):
        sent |= {"publish_at_0": moment.date(), "publish_at_1": moment.time()}
    response = client.post(reverse("admin:postings_posting_act", args=[posting.pk, act]), sent)
    if response.status_code == 403:
        return DENIED
    return REFUSED if said(response)[-1].startswith("Not ") else DONE


def test_the_table_names_every_act():
    assert set(EDITOR) == set(ALLOWED_STATES)


def test_administrators_may_what_editors_may():
    assert GROUPS["administrator"] >= GROUPS["editor"]


@pytest.mark.parametrize("group", ["contributor", "editor"])
@pytest.mark.parametrize("act", EDITOR)
def test_a_service_asks_for_the_right_then_for_the_state(group, act):
    user = factories.UserFactory(groups=[group])
    found = {state: by_service(user, act, posting_in(state)) for state in STATES}
    assert found == {state: expected(group, act, state) for state in STATES}


@pytest.mark.parametrize("group", ["contributor", "editor"])
@pytest.mark.parametrize("act", ACTS)
def test_the_admin_answers_as_the_service_does(as_group, group, act):
    client = as_group(group)
    found = {state: by_admin(client, act, posting_in(state)) for state in STATES}
    assert found == {state: expected(group, act, state) for state in STATES}


@each("act", EDITOR)
def test_who_belongs_to_no_group_may_nothing_and_changes_nothing(act):
    nobody, posting = factories.UserFactory(staff=True), posting_in(sorted(EDITOR[act])[0])
    entries, number = posting.history.count(), Posting.objects.count()
    assert by_service(nobody, act, posting) == DENIED
    assert (posting.history.count(), Posting.objects.count()) == (entries, number)


def test_who_left_may_nothing():
    gone = factories.UserFactory(groups=["editor"], is_active=False)
    assert by_service(gone, "close", posting_in("live")) == DENIED


@pytest.mark.parametrize("group", ["contributor", "editor"])
@each("state", STATES)
def test_the_form_offers_what_would_succeed_and_nothing_else(as_group, group, state):
    page = asked(as_group(group), reverse("admin:postings_posting_change", args=[posting_in(state).pk]))
    offered = {act.name for act in page.context["panel"]["acts"]}
    assert offered == {act for act in ACTS if expected(group, act, state) == DONE}


def holder(*rights):
    """Somebody with these rights and no others."""
    return SimpleNamespace(pk=1, has_perm=set(rights).__contains__, has_perms=set(rights).issuperset)


@pytest.mark.parametrize("act", sorted(set(EDITOR) - {"relist", "clone"}))
@pytest.mark.parametrize("status", Posting.Status)
def test_the_right_to_publish_allows_no_act_to_who_may_not_change_postings(act, status):
    assert not may(holder(PUBLISH, ADD), act, Posting(status=status))
    assert may(holder(PUBLISH, CHANGE), act, Posting(status=status))


def test_every_right_named_is_asked_of_a_person_and_none_of_the_portal():
    require_permissions(holder(CHANGE, PUBLISH), CHANGE, PUBLISH)
    require_permissions(None, CHANGE, PUBLISH)
    with pytest.raises(PermissionDenied, match="do not have permission"):
        require_permissions(holder(CHANGE), CHANGE, PUBLISH)


def test_a_submission_is_sent_back_by_who_submitted_it_or_by_who_may_publish():
    """`holder` has the key 1. A draft that somebody else once submitted is submitted by anybody who may change it."""
    submissions = [Posting(status="in_review", submitted_by_id=key) for key in (1, 2, None)]
    assert [may(holder(CHANGE), "return_to_draft", posting) for posting in submissions] == [True, False, True]
    assert [may(holder(CHANGE, PUBLISH), "return_to_draft", posting) for posting in submissions] == [True] * 3
    assert may(holder(CHANGE), "submit", Posting(status="draft", submitted_by_id=2))
    assert not may(holder(CHANGE), "return_to_draft", Posting(status="rejected", submitted_by_id=1))
