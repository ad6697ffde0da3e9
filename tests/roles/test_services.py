"""What happens to a guide as a whole: each act from the states it fits, with who and why; a sentence from the others."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from careers.roles import services
from careers.roles.models import Role
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FITTING = {
    services.submit: {"draft"},
    services.return_to_draft: {"in_review", "published", "archived"},
    services.publish: {"draft", "in_review", "archived"},
    services.archive: {"draft", "in_review", "published"},
}
LEADS_TO = {
    services.submit: "in_review",
    services.return_to_draft: "draft",
    services.publish: "published",
    services.archive: "archived",
}
STATES = [(act, status) for act in FITTING for status in Role.Status.values]


def ready(**fields):
    role = factories.RoleFactory(**fields)
    factories.SectionFactory(role=role)
    return role


@pytest.fixture
def editor():
    return factories.UserFactory(groups=["editor"])


@each(("act", "status"), [pair for pair in STATES if pair[1] in FITTING[pair[0]]])
def test_an_act_from_a_state_it_fits_is_done_and_noted(editor, act, status):
    role = act(ready(status=status), by=editor, reason="Because.")
    newest = Role.objects.get().history.first()
    assert (role.status, newest.status) == (LEADS_TO[act], LEADS_TO[act])
    assert (newest.history_user, newest.history_change_reason) == (editor, "Because.")


@each(("act", "status"), [pair for pair in STATES if pair[1] not in FITTING[pair[0]]])
def test_an_act_from_any_other_state_is_refused_with_a_sentence(editor, act, status):
    role = ready(status=status)
    with pytest.raises(ValidationError, match="It is "):
        act(role, by=editor)
    assert Role.objects.get().status == status
    assert role.history.count() == 1


def test_a_guide_that_lacks_what_readers_need_is_not_published(editor):
    bare = factories.RoleFactory(draft=True, summary="  ")
    with pytest.raises(ValidationError, match=r"add a summary and the section “What it is”"):
        services.publish(bare, by=editor)
    assert Role.objects.get().status == "draft"


def test_a_guide_with_text_not_yet_placed_is_not_published(editor):
    role = ready(draft=True)
    factories.SectionFactory(role=role, kind="unplaced")
    with pytest.raises(ValidationError, match=r"add a place for the text in the section “Not yet placed”"):
        services.publish(role, by=editor)
    assert Role.objects.get().status == "draft"


def test_the_state_of_the_database_counts_not_the_one_somebody_still_sees(editor):
    seen = ready(draft=True)
    services.publish(Role.objects.get(), by=editor)
    with pytest.raises(ValidationError, match="published already"):
        services.publish(seen, by=editor)


def test_a_review_sets_the_next_one(editor, settings):
    settings.GUIDE_REVIEW_DAYS = 30
    role = services.mark_reviewed(ready(), by=editor, on=date(2026, 1, 1))
    assert (role.reviewed_on, role.reviewed_by, role.review_due_on) == (date(2026, 1, 1), editor, date(2026, 1, 31))
    assert role.history.first().history_change_reason == "Reviewed"


def test_an_archived_guide_is_not_reviewed(editor):
    with pytest.raises(ValidationError, match="Only guides in use can be reviewed"):
        services.mark_reviewed(ready(archived=True), by=editor)
    assert Role.objects.get().reviewed_on is None
