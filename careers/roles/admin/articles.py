from django.contrib import admin

from careers.core.admin.base import EditorialAdmin
from careers.roles.models import Article
from careers.roles.permissions import READ_ONLY, GuidePartAdminMixin


@admin.register(Article)
class ArticleAdmin(GuidePartAdminMixin, EditorialAdmin):
    list_display = ["title", "kind", "role", "updated_at"]
    list_filter = ["kind", ("role", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["role"]
    search_fields = ["title", "role__title", "summary"]
    autocomplete_fields = ["role"]
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
