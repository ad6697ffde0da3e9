from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import ProseField, Slugged, Timestamped, WebAddressField
from careers.core.slugs import validate_title

LOGO_BYTES = 512 * 1024
LOGO_PIXELS = 2000
LOGO_FORMATS = {"PNG", "JPEG", "WEBP"}
LOGO_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}  # they decide the content type when the file is served


def validate_logo(upload):
    """PNG, JPEG or WebP by content and by name; at most 512 kB and 2,000 pixels a side."""
    try:
        kilobytes = upload.size // 1024
    except FileNotFoundError as error:
        raise ValidationError("The logo file no longer exists. Choose a new logo or clear this one.") from error
    if upload.size > LOGO_BYTES:
        raise ValidationError(f"The logo is {kilobytes} kB. Choose a file of at most {LOGO_BYTES // 1024} kB.")
    if PurePath(upload.name).suffix.lower() not in LOGO_SUFFIXES:
        raise ValidationError("Choose a file whose name ends in .png, .jpg, .jpeg or .webp.")
    kind, size = _format_and_size(upload)
    if kind not in LOGO_FORMATS:
        raise ValidationError(f"This is a {kind} image. Choose a PNG, JPEG or WebP file.")
    if max(size) > LOGO_PIXELS:
        raise ValidationError(
            f"The logo is {size[0]} × {size[1]} pixels. Choose one of at most {LOGO_PIXELS} pixels per side."
        )


def _format_and_size(upload):
    """Reads the header of the file only; the pixels are not decoded."""
    try:
        upload.seek(0)
        with Image.open(upload) as image:
            found = image.format, image.size
        upload.seek(0)
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError("This file is not an image. Choose a PNG, JPEG or WebP file.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            f"The image is too large. Choose one of at most {LOGO_PIXELS} pixels per side."
        ) from error
    return found


class EmployerQuerySet(PublicQuerySet):
    def public(self, at=None):
        """One of their postings has opened, and was perhaps withdrawn: readers may have seen their name."""
        postings = self.model.postings.rel.related_model.objects
        seen = postings.filter(employer=OuterRef("pk"), status="published", publish_at__lte=at or timezone.now())
        return self.filter(Exists(seen))


class Employer(PublicModel, Slugged, Timestamped):
    slug_fallback = "employer"

    name = models.CharField(max_length=160, validators=[validate_title])
    website = WebAddressField(max_length=500, blank=True)
    logo = models.ImageField(
        upload_to="logos/",
        blank=True,
        validators=[validate_logo],
        help_text="PNG, JPEG or WebP, at most 512 kB. Leave empty to show the employer's initials.",
    )
    about = ProseField(blank=True, help_text="Two or three sentences, in Markdown.")
    contact_email = models.EmailField(
        "contact",
        blank=True,
        help_text="We ask this person whether a job is still open. Only staff see this.",
    )
    verified_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day one of us confirmed that the employer exists and posts its own jobs here.",
    )

    objects = EmployerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="employer_name_once",
                violation_error_message="An employer with this name already exists. Enter another name.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("postings:employer", args=[self.slug])

    def is_public(self, at=None):
        """Only then has the employer a public page."""
        return type(self).objects.public(at).filter(pk=self.pk).exists()

    @property
    def initials(self):
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def logo_url(self):
        """'' where there is no logo or its file is missing; pages then show the initials."""
        return self.logo.url if self.logo and self.logo.storage.exists(self.logo.name) else ""
