from functools import partial

from django.contrib import admin

from careers.core.admin.base import EditorialAdmin
from careers.core.prose import render_markdown
from careers.roles.models import Article
from careers.roles.permissions import READ_ONLY, GuidePartAdminMixin

from .parts import PartForm


@admin.register(Article)
class ArticleAdmin(GuidePartAdminMixin, EditorialAdmin):
    form = PartForm
    list_display = ["title", "kind", "role", "updated_at"]
    list_filter = ["kind", ("role", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["role"]
    search_fields = ["title", "role__title", "summary"]
    autocomplete_fields = ["role"]
    previewed_fields = ("body",)
    preview_rows = 20
    render_preview = staticmethod(partial(render_markdown, top=2, trusted=True))
    fieldsets = [
        (
            None,
            {
                "description": f"Visitors see an article as soon as its guide is published. {READ_ONLY}",
                "fields": ["role", ("title", "kind"), "slug", "summary", "body", "address"],
            },
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]
