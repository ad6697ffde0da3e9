"""What happens to an entry of the directory as a whole, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from careers.resources import services
from careers.resources.models import Resource
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LEADS_TO = {services.publish: "published", services.archive: "archived", services.return_to_draft: "draft"}
STATES = [(act, state) for act in LEADS_TO for state in Resource.State.values]


@pytest.fixture
def editor():
    return factories.UserFactory(groups=["editor"])


@each(("act", "state"), [pair for pair in STATES if LEADS_TO[pair[0]] != pair[1]])
def test_an_act_is_done_and_noted(editor, act, state):
    resource = act(factories.ResourceFactory(state=state, summary="A course."), by=editor, reason="Because.")
    newest = Resource.objects.get().history.first()
    assert (resource.state, newest.state) == (LEADS_TO[act], LEADS_TO[act])
    assert (newest.history_user, newest.history_change_reason) == (editor, "Because.")


@pytest.mark.parametrize("act", LEADS_TO)
def test_an_act_that_changes_nothing_is_refused_with_a_sentence(editor, act):
    resource = factories.ResourceFactory(state=LEADS_TO[act], summary="A course.")
    with pytest.raises(ValidationError, match=rf"^\['It is {LEADS_TO[act]} already\.'\]$"):
        act(resource, by=editor)
    assert resource.history.count() == 1


@pytest.mark.parametrize("summary", ["", "  "])
def test_an_entry_without_a_summary_is_not_published(editor, summary):
    resource = factories.ResourceFactory(state="draft", summary=summary)
    with pytest.raises(ValidationError, match="Add a summary"):
        services.publish(resource, by=editor)
    assert Resource.objects.get().state == "draft"


def test_verifying_says_who_looked_when_and_that_the_link_answers(editor):
    broken = factories.ResourceFactory(link_broken_since=date(2025, 12, 1))
    resource = services.mark_verified(broken, by=editor, on=date(2026, 1, 1))
    assert (resource.last_verified_on, resource.last_verified_by) == (date(2026, 1, 1), editor)
    assert resource.link_broken_since is None


def test_an_archived_entry_is_not_verified(editor):
    with pytest.raises(ValidationError, match="Only resources in use"):
        services.mark_verified(factories.ResourceFactory(state="archived"), by=editor)
    assert Resource.objects.get().last_verified_on is None
