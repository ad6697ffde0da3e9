from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from careers.core.admin.base import EditorialAdmin
from careers.postings.models import CannedReply


@admin.register(CannedReply)
class CannedReplyAdmin(EditorialAdmin):
    list_display = ["title", "use", "body", "updated_at"]
    list_filter_submit = True
    list_filter = [("use", ChoicesDropdownFilter)]
    search_fields = ["title", "body"]
    ordering = ["title"]
    fieldsets = [
        (
            None,
            {
                "description": "Offered when you return or reject a posting or a change. Editing a reply does not change "
                "reasons already sent.",
                "fields": ["title", "use", "body", ("created_at", "updated_at")],
            },
        )
    ]
