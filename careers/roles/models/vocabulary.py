"""Vocabulary that guides share: skills with their aliases, and industries."""

from django.db import models
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel
from careers.core.models import LineField, Ordered, Slugged, Timestamped
from careers.core.slugs import validate_title

from .content import source_foreign_key


class Skill(PublicModel, Slugged, Timestamped):
    class Kind(models.TextChoices):
        LANGUAGE = "language", "Programming language"
        FRAMEWORK = "framework", "Framework or library"
        TOOL = "tool", "Tool"
        PLATFORM = "platform", "Platform"
        METHOD = "method", "Method"
        KNOWLEDGE = "knowledge", "Knowledge"
        HUMAN = "human", "Working with people"

    TOOL_KINDS = (Kind.LANGUAGE, Kind.FRAMEWORK, Kind.TOOL, Kind.PLATFORM)

    name = models.CharField(max_length=100, unique=True, validators=[validate_title])
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.KNOWLEDGE)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class SkillAlias(PublicModel):
    part_of = ("skill",)

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases")
    name = models.CharField(
        max_length=100, unique=True, help_text="Another name for the same skill, for example Oracle Java for Java."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "skill aliases"

    def __str__(self):
        return self.name


class Industry(PublicModel, Slugged):
    name = models.CharField(max_length=100, unique=True, validators=[validate_title])

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "industries"

    def __str__(self):
        return self.name


class RoleSkill(PublicModel, Ordered):
    """A skill that a role needs, and how much."""

    part_of = ("role",)

    class Necessity(models.TextChoices):
        REQUIRED = "required", "Required"
        PREFERRED = "preferred", "Preferred"
        USEFUL = "useful", "Useful"

    role = models.ForeignKey("roles.Role", models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="role_skills")
    necessity = models.CharField(max_length=20, choices=Necessity, default=Necessity.REQUIRED)
    note = LineField(max_length=300, blank=True, help_text="Why this role needs it, in half a sentence.")
    source = source_foreign_key("role_skills")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "skill"], name="roleskill_once", violation_error_message="This skill is already listed."
            )
        ]

    def __str__(self):
        return f"{self.skill} ({self.get_necessity_display().lower()})"
