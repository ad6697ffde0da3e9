"""Changes of what readers see wait for approval, while the posting stays as it is."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.postings import lifecycle, permissions
from careers.postings.models import PendingChange, Posting
from careers.postings.review import claims, proposals
from careers.postings.review.snapshot import apply_fields, field_change, posting_content
from tests import factories
from tests.admin_pages import complete
from tests.background.queue import run_queue
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LYON = {"country": "FR", "subdivision": "", "city": "Lyon"}


@pytest.fixture
def author():
    return factories.UserFactory(username="ada", email="ada@example.org", staff=True, groups=["contributor"])


@pytest.fixture
def editor():
    return factories.UserFactory(username="eve", email="eve@example.org", staff=True, groups=["editor"])


@pytest.fixture
def posting():
    return complete(title="Baker", description="Bread.")


def propose(posting, author, **wanted):
    return proposals.propose(Posting.objects.get(pk=posting.pk), wanted=posting_content(posting) | wanted, by=author)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_posting_stays_as_it_is_while_a_change_waits(posting, author):
    change = propose(posting, author, title="Pastry cook")
    assert fresh(posting).title == "Baker"
    assert (change.wanted, change.before) == ({"title": "Pastry cook"}, {"title": "Baker"})


def test_content_put_back_is_the_content_it_was(posting):
    posting = complete(
        pay_min=60_000,
        pay_max="70000.50",
        pay_currency="EUR",
        pay_period="year",
        months_of_experience=0,
        scheduled=True,
    )
    content = posting_content(fresh(posting))
    other = Posting()
    apply_fields(other, content)
    apply_fields(posting, content)
    assert posting_content(posting) == content
    assert (other.pay_max, other.closes_on, other.apply_url) == (
        Decimal("70000.5"),
        posting.closes_on,
        posting.apply_url,
    )


def test_an_approved_change_is_put_into_the_posting_and_the_history_names_both(posting, author, editor):
    skill = factories.SkillFactory()
    day = timezone.localdate() + timedelta(days=50)
    wanted = {"title": "Pastry cook", "closes_on": day.isoformat(), "skills": [skill.pk]}
    change = propose(posting, author, places=[LYON], remote_countries=["FR"], **wanted)
    proposals.approve(change, by=editor)
    posting = fresh(posting)
    assert (posting.title, posting.closes_on, list(posting.skills.all())) == ("Pastry cook", day, [skill])
    assert [place.place_name for place in posting.places.all()] == ["Lyon, France"]
    assert [row.country for row in posting.remote_countries.all()] == ["FR"]
    assert posting.history.first().history_change_reason == "Change by ada, approved by eve"
    assert posting.places.get().history.get().history_change_reason == "Change by ada, approved by eve"
    assert fresh(change).state == "approved"


def test_a_place_that_stays_is_the_same_row(posting, author, editor):
    place = posting.places.get()
    berlin = {"country": "DE", "subdivision": "", "city": "Berlin"}
    proposals.approve(propose(posting, author, places=[LYON, berlin]), by=editor)
    assert [row.city for row in posting.places.all()] == ["Lyon", "Berlin"]
    assert posting.places.get(city="Berlin").pk == place.pk


def test_the_author_goes_on_editing_the_same_change_and_editors_are_told_once(posting, author, editor):
    first = propose(posting, author, title="Pastry cook")
    second = propose(posting, author, title="Confectioner")
    run_queue()
    assert first.pk == second.pk
    assert second.wanted == {"title": "Confectioner"}
    assert [message.subject for message in mail.outbox] == ["For review: Change of Baker"]


def test_a_posting_has_one_open_change(posting, author):
    propose(posting, author, title="Pastry cook")
    with pytest.raises(ValidationError, match="A change by ada is already waiting"):
        propose(posting, factories.UserFactory(groups=["contributor"]), title="Confectioner")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.PendingChangeFactory(posting=posting)


def test_a_change_of_nothing_is_refused(posting, author):
    with pytest.raises(ValidationError, match="You have not changed anything"):
        propose(posting, author)


@each("trait", ["draft", "in_review", "rejected", "closed", "filled", "withdrawn"])
def test_only_what_readers_see_or_will_is_changed_this_way(trait, author):
    with pytest.raises(ValidationError, match="you can only propose changes"):
        propose(complete(**{trait: True}), author, title="Pastry cook")


@pytest.mark.parametrize("rights", [[], [permissions.CHANGE], ["postings.add_pendingchange"]])
def test_handing_in_a_change_takes_the_right_to_change_postings_and_to_propose(posting, rights):
    somebody = SimpleNamespace(has_perms=set(rights).issuperset)
    with pytest.raises(PermissionDenied):
        proposals.propose(posting, wanted=posting_content(posting) | {"title": "Pastry cook"}, by=somebody)


def test_a_scheduled_posting_is_changed_this_way_too(author, editor):
    posting = complete(scheduled=True)
    proposals.approve(propose(posting, author, title="Pastry cook"), by=editor)
    assert fresh(posting).title == "Pastry cook"


def test_approval_is_refused_where_the_same_field_was_changed_meanwhile(posting, author, editor):
    change = propose(posting, author, title="Pastry cook", description="Cakes.")
    Posting.objects.filter(pk=posting.pk).update(title="Master baker")
    assert proposals.conflicting_fields(fresh(change)) == ["title"]
    with pytest.raises(ValidationError, match="changed since in “title”"):
        proposals.approve(change, by=editor)
    assert (fresh(posting).title, fresh(change).state) == ("Master baker", "waiting")
    proposals.approve(change, by=editor, overwrite=True)
    assert fresh(posting).title == "Pastry cook"


def test_a_field_that_says_by_now_what_the_change_wants_is_no_obstacle(posting, author, editor):
    change = propose(posting, author, title="Pastry cook", description="Cakes.")
    Posting.objects.filter(pk=posting.pk).update(title="Pastry cook")
    assert proposals.conflicting_fields(fresh(change)) == []
    assert proposals.approve(change, by=editor).state == "approved"


def test_going_on_with_a_change_does_not_hide_what_was_changed_since_it_was_begun(posting, author):
    propose(posting, author, title="Pastry cook")
    Posting.objects.filter(pk=posting.pk).update(title="Master baker")
    change = propose(posting, author, title="Confectioner", description="Cakes.")
    assert change.before == {"title": "Baker", "description": "Bread."}
    assert proposals.conflicting_fields(fresh(change)) == ["title"]


def test_a_change_of_other_fields_meanwhile_is_kept(posting, author, editor):
    change = propose(posting, author, title="Pastry cook")
    Posting.objects.filter(pk=posting.pk).update(description="Rolls.")
    proposals.approve(change, by=editor)
    assert (fresh(posting).title, fresh(posting).description) == ("Pastry cook", "Rolls.")


def test_an_editor_approves_only_what_they_saw(posting, author, editor):
    change = propose(posting, author, title="Pastry cook")
    seen = proposals.version_token(fresh(change))
    propose(posting, author, title="Confectioner")
    with pytest.raises(ValidationError, match="since you opened this page"):
        proposals.approve(change, by=editor, seen=seen)
    proposals.approve(change, by=editor, seen=proposals.version_token(fresh(change)))
    assert fresh(posting).title == "Confectioner"


def test_approval_is_refused_once_the_posting_has_ended(posting, author, editor):
    change = propose(posting, author, title="Pastry cook")
    lifecycle.fill(posting, by=editor)
    with pytest.raises(ValidationError, match="is filled now"):
        proposals.approve(change, by=editor)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"apply_url": "", "apply_email": ""}, "Say how to apply"),
        ({"places": []}, "Add the place of work"),
        ({"pay_min": "5", "pay_max": "2", "pay_currency": "EUR", "pay_period": "year"}, "“Pay from” is higher"),
        ({"employer": 10**6}, "not a valid choice"),
    ],
)
def test_a_change_that_would_harm_readers_is_not_approved(posting, author, editor, wanted, sentence):
    change = propose(posting, author, **wanted)
    before = posting_content(posting)
    with pytest.raises(ValidationError, match=sentence):
        proposals.approve(change, by=editor)
    assert posting_content(fresh(posting)) == before
    assert fresh(change).state == "waiting"


DECISIONS = [
    (proposals.approve, "approved"),
    (proposals.return_change, "returned"),
    (proposals.reject_change, "rejected"),
]


@pytest.mark.parametrize(("act", "word"), DECISIONS)
def test_a_change_is_decided_once_and_its_author_mailed_once(posting, author, editor, act, word):
    change = propose(posting, author, title="Pastry cook")
    act(change, by=editor, reason="Please mind.")
    with pytest.raises(ValidationError, match=f"{word} already by eve"):
        act(change, by=factories.UserFactory(superuser=True), reason="Please mind.")
    run_queue()
    (message,) = [message for message in mail.outbox if message.to == ["ada@example.org"]]
    assert message.subject == f"{word.capitalize()}: Change of Baker"
    assert "Please mind." in message.body
    assert f"https://careers.example.org/admin/postings/pendingchange/{change.pk}/change/" in message.body


@pytest.mark.parametrize("act", [proposals.return_change, proposals.reject_change])
def test_sending_a_change_back_needs_a_reason(posting, author, editor, act):
    change = propose(posting, author, title="Pastry cook")
    with pytest.raises(ValidationError, match=r"reason|what to change"):
        act(change, by=editor, reason=" ")
    assert fresh(change).state == "waiting"


def test_a_returned_change_is_mended_at_the_same_record(posting, author, editor):
    change = propose(posting, author, title="PASTRY COOK")
    proposals.return_change(change, by=editor, reason="No shouting.")
    again = propose(posting, author, title="Pastry cook")
    assert (again.pk, again.state) == (change.pk, "waiting")


def test_who_was_on_a_change_is_on_it_no_longer_once_it_is_decided(posting, author, editor):
    change = propose(posting, author, title="Pastry cook")
    claims.claim(change, by=editor)
    proposals.return_change(change, by=editor, reason="No shouting.")
    assert (fresh(change).reviewer, fresh(change).review_claimed_at) == (None, None)


def test_nobody_else_decides_a_change_while_somebody_is_on_it(posting, author, editor):
    change = propose(posting, author, title="Pastry cook")
    claims.claim(change, by=editor)
    for act, _ in DECISIONS:
        with pytest.raises(ValidationError, match="eve claimed it"):
            act(change, by=factories.UserFactory(superuser=True), reason="Mine!")


@pytest.mark.parametrize(("act", "word"), DECISIONS)
def test_a_change_is_decided_by_those_who_publish(posting, author, act, word):
    change = propose(posting, author, title="Pastry cook")
    with pytest.raises(PermissionDenied):
        act(change, by=author, reason="Mine!")
    assert (fresh(change).state, fresh(posting).title) == ("waiting", "Baker")


def test_an_author_takes_a_change_back_and_makes_another(posting, author):
    change = propose(posting, author, title="Pastry cook")
    proposals.take_back(change, by=author)
    with pytest.raises(ValidationError, match="already"):
        proposals.take_back(change, by=author)
    assert propose(posting, author, title="Confectioner").pk != change.pk
    assert PendingChange.objects.unsettled().count() == 1


def test_a_difference_is_told_in_words():
    assert [field_change("workplace", "", "remote").before, field_change("workplace", "", "remote").now] == [
        "",
        "Remote",
    ]
    assert field_change("places", [], [LYON]).now == "Lyon, France"
    assert field_change("closes_on", "2026-05-01", None).before == "1 May 2026"
    lines = field_change("description", "Bread.\nRolls.", "Bread.\nCakes.").lines
    assert [(line.change, line.text) for line in lines] == [
        ("kept", "Bread."),
        ("removed", "Rolls."),
        ("added", "Cakes."),
    ]
