"""Findings of postings in the database: what blocks, near-duplicates, the guide, and the rows kept for the list."""

from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from careers.postings.checks import blocking, findings
from careers.postings.checks.store import keep_findings
from careers.postings.lifecycle import clone, fill, publish
from careers.postings.models import Posting, PostingFinding
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.sync import Choice, update_from_template
from careers.postings.posting_templates.versions import save_template
from careers.postings.review.proposals import approve, propose
from careers.postings.review.snapshot import posting_content
from careers.roles.models import RoleSkill
from tests import factories
from tests.admin_pages import complete

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TEXT = " ".join(f"Weigh parcel number {number} and write its weight down." for number in range(30))


def names(posting, at=None):
    return {finding.rule for finding in findings(posting, at)}


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"apply_url": ""}, "missing"),
        ({"description": "{team}"}, "blank_left"),
        ({"closes_on": timezone.localdate() - timedelta(days=1)}, "closing_day"),
        ({"description": "Lorem ipsum."}, "dummy_text"),
    ],
)
def test_publishing_is_refused_while_a_blocking_finding_stands_and_names_it(fault, rule, settings):
    posting = complete(draft=True, **fault)
    [finding] = blocking(posting)
    assert finding.rule == rule
    with pytest.raises(ValidationError) as refused:
        publish(posting, by=None)
    assert finding.sentence in refused.value.messages[0]
    posting.refresh_from_db()
    assert posting.status == posting.Status.DRAFT


def test_a_template_that_moved_on_is_told_at_each_field():
    template = factories.PostingTemplateFactory(description="We bake.", benefits="Bread.")
    save_template(template, by=None)
    posting = build_posting(template=template, employer=factories.EmployerFactory(), by=None)
    assert "template_drift" not in names(posting)
    template.benefits = "Bread and butter."
    save_template(template, by=None)
    [finding] = [finding for finding in findings(posting) if finding.rule == "template_drift"]
    assert (finding.field, finding.blocks) == ("benefits", False)
    assert "template has changed" in finding.sentence


def test_the_setting_says_which_rules_block(settings):
    posting = complete(draft=True, title="SENIOR DATA ANALYST")
    assert blocking(posting) == []
    settings.POSTING_BLOCKING_RULES = ["title_capitals"]
    with pytest.raises(ValidationError, match="capitals"):
        publish(posting, by=None)


def test_what_is_missing_blocks_whatever_the_setting_says(settings):
    settings.POSTING_BLOCKING_RULES = []
    assert [finding.rule for finding in blocking(factories.PostingFactory(draft=True))] == ["missing"]


def test_blocking_findings_come_first():
    severities = [finding.blocks for finding in findings(factories.PostingFactory(draft=True, title="JOBS GALORE"))]
    assert severities == sorted(severities, reverse=True)
    assert True in severities
    assert False in severities


# -- Near-duplicates


def test_the_same_text_at_the_same_employer_and_place_is_a_near_duplicate_with_its_link():
    first = complete(description=TEXT)
    second = complete(draft=True, employer=first.employer, description=f"{TEXT} Today.")
    [finding] = [finding for finding in findings(second) if finding.rule == "near_duplicate"]
    assert finding.link == f"/admin/postings/posting/{first.pk}/change/"


@pytest.mark.parametrize("change", [{"closed": True}, {"draft": True}, {"description": "Other work. " * 30}])
def test_a_posting_that_is_not_open_or_reads_otherwise_is_no_near_duplicate(change):
    first = complete(**{"description": TEXT, **change})
    assert "near_duplicate" not in names(complete(draft=True, employer=first.employer, description=TEXT))


def test_the_same_vacancy_elsewhere_is_another_posting():
    first = complete(description=TEXT)
    second = factories.PostingFactory(draft=True, employer=first.employer, description=TEXT)
    factories.PostingPlaceFactory(posting=second, country="FR", city="Lyon")
    assert "near_duplicate" not in names(second)


def test_the_same_title_at_the_same_employer_and_place_is_asked_about():
    first = complete(title="Weigher")
    assert "near_duplicate" in names(complete(draft=True, employer=first.employer, title="weigher"))


def test_a_text_shared_by_a_template_is_no_copy():
    template = factories.PostingTemplateFactory()
    shared = {"role": template.role, "title": "Weigher", "description": TEXT}
    complete(template=template, **shared)
    assert "near_duplicate" not in names(complete(draft=True, template=template, **shared))
    assert "near_duplicate" in names(complete(draft=True, **shared))


def test_finding_near_duplicates_costs_the_same_for_a_few_and_for_many(django_assert_num_queries):
    posting = complete(draft=True)
    counts = []
    for number in (2, 12):
        for _ in range(number):
            complete(employer=posting.employer)
        with django_assert_num_queries(10, exact=False) as queries:
            findings(posting)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# -- The guide


def test_skills_are_compared_with_those_of_the_guide():
    needed, alias = factories.SkillFactory(name="Weighing"), factories.SkillAliasFactory(name="Scales")
    role = factories.RoleFactory()
    for skill in (needed, alias.skill):
        factories.RoleSkillFactory(role=role, skill=skill, necessity=RoleSkill.Necessity.REQUIRED)
    posting = complete(role=role, description="You know your scales.")
    posting.skills.add(factories.SkillFactory(name="Juggling"))
    found = {finding.rule: finding.sentence for finding in findings(posting)}
    assert "does not list Juggling" in found["skills_unknown"]
    assert "requires Weighing;" in found["skills_absent"]


def test_a_posting_that_names_what_the_guide_requires_is_in_order():
    entry = factories.RoleSkillFactory()
    posting = complete(role=entry.role)
    posting.skills.add(entry.skill)
    assert {"skills_unknown", "skills_absent", "no_guide"}.isdisjoint(names(posting))


def test_a_posting_without_guide_is_told_of():
    assert "no_guide" in names(complete())


# -- Rows kept for the list


def kept(posting):
    return set(posting.findings.values_list("rule", flat=True))


def test_an_act_brings_the_kept_findings_up_to_date():
    posting = complete(draft=True, title="SENIOR DATA ANALYST")
    publish(posting, by=None)
    assert "title_capitals" in kept(posting)


def approved(posting):
    editor = factories.UserFactory(superuser=True)
    change = propose(posting, wanted=posting_content(posting) | {"title": "Pastry cook"}, by=editor)
    return Posting.objects.get(pk=approve(change, by=editor).posting_id)


def updated_from_its_template(posting):
    template = factories.PostingTemplateFactory(description="We bake.")
    save_template(template, by=None)
    posting = build_posting(template=template, employer=posting.employer, by=None)
    template.description = "We bake bread."
    save_template(template, by=None)
    posting.findings.all().delete()
    return update_from_template(posting, choices={"description": Choice.TAKE}, by=None)


@pytest.mark.parametrize("way", [partial(clone, by=None), approved, updated_from_its_template])
def test_every_way_to_another_text_brings_the_kept_findings_up_to_date(way):
    posting = way(complete())
    assert kept(posting) == names(posting) != set()


def test_what_has_ended_keeps_no_findings():
    posting = complete(title="SENIOR DATA ANALYST")
    keep_findings(posting)
    fill(posting, by=None)
    assert kept(posting) == set()


def test_keeping_writes_only_where_something_changed():
    posting = complete()
    assert keep_findings(posting)
    before = list(posting.findings.values_list("pk", flat=True))
    assert not keep_findings(posting)
    assert list(posting.findings.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("command", ["check_postings", "close_due"])
def test_the_daily_run_follows_the_clock_and_forgets_what_ended(command):
    posting, over = complete(), complete(closed=True)
    keep_findings(over, timezone.now() - timedelta(days=30))
    output = StringIO()
    call_command(command, stdout=output)
    assert "Postings checked: 1" in output.getvalue()
    assert kept(posting)
    assert not PostingFinding.objects.filter(posting=over).exists()
