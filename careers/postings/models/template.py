from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import Timestamped
from careers.core.slugs import validate_title
from careers.postings.placeholders import KNOWN_PLACEHOLDERS, PLACEHOLDER, placeholder_name

from .text import PostingTerms, PostingText


def validate_text_fields(names):
    if not isinstance(names, list) or not set(names) <= set(PostingText.TEXT_FIELDS):
        raise ValidationError(f"A list of text fields: {', '.join(PostingText.TEXT_FIELDS)}.")


class PostingTemplateQuerySet(PublicQuerySet):
    def house(self):
        return self.filter(employer__isnull=True)


class PostingTemplate(PublicModel, PostingText, PostingTerms, Timestamped):
    """The text of postings for a role, with placeholders such as {employer} and {place}."""

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="templates")
    employer = models.ForeignKey(
        "postings.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="templates",
        help_text="Leave empty for a house template, which every employer can use and visitors can see.",
    )
    name = models.CharField(max_length=120, validators=[validate_title])
    title = models.CharField(
        max_length=120,
        validators=[validate_title],
        help_text="The title that new postings from this template start with.",
    )
    version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Goes up by 1 with each change to the text."
    )
    locked = models.JSONField(
        "locked fields",
        default=list,
        blank=True,
        validators=[validate_text_fields],
        help_text="Nobody can edit these texts in postings: they follow the template until the posting ends.",
    )
    skills = models.ManyToManyField("roles.Skill", blank=True, related_name="templates")

    history = HistoricalRecords(m2m_fields=[skills])
    objects = PostingTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["role__title", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "employer",
                condition=Q(employer__isnull=False),
                name="postingtemplate_name_once_at_employer",
                violation_error_message="A template with this name already exists for this employer. Enter another name.",
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(employer__isnull=True),
                name="postingtemplate_name_once_in_house",
                violation_error_message="A house template with this name already exists. Enter another name.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.employer or 'house template'})"

    def get_absolute_url(self):
        return reverse("roles:template", args=[self.role.slug])


class TemplateBlank(PublicModel):
    """A placeholder declared by a template; editors fill it in when they build a posting."""

    part_of = ("template",)

    template = models.ForeignKey(PostingTemplate, models.CASCADE, related_name="blanks")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=40, help_text="The name in the braces, for example team for {team}.")
    label = models.CharField(
        max_length=80, blank=True, help_text="The question for the editor. Leave empty to use the name."
    )
    example = models.CharField(max_length=120, blank=True)
    is_required = models.BooleanField(
        "required", default=False, help_text="Editors must fill this in before they can build a posting."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "placeholder"
        constraints = [
            models.UniqueConstraint(
                fields=["template", "name"],
                name="templateblank_once",
                violation_error_message="This placeholder is already declared.",
            )
        ]

    def __str__(self):
        return f"{{{self.name}}}"

    def clean_fields(self, exclude=None):
        self.name = placeholder_name(self.name)
        super().clean_fields(exclude)

    def clean(self):
        if not PLACEHOLDER.fullmatch(str(self)):
            raise ValidationError(
                {"name": "Start the name with a letter, then use only letters, digits and spaces, for example team."}
            )
        if self.name in KNOWN_PLACEHOLDERS:
            raise ValidationError({"name": f"{self} is filled in automatically, so you don't need to declare it."})

    @property
    def spoken(self):
        return self.label or self.name.replace("_", " ").capitalize()


class TemplateVersion(PublicModel, PostingText):
    """The texts of a template at one version. Postings remember the version they were built from."""

    part_of = ("template",)

    template = models.ForeignKey(PostingTemplate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120, default="")
    locked = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    # Labels and examples of placeholders are not part of the text; they have a history of their own.
    KEPT = ("title", *PostingText.TEXT_FIELDS, "locked")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="templateversion_number_once")]

    def __str__(self):
        return f"{self.template.name}, version {self.number}"


class BuildRun(models.Model):
    """One confirmed table of postings built from a template. The unique token keeps it from being built twice."""

    template = models.ForeignKey(PostingTemplate, models.CASCADE, related_name="build_runs")
    token = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    built = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["token"],
                name="buildrun_token_once",
                violation_error_message="This table has already been built.",
            )
        ]

    def __str__(self):
        return f"{self.built} from {self.template.name}"
