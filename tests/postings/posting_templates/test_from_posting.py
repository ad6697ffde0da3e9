"""Save as template: what belongs to one opening becomes a blank, and the name is there once for its owner."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.placeholders import invalid_placeholders, template_texts, unpaired_braces
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.from_posting import template_from_posting
from careers.postings.posting_templates.versions import save_template
from tests import factories
from tests.admin_pages import asked

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def posting():
    closing = date(timezone.localdate().year + 1, 3, 31)
    posting = factories.PostingFactory(
        title="Engineer at Lumen, Berlin",
        employer=factories.EmployerFactory(name="Lumen"),
        role=factories.RoleFactory(),
        closes_on=closing,
        pay_min=Decimal(50_000), pay_max=Decimal(60_000), pay_currency="EUR", pay_period="year",
        apply_email="jobs@lumen.example.com",
        source="feed", source_ref="LUM-2041",
        level="senior",
        description="Lumen in Berlin, Germany wants you. Luminous people of Lumen! {x: 1} and {",
        benefits=f"€50,000 to €60,000 a year. Apply by 31 March {closing.year} ({closing.isoformat()}), "
        "or write to jobs@lumen.example.com about LUM-2041.",
    )  # fmt: skip
    factories.PostingPlaceFactory(posting=posting)
    posting.skills.add(factories.SkillFactory())
    return posting


def test_what_belongs_to_the_opening_becomes_a_blank(posting):
    template = template_from_posting(posting, name="Engineer", by=None)
    assert template.title == "Engineer at {employer}, {place}"
    assert template.description == "{employer} in {place} wants you. Luminous people of {employer}! (x: 1) and ("
    assert template.benefits == (
        "{pay}. Apply by {closing_day} ({closing_day}), or write to {contact} about {reference}."
    )


def test_terms_skills_and_guide_are_kept_and_every_blank_is_declared(posting):
    user = factories.UserFactory()
    template = template_from_posting(posting, name="Engineer", employer=posting.employer, by=user)
    assert (template.level, template.role, template.employer) == ("senior", posting.role, posting.employer)
    assert list(template.skills.all()) == list(posting.skills.all())
    assert {blank.name for blank in template.blanks.all()} == {"contact", "reference"}
    assert not [
        piece for text in template_texts(template) for piece in unpaired_braces(text) + invalid_placeholders(text)
    ]
    assert template.versions.get().made_by == user


def test_a_text_as_built_gets_the_blanks_of_its_template_back():
    template = factories.PostingTemplateFactory(description="Join {team}.", benefits="- {motto}")
    blanks = [TemplateBlank(name="team", label="Which team"), TemplateBlank(name="motto")]
    save_template(template, by=None, placeholders=blanks)
    posting = build_posting(
        template=template,
        employer=factories.EmployerFactory(),
        placeholder_values={"team": "us", "motto": "On"},
        by=None,
    )
    posting.benefits = "- On and on"
    posting.save()
    made = template_from_posting(posting, name="Another", by=None)
    assert (made.description, made.benefits) == ("Join {team}.", "- On and on")
    assert made.blanks.get().label == "Which team"


@pytest.mark.parametrize(("first", "second", "fits"), [
    (None, None, False), ("own", "own", False), (None, "own", True), ("own", "other", True),
])  # fmt: skip
def test_a_name_is_there_once_for_its_owner_whatever_its_case(posting, first, second, fits):
    owners = {None: None, "own": posting.employer, "other": factories.EmployerFactory()}
    factories.PostingTemplateFactory(name="Night Engineer", employer=owners[first])
    if fits:
        assert template_from_posting(posting, name="night engineer", employer=owners[second], by=None).pk
        return
    with pytest.raises(ValidationError, match="with this name already exists"):
        template_from_posting(posting, name="night engineer", employer=owners[second], by=None)
    with pytest.raises(IntegrityError):
        factories.PostingTemplateFactory(name="NIGHT engineer", employer=owners[second])


def test_a_posting_without_guide_is_told_to_name_it(posting):
    posting.role = None
    with pytest.raises(ValidationError, match="guide"):
        template_from_posting(posting, name="Engineer", by=None)


def address(posting):
    return reverse("admin:postings_posting_save_as_template", args=[posting.pk])


def test_the_page_asks_for_a_name_and_opens_the_template(as_group, posting):
    editor = as_group("editor")
    assert asked(editor, address(posting)).context["form"]["name"].value() == posting.title
    assert address(posting) in editor.get(reverse("admin:postings_posting_change", args=[posting.pk])).content.decode()
    response = editor.post(address(posting), {"name": "Engineer", "owner": "employer"})
    template = PostingTemplate.objects.get()
    assert response.url == reverse("admin:postings_postingtemplate_change", args=[template.pk])
    assert template.employer == posting.employer


def test_a_name_taken_is_said_on_the_page(as_group, posting):
    factories.PostingTemplateFactory(name="engineer")
    response = as_group("editor").post(address(posting), {"name": "Engineer", "owner": "house"})
    assert response.context["form"].non_field_errors() == [
        "A house template with this name already exists. Enter another name."
    ]


def test_contributors_make_no_templates_of_postings(as_group, posting):
    client = as_group("contributor")
    assert [client.get(address(posting)).status_code, client.post(address(posting)).status_code] == [403, 403]
    assert not PostingTemplate.objects.exists()


def test_a_posting_ended_long_ago_still_becomes_a_template(posting):
    posting.publish_at -= timedelta(days=400)
    assert template_from_posting(posting, name="Engineer", by=None).pk
