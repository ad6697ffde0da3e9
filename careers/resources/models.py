from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import LineField, Ordered, ProseField, Slugged, Timestamped, WebAddressField
from careers.core.slugs import validate_title

TRACKING_PREFIXES = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")


def normalised_url(url):
    """The address without scheme, www., port 80/443, trailing slash, tracking parameters and fragment, to find duplicates."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not pair[0].lower().startswith(TRACKING_PREFIXES)))
    return urlunsplit(("", host + port, parts.path.rstrip("/"), query, "")).removeprefix("//")


class Category(PublicModel, Slugged, Ordered):
    """A category of the directory. There are two levels: a category with a parent has no children."""

    slug_fallback = "category"

    name = models.CharField(max_length=100, validators=[validate_title])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    description = LineField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="category_name_once",
                violation_error_message="A category with this name already exists here. Enter another name.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent__isnull=True),
                name="category_name_once_at_the_top",
                violation_error_message="A category with this name already exists here. Enter another name.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_not_its_own_parent",
                violation_error_message="A category cannot be its own parent. Choose another one.",
            ),
        ]

    def __str__(self):
        return f"{self.parent.name} › {self.name}" if self.parent_id else self.name

    def clean(self):
        if self.parent_id and self.parent.parent_id:
            raise ValidationError({"parent": "The directory has only 2 levels. Choose a parent from the top level."})
        if self.parent_id and self.pk and self.children.exists():
            raise ValidationError(
                {"parent": "This category contains other categories, so it must stay at the top level."}
            )


class ResourceQuerySet(PublicQuerySet):
    def published(self):
        return self.filter(state=Resource.State.PUBLISHED)

    def for_cards(self):
        """With the columns a card shows, and the category."""
        return self.select_related("category__parent").defer("why")


class Resource(PublicModel, Slugged, Timestamped):
    """Something on another site that helps to learn or practise a role."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    class Kind(models.TextChoices):
        COURSE = "course", "Course"
        BOOK = "book", "Book"
        COMMUNITY = "community", "Community"
        TOOL = "tool", "Tool"
        PRACTICE = "practice", "Practice"
        REFERENCE = "reference", "Reference"
        PAPERS = "papers", "Papers"
        VIDEO = "video", "Video"
        NEWSLETTER = "newsletter", "Newsletter"
        PODCAST = "podcast", "Podcast"
        CERTIFICATION = "certification", "Certification"
        JOBS = "jobs", "Jobs and careers"

    class Cost(models.TextChoices):
        FREE = "free", "Free"
        FREEMIUM = "freemium", "Partly free"
        PAID = "paid", "Paid"

    class Level(models.TextChoices):
        ANY = "any", "Any level"
        BEGINNER = "beginner", "Beginner"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"

    slug_fallback = "resource"
    slug_reserved = frozenset({"suggest"})

    name = models.CharField(max_length=160, validators=[validate_title])
    url = WebAddressField("address", max_length=1000)
    normalised_url = models.CharField(max_length=1000, unique=True, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=20, choices=Kind)
    cost = models.CharField(max_length=10, choices=Cost)
    level = models.CharField(max_length=20, choices=Level, default=Level.ANY)
    language = models.CharField(max_length=8, default="en", help_text="Language code, for example en, de or ar.")
    provider = LineField(max_length=160, blank=True, help_text="Who publishes it.")
    summary = LineField(max_length=300, blank=True, help_text="What it is, in one plain sentence.")
    why = ProseField("why it is useful", blank=True, help_text="One or two sentences, in Markdown.")
    disclosure = LineField(
        max_length=300,
        blank=True,
        help_text="Required if the resource is our own or a partner's. Visitors see it beside the name.",
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, db_index=True)
    last_verified_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last checked that the resource is correct."
    )
    last_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    link_broken_since = models.DateField(null=True, blank=True, help_text="The day the link stopped working.")
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    roles = models.ManyToManyField("roles.Role", blank=True, related_name="resources")
    skills = models.ManyToManyField("roles.Skill", blank=True, related_name="resources", verbose_name="skills taught")

    history = HistoricalRecords(m2m_fields=[roles, skills])
    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("publish_resource", "Can publish and archive resources")]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="resource_not_replaced_by_itself",
                violation_error_message="A resource cannot replace itself. Choose another one.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.normalised_url = normalised_url(self.url)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "normalised_url", "updated_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("resources:detail", args=[self.slug])

    def clean(self):
        known = Resource.objects.filter(normalised_url=normalised_url(self.url)).exclude(pk=self.pk).first()
        if known:
            raise ValidationError({"url": f"The directory already has this web address: {known.name}."})

    def replacement(self):
        """The first published resource along `replaced_by`, over any number of steps; None where there is none."""
        seen, replacement = {self.pk}, self.replaced_by
        while replacement and replacement.pk not in seen and replacement.state != Resource.State.PUBLISHED:
            seen.add(replacement.pk)
            replacement = replacement.replaced_by
        return replacement if replacement and replacement.pk not in seen else None

    @property
    def host(self):
        return self.normalised_url.partition("/")[0]
