"""Who may do what with a change that waits, with a claim and with an update from the template: every group, act and state."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from careers.postings.models import PendingChange, Posting
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.sync import Choice, undo_update, update_from_template
from careers.postings.posting_templates.versions import save_template
from careers.postings.review import claims, proposals
from careers.postings.review.snapshot import posting_content
from tests import factories
from tests.admin_pages import complete
from tests.cases import each

pytestmark = pytest.mark.django_db
CHANGES = ("waiting", "returned", "approved", "rejected", "taken_back")
SETTLED = {"approved", "rejected", "taken_back"}
DONE, REFUSED, DENIED = "done", "refused with a sentence", "denied"
WHO = ("author", "contributor", "editor", "administrator", "nobody")
DECIDE = {"editor": {"waiting"}, "administrator": {"waiting"}}

# {act: {who: the states in which it succeeds}}; whoever is not named is denied, a state not named is refused.
OF_CHANGES = {
    "approve": DECIDE,
    "return": DECIDE,
    "reject": DECIDE,
    "claim": DECIDE,
    "take back": {"author": {"waiting", "returned"}},
    "propose": {"author": {*CHANGES}, "contributor": SETTLED, "editor": SETTLED, "administrator": SETTLED},
}
ACTS = {
    "approve": lambda change, by: proposals.approve(change, by=by),
    "return": lambda change, by: proposals.return_change(change, by=by, reason="Pay."),
    "reject": lambda change, by: proposals.reject_change(change, by=by, reason="Pay."),
    "claim": lambda change, by: claims.claim(change, by=by),
    "take back": lambda change, by: proposals.take_back(change, by=by),
    "propose": lambda change, by: proposals.propose(
        change.posting, wanted=posting_content(change.posting) | {"title": "Chief baker"}, by=by
    ),
}


def person(who):
    groups = {"author": ["contributor"], "nobody": []}.get(who, [who])
    return factories.UserFactory(staff=True, groups=groups)


def change_in(state, author):
    posting = complete(title="Baker")
    change = proposals.propose(posting, wanted=posting_content(posting) | {"title": "Pastry cook"}, by=author)
    PendingChange.objects.filter(pk=change.pk).update(state=state)
    return PendingChange.objects.get(pk=change.pk)


def outcome(act, *given):
    try:
        act(*given)
    except PermissionDenied:
        return DENIED
    except ValidationError:
        return REFUSED
    return DONE


@each("who", WHO)
@each("act", OF_CHANGES)
def test_an_act_on_a_change_asks_for_the_right_then_for_the_state(who, act):
    user, author = person(who), person("author")
    found = {
        state: outcome(ACTS[act], change_in(state, user if who == "author" else author), user) for state in CHANGES
    }
    may = OF_CHANGES[act].get(who)
    assert found == {state: DENIED if may is None else DONE if state in may else REFUSED for state in CHANGES}


POSTINGS = ("draft", "in_review", "rejected", "scheduled", "live", "closed", "filled", "withdrawn")
OPEN = {"draft", "in_review", "scheduled", "live"}
UNDECIDED = {"draft", "in_review"}


def drifted(state):
    """A posting in the state, with a template that has moved on."""
    template = save_template(factories.PostingTemplateFactory(description="We bake."), by=None)
    posting = build_posting(template=template, employer=factories.EmployerFactory(), by=None)
    template.description = "We bake bread."
    save_template(template, by=None)
    like = complete(**({} if state == "live" else {state: True}))
    dates = {
        name: getattr(like, name) for name in ("publish_at", "closes_on", "closes_at", "filled_at", "withdrawn_at")
    }
    Posting.objects.filter(pk=posting.pk).update(status=like.status, **dates)
    return Posting.objects.get(pk=posting.pk)


def update(posting, user):
    update_from_template(posting, choices={"description": Choice.TAKE}, by=user)


@pytest.mark.parametrize("who", ["contributor", "editor", "administrator", "nobody"])
def test_an_update_from_the_template_asks_for_the_right_then_for_the_state(who):
    user = person(who)
    found = {state: outcome(update, drifted(state), user) for state in POSTINGS}
    may = {"nobody": set(), "contributor": UNDECIDED}.get(who, {*POSTINGS})
    assert found == {state: DENIED if state not in may else DONE if state in OPEN else REFUSED for state in POSTINGS}


def test_an_update_is_undone_by_those_who_may_update():
    posting = drifted("live")
    update(posting, person("editor"))
    assert outcome(lambda: undo_update(posting, by=person("contributor"))) == DENIED
    assert outcome(lambda: undo_update(posting, by=person("editor"))) == DONE
