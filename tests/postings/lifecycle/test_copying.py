"""New postings from old ones: what a relisting and a clone take over, what starts empty, and how readers are led on."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from careers.postings import lifecycle
from careers.postings.checks.requirements import unmet_requirements
from careers.postings.lifecycle.copying import COPIED, NOT_COPIED
from careers.postings.models import Posting
from tests import factories
from tests.admin_pages import complete, said
from tests.cases import each

State = Posting.State
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
COPIES = [lifecycle.relist, lifecycle.clone]


@pytest.fixture
def editor():
    return factories.UserFactory(groups=["editor"])


@pytest.fixture
def full():
    """An ended posting in which every column says something."""
    role = factories.RoleFactory()
    posting = complete(
        closed=True, filled_at=timezone.now(), role=role, template=factories.PostingTemplateFactory(role=role),
        template_version=4, responsibilities="- One", requirements="- Two", preferred="- Three", benefits="- Four",
        employment_type="full_time", workplace="remote", level="senior", education="bachelor", months_of_experience=24,
        time_zone="Asia/Tokyo", pay_min=Decimal(10), pay_max=Decimal(20), pay_currency="EUR", pay_period="hour",
        remote_offset_from=-300, remote_offset_to=120, apply_email="jobs@example.com", source="acme", source_ref="r-1",
    )  # fmt: skip
    posting.places.update(position=1)
    factories.PostingPlaceFactory(posting=posting, country="US", subdivision="US-TX", city="Austin", position=0)
    factories.RemoteCountryFactory(posting=posting, country="FR")
    posting.skills.add(factories.SkillFactory())
    return posting


def test_every_column_is_either_copied_or_of_one_posting():
    columns = [field.name for field in Posting._meta.concrete_fields]
    assert sorted([*COPIED, *NOT_COPIED]) == sorted(columns)


@pytest.mark.parametrize("act", COPIES)
def test_text_terms_places_and_skills_are_taken_over(editor, full, act):
    new = Posting.objects.get(pk=act(full, by=editor).pk)
    assert new.pk != full.pk
    assert [getattr(new, name) for name in COPIED] == [getattr(full, name) for name in COPIED]
    assert [str(place) for place in new.places.all()] == ["Austin, Texas, United States", "Berlin, Germany"]
    assert [row.country for row in new.remote_countries.all()] == ["FR"]
    assert list(new.skills.all()) == list(full.skills.all())


@pytest.mark.parametrize("act", COPIES)
def test_state_dates_and_outside_numbers_are_not(editor, full, act):
    new = act(full, by=editor)
    assert new.state() == State.DRAFT
    dates = ("publish_at", "closes_on", "closes_at", "closed_at", "filled_at", "withdrawn_at")
    assert [getattr(new, name) for name in (*dates, "source", "source_ref")] == [None] * 8


@pytest.mark.parametrize("act", COPIES)
def test_an_old_closing_day_in_the_text_becomes_a_blank_to_fill_in(editor, act):
    posting = complete(closed=True)
    day = posting.closes_on.strftime("%-d %B %Y")
    posting.benefits = f"Please apply by {day}."
    posting.save()
    new = act(posting, by=editor)
    assert new.benefits == "Please apply by {closing_day}."
    assert any("{closing_day}" in requirement.message for requirement in unmet_requirements(new))


@pytest.mark.parametrize("act", COPIES)
def test_the_old_posting_stays_as_it_was(editor, full, act):
    before = Posting.objects.filter(pk=full.pk).values().get(), full.history.count()
    act(full, by=editor)
    assert (Posting.objects.filter(pk=full.pk).values().get(), full.history.count()) == before


@pytest.mark.parametrize(("act", "said"), [(lifecycle.relist, "Relisted"), (lifecycle.clone, "Cloned")])
def test_the_history_says_who_from_what_and_why(editor, full, act, said):
    entry = act(full, by=editor, reason="Another opening.").history.earliest()
    assert entry.history_user == editor
    assert entry.history_change_reason == f"{said} from no. {full.pk}: Another opening."


def test_a_clone_is_tied_to_nothing(editor, full):
    assert lifecycle.clone(full, by=editor).relisted_from is None


@each("trait", ["live", "draft", "in_review", "rejected", "scheduled", "withdrawn"])
def test_what_has_not_ended_is_cloned_but_not_relisted(editor, trait):
    posting = complete(**({} if trait == "live" else {trait: True}))
    with pytest.raises(ValidationError):
        lifecycle.relist(posting, by=editor)
    assert lifecycle.clone(posting, by=editor).state() == State.DRAFT


@pytest.mark.parametrize("trait", ["closed", "filled", "gone"])
def test_what_has_ended_is_relisted_once(editor, trait):
    posting = complete(**{trait: True})
    new = lifecycle.relist(posting, by=editor)
    with pytest.raises(ValidationError, match=f"already been relisted, as no. {new.pk}") as refusal:
        lifecycle.relist(posting, by=editor)
    assert refusal.value.code == "already"
    assert not lifecycle.is_possible("relist", posting)
    assert Posting.objects.count() == 2


def test_a_relisting_that_was_rejected_may_be_done_once_more(editor):
    posting = complete(closed=True)
    lifecycle.reject(lifecycle.relist(posting, by=editor), by=editor, reason="Not now.")
    assert lifecycle.relist(posting, by=editor).relisted_from == posting


def test_a_relisting_that_was_withdrawn_may_be_done_once_more(editor):
    posting = complete(closed=True)
    lifecycle.withdraw(relisted(editor, posting), by=editor)
    assert lifecycle.is_possible("relist", posting)
    assert lifecycle.relist(posting, by=editor).relisted_from == posting


def relisted(editor, posting, live=True):
    new = lifecycle.relist(posting, by=editor)
    if live:
        Posting.objects.filter(pk=new.pk).update(title="The next one", slug="the-next-one")
        new = lifecycle.publish(Posting.objects.get(pk=new.pk), by=None)
    return new


@pytest.mark.parametrize("trait", ["closed", "filled", "gone"])
def test_the_old_page_leads_readers_to_the_new_one_once_it_is_live(client, editor, trait):
    old = complete(**{trait: True})
    new = relisted(editor, old)
    text = client.get(old.get_absolute_url()).text
    assert f'open again: <a href="{new.get_absolute_url()}"><bdi>The next one</bdi></a>' in text


@pytest.mark.parametrize("trait", ["closed", "gone"])
def test_readers_learn_nothing_of_a_relisting_that_is_a_draft(client, editor, trait):
    old = complete(**{trait: True})
    relisted(editor, old, live=False)
    assert "open again" not in client.get(old.get_absolute_url()).text


def test_both_ends_of_the_tie_stand_in_the_admin(as_group, editor):
    old = complete(closed=True)
    new = relisted(editor, old)
    client = as_group("editor")
    for posting, words, other in ((old, "Relisted as", new), (new, "Relisted from", old)):
        page = client.get(reverse("admin:postings_posting_change", args=[posting.pk])).text
        assert words in page
        assert reverse("admin:postings_posting_change", args=[other.pk]) in page


@pytest.mark.parametrize("name", ["relist", "clone"])
def test_the_new_draft_is_opened(as_group, name):
    posting = complete(closed=True)
    response = as_group("contributor").post(reverse("admin:postings_posting_act", args=[posting.pk, name]))
    new = Posting.objects.latest("pk")
    assert response.url == reverse("admin:postings_posting_change", args=[new.pk])
    assert new.pk != posting.pk


def test_many_are_relisted_and_each_refusal_is_named(as_group):
    ended, live = complete(closed=True), complete()
    data = {"action": "relist_selected", "_selected_action": [ended.pk, live.pk], "confirmed": "yes"}
    messages = said(as_group("editor").post(reverse("admin:postings_posting_changelist"), data))
    assert messages[0] == "1 posting relisted."
    assert f"no. {live.pk}" in messages[1]
    assert "You can relist only a posting that has ended" in messages[1]
