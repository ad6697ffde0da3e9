"""The form of “Import an article”."""

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from careers.core.models import WebAddressField
from careers.roles.models import Role
from careers.roles.permissions import OPEN_STATUSES

from .pipeline import read_article
from .readers.decoding import MAX_BYTES
from .signed_article import load_signed_article, sign_article
from .target import ArticleDetails
from .text.blocks import ArticleError, ParsedArticle

PLACE = "place-"  # begins the names of the fields in the report, which end in the index of the block


class ArticleForm(forms.Form):
    guide = forms.ModelChoiceField(
        Role.objects.filter(status__in=OPEN_STATUSES),
        required=False,
        help_text="Choose a draft, or a guide in review, to add the article to.",
    )
    role = forms.CharField(
        label="Or the title of a new role",
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="If there is no guide yet, for example Land Surveyor. If a published guide has this title, the "
        "import creates a new edition and does not change it.",
    )
    file = forms.FileField(
        required=False, widget=UnfoldAdminFileFieldWidget, help_text=".md, .txt, .html or .docx, up to 5 MB."
    )
    text = forms.CharField(
        label="Or its text",
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text="Paste plain text, Markdown or HTML. Start list items with bullets, or end the line above the "
        "list with a colon.",
    )
    publisher = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget)
    title = forms.CharField(
        label="Title of the article",
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Leave empty to use the article's own title.",
    )
    year = forms.RegexField(
        r"^[12]\d{3}$",
        label="Year",
        required=False,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"invalid": "Enter a year with 4 digits, for example 2026."},
    )
    address = forms.URLField(
        max_length=500, required=False, assume_scheme="https", widget=UnfoldAdminTextInputWidget,
        validators=WebAddressField.default_validators,
    )  # fmt: skip
    # The article of the last preview, so that it need not be uploaded again.
    reading = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, guide_widget, **kwargs):
        super().__init__(*args, **kwargs)
        guide_widget.choices = self.fields["guide"].choices
        self.fields["guide"].widget = guide_widget

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("publisher", "title", "year", "address")]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(f"The file is {file.size / 1024 / 1024:.1f} MB. Choose one of at most 5 MB.")
        return file

    def clean_role(self):
        title = " ".join(self.cleaned_data["role"].split())
        if title:
            Role._meta.get_field("title").clean(title, None)
        return title

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"role", "guide"} and bool(data.get("guide")) == bool(data.get("role")):
            self.add_error("role", "Choose a guide or enter the title of a new role, but not both.")
        if not self.errors and (article := self._read_article(data)) is not None:
            data["article"] = article
        return data

    def _read_article(self, data: dict) -> ParsedArticle | None:
        """The article in the file, the text or the last preview; None after adding an error."""
        file, text = data.get("file"), data.get("text", "")
        if file and text.strip():
            self.add_error("text", "Choose a file or paste the text, not both.")
            return None
        try:
            if file:
                return read_article(file.read(), file.name)
            if text.strip():
                return read_article(text.encode("utf-8", "replace"), "The text")
            if data.get("reading"):
                data["places"] = self._read_places()
                return load_signed_article(data["reading"])
        except ArticleError as error:
            self.add_error("file" if file else "text", str(error))
            return None
        self.add_error("file", "Choose a file or paste the text of the article.")
        return None

    def _read_places(self) -> dict[int, str]:
        """The places chosen in the preview's report: {index of the block: place}. The placement checks them."""
        chosen = {name.removeprefix(PLACE): self.data[name] for name in self.data if name.startswith(PLACE)}
        if not all(index.isascii() and index.isdecimal() and len(index) < 6 for index in chosen):
            raise ArticleError("We could not read the places you chose. Preview the article again.")
        return {int(index): place for index, place in chosen.items() if place}

    def keep_article(self):
        """Puts the article into the form that the preview shows. Raises ArticleError for one that is too long."""
        signed = sign_article(self.cleaned_data["article"])
        self.data = self.data.copy()
        self.data["reading"], self.data["text"] = signed, ""

    @property
    def places(self) -> dict[int, str]:
        """Empty for an article that was not previewed before: places of another one would be wrong for it."""
        return self.cleaned_data.get("places", {})

    @property
    def details(self) -> ArticleDetails:
        data = self.cleaned_data
        title = data["guide"].title if data["guide"] else data["role"]
        return ArticleDetails(title, data["publisher"], data["title"], data["year"], data["address"])
