from difflib import unified_diff
from itertools import zip_longest

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from careers.core.admin import EditorialAdmin
from careers.postings.admin_forms import TemplateForm
from careers.postings.building import KNOWN_BLANKS, blanks_in, save_template, template_texts
from careers.postings.models import PostingTemplate

from .builder import BuildingPages
from .drafting import DraftingPages
from .filters import HouseFilter, RowFilter

VERSIONS_SHOWN = 20


@admin.register(PostingTemplate)
class PostingTemplateAdmin(DraftingPages, BuildingPages, EditorialAdmin):
    form = TemplateForm
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
                + ". Any other, such as {team}, is asked for when a posting is built. Postings built earlier keep their text.",
                "fields": [*PostingTemplate.TEXT_FIELDS],
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
        save_template(obj, by=request.user)

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
            "asked": [name for name in names if name not in KNOWN_BLANKS],
            "versions": differences(template),
        }


def differences(template):
    """The newest versions, each with the lines that changed since the one before."""
    versions = list(template.versions.select_related("made_by")[: VERSIONS_SHOWN + 1])
    pairs = zip_longest(versions, versions[1:])
    return [(version, changed_lines(before, version) if before else []) for version, before in pairs][:VERSIONS_SHOWN]


def changed_lines(before, after):
    """(mark, text) of each line taken out (-), added (+) or standing beside one of those."""
    lines = []
    for field in before.TEXT_FIELDS:
        old, new = getattr(before, field).splitlines(), getattr(after, field).splitlines()
        changed = list(unified_diff(old, new, lineterm="", n=1))[2:]  # without the two lines that name files
        if changed:
            lines.append(("#", field.capitalize()))
            lines += [(line[0], line[1:]) for line in changed if line[0] != "@"]
    return lines
