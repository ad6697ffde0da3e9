"""The page that builds many drafts from one template out of a table that was pasted or uploaded."""

import uuid
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from unfold import widgets

from careers.files.errors import FileError
from careers.files.tables.formats import ENDINGS
from careers.postings.admin.pages import render_page
from careers.postings.models import PostingTemplate
from careers.postings.placeholders import own_placeholder_names
from careers.postings.posting_templates.build_many import (
    COLUMNS,
    MOST_ROWS,
    build_many,
    pasted_file_name,
    plan_rows,
    read_table,
    table_as_csv,
)

from .build import require_may_build

LARGEST = 1024 * 1024  # bytes


class TableForm(forms.Form):
    """A table that is typed, pasted from a spreadsheet, or uploaded."""

    table = forms.CharField(
        required=False,
        max_length=LARGEST,
        strip=False,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Put the column names in the first line. Separate cells with commas, or paste them from a spreadsheet.",
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
            raise ValidationError(f"The file is {upload.size // 1024} kB. Choose one of at most {LARGEST // 1024} kB.")
        return upload

    def clean(self):
        cleaned = super().clean()
        upload, text = cleaned.get("file"), cleaned.get("table", "")
        if self.errors:
            return cleaned
        if not upload and not text.strip():
            raise ValidationError("Paste a table or choose a file.")
        content = upload.read() if upload else text.encode()
        name = f"table{PurePath(upload.name).suffix.lower()}" if upload else pasted_file_name(text)
        try:
            cleaned["columns"], cleaned["rows"] = read_table(content, name, self.template)
        except FileError as error:
            raise ValidationError(
                str(error).replace("table.csv", "The table").replace("table.tsv", "The table")
            ) from error
        return cleaned


def build_many_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """The first POST validates the table; a second one, with the token sent back then, builds the valid rows."""
    require_may_build(model_admin, request)
    template = get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)
    is_post = request.method == "POST"
    form = TableForm(request.POST if is_post else None, request.FILES if is_post else None, template=template)
    context = {"template": template, "form": form, "columns": ["employer", *COLUMNS, *own_placeholder_names(template)]}
    if is_post and form.is_valid():
        rows, columns = plan_rows(template, form.cleaned_data["rows"]), form.cleaned_data["columns"]
        token = form.cleaned_data["token"]
        if token and "build" in request.POST:
            run, is_new = build_many(template=template, rows=rows, token=token.hex, by=request.user)
            context |= {"run": run, "is_new": is_new}
        else:
            table = table_as_csv(columns, form.cleaned_data["rows"])
            context["form"] = TableForm(initial={"table": table, "token": uuid.uuid4()}, template=template)
        context |= {"rows": rows, "buildable": sum(not row.problems for row in rows)}
    return render_page(
        model_admin,
        request,
        "admin/postings/postingtemplate/build_many.html",
        f"Bulk create from “{template.name}”",
        media=model_admin.media + form.media,
        **context,
    )
