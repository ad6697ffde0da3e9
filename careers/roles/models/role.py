from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import LineField, Slugged, Timestamped
from careers.core.slugs import validate_title


class RoleQuerySet(PublicQuerySet):
    def published(self):
        return self.filter(status=Role.Status.PUBLISHED)

    def due_for_review(self, on=None):
        """Published guides whose review day has come or is not set."""
        day = on or timezone.localdate()
        return self.published().filter(Q(review_due_on__lte=day) | Q(review_due_on__isnull=True))

    def matching(self, words):
        """Search without the index: titles, alternate titles or summary contain every word. The first eight words count."""
        roles = self
        for word in list(dict.fromkeys(words.split()))[:8]:
            roles = roles.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(pk__in=AlternateTitle.objects.filter(title__icontains=word).values("role"))
            )
        return roles


class Role(PublicModel, Slugged, Timestamped):
    """A role guide."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    slug_source = "title"
    slug_fallback = "role"
    slug_reserved = frozenset({"compare", "explore", "skills"})  # pages in portal/urls.py

    title = models.CharField(max_length=120, unique=True, validators=[validate_title])
    summary = LineField(max_length=300, blank=True, help_text="1 or 2 plain sentences for lists and search engines.")
    status = models.CharField(
        max_length=20,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="Visitors only see published guides.",
    )
    edition = models.CharField(max_length=20, blank=True, help_text="Year or name of this edition, for example 2026.")
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    review_due_on = models.DateField(
        null=True, blank=True, help_text="The guide is listed as due for review from this day."
    )
    industries = models.ManyToManyField("roles.Industry", blank=True, related_name="roles")
    skills = models.ManyToManyField("roles.Skill", through="roles.RoleSkill", related_name="roles")

    history = HistoricalRecords(m2m_fields=[industries])
    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        permissions = [("publish_role", "Can publish and archive role guides")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True)
                | Q(review_due_on__isnull=True)
                | Q(review_due_on__gt=models.F("reviewed_on")),
                name="role_review_due_after_review",
                violation_error_message="Enter a review date after the last review.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("roles:detail", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def mark_reviewed(self, *, by, on=None):
        """Sets the review fields and the next review day. Does not save."""
        self.reviewed_on = on or timezone.localdate()
        self.reviewed_by = by
        self.review_due_on = self.reviewed_on + timedelta(days=settings.GUIDE_REVIEW_DAYS)


class AlternateTitle(PublicModel):
    part_of = ("role",)

    role = models.ForeignKey(Role, models.CASCADE, related_name="alternate_titles")
    title = models.CharField(max_length=120, validators=[validate_title], help_text="Another name people search for.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "title"],
                name="alternatetitle_once",
                violation_error_message="This title is already listed.",
            )
        ]

    def __str__(self):
        return self.title
