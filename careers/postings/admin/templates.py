from django.contrib import admin, messages
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import HistoryWithParts
from careers.postings.admin.forms import TemplateForm
from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.placeholders import KNOWN_BLANKS, blanks_in, template_texts
from careers.postings.posting_templates.sync import Following
from careers.postings.posting_templates.versions import save_template

from .build import BuildingPages
from .build_many import BuildManyPages
from .diff import differences
from .filters import HouseFilter, RowFilter
from .inlines import BlankRows
from .template_drift import DriftPages
from .template_from_role import DraftingPages


@admin.register(PostingTemplate)
class PostingTemplateAdmin(HistoryWithParts, DraftingPages, DriftPages, BuildManyPages, BuildingPages, EditorialAdmin):
    form = TemplateForm
    inlines = [BlankRows]
    history_parts = (TemplateBlank,)
    history_whole = "template"
    list_display = ["name", "role", "owner", "version", "posting_count", "updated_at", "build_link"]
    list_select_related = ["role", "employer"]
    list_filter_submit = True
    list_filter = [
        HouseFilter,
        ("role", RowFilter),
        ("employer", RowFilter),
        ("workplace", ChoicesDropdownFilter),
        ("employment_type", ChoicesDropdownFilter),
    ]
    search_fields = ["name", "title", "role__title", "employer__name"]
    ordering = ["role__title", "name"]
    autocomplete_fields = ["role", "employer", "skills"]
    readonly_fields = ["version"]
    change_form_outer_before_template = "admin/postings/postingtemplate/panel.html"
    change_form_outer_after_template = "admin/postings/postingtemplate/versions.html"
    fieldsets = [
        (None, {"fields": ["role", "employer", "name", "title", "version"]}),
        (
            "Text",
            {
                "description": "A word in braces is a blank. Filled in by itself: "
                + ", ".join(f"{{{name}}}" for name in KNOWN_BLANKS)
                + ". Any other, such as {team}, is declared under “Blanks” and asked for when a posting is built. "
                "Postings built earlier keep their text, but for the locked fields.",
                "fields": [*PostingTemplate.TEXT_FIELDS, "locked"],
            },
        ),
        (
            "Terms",
            {"fields": ["workplace", ("employment_type", "level"), "education", "months_of_experience", "skills"]},
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(built=Count("postings"))

    @display(description="for", ordering="employer__name")
    def owner(self, template):
        return template.employer or "Every employer"

    @display(description="postings built", ordering="built")
    def posting_count(self, template):
        return template.built

    @display(description="build")
    def build_link(self, template):
        address = reverse("admin:postings_postingtemplate_build", args=[template.pk])
        return format_html(
            '<a class="text-primary-600 underline dark:text-primary-500" href="{}">New posting</a>', address
        )

    def view_on_site(self, template):
        """Readers see house templates only."""
        return None if template.employer_id else template.get_absolute_url()

    def save_model(self, request, obj, form, change):
        if change:  # the standard way first, for reverting to an old version; one history entry for both
            obj.skip_history_when_saving = True
            super().save_model(request, obj, form, change)
            del obj.skip_history_when_saving
        save_template(obj, by=request.user, required=form.required_blanks)
        self.tell_following(request, obj)

    def tell_following(self, request, template):
        """What became of the locked fields of its postings, where the save made a new version."""
        following = getattr(template, "following", None) or Following()
        if following.done:
            number = len(following.done)
            told = f"The locked fields of {number} posting{'s' if number > 1 else ''} follow."
            self.message_user(request, told, messages.SUCCESS)
        for posting, reason in following.left:
            self.message_user(request, f"Left as it was: {posting}, {posting.employer}. {reason}", messages.WARNING)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        template = self.get_object(request, object_id)
        panel = self.panel(request, template) if template else None
        return super().change_view(request, object_id, form_url, {"panel": panel, **(extra_context or {})})

    def panel(self, request, template):
        names = blanks_in(*template_texts(template))
        return {
            "template": template,
            "may_build": self.may_build(request),
            "public": self.view_on_site(template),
            "known": [(name, KNOWN_BLANKS[name]) for name in names if name in KNOWN_BLANKS],
            "asked": [blank for blank in template.blanks.all() if blank.name in names],
            "versions": differences(template),
        }
