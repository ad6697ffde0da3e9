"""The fields that templates and postings share: texts and terms of employment."""

from django.core.validators import MaxLengthValidator
from django.db import models

from careers.core import prose
from careers.core.models import ProseField

MARKDOWN_HELP = (
    "Markdown: separate paragraphs with a blank line, start list items with -, write links as [text](https://address)."
)
MAX_CHARACTERS = 30_000  # of one field; the longest of 557 real postings has 18,310 in all fields
LENGTH_VALIDATORS = [MaxLengthValidator(MAX_CHARACTERS)]


class PostingText(models.Model):
    description = ProseField(blank=True, validators=LENGTH_VALIDATORS, help_text=MARKDOWN_HELP)
    responsibilities = ProseField(blank=True, validators=LENGTH_VALIDATORS)
    requirements = ProseField(blank=True, validators=LENGTH_VALIDATORS, help_text="What an applicant must have.")
    preferred = ProseField(blank=True, validators=LENGTH_VALIDATORS, help_text="What is useful but not required.")
    benefits = ProseField(blank=True, validators=LENGTH_VALIDATORS)

    TEXT_HEADINGS = {
        "description": "",
        "responsibilities": "Responsibilities",
        "requirements": "Requirements",
        "preferred": "Nice to have",
        "benefits": "Benefits",
    }
    TEXT_FIELDS = tuple(TEXT_HEADINGS)

    class Meta:
        abstract = True

    @property
    def text_parts(self):
        """(heading, Markdown) of each text that is not blank, in reading order. The description has no heading."""
        parts = [(heading, getattr(self, field)) for field, heading in self.TEXT_HEADINGS.items()]
        return [(heading, text) for heading, text in parts if not prose.is_blank(text)]


class PostingTerms(models.Model):
    class EmploymentType(models.TextChoices):
        FULL_TIME = "full_time", "Full time"
        PART_TIME = "part_time", "Part time"
        CONTRACTOR = "contractor", "Contractor"
        TEMPORARY = "temporary", "Temporary"
        INTERN = "intern", "Internship"
        VOLUNTEER = "volunteer", "Volunteer"
        PER_DIEM = "per_diem", "Per diem"
        OTHER = "other", "Other"

    class Workplace(models.TextChoices):
        ONSITE = "onsite", "On site"
        HYBRID = "hybrid", "Hybrid"
        REMOTE = "remote", "Remote"

    class Level(models.TextChoices):
        ENTRY = "entry", "Entry level"
        JUNIOR = "junior", "Junior"
        MID = "mid", "Mid level"
        SENIOR = "senior", "Senior"
        LEAD = "lead", "Lead"
        DIRECTOR = "director", "Director"

    class Education(models.TextChoices):
        NONE = "none", "No requirement"
        HIGH_SCHOOL = "high_school", "High school"
        CERTIFICATE = "certificate", "Professional certificate"
        ASSOCIATE = "associate", "Associate degree"
        BACHELOR = "bachelor", "Bachelor's degree"
        POSTGRADUATE = "postgraduate", "Postgraduate degree"

    employment_type = models.CharField(max_length=20, choices=EmploymentType, blank=True)
    workplace = models.CharField(
        max_length=10,
        choices=Workplace,
        blank=True,
        help_text="Choose remote only if all of the work can be done remotely.",
    )
    level = models.CharField(max_length=10, choices=Level, blank=True)
    education = models.CharField(
        max_length=20, choices=Education, blank=True, help_text="The lowest education an applicant needs."
    )
    months_of_experience = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="The least experience an applicant needs, in months. Enter 0 if none is needed. Leave empty if it "
        "is not stated.",
    )

    TERM_FIELDS = ("employment_type", "workplace", "level", "education", "months_of_experience")

    class Meta:
        abstract = True

    @property
    def experience_text(self):
        """'2 years', '18 months'; '' where none is needed or none is stated."""
        months = self.months_of_experience
        if not months:
            return ""
        number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
        return f"{number} {unit}{'s' if number > 1 else ''}"
