"""The page that builds many drafts from one template: a table typed or uploaded, what is wrong with it, then the drafts."""

import uuid
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import path
from unfold import widgets

from careers.files.content_files import FileError
from careers.files.tables.kinds import ENDINGS
from careers.postings.models import PostingTemplate
from careers.postings.posting_templates.build_many import (
    COLUMNS,
    MOST_ROWS,
    as_text,
    build_many,
    own_columns,
    plan,
    read_table,
    typed_name,
)

LARGEST = 1024 * 1024  # bytes


class TableForm(forms.Form):
    """A table typed, pasted from a spreadsheet, or uploaded."""

    table = forms.CharField(
        required=False,
        max_length=LARGEST,
        strip=False,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="The first line names the columns. Cells are parted by commas, or by tabs as a spreadsheet copies them.",
    )
    file = forms.FileField(required=False, label="Or a file", widget=widgets.UnfoldAdminFileFieldWidget)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, template, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = template
        self.fields["file"].help_text = f"{', '.join(ENDINGS)}; at most {LARGEST // 1024} kB and {MOST_ROWS:,} rows."

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > LARGEST:
            raise ValidationError(f"The file has {upload.size // 1024} kB; at most {LARGEST // 1024} kB are read.")
        return upload

    def clean(self):
        cleaned = super().clean()
        upload, text = cleaned.get("file"), cleaned.get("table", "")
        if self.errors:
            return cleaned
        if not upload and not text.strip():
            raise ValidationError("Write a table, or choose a file.")
        content = upload.read() if upload else text.encode()
        name = f"table{PurePath(upload.name).suffix.lower()}" if upload else typed_name(text)
        try:
            cleaned["columns"], cleaned["rows"] = read_table(content, name, self.template)
        except FileError as error:
            raise ValidationError(
                str(error).replace("table.csv", "The table").replace("table.tsv", "The table")
            ) from error
        return cleaned


class BuildManyPages:
    """The part of the template's admin that builds many drafts at once."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.build_many_view)
        return [path("<int:pk>/build-many/", view, name="postings_postingtemplate_build_many"), *super().get_urls()]

    def build_many_view(self, request, pk):
        """The first POST says what each row would become; a POST with the token of that answer builds what can be built."""
        self._require_building(request)
        template = get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)
        sent = request.method == "POST"
        form = TableForm(request.POST if sent else None, request.FILES if sent else None, template=template)
        context = {"template": template, "form": form, "columns": ["employer", *COLUMNS, *own_columns(template)]}
        if sent and form.is_valid():
            rows, columns = plan(template, form.cleaned_data["rows"]), form.cleaned_data["columns"]
            token = form.cleaned_data["token"]
            if token and "build" in request.POST:
                run, is_new = build_many(template=template, rows=rows, token=token.hex, by=request.user)
                context |= {"run": run, "is_new": is_new}
            else:
                table = as_text(columns, form.cleaned_data["rows"])
                context["form"] = TableForm(initial={"table": table, "token": uuid.uuid4()}, template=template)
            context |= {"rows": rows, "buildable": sum(not row.problems for row in rows)}
        context["media"] = self.media + form.media
        return self._page(request, "build_many", f"Many postings from “{template.name}”", context)
