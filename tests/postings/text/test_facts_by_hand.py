"""Texts edited by hand, and changes that wait, when facts change."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from careers.postings import lifecycle
from careers.postings.checks import findings
from careers.postings.review.proposals import approve, conflicting_fields, propose
from careers.postings.review.snapshot import posting_content
from tests import factories
from tests.admin_pages import said

from .portals import (
    change_and_approve,
    day_in,
    drift_states,
    edit,
    fresh,
    made_template,
    published,
    text_of,
    written,
)
from .test_facts import CHANGE, is_as_built, save_form

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.ignore_template_errors]


class TestEditedByHand:
    def test_other_words_of_the_same_line_are_kept(self, as_editor):
        posting = published()
        old = fresh(posting).benefits
        edit(posting, benefits=old.replace("Please apply by", "Kindly write to us by").replace(". We", ", friends. We"))
        save_form(as_editor, posting, closes_on=day_in(50), pay_max="99000")
        assert f"Kindly write to us by {written(day_in(50))}, friends. We answer" in text_of(posting)
        assert "$82,000 to $99,000 a year." in text_of(posting)
        assert drift_states(posting)["benefits"] == "edited"

    def test_a_line_about_pay_goes_with_the_pay_though_others_were_written_around_it(self, as_editor):
        posting = published()
        edit(posting, benefits=f"Really:\n{posting.benefits}\n- More tea")
        save_form(as_editor, posting, pay_min="", pay_max="", pay_currency="", pay_period="")
        day = written(posting.closes_on)
        text = f"Really:\n- Tea\n\nPlease apply by {day}. We answer everybody.\n- More tea"
        assert fresh(posting).benefits == text

    def test_a_passage_written_anew_stays_the_editor_is_told_and_the_panel_says_so(self, as_editor):
        posting = published()
        old = posting.closes_on
        anew = f"Write to us! The deadline is {old:%b} {old.day}, {old.year}. Salary $82k to $90k."
        edit(posting, benefits=anew)
        response = save_form(as_editor, posting, closes_on=day_in(50), pay_min="85000")
        assert fresh(posting).benefits == anew
        told = " ".join(said(response))
        assert f"“{old:%b} {old.day}, {old.year}”; the closing day is {date_format(day_in(50))}." in told
        assert "“$82k to $90k”, the fields say $85,000 to $90,000 a year." in told
        page = as_editor.get(reverse(CHANGE, args=[posting.pk])).text
        assert f"the closing day is {date_format(day_in(50))}." in page

    def test_one_passage_written_anew_does_not_hold_up_another(self):
        posting = published()
        edit(posting, benefits=posting.benefits.replace("$82,000 to $90,000 a year", "82k and more"))
        change_and_approve(posting, pay_min="85000", closes_on=day_in(50).isoformat())
        assert "82k and more" in text_of(posting)
        assert f"apply by {written(day_in(50))}." in text_of(posting)
        [finding] = [finding for finding in findings(fresh(posting)) if finding.rule == "pay_against_text"]
        assert "“82k”" in finding.sentence

    def test_a_value_corrected_by_hand_is_the_value_of_the_next_change(self, as_editor):
        posting = published()
        new = posting.benefits.replace(written(posting.closes_on), written(day_in(50)))
        save_form(as_editor, posting, closes_on=day_in(50), benefits=new)
        assert is_as_built(posting)
        lifecycle.extend(fresh(posting), closes_on=day_in(60), by=None)
        assert f"apply by {written(day_in(60))}." in text_of(posting)

    def test_a_change_back_leaves_nothing_to_report(self, as_editor):
        posting = published()
        old = fresh(posting)
        edit(posting, benefits=old.benefits.replace("$82,000 to $90,000 a year", "$82,000 and up to $90,000"))
        save_form(as_editor, posting, pay_min="85000")
        assert "pay_against_text" in {finding.rule for finding in findings(fresh(posting))}
        save_form(as_editor, posting, pay_min="82000")
        assert "pay_against_text" not in {finding.rule for finding in findings(fresh(posting))}

    def test_a_place_without_a_new_value_stays_and_is_reported(self):
        posting = published(terms={"workplace": "remote"}, remote_countries=["FR"])
        posting.places.all().delete()
        posting.remote_countries.all().delete()
        edit(posting, remote_offset_from=0, remote_offset_to=120)
        lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
        assert "Berlin, Germany" in text_of(posting)
        assert "facts_against_text" in {finding.rule for finding in findings(fresh(posting))}

    def test_readers_are_not_shown_a_placeholder_or_an_empty_description(self):
        posting = published(
            made_template(description="Pay is {pay}.", benefits="{team}, {closing_day}"), closes_on=None
        )
        no_pay = {"pay_min": None, "pay_max": None, "pay_currency": "", "pay_period": ""}
        change_and_approve(posting, closes_on=day_in(50).isoformat(), **no_pay)
        posting = fresh(posting)
        assert (posting.description, posting.benefits) == ("Pay is $82,000 to $90,000 a year.", "")
        assert "pay_against_text" in {finding.rule for finding in findings(posting)}


class TestPendingChanges:
    def test_a_text_changed_elsewhere_and_filled_in_again_since_is_no_conflict(self):
        posting = published()
        wanted = posting_content(posting) | {
            "benefits": posting.benefits.replace("We answer everybody", "We answer soon")
        }
        change = propose(fresh(posting), wanted=wanted, by=factories.UserFactory(staff=True, groups=["contributor"]))
        lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
        change.refresh_from_db()
        assert conflicting_fields(change) == []
        approve(change, by=factories.UserFactory(staff=True, groups=["editor"]))
        assert f"apply by {written(day_in(50))}. We answer soon." in text_of(posting)

    def test_a_day_written_anew_conflicts_with_the_day_filled_in_since(self):
        posting = published()
        wanted = posting_content(posting) | {"benefits": posting.benefits.replace(str(posting.closes_on.year), "soon")}
        change = propose(fresh(posting), wanted=wanted, by=factories.UserFactory(staff=True, groups=["contributor"]))
        lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
        change.refresh_from_db()
        assert conflicting_fields(change) == ["benefits"]
