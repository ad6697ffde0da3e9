"""Occupations, the statistical categories of O*NET and SOC, with their details. Imported reference data, not edited."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.core.text import fold_text

from .release import Imported, ImportedQuerySet


class JobZone(Imported):
    """One of O*NET's five levels of preparation that an occupation needs."""

    zone = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=100)
    experience = models.TextField(blank=True)
    education = models.TextField(blank=True)
    training = models.TextField(blank=True)
    examples = models.TextField(blank=True)
    svp_range = models.CharField("SVP range", max_length=50, blank=True)

    class Meta:
        ordering = ["zone"]

    def __str__(self):
        return self.name


class OccupationQuerySet(ImportedQuerySet):
    def onet(self):
        return self.filter(scheme=Occupation.Scheme.ONET)

    def listed(self):
        """Those that readers browse and search: the O*NET occupations of the current release."""
        return self.onet().current()

    def published_for(self, soc_codes):
        """The six-digit SOC occupations under which pay and outlook of these codes are published."""
        return self.filter(scheme=Occupation.Scheme.SOC, level=Occupation.Level.DETAILED, code__in=soc_codes)


class Occupation(Imported):
    """15-2051.00 Data Scientists (O*NET-SOC) or 15-2051 Data Scientists (SOC).

    Tasks, titles and technologies belong to O*NET-SOC occupations; pay and outlook are published for six-digit SOC
    occupations, named by `soc_code`: all 15-1299.xx share 15-1299.
    """

    class Scheme(models.TextChoices):
        ONET = "onet-soc", "O*NET-SOC"
        SOC = "soc", "SOC"

    class Level(models.TextChoices):
        DETAILED = "detailed", "Detailed occupation"
        BROAD = "broad", "Broad occupation"
        MINOR = "minor", "Minor group"
        MAJOR = "major", "Major group"
        TOTAL = "total", "All occupations"

    scheme = models.CharField(max_length=10, choices=Scheme)
    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level, default=Level.DETAILED)
    title = models.CharField(max_length=200)
    title_key = models.CharField(max_length=200, db_index=True, editable=False)
    description = models.TextField(blank=True)
    soc_code = models.CharField("SOC code", max_length=7, db_index=True, help_text="Where its pay is published.")
    job_zone = models.ForeignKey(JobZone, models.PROTECT, null=True, blank=True, related_name="occupations")

    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "level"],
                name="occupation_once",
                violation_error_message="This occupation is already listed.",
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.code})"

    def get_absolute_url(self):
        return reverse("occupations:detail", args=[self.code])

    def save(self, *args, **kwargs):
        self.title_key = fold_text(self.title)
        super().save(*args, **kwargs)

    @property
    def is_onet(self) -> bool:
        return self.scheme == self.Scheme.ONET


class OccupationTitle(Imported):
    """Another title of an occupation. A title may belong to many occupations."""

    part_of = ("occupation",)

    class Kind(models.TextChoices):
        ALTERNATE = "alternate", "Alternate title"
        REPORTED = "reported", "Reported by people in the job"

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="alternate_titles")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ALTERNATE)
    title = models.CharField(max_length=250)
    title_key = models.CharField(max_length=250, db_index=True, editable=False)
    short_title = models.CharField(max_length=150, blank=True)
    sources = models.CharField(max_length=100, blank=True, help_text="O*NET's codes of where the title was found: 08.")
    is_shown_first = models.BooleanField(
        null=True, blank=True, help_text="Whether O*NET's own career site shows it; known of reported titles."
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "kind", "title"],
                name="occupationtitle_once",
                violation_error_message="This title is already listed.",
            )
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.title_key = fold_text(self.title)
        super().save(*args, **kwargs)


class OccupationTask(Imported):
    part_of = ("occupation",)

    class Kind(models.TextChoices):
        CORE = "core", "Core"
        SUPPLEMENTAL = "supplemental", "Supplemental"
        UNRATED = "", "Not rated"

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="tasks")
    task_id = models.CharField("task ID", max_length=12)
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    respondents = models.PositiveIntegerField(null=True, blank=True)
    measured = models.CharField(max_length=10, blank=True, help_text="Month and year of the survey: 08/2023.")
    measured_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "task_id"],
                name="occupationtask_once",
                violation_error_message="This task is already listed.",
            )
        ]

    def __str__(self):
        return self.text[:80]


class OccupationTechnology(Imported):
    part_of = ("occupation",)

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="technologies")
    name = models.CharField(max_length=250)
    commodity_code = models.CharField(max_length=10)
    commodity_title = models.CharField("class", max_length=200)
    is_hot = models.BooleanField("hot", default=False, help_text="Often asked for in postings of any occupation.")
    is_in_demand = models.BooleanField("in demand", default=False, help_text="Often asked for in this occupation.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "occupation technologies"
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "name", "commodity_code"],
                name="occupationtechnology_once",
                violation_error_message="This technology is already listed.",
            )
        ]

    def __str__(self):
        return self.name


class RelatedOccupation(Imported):
    part_of = ("occupation",)

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="related")
    to_occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="related_from")
    tier = models.CharField(max_length=20, help_text="O*NET's step of nearness: Primary-Short, Primary-Long, …")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "to_occupation"],
                name="relatedoccupation_once",
                violation_error_message="This occupation is already listed as related.",
            )
        ]

    def __str__(self):
        return f"{self.occupation_id} to {self.to_occupation_id}, {self.tier}"


class EducationShare(Imported):
    """Percent of the people asked who say that the job requires this level of education."""

    part_of = ("occupation",)

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="education")
    category = models.PositiveSmallIntegerField(help_text="1 (below high school) to 12 (post-doctoral), by O*NET.")
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    respondents = models.PositiveIntegerField(null=True, blank=True)
    is_suppressed = models.BooleanField(
        default=False, help_text="O*NET advises against using it, so we store it but do not show it."
    )
    measured = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "category"],
                name="educationshare_once",
                violation_error_message="This level is already listed.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__range=(0, 100)),
                name="educationshare_is_percent",
                violation_error_message="Enter a share from 0 to 100.",
            ),
        ]

    def __str__(self):
        return f"{self.category}: {self.percent}"


class OccupationSkill(Imported):
    """How important a skill is in an occupation, or at which level it is needed: one rating, with its precision."""

    part_of = ("occupation",)

    class Scale(models.TextChoices):
        IMPORTANCE = "IM", "Importance, 1 to 5"
        LEVEL = "LV", "Level, 0 to 7"

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="skill_ratings")
    element = models.CharField(max_length=20, help_text="O*NET's number of the skill: 2.A.1.a.")
    name = models.CharField(max_length=150)
    scale = models.CharField(max_length=2, choices=Scale)
    rating = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    respondents = models.PositiveIntegerField(null=True, blank=True)
    standard_error = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    lower_bound = models.DecimalField(
        max_digits=7, decimal_places=4, null=True, blank=True, help_text="Of the 95% confidence interval."
    )
    upper_bound = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    is_suppressed = models.BooleanField(
        default=False,
        help_text="O*NET advises against using it because its precision is low. We store it but do not show it.",
    )
    is_irrelevant = models.BooleanField(
        default=False, help_text="Not relevant in this occupation: the level says nothing."
    )
    measured = models.CharField(max_length=10, blank=True)
    measured_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["element", "scale"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "element", "scale"],
                name="occupationskill_once",
                violation_error_message="This rating is already listed.",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True)
                | Q(scale="IM", rating__range=(1, 5))
                | Q(scale="LV", rating__range=(0, 7)),
                name="occupationskill_on_scale",
                violation_error_message="Enter an importance from 1 to 5 and a level from 0 to 7.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_scale_display()}: {self.rating}"
