"""The admin of pages."""

from django.contrib import admin

from careers.core.admin.base import EditorialAdmin

from .models import Page


@admin.register(Page)
class PageAdmin(EditorialAdmin):
    list_display = ["title", "slug", "is_published", "position", "updated_at"]
    list_filter = ["is_published"]
    search_fields = ["title", "text"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "text"]}),
        ("In the footer", {"fields": [("is_published", "position"), ("created_at", "updated_at")]}),
    ]

    def has_change_permission(self, request, obj=None):
        """A published page can only be changed by those who may publish pages."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or not obj.is_published or request.user.has_perm("pages.publish_page")

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.has_perm("pages.publish_page") else [*readonly, "is_published"]
