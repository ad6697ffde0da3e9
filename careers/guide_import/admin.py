"""“Import an article”: paste or upload it, look at what would become of each paragraph, then make the draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from careers.core.admin.base import ChoiceBox, is_row_id
from careers.core.models import WebAddressField
from careers.guide_import.readers.decoding import MAX_BYTES
from careers.guide_import.readers.files import read_article
from careers.guide_import.report import report_of
from careers.guide_import.save import bring_in, look
from careers.guide_import.signed_reading import packed, unpacked
from careers.guide_import.target import About
from careers.guide_import.text.blocks import ArticleError
from careers.roles.models import Article, Role
from careers.roles.permissions import OPEN_STATUSES

PAGE = "admin:roles_role_import_article"


class ArticleForm(forms.Form):
    guide = forms.ModelChoiceField(
        Role.objects.filter(status__in=OPEN_STATUSES),
        required=False,
        help_text="A draft or a guide in review that the article adds to.",
    )
    role = forms.CharField(
        label="Or title of the role",
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Where there is no guide yet: Land Surveyor. A guide that readers see is not changed; it gets a new edition.",
    )
    file = forms.FileField(
        required=False, widget=UnfoldAdminFileFieldWidget, help_text=".md, .txt, .html or .docx, up to 5 MB."
    )
    text = forms.CharField(
        label="Or its text",
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text="Pasted as plain text, Markdown or HTML.",
    )
    publisher = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget)
    title = forms.CharField(
        label="Title of the article",
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Left empty, its own.",
    )
    year = forms.RegexField(
        r"^[12]\d{3}$",
        label="Year",
        required=False,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"invalid": "Enter a year of four digits."},
    )
    address = forms.URLField(
        max_length=500, required=False, assume_scheme="https", widget=UnfoldAdminTextInputWidget,
        validators=WebAddressField.default_validators,
    )  # fmt: skip
    reading = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, guide_widget, **kwargs):
        super().__init__(*args, **kwargs)
        guide_widget.choices = self.fields["guide"].choices
        self.fields["guide"].widget = guide_widget

    @property
    def about_fields(self):
        return [self[name] for name in ("publisher", "title", "year", "address")]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(f"The file has {file.size / 1024 / 1024:.1f} MB; an article may have 5 MB.")
        return file

    def clean_role(self):
        title = " ".join(self.cleaned_data["role"].split())
        if title:
            Role._meta.get_field("title").clean(title, None)
        return title

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"role", "guide"} and bool(data.get("guide")) == bool(data.get("role")):
            self.add_error("role", "Choose a guide, or write the title of a role: one of the two.")
        if not self.errors and (given := self._given(data)) is not None:
            data["article"] = given
        return data

    def _given(self, data):
        """The article as read: from the file or the text just given, or as looked at before."""
        file, text = data.get("file"), data.get("text", "")
        if file and text.strip():
            self.add_error("text", "Give a file or a text, not both.")
            return None
        try:
            if file:
                return read_article(file.read(), file.name)
            if text.strip():
                return read_article(text.encode("utf-8", "replace"), "The text")
            if data.get("reading"):
                return unpacked(data["reading"])
        except ArticleError as error:
            self.add_error("file" if file else "text", str(error))
            return None
        self.add_error("file", "Give a file or a text.")
        return None

    @property
    def about(self):
        data = self.cleaned_data
        title = data["guide"].title if data["guide"] else data["role"]
        return About(title, data["publisher"], data["title"], data["year"], data["address"])


class ArticleImport:
    """The part of the guides' admin that imports articles."""

    actions_list = ["import_article"]

    def has_import_article_permission(self, request, obj=None):
        return self.has_add_permission(request) and request.user.has_perm("occupations.add_source")

    @action(
        description="Import an article", url_path="import-article", permissions=["import_article"], icon="upload_file"
    )
    def import_article(self, request):
        return self.import_article_view(request)

    @action(description="Add an article", url_path="add-article", permissions=["import_article"], icon="upload_file")
    def add_article(self, request, object_id):
        return redirect(f"{reverse(PAGE)}?guide={object_id}")

    def import_article_view(self, request):
        """POST with `_make` writes; any other POST only looks."""
        if not self.has_import_article_permission(request):
            raise PermissionDenied
        form = self._article_form(request)
        report = None
        if form.is_bound and form.is_valid():
            if "_make" in request.POST and (made := self._make(request, form)):
                return redirect("admin:roles_role_change", made.merge.role.pk)
            report = self._look(request, form)
        return self._article_page(request, form, report)

    def _article_form(self, request):
        widget = ChoiceBox(Article._meta.get_field("role"), self.admin_site)
        if request.method == "POST":
            return ArticleForm(request.POST, request.FILES, guide_widget=widget)
        guide = request.GET.get("guide", "")
        return ArticleForm(guide_widget=widget, initial={"guide": guide if is_row_id(guide) else None})

    def _look(self, request, form):
        """The report; the article itself goes with the page, so that it need not be given twice."""
        article = form.cleaned_data.get("article")
        try:
            imported = look(article, form.about)
            form.data = form.data.copy()
            form.data["reading"], form.data["text"] = packed(article), ""
        except (ArticleError, ValidationError) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
            return None
        return {"of": report_of(imported), "imported": imported}

    def _make(self, request, form):
        try:
            made = bring_in(form.cleaned_data["article"], form.about, by=request.user)
        except (ArticleError, ValidationError) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
            return None
        for sentence in report_of(made).summary:
            self.message_user(request, sentence, messages.SUCCESS)
        return made

    def _article_page(self, request, form, report):
        context = {
            **self.admin_site.each_context(request),
            "title": "Import an article",
            "opts": self.opts,
            "form": form,
            "report": report["of"] if report else None,
            "imported": report["imported"] if report else None,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/guide_import/import_article.html", context)
