from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.core.models import Timestamped
from careers.core.slugs import validate_title

from .text import PostingTerms, PostingText


class PostingTemplateQuerySet(models.QuerySet):
    def house(self):
        return self.filter(employer__isnull=True)


class PostingTemplate(PostingText, PostingTerms, Timestamped):
    """The text of a posting for a role, with blanks such as {employer} and {place}."""

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="templates")
    employer = models.ForeignKey(
        "postings.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="templates",
        help_text="Empty: a house template, offered for every employer and shown to readers.",
    )
    name = models.CharField(max_length=120, validators=[validate_title])
    title = models.CharField(
        max_length=120, validators=[validate_title], help_text="The title a posting built from it starts with."
    )
    version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Rises by one with each change of the text."
    )
    skills = models.ManyToManyField("roles.Skill", blank=True, related_name="templates")

    history = HistoricalRecords(m2m_fields=[skills])
    objects = PostingTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["role__title", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "employer", "name"],
                name="postingtemplate_name_once",
                violation_error_message="The role has a template of this name for this employer already.",
            ),
            models.UniqueConstraint(
                fields=["role", "name"],
                condition=Q(employer__isnull=True),
                name="postingtemplate_name_once_in_house",
                violation_error_message="The role has a template of this name for this employer already.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.employer or 'house template'})"

    def get_absolute_url(self):
        return reverse("roles:template", args=[self.role.slug])


class TemplateVersion(PostingText):
    """The text of a template as it stood at one version."""

    template = models.ForeignKey(PostingTemplate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="templateversion_number_once")]

    def __str__(self):
        return f"{self.template.name}, version {self.number}"
