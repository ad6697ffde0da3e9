"""The admin of posting templates. Its pages are functions of the sibling modules."""

from django.contrib import admin, messages
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action, display

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import RelatedHistoryMixin
from careers.core.prose import render_with_placeholders
from careers.postings.admin.filters import RowFilter
from careers.postings.admin.pages import PagesMixin
from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.placeholders import KNOWN_PLACEHOLDERS, placeholders_in, template_texts
from careers.postings.posting_templates.versions import save_template

from . import build, build_many, drift, from_role
from .forms import PlaceholderInline, TemplateForm
from .outdated import outdated_note
from .version_history import version_changes


class HouseFilter(DropdownFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("house", "House templates"), ("employer", "Templates of employers")]

    def queryset(self, request, queryset):
        if self.value() in ("house", "employer"):
            return queryset.filter(employer__isnull=self.value() == "house")
        return queryset


@admin.register(PostingTemplate)
class PostingTemplateAdmin(PagesMixin, RelatedHistoryMixin, EditorialAdmin):
    form = TemplateForm
    previewed_fields = PostingTemplate.TEXT_FIELDS
    render_preview = staticmethod(render_with_placeholders)
    inlines = [PlaceholderInline]
    pages = [
        ("draft/<int:pk>/", from_role.draft_view, "draft"),
        ("<int:pk>/drift/", drift.drift_view, "drift"),
        ("<int:pk>/update/", drift.update_view, "update"),
        ("<int:pk>/build-many/", build_many.build_many_view, "build_many"),
        ("<int:pk>/build/", build.build_view, "build"),
        ("build-for-role/<int:pk>/", build.build_for_role_view, "build_for_role"),
        ("build-for-employer/<int:pk>/", build.build_for_employer_view, "build_for_employer"),
    ]
    actions_list = ["draft_from_guide"]
    history_related = (TemplateBlank,)
    history_parent = "template"
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
                "description": "Words in braces are placeholders. Filled in automatically: "
                + ", ".join(f"{{{name}}}" for name in KNOWN_PLACEHOLDERS)
                + ". Add any others, such as {team}, under “Placeholders”. Editors fill them in when they build a posting. "
                "Postings built earlier keep their text, except for locked fields.",
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

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "role":
            kwargs["label"] = "Guide"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

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

    @action(description="New template from a guide", url_path="draft", permissions=["add"], icon="note_add")
    def draft_from_guide(self, request):
        return from_role.draft_view(self, request)

    def view_on_site(self, template):
        """Only house templates have a public page."""
        return None if template.employer_id else template.get_absolute_url()

    def write_row(self, request, obj, form):
        save_template(obj, by=request.user, required=form.required_placeholders)
        self._report_locked_fields(request, obj)
        is_new_version = hasattr(obj, "sync_result")
        if is_new_version and request.user.has_perm("postings.view_posting") and (note := outdated_note(obj)):
            self.message_user(request, note, messages.WARNING)

    def _report_locked_fields(self, request, template):
        """Tells what became of the locked fields of its postings if the save made a new version."""
        result = getattr(template, "sync_result", None)
        if result is None:
            return
        if number := len(result.updated):
            message = f"The locked fields of {number} posting{'s' if number > 1 else ''} follow."
            self.message_user(request, message, messages.SUCCESS)
        for posting, reason in result.refused:
            self.message_user(request, f"Left as it was: {posting}, {posting.employer}. {reason}", messages.WARNING)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # Not from `obj`: a form that was not valid has changed it in memory.
        template = self.get_object(request, str(obj.pk)) if obj else None
        context["panel"] = self._panel(request, template) if template else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _panel(self, request, template):
        names = placeholders_in(*template_texts(template))
        return {
            "template": template,
            "may_build": build.may_build(self, request),
            "public": self.view_on_site(template),
            "known": [(name, KNOWN_PLACEHOLDERS[name]) for name in names if name in KNOWN_PLACEHOLDERS],
            "own": [placeholder for placeholder in template.blanks.all() if placeholder.name in names],
            "versions": version_changes(template),
        }
