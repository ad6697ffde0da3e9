"""A posting and its template: what moved on there, what was edited here, and what brings them together."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from careers.core.money import Pay
from careers.postings.lifecycle import extend
from careers.postings.models import Posting, TemplateBlank
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.sync import Choice, content_hash, undo_update, update_from_template
from careers.postings.posting_templates.versions import save_template
from careers.postings.text.drift import DriftState, drift_by_posting, posting_drift, template_versions
from careers.postings.text.merge import merge
from careers.postings.text.render import Place
from tests import factories

db = pytest.mark.django_db
PAY = Pay(Decimal(50_000), Decimal(60_000), "EUR", "year")

lines = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=8).map("\n".join)


class TestMerging:
    @given(lines, lines)
    def test_a_change_on_one_side_is_taken_whole(self, base, changed):
        assert merge(base, changed, base).text == changed
        assert merge(base, base, changed).text == changed

    @given(lines, lines)
    def test_the_same_change_on_both_sides_is_no_conflict(self, base, changed):
        merged = merge(base, changed, changed)
        assert (merged.text, merged.conflicts) == (changed, 0)

    @given(lines, lines, lines)
    def test_whether_two_changes_conflict_does_not_depend_on_the_side(self, base, theirs, mine):
        assert merge(base, theirs, mine).conflicts == merge(base, mine, theirs).conflicts

    def test_changes_in_different_lines_are_both_taken(self):
        merged = merge("- a\n- b\n- c", "- A\n- b\n- c", "- a\n- b\n- c\n- d")
        assert (merged.text, merged.conflicts) == ("- A\n- b\n- c\n- d", 0)

    def test_different_changes_of_one_line_conflict_and_mine_stays(self):
        assert merge("a\nb", "x\nb", "y\nb") == replace(merge("", "", ""), text="y\nb", conflicts=1)


@pytest.fixture
def template(db):
    template = factories.PostingTemplateFactory(
        title="Engineer",
        description="{employer} wants you in {team}.\n\nCome to {place}.",
        benefits="- Pay: {pay}\n- Tea\n\nApply by {closing_day}.",
    )
    return save_template(template, by=None, placeholders=[TemplateBlank(name="team"), TemplateBlank(name="motto")])


@pytest.fixture
def posting(template):
    return built(template)


def built(template, **given):
    employer = factories.EmployerFactory()
    return build_posting(
        template=template, employer=employer, places=[Place("DE", city="Berlin")], pay=PAY, by=None,
        closes_on=timezone.localdate() + timedelta(days=20), placeholder_values={"team": "Search"}, **given,
    )  # fmt: skip


def fresh(posting):
    return Posting.objects.get(pk=posting.pk)


def states(posting):
    posting = fresh(posting)
    return {drift.field: drift.state for drift in posting_drift(posting, template_versions([posting]))}


def edit(row, **changes):
    for field, text in changes.items():
        setattr(row, field, text)
    row.save()


def move(template, **changes):
    for field, text in changes.items():
        setattr(template, field, text)
    return save_template(template, by=None)


def published(posting):
    edit(posting, status="published", publish_at=timezone.now() - timedelta(days=1))
    return posting


class TestDrift:
    def test_a_posting_just_built_is_as_built(self, posting):
        assert set(states(posting).values()) == {DriftState.AS_BUILT}

    def test_an_edit_a_move_and_both_are_told_apart_by_field(self, template, posting):
        move(template, benefits="- Tea", requirements="Patience.", description="Come to {place}.")
        edit(posting, responsibilities="Think.", benefits="- Coffee")
        assert states(posting) == {
            "description": DriftState.MOVED,
            "responsibilities": DriftState.EDITED,
            "requirements": DriftState.MOVED,
            "preferred": DriftState.AS_BUILT,
            "benefits": DriftState.BOTH,
        }

    @pytest.mark.parametrize("change", ["closing day", "employer", "pay", "place", "pay not stated"])
    def test_a_change_of_what_is_known_alone_is_no_drift(self, posting, change):
        if change == "closing day":
            edit(posting, closes_on=posting.closes_on + timedelta(days=30))
        elif change == "employer":
            edit(posting.employer, name="Lumen & Sons")
        elif change == "pay":
            edit(posting, pay_max=Decimal(90_000))
        elif change == "place":
            edit(posting.places.get(), city="Hamburg")
        else:
            edit(posting, pay_min=None, pay_max=None)
        assert set(states(posting).values()) == {DriftState.AS_BUILT}

    def test_writing_the_new_closing_day_into_the_text_by_hand_is_no_edit(self, posting):
        old = posting.closes_on
        edit(posting, closes_on=date(old.year + 1, 3, 31))
        text = posting.benefits.replace(posting.blank_values["closing_day"], f"31 March {old.year + 1}")
        edit(posting, benefits=text)
        assert states(posting)["benefits"] == DriftState.AS_BUILT

    def test_taking_over_the_new_text_by_hand_is_as_built(self, template, posting):
        move(template, requirements="Patience.")
        edit(posting, requirements="Patience.")
        assert states(posting)["requirements"] == DriftState.AS_BUILT

    def test_the_new_text_with_the_closing_day_of_before_the_extension_is_as_built(self, template, posting):
        move(template, benefits="- Apply by {closing_day}.")
        edit(posting, benefits=f"- Apply by {date_format(posting.closes_on, 'j F Y')}.")
        edit(posting, closes_on=posting.closes_on + timedelta(days=30))
        assert states(posting)["benefits"] == DriftState.AS_BUILT

    def test_a_posting_without_template_or_with_a_version_not_kept_has_no_drift(self, template, posting):
        template.versions.all().delete()
        assert states(posting) == {}
        template.delete()
        assert states(posting) == {}

    def test_a_list_takes_the_same_queries_for_any_number(self, template, django_assert_num_queries):
        for _ in range(3):
            built(template)
        with django_assert_num_queries(4):
            assert len(drift_by_posting(template.postings.all())) == 3
        for _ in range(4):
            built(template)
        with django_assert_num_queries(4):
            assert len(drift_by_posting(template.postings.all())) == 7


class TestUpdating:
    def test_only_the_chosen_fields_change_and_who_did_it_is_kept(self, template, posting):
        user = factories.UserFactory(groups=["editor"])
        move(template, requirements="Patience.", preferred="Humour.")
        update_from_template(posting, choices={"requirements": Choice.TAKE}, by=user, reason="New wording")
        posting = fresh(posting)
        assert (posting.requirements, posting.preferred) == ("Patience.", "")
        entry = posting.history.first()
        assert (entry.history_user, "New wording" in entry.history_change_reason) == (user, True)
        assert states(posting)["requirements"] == DriftState.AS_BUILT
        assert states(posting)["preferred"] == DriftState.MOVED

    def test_saving_the_posting_an_update_gave_back_is_an_act_of_its_own(self, template, posting):
        move(template, requirements="Patience.")
        posting = update_from_template(
            posting, choices={"requirements": Choice.TAKE}, by=factories.UserFactory(superuser=True)
        )
        edit(posting, preferred="Humour.")
        entry = posting.history.first()
        assert (entry.history_user, entry.history_change_reason) == (None, None)

    def test_readers_are_not_left_without_a_description(self, template, posting):
        published(posting)
        move(template, description="***")
        with pytest.raises(ValidationError, match="description would be empty"):
            update_from_template(posting, choices={"description": Choice.TAKE}, by=None)

    def test_bringing_together_keeps_the_local_edit_which_is_told_from_the_next_version_on(self, template, posting):
        edit(posting, benefits=posting.benefits.replace("- Tea", "- Tea\n- Cake"))
        move(template, benefits="- Our pay: {pay}\n- Tea\n\nApply by {closing_day}.")
        update_from_template(posting, choices={"benefits": Choice.MERGE}, by=None)
        assert fresh(posting).benefits.startswith("- Our pay: €50,000 to €60,000 a year\n- Tea\n- Cake\n")
        assert states(posting)["benefits"] == DriftState.EDITED
        move(template, benefits="- Tea")
        assert states(posting)["benefits"] == DriftState.BOTH

    def test_changes_that_contradict_each_other_are_never_brought_together(self, template, posting):
        edit(posting, benefits="- Coffee")
        move(template, benefits="- Water")
        with pytest.raises(ValidationError, match="in the same place"):
            update_from_template(posting, choices={"benefits": Choice.MERGE}, by=None)
        assert fresh(posting).benefits == "- Coffee"
        update_from_template(posting, choices={"benefits": Choice.TAKE}, by=None)
        assert fresh(posting).benefits == "- Water"

    def test_a_posting_changed_since_it_was_shown_is_left_alone(self, template, posting):
        move(template, requirements="Patience.")
        seen = content_hash(fresh(posting))
        edit(posting, requirements="Meanwhile.")
        with pytest.raises(ValidationError, match="changed since"):
            update_from_template(posting, choices={"requirements": Choice.TAKE}, by=None, seen=seen)
        assert fresh(posting).requirements == "Meanwhile."

    def test_readers_are_shown_no_blank_and_an_answer_fills_it(self, template, posting):
        published(posting)
        move(template, preferred="{motto}")
        with pytest.raises(ValidationError, match="motto"):
            update_from_template(posting, choices={"preferred": Choice.TAKE}, by=None)
        update_from_template(posting, choices={"preferred": Choice.TAKE}, by=None, new_values={"motto": "Onward"})
        assert fresh(posting).preferred == "Onward"
        assert states(posting)["preferred"] == DriftState.AS_BUILT

    @pytest.mark.parametrize("end", [{"filled_at": timezone.now()}, {"withdrawn_at": timezone.now()}])
    def test_what_has_ended_keeps_its_text(self, template, posting, end):
        edit(published(posting), **end)
        move(template, requirements="Patience.")
        with pytest.raises(ValidationError, match="ended"):
            update_from_template(posting, choices={"requirements": Choice.TAKE}, by=None)

    def test_an_update_is_undone_with_texts_version_and_drift_as_before(self, template, posting):
        edit(posting, benefits="- Coffee")
        move(template, requirements="Patience.", benefits="- Water")
        before = states(posting)
        update_from_template(posting, choices={"requirements": Choice.TAKE, "benefits": Choice.TAKE}, by=None)
        assert fresh(posting).template_version == 2
        undo_update(posting, by=None)
        posting = fresh(posting)
        assert (posting.requirements, posting.benefits, posting.template_version) == ("", "- Coffee", 1)
        assert states(posting) == before
        with pytest.raises(ValidationError, match="already undone"):
            undo_update(posting, by=None)

    def test_an_update_is_not_undone_where_the_posting_was_edited_since(self, template, posting):
        move(template, requirements="Patience.")
        posting = update_from_template(posting, choices={"requirements": Choice.TAKE}, by=None)
        edit(posting, requirements="Much patience.")
        with pytest.raises(ValidationError, match="changed since the update"):
            undo_update(posting, by=None)
        assert fresh(posting).requirements == "Much patience."


class TestLockedFields:
    def test_a_new_version_reaches_the_locked_fields_of_postings_that_have_not_ended(self, template):
        draft, live, filled = built(template), published(built(template)), published(built(template))
        edit(filled, filled_at=timezone.now())
        user = factories.UserFactory()
        template.locked, template.benefits = ["benefits"], "- Pay: {pay}\n- Equal chances"
        save_template(template, by=user)
        text = "- Pay: €50,000 to €60,000 a year\n- Equal chances"
        assert [fresh(row).benefits == text for row in (draft, live, filled)] == [True, True, False]
        entry = live.history.first()
        assert (entry.history_user, "Follows the template" in entry.history_change_reason) == (user, True)
        assert {posting.pk for posting in template.sync_result.updated} == {draft.pk, live.pk}

    def test_undoing_an_update_leaves_fields_that_are_locked_by_now_as_the_template_says(self, template, posting):
        move(template, requirements="Patience.", benefits="- Equal chances")
        update_from_template(posting, choices=dict.fromkeys(("requirements", "benefits"), Choice.TAKE), by=None)
        move(template, locked=["benefits"])
        undo_update(posting, by=None)
        assert (fresh(posting).requirements, fresh(posting).benefits) == ("", "- Equal chances")

    def test_other_fields_and_the_version_it_was_built_from_stay(self, template, posting):
        move(template, locked=["benefits"], benefits="- Equal chances", requirements="Patience.")
        posting = fresh(posting)
        assert (posting.requirements, posting.template_version) == ("", 1)
        assert states(posting)["benefits"] == DriftState.AS_BUILT
        move(template, locked=[], benefits="- Water")
        assert states(posting)["benefits"] == DriftState.MOVED

    def test_readers_are_shown_no_blank_of_a_locked_field(self, template, posting):
        published(posting)
        template.locked, template.benefits = ["benefits"], "{motto}"
        save_template(template, by=None, required={"motto": True, "team": False})
        assert fresh(posting).benefits != "{motto}"
        assert [left for left, _ in template.sync_result.refused] == [posting]
        assert "{motto}" in template.sync_result.refused[0][1]

    def test_a_locked_field_names_the_new_closing_day_once_the_posting_is_extended(self, template, posting):
        move(template, locked=["benefits"])
        day = posting.closes_on + timedelta(days=30)
        extend(published(posting), closes_on=day, by=None)
        assert f"Apply by {date_format(day, 'j F Y')}." in fresh(posting).benefits

    def test_a_blank_of_a_locked_field_has_to_be_required(self, template):
        with pytest.raises(ValidationError) as refusal:
            move(template, locked=["description"])
        assert "required" in refusal.value.message_dict["description"][0]


class TestDeclaring:
    @pytest.mark.parametrize(
        ("field", "text", "words"),
        [
            ("title", "Head of {teem}", "{teem}"),
            ("benefits", "{Moto}", "{moto}"),
            ("requirements", "a {team", "{team"),
            ("preferred", "a {2} b", "{2}"),
        ],
    )
    def test_a_blank_nobody_declared_and_a_loose_brace_are_refused_by_field_and_name(
        self, template, field, text, words
    ):
        with pytest.raises(ValidationError) as refusal:
            move(template, **{field: text})
        assert words in refusal.value.message_dict[field][0]

    def test_a_required_blank_without_an_answer_builds_nothing(self, template):
        template.blanks.update(is_required=True)
        employer = factories.EmployerFactory()
        with pytest.raises(ValidationError) as refusal:
            build_posting(template=template, employer=employer, placeholder_values={"team": " "}, by=None)
        assert list(refusal.value.message_dict) == ["blank_team"]

    def test_a_version_keeps_title_and_locks(self, template):
        move(template, title="Senior engineer")
        move(template, locked=["benefits"])
        kept = [(version.number, version.title, version.locked) for version in template.versions.all()]
        assert kept == [
            (3, "Senior engineer", ["benefits"]),
            (2, "Senior engineer", []),
            (1, "Engineer", []),
        ]

    @pytest.mark.parametrize("name", ["employer", "Closing Day", "2nd", "a:b", ""])
    def test_a_name_that_is_known_or_none_is_not_declared(self, template, name):
        with pytest.raises(ValidationError):
            TemplateBlank(template=template, name=name).full_clean()
