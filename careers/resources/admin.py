"""The admin of categories and resources."""

from django.contrib import admin
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from unfold.decorators import action, display

from careers.core.admin.base import EditorialAdmin, PortalAdmin

from . import services
from .models import Category, Resource

STATE_COLOURS = {"Draft": "info", "Published": "success", "Archived": "danger"}


class VerifiedFilter(admin.SimpleListFilter):
    title, parameter_name = "verified", "verified"

    def lookups(self, request, model_admin):
        return [("never", "Never"), ("once", "At least once")]

    def queryset(self, request, queryset):
        if self.value() in ("never", "once"):
            return queryset.filter(last_verified_on__isnull=self.value() == "never")
        return queryset


@admin.register(Category)
class CategoryAdmin(PortalAdmin):
    list_display = ["branch", "position", "entries", "description"]
    list_select_related = ["parent"]
    search_fields = ["name", "parent__name"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (
            None,
            {
                "description": "The directory has 2 levels. You cannot delete a category that contains resources or "
                "other categories.",
                "fields": ["name", "slug", ("parent", "position"), "description"],
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_entries=Count("resources"))

    def get_ordering(self, request):
        """Each category below its parent."""
        own = F("parent").asc(nulls_first=True)
        return [
            Coalesce("parent__position", "position"),
            Coalesce("parent__name", "name"),
            Coalesce("parent", "pk"),
            own,
            "position",
            "name",
        ]

    def has_change_permission(self, request, obj=None):
        """A category with published resources can only be changed by those who may publish resources."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None or request.user.has_perm("resources.publish_resource"):
            return True
        return not Resource.objects.published().filter(Q(category=obj) | Q(category__parent=obj)).exists()

    @display(description="category")
    def branch(self, category):
        return f"— {category.name}" if category.parent_id else category.name

    @display(description="entries", ordering="number_of_entries")
    def entries(self, category):
        return category.number_of_entries


@admin.register(Resource)
class ResourceAdmin(EditorialAdmin):
    list_display = ["name", "state_label", "kind", "cost", "level", "category", "last_verified_on"]
    list_filter = ["state", VerifiedFilter, "kind", "cost", "level", "category"]
    list_select_related = ["category__parent"]
    date_hierarchy = "created_at"
    search_fields = ["name", "provider", "url", "summary"]
    autocomplete_fields = ["category", "replaced_by", "roles", "skills"]
    readonly_fields = ["state", "last_verified_on", "last_verified_by"]
    history_hidden_fields = ("normalised_url",)
    fieldsets = [
        (None, {"fields": ["name", "slug", "url", ("category", "kind"), ("cost", "level", "language"), "provider"]}),
        (
            "What visitors see",
            {
                "description": "Say what it is and why it helps. Resources from us or our partners need a disclosure.",
                "fields": ["summary", "why", "disclosure", "roles", "skills"],
            },
        ),
        (
            "State",
            {
                "description": "The buttons below change the state. Contributors edit drafts. Editors edit and publish all "
                "resources. “Mark as verified” records that you checked the resource today.",
                "fields": [
                    ("state", "replaced_by"),
                    ("last_verified_on", "last_verified_by"),
                    ("created_at", "updated_at"),
                ],
            },
        ),
    ]
    actions = ["publish_rows", "archive_rows", "return_rows", "verify_rows"]
    actions_submit_line = ["publish_entry", "verify_entry", "return_entry", "archive_entry"]

    # -- Permissions

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.state == Resource.State.DRAFT or self.has_publish_permission(request)

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("resources.publish_resource")

    @display(description="state", ordering="state", label=STATE_COLOURS)
    def state_label(self, resource):
        return resource.get_state_display()

    # -- List actions

    @admin.action(description="Publish", permissions=["publish"])
    def publish_rows(self, request, resources):
        self._act(request, resources, services.publish, "published")

    @admin.action(description="Archive", permissions=["publish"])
    def archive_rows(self, request, resources):
        self._act(request, resources, services.archive, "archived")

    @admin.action(description="Return to draft", permissions=["publish"])
    def return_rows(self, request, resources):
        self._act(request, resources, services.return_to_draft, "returned to draft")

    @admin.action(description="Mark as verified today", permissions=["publish"])
    def verify_rows(self, request, resources):
        self._act(request, resources, services.mark_verified, "marked as verified")

    def _act(self, request, resources, service, done):
        self.apply_to_rows(request, resources, lambda resource: service(resource, by=request.user), done)

    # -- Buttons of the form; each saves the form first

    @action(description="Publish", permissions=["publish"])
    def publish_entry(self, request, obj):
        self._act_after_saving(request, services.publish, "published")

    @action(description="Mark as verified", permissions=["publish"])
    def verify_entry(self, request, obj):
        self._act_after_saving(request, services.mark_verified, "marked as verified")

    @action(description="Return to draft", permissions=["publish"])
    def return_entry(self, request, obj):
        self._act_after_saving(request, services.return_to_draft, "returned to draft")

    @action(description="Archive", permissions=["publish"])
    def archive_entry(self, request, obj):
        self._act_after_saving(request, services.archive, "archived")

    def _act_after_saving(self, request, service, done):
        self.run_after_save(request, lambda resource: service(resource, by=request.user), done)

    def get_actions_submit_line(self, request, object_id):
        """Only the buttons that are possible in the resource's state."""
        possible = {
            Resource.State.DRAFT: {"publish_entry", "verify_entry", "archive_entry"},
            Resource.State.PUBLISHED: {"verify_entry", "return_entry", "archive_entry"},
            Resource.State.ARCHIVED: {"publish_entry", "return_entry"},
        }
        resource = self.get_object(request, str(object_id))
        if resource is None or not self.has_change_permission(request, resource):
            return []
        buttons = super().get_actions_submit_line(request, object_id)
        return [button for button in buttons if button.method.original_function_name in possible[resource.state]]
