"""A changed fact is filled into the posting's text again, whatever act changed it."""

import pytest
from django.urls import reverse

from careers.core.prose import plain_text, render_markdown
from careers.postings import lifecycle
from careers.postings.checks import findings
from careers.postings.models import Employer, Posting
from careers.postings.posting_templates.from_posting import template_from_posting
from careers.postings.posting_templates.sync import Choice, refill_employer, undo_update, update_from_template
from careers.postings.posting_templates.versions import save_template
from tests import factories
from tests.admin_pages import answered, asked, filled, said, sent
from tests.cases import each

from .portals import (
    BENEFITS,
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

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.ignore_template_errors]
CHANGE = "admin:postings_posting_change"


def save_form(client, posting, **changes):
    return answered(client, reverse(CHANGE, args=[posting.pk]), **changes)


def is_as_built(posting):
    return set(drift_states(posting).values()) == {"as_built"}


def test_pay_by_a_pending_change_and_the_closing_day_by_an_extension():
    posting = published()
    old = written(posting.closes_on)
    change_and_approve(posting, pay_min="85000", pay_max="95000")
    lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
    text = text_of(posting)
    assert f"- Pay: $85,000 to $95,000 a year.\n- Tea\n\nPlease apply by {written(day_in(50))}. We answer" in text
    assert "82,000" not in text
    assert old not in text
    assert is_as_built(posting)
    assert not {finding.rule for finding in findings(fresh(posting))} & {"pay_against_text", "closing_day_against_text"}


@each(
    ("changes", "old", "new"),
    [
        ({"pay_max": "99000"}, "$90,000", "$82,000 to $99,000 a year"),
        ({"pay_min": "40", "pay_max": "45", "pay_period": "hour"}, "$82,000", "$40 to $45 an hour"),
        ({"pay_min": "", "pay_max": "", "pay_currency": "", "pay_period": ""}, "Pay:", "- Tea"),
        ({"closes_on": day_in(61)}, "apply by " + written(day_in(30)), f"Please apply by {written(day_in(61))}. We"),
        ({"closes_on": ""}, "apply by", "We answer everybody."),
        ({"title": "Pastry cook"}, "Baker", "Berlin, Germany: Pastry cook."),
        ({"workplace": "hybrid"}, "is on site", "The work is hybrid."),
        ({"months_of_experience": "36"}, "2 years", "- 3 years of baking"),
        ({"places-0-city": "Hamburg"}, "Berlin", "opening in Hamburg, Germany: Baker"),
    ],
)
def test_each_fact_by_the_form(as_editor, changes, old, new):
    posting = published()
    assert old in text_of(posting)
    save_form(as_editor, posting, **changes)
    assert new in text_of(posting)
    assert old not in text_of(posting)
    assert is_as_built(posting)
    assert "Tea" in text_of(posting)


def test_pay_that_becomes_known_brings_its_sentence_back(as_editor):
    posting = published(pay=None)
    assert "Pay" not in text_of(posting)
    save_form(as_editor, posting, pay_min="50000", pay_currency="EUR", pay_period="year")
    assert fresh(posting).benefits.startswith("- Pay: from €50,000 a year.\n- Tea\n")
    assert is_as_built(posting)


def test_facts_and_text_make_one_version_and_an_untouched_save_changes_neither(as_editor):
    posting = published()
    before = posting.history.count()
    save_form(as_editor, posting, closes_on=day_in(70))
    assert posting.history.count() == before + 1
    assert written(day_in(70)) in posting.history.first().benefits
    text = text_of(posting)
    save_form(as_editor, posting)
    assert text_of(posting) == text


def test_another_employer_and_a_new_name_of_the_employer(as_editor):
    posting, draft = published(), lifecycle.clone(published(), by=None)
    other = factories.EmployerFactory(name="Tidewheel Ferries")
    save_form(as_editor, posting, employer=other.pk)
    assert fresh(posting).description.startswith("Tidewheel Ferries has an opening")
    address = reverse("admin:postings_employer_change", args=[draft.employer_id])
    messages = said(answered(as_editor, address, name="Pebblegate & Sons"))
    assert any("filled into the text of 2 postings" in message for message in messages)
    assert fresh(draft).description.startswith("Pebblegate & Sons has an opening")
    assert fresh(posting).description.startswith("Tidewheel Ferries")
    assert is_as_built(draft)
    assert draft.history.first().history_user.username == "eve"


def test_a_new_name_reaches_closed_pages_that_are_still_shown_and_not_withdrawn_ones(as_editor):
    closed, gone = published(), published()
    employer = closed.employer
    Posting.objects.filter(pk=gone.pk).update(employer=employer)
    lifecycle.close(closed, by=None)
    lifecycle.withdraw(fresh(gone), by=None)
    answered(as_editor, reverse("admin:postings_employer_change", args=[employer.pk]), name="Gannet Wind")
    assert "Gannet Wind" in text_of(closed)
    assert "Gannet Wind" not in text_of(gone)


def test_bulk_extension(as_editor):
    postings = [published(), published()]
    data = {
        "action": "extend_selected", "_selected_action": [row.pk for row in postings], "confirmed": "yes",
        "closes_on": day_in(80).isoformat(),
    }  # fmt: skip
    as_editor.post(reverse("admin:postings_posting_changelist"), data)
    for posting in postings:
        assert f"apply by {written(day_in(80))}." in text_of(posting)
        assert is_as_built(posting)


@each("act", [lifecycle.relist, lifecycle.clone])
def test_a_copy_waits_for_its_closing_day_and_then_names_it(as_editor, act):
    posting = published()
    lifecycle.close(posting, by=None)
    new = act(posting, by=None)
    assert "apply by {closing_day}." in text_of(new)
    save_form(as_editor, new, apply_email="jobs@example.com")
    assert "apply by {closing_day}." in text_of(new)
    assert [finding.rule for finding in findings(fresh(new)) if finding.blocks] == ["blank_left"]
    save_form(as_editor, new, closes_on=day_in(90))
    assert f"apply by {written(day_in(90))}." in text_of(new)
    assert is_as_built(new)
    lifecycle.publish(fresh(new), by=None)
    lifecycle.extend(fresh(new), closes_on=day_in(120), by=None)
    assert f"apply by {written(day_in(120))}." in text_of(new)


def test_a_reopened_posting_follows_what_changed_while_it_was_closed():
    posting = published()
    lifecycle.close(posting, by=None)
    Employer.objects.filter(pk=posting.employer_id).update(name="Gannet Wind")
    lifecycle.reopen(fresh(posting), by=None)
    assert fresh(posting).description.startswith("Gannet Wind has")


def test_an_extension_is_not_refused_for_the_day_that_it_changes(settings):
    settings.POSTING_BLOCKING_RULES = ["closing_day_against_text"]
    posting = published()
    lifecycle.close(posting, by=None)
    lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
    assert written(day_in(50)) in text_of(posting)


def test_updates_from_the_template_and_undoing_them_keep_the_facts_of_today():
    template = made_template()
    posting = published(template)
    template.benefits = "- {pay}\n\nUntil {closing_day}."
    save_template(template, by=None)
    update_from_template(fresh(posting), choices={"benefits": Choice.TAKE}, by=None)
    edit(posting, pay_min=85_000)  # a change that nobody filled in
    undo_update(fresh(posting), by=None)
    assert "- Pay: $85,000 to $90,000 a year." in text_of(posting)
    lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
    assert f"apply by {written(day_in(50))}." in text_of(posting)
    assert drift_states(posting)["benefits"] == "moved"


def test_an_update_of_one_text_brings_the_facts_of_the_others_up_to_date():
    template = made_template()
    posting = published(template)
    template.requirements = "Patience."
    save_template(template, by=None)
    edit(posting, pay_min=85_000)  # a change that nobody filled in
    update_from_template(fresh(posting), choices={"requirements": Choice.TAKE}, by=None)
    assert "- Pay: $85,000 to $90,000 a year." in text_of(posting)
    assert is_as_built(posting)


def test_countries_of_remote_work_stand_for_the_place():
    posting = published(terms={"workplace": "remote"}, places=[], remote_countries=["FR"])
    assert "opening in France: Baker" in text_of(posting)
    change_and_approve(posting, remote_countries=["ES", "FR"])
    assert "opening in Spain or France: Baker" in text_of(posting)
    assert is_as_built(posting)


def test_a_title_of_the_template_follows_and_one_of_ones_own_stays(as_editor):
    template = made_template(title="Baker in {place}")
    posting, own = published(template), published(template, title="Night baker")
    for row in (posting, own):
        save_form(as_editor, row, **{"places-0-city": "Hamburg"})
    assert fresh(posting).title == "Baker in Hamburg, Germany"
    assert "Hamburg, Germany: Baker in Hamburg, Germany." in fresh(posting).description
    assert fresh(own).title == "Night baker"
    assert is_as_built(posting)


def test_a_template_made_of_a_refilled_posting_has_its_placeholders_again():
    posting = published()
    lifecycle.extend(posting, closes_on=day_in(50), by=None)
    edit(posting, requirements="Patience.")
    template = template_from_posting(fresh(posting), name="Again", by=None)
    assert (template.benefits, template.requirements) == (BENEFITS, "Patience.")


class TestOldVersionsAndOldForms:
    def test_a_restored_version_has_its_texts_facts_and_what_it_was_built_from(self, as_editor):
        template = made_template()
        posting = published(template)
        version, day = posting.history.first(), posting.closes_on
        lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
        template.benefits = "- {pay}, until {closing_day}"
        save_template(template, by=None)
        update_from_template(fresh(posting), choices={"benefits": Choice.TAKE}, by=None)
        address = reverse("admin:postings_posting_simple_history", args=[posting.pk, version.history_id])
        form = asked(as_editor, address).context["adminform"].form
        as_editor.post(address, {name: value for field in form for name, value in sent(field).items()})
        assert f"apply by {written(day)}." in text_of(posting)
        assert (fresh(posting).closes_on, fresh(posting).template_version) == (day, 1)
        assert drift_states(posting)["benefits"] == "moved"
        lifecycle.extend(fresh(posting), closes_on=day_in(60), by=None)
        assert f"apply by {written(day_in(60))}." in text_of(posting)

    def test_a_form_opened_before_an_extension_and_saved_over_it(self, as_editor):
        posting = published()
        opened = filled(as_editor, reverse(CHANGE, args=[posting.pk]))
        lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
        as_editor.post(reverse(CHANGE, args=[posting.pk]), opened | {"title": "Cook"})
        posting = fresh(posting)
        assert (posting.title, posting.closes_on) == ("Cook", day_in(30))
        assert f"apply by {written(day_in(30))}." in text_of(posting)
        assert is_as_built(posting)


def test_a_list_of_postings_is_refilled_with_few_queries(django_assert_max_num_queries):
    """Nothing is asked for a posting whose text needs no change, beyond the rows of the employer's postings."""
    template = made_template(description="We bake.")
    employer = factories.EmployerFactory()
    for _ in range(3):
        published(template, employer=employer)
    employer.name = "Gannet Wind"
    employer.save()
    with django_assert_max_num_queries(8):
        assert refill_employer(employer, "Nobody", by=None) == ([], [])


def test_old_postings_without_remembered_values_are_left_alone():
    posting = published()
    text = text_of(posting)
    Posting.objects.filter(pk=posting.pk).update(blank_values={}, text_bases={})
    lifecycle.extend(fresh(posting), closes_on=day_in(50), by=None)
    assert text_of(posting) == text
    assert "closing_day_against_text" in {finding.rule for finding in findings(fresh(posting))}


MARKUP = [
    "M*A*S*H Ltd", "__init__ GmbH", "[Company](https://x.example)", "1. FC Baker", "# Baker", "A`B`", "<b>&amp; Sons",
    "~~Old~~ Mill", "A|B", "C:\\Dos_Co", "A{team}B", "- Dash", ">Quote",
]  # fmt: skip


@each("name", MARKUP)
def test_a_name_with_markup_is_shown_as_it_is_and_followed(name):
    employer = factories.EmployerFactory(name=name)
    template = made_template(
        title="Baker at {employer}", description="{employer} is *big*.\n\nCome to {employer}, {place}."
    )
    posting = published(template, employer=employer)
    assert plain_text(posting.description) == f"{name} is big. Come to {name}, Berlin, Germany."
    assert ">Company</a>" not in render_markdown(posting.description)
    assert posting.title == f"Baker at {name.replace('{', '(').replace('}', ')')}"
    assert is_as_built(posting)
    assert not {finding.rule for finding in findings(posting)} & {"facts_against_text", "blank_left", "blank_unknown"}
    copied = template_from_posting(fresh(posting), name="Copy", by=None)
    assert copied.description == template.description

    edit(posting, description=posting.description.replace("big", "vast"))
    employer.name = "Plain Mill"
    employer.save()
    changed, left = refill_employer(employer, name, by=None)
    assert (changed, left) == ([posting], [])
    assert plain_text(fresh(posting).description) == "Plain Mill is vast. Come to Plain Mill, Berlin, Germany."
    assert fresh(posting).title == "Baker at Plain Mill"


@each(
    "sentence, changed",
    [
        ("We pay $82,000 a year.", {"pay_currency": "EUR"}),
        ("We pay $82,000 a year.", {"pay_period": "month"}),
        ("We pay $82,000 to $90,000 a year.", {"pay_currency": "EUR"}),
        ("We pay $82,000 to $90,000 a year.", {"pay_period": "month"}),
    ],
)
def test_pay_typed_into_the_text_is_found_after_a_change_of_its_currency_or_period_alone(as_editor, sentence, changed):
    posting = published(made_template(description=sentence, benefits="- Tea"))
    assert "pay_against_text" not in {finding.rule for finding in findings(posting)}
    save_form(as_editor, posting, **changed)
    assert "pay_against_text" in {finding.rule for finding in findings(fresh(posting))}
