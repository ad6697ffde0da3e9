"""The text of a guide: sections of prose, list items, career steps and articles."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import (
    AddressSlugField,
    LineField,
    Ordered,
    ProseField,
    Slugged,
    Timestamped,
    WebAddressField,
    ascending,
)
from careers.core.slugs import validate_title

MARKDOWN_HELP = (
    "Markdown: separate paragraphs with a blank line, start list items with - and sub-headings with ###, "
    "write links as [text](https://address)."
)


def source_foreign_key(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        "occupations.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="Where it comes from. Leave empty if it is our own.",
    )


class Section(PublicModel, Timestamped):
    part_of = ("role",)

    class Kind(models.TextChoices):
        OVERVIEW = "overview", "What it is"
        WORK = "work", "What you do"
        DAY = "day", "A day in the life"
        REQUIREMENTS = "requirements", "How to get in"
        TOOLS = "tools", "Tools and why"
        PAY = "pay", "How to read the pay figures"
        OUTLOOK = "outlook", "Outlook"
        PATH = "path", "Career path"
        CHALLENGES = "challenges", "Challenges"
        KPIS = "kpis", "How success is measured"
        INTERVIEW = "interview", "The interview"
        PROSPECTS = "prospects", "Why consider it"
        FUTURE = "future", "Where the work is going"
        TIPS = "tips", "Getting started"
        SUMMARY = "summary", "In short"
        UNPLACED = "unplaced", "Not yet placed (visitors do not see it)"

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=20, choices=Kind)
    heading = LineField(max_length=120, blank=True, help_text="Leave empty to show the standard heading for this kind.")
    body = ProseField(help_text=MARKDOWN_HELP)
    source = source_foreign_key("sections")

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "kind"],
                name="section_once_per_kind",
                violation_error_message="The guide already has a section of this kind. Edit that one.",
            )
        ]

    def __str__(self):
        return self.heading or self.get_kind_display()


class Item(PublicModel, Ordered, Timestamped):
    part_of = ("role",)

    class Kind(models.TextChoices):
        RESPONSIBILITY = "responsibility", "Responsibility"
        TASK = "task", "Typical task"
        DAY_ACTIVITY = "day_activity", "Day activity"
        QUALIFICATION = "qualification", "Qualification"
        CHALLENGE = "challenge", "Challenge"
        RESPONSE = "response", "Response to challenges"
        KPI = "kpi", "KPI"
        INTERVIEW_QUESTION = "interview_question", "Interview question"
        TIP = "tip", "Tip"

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20, choices=Kind)
    lead = LineField(
        max_length=200,
        blank=True,
        help_text="The point in a few words, or the interview question. Visitors see it in bold.",
    )
    text = ProseField(blank=True, help_text="One or two sentences. For a question: what a good answer shows.")
    source = source_foreign_key("items")
    source_ref = models.CharField(
        "reference", max_length=50, blank=True, editable=False, help_text="Its key in the source: an O*NET task ID."
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "point"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["role", "kind", "position"], name="item_role_kind_position")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(lead="", text=""),
                name="item_says_something",
                violation_error_message="Enter a lead or a text.",
            )
        ]

    def __str__(self):
        return self.lead or self.text[:80]


class CareerStep(PublicModel, Ordered):
    part_of = ("role",)

    class Kind(models.TextChoices):
        BEFORE = "before", "Before"
        BESIDE = "beside", "Beside"
        AFTER = "after", "After"

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="career_steps")
    kind = models.CharField(max_length=10, choices=Kind)
    to_role = models.ForeignKey(
        "roles.Role", models.CASCADE, null=True, blank=True, related_name="career_steps_from", verbose_name="role"
    )
    to_title = models.CharField(
        "title",
        max_length=120,
        blank=True,
        help_text="Use this if there is no guide to link to. Enter either a role or a title.",
    )
    years_min = models.PositiveSmallIntegerField(
        "years from", null=True, blank=True, help_text="Typical number of years before this step."
    )
    years_max = models.PositiveSmallIntegerField("years to", null=True, blank=True)
    note = LineField(max_length=300, blank=True)
    source = source_foreign_key("career_steps")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_role__isnull=True) ^ Q(to_title=""),
                name="careerstep_role_or_title",
                violation_error_message="Enter either a role or a title, not both.",
            ),
            models.CheckConstraint(
                condition=Q(to_role__isnull=True) | ~Q(to_role=F("role")),
                name="careerstep_leads_elsewhere",
                violation_error_message="A career step cannot lead to the same role. Choose another role.",
            ),
            models.CheckConstraint(
                condition=ascending("years_min", "years_max"),
                name="careerstep_years_ascend",
                violation_error_message="“Years from” is higher than “years to”. Enter the lower number first.",
            ),
        ]

    def __str__(self):
        return self.to_title or str(self.to_role)

    def clean(self):
        # In an inline form the role is not validated with the rest, and neither are constraints that name it.
        if self.to_role_id and self.to_role_id == self.role_id:
            raise ValidationError({"to_role": "A career step cannot lead to the same role. Choose another role."})


class ArticleQuerySet(PublicQuerySet):
    def written(self):
        """Those with a text. Stubs, which have a title only, are not public."""
        return self.exclude(body="")


class Article(PublicModel, Slugged, Timestamped):
    part_of = ("role",)

    class Kind(models.TextChoices):
        RESUME = "resume", "Resume guide"
        COVER_LETTER = "cover_letter", "Cover-letter guide"
        OTHER = "other", "Article"

    slug_source = "title"
    slug_fallback = "article"
    slug_reserved = frozenset({"template", "interview"})

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="articles")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=160, validators=[validate_title])
    slug = AddressSlugField(blank=True, help_text="Part of the web address, after the role's.")
    summary = LineField(max_length=300, blank=True)
    body = ProseField(blank=True, help_text=f"{MARKDOWN_HELP} While this is empty, visitors do not see the article.")
    address = WebAddressField(
        max_length=500,
        blank=True,
        help_text="Where the text that mentioned this article links to. Only staff see this.",
    )

    history = HistoricalRecords()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "slug"],
                name="article_address_once",
                violation_error_message="Another article for this role has this address. Enter another one.",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=["template", "interview"]),
                name="article_address_free",
                violation_error_message="The guide itself uses “template” and “interview”. Enter another address.",
            ),
        ]

    def __str__(self):
        return self.title

    def slug_siblings(self):
        return Article.objects.filter(role=self.role_id)

    def get_absolute_url(self):
        return reverse("roles:article", args=[self.role.slug, self.slug])
