"""A posting built from a template that names every fact, and the acts that change its facts."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from careers.core.money import Pay
from careers.postings import lifecycle
from careers.postings.models import Employer, Posting, TemplateBlank
from careers.postings.posting_templates.build import build_posting
from careers.postings.posting_templates.versions import save_template
from careers.postings.review.proposals import approve, propose
from careers.postings.review.snapshot import posting_content
from careers.postings.text.drift import posting_drift, template_versions
from careers.postings.text.render import Place
from tests import factories

EMPLOYER = "Pebblegate Bank"
DESCRIPTION = "{employer} has an opening in {place}: {title}.\n\nThe work is {workplace}."
BENEFITS = "- Pay: {pay}.\n- Tea\n\nPlease apply by {closing_day}. We answer everybody."


def made_template(**values):
    texts = {
        "title": "Baker",
        "description": DESCRIPTION,
        "requirements": "- {experience} of baking",
        "benefits": BENEFITS,
    }
    return save_template(
        factories.PostingTemplateFactory(**texts | values), by=None, placeholders=[TemplateBlank(name="team")]
    )


def day_in(days) -> date:
    return timezone.localdate() + timedelta(days=days)


def written(day) -> str:
    return date_format(day, "j F Y")


def published(template=None, **values):
    """A live posting in Berlin that pays $82,000 to $90,000 and closes in thirty days."""
    given = {
        "employer": Employer.objects.filter(name=EMPLOYER).first() or factories.EmployerFactory(name=EMPLOYER),
        "places": [Place("DE", city="Berlin")],
        "pay": Pay(Decimal(82_000), Decimal(90_000), "USD", "year"),
        "closes_on": day_in(30),
        "terms": {"workplace": "onsite", "months_of_experience": 24},
    }
    posting = build_posting(template=template or made_template(), by=None, **given | values)
    posting.apply_url = "https://jobs.example.com/1"
    posting.save()
    return lifecycle.publish(posting, by=None)


def fresh(posting):
    return Posting.objects.get(pk=posting.pk)


def text_of(posting):
    posting = fresh(posting)
    return "\n".join([posting.title, *(getattr(posting, field) for field in posting.TEXT_FIELDS)])


def edit(posting, **texts):
    """An edit by hand, without any act."""
    posting = fresh(posting)
    for field, text in texts.items():
        setattr(posting, field, text)
    posting.save()


def change_and_approve(posting, **wanted):
    author = factories.UserFactory(staff=True, groups=["contributor"])
    change = propose(fresh(posting), wanted=posting_content(fresh(posting)) | wanted, by=author)
    return approve(change, by=factories.UserFactory(staff=True, groups=["editor"]))


def drift_states(posting):
    posting = fresh(posting)
    return {drift.field: drift.state.value for drift in posting_drift(posting, template_versions([posting]))}
