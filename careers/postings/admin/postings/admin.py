"""The admin of postings. Its pages and columns are functions of the sibling modules."""

from django.contrib import admin, messages
from django.contrib.admin import actions as standard_actions
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from import_export.admin import ExportMixin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.contrib.import_export.forms import ExportForm
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import RelatedHistoryMixin
from careers.core.prose import render_markdown
from careers.core.time_zones import format_in_zone, to_local, to_utc, zone_label
from careers.files.csv_export import SafeCSV
from careers.geo.zones import zone_of_places
from careers.postings.admin import review
from careers.postings.admin.filters import RowFilter
from careers.postings.admin.pages import PagesMixin
from careers.postings.checks import findings
from careers.postings.checks.requirements import unmet_place_requirements
from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.postings.permissions import PUBLISH
from careers.postings.posting_templates.sync import refill_posting, sync_posting
from careers.postings.text.facts import refill

from . import acts, filters, page_status, propose, statistics, template_link
from .columns import LIST_COLUMNS, QUEUE_COLUMNS
from .export import PostingResource
from .findings import add_findings_to_help_texts, findings_panel, warn_of_contradictions
from .forms import LocalMomentField, PostingForm
from .inlines import PlaceInline, RemoteCountryInline
from .panel import posting_panel

State = Posting.State
UNPUBLISHED = (Posting.Status.DRAFT, Posting.Status.IN_REVIEW)


@admin.register(Posting)
class PostingAdmin(PagesMixin, RelatedHistoryMixin, ExportMixin, EditorialAdmin):
    form = PostingForm
    previewed_fields = Posting.TEXT_FIELDS
    render_preview = staticmethod(render_markdown)
    export_form_class = ExportForm
    resource_classes = [PostingResource]
    inlines = [PlaceInline, RemoteCountryInline]
    history_related = (PostingPlace, RemoteCountry)
    history_parent = "posting"
    rows_name = "postings"
    history_hidden_fields = ("slug", "closes_at", "blank_values", "text_bases", "submitted_at", "review_claimed_at")
    # What the restored texts were built from.
    history_restored_fields = ("template_version", "blank_values", "text_bases")
    pages = [
        ("<int:pk>/act/<slug:name>/", acts.act_view, "act"),
        review.CLAIM_PAGE,
        ("<int:pk>/propose/", propose.propose_view, "propose"),
        ("<int:pk>/undo-update/", template_link.undo_update_view, "undo_update"),
        ("<int:pk>/save-as-template/", template_link.save_as_template_view, "save_as_template"),
        ("<int:pk>/when-closed/", page_status.when_closed_view, "when_closed"),
        ("<int:pk>/preview-link/", page_status.preview_link_view, "preview_link"),
        ("<int:pk>/statistics/", statistics.statistics_view, "statistics"),
        ("<int:pk>/statistics.csv", statistics.statistics_csv_view, "statistics_csv"),
    ]
    list_display = LIST_COLUMNS
    list_select_related = ["employer", "role", "template", "submitted_by", "reviewer"]
    list_filter_submit = True
    list_filter = [
        filters.StateFilter,
        review.ReviewFilter,
        filters.MissingFilter,
        filters.SeverityFilter,
        filters.RuleFilter,
        ("employer", RowFilter),
        ("role", RowFilter),
        ("template", RowFilter),
        filters.TemplateDriftFilter,
        ("workplace", ChoicesDropdownFilter),
        ("employment_type", ChoicesDropdownFilter),
        filters.SourceFilter,
    ]
    search_fields = ["title", "employer__name", "=id", "source_ref", "apply_email", "contact_email"]
    search_help_text = "Title, employer, number, reference at the source, or email address."
    date_hierarchy = "publish_at"
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["employer", "role", "skills"]
    actions = [*acts.BULK_ACTIONS, "delete_selected"]
    change_form_outer_before_template = "admin/postings/posting/panel.html"
    readonly_fields = ["built_from", "origin", "relisting", "opened_on"]

    class Media:
        js = ["admin/js/autofocus.js"]

    fieldsets = [
        (None, {"fields": ["title", "employer", "role"]}),
        (
            "Text",
            {
                "description": "Words in braces such as {team} are placeholders: fill them in or remove them before "
                "publishing.",
                "fields": [*Posting.TEXT_FIELDS],
            },
        ),
        (
            "Terms",
            {
                "description": "Enter places of work and countries for remote workers under “Places”.",
                "fields": [
                    "workplace",
                    ("remote_offset_from", "remote_offset_to"),
                    ("employment_type", "level"),
                    "education",
                    "months_of_experience",
                    "skills",
                ],
            },
        ),
        (
            "Pay",
            {
                "description": "Leave both empty if the employer does not state the pay. If you fill in only one, visitors see "
                "“from” or “up to”. You can type 65,000, 82k or €65k.",
                "fields": [("pay_min", "pay_max"), "pay_currency", "pay_period"],
            },
        ),
        (
            "Opening and closing",
            {
                "description": "Times use the time zone below. You cannot change the opening time after visitors have seen the "
                "posting.",
                "fields": ["publish_at", "closes_on", "time_zone"],
            },
        ),
        ("How to apply", {"description": "Fill in at least one.", "fields": ["apply_url", "apply_email"]}),
        ("For staff only", {"fields": ["contact_email"]}),
        ("Where it comes from", {"fields": [("built_from", "origin"), "relisting", ("created_at", "updated_at")]}),
    ]

    # -- List: with ?state=in_review or ?review=... it is the review queue, longest waiting first

    def get_queryset(self, request):
        postings = super().get_queryset(request)
        view_name = request.resolver_match.url_name if request.resolver_match else ""
        if view_name not in ("postings_posting_changelist", "postings_posting_export"):
            return postings
        return statistics.with_totals(postings.prefetch_related("places", "remote_countries", "findings"))

    def get_list_display(self, request):
        return QUEUE_COLUMNS if is_review_queue(request) else LIST_COLUMNS

    def get_ordering(self, request):
        return ["submitted_at", "pk"] if is_review_queue(request) else super().get_ordering(request)

    def row_label(self, posting):
        return f"{posting}, {posting.employer} (no. {posting.pk})"

    # -- Form

    def frozen_fields(self, request, pk):
        """Fields that can no longer be edited in the posting's current state. Asked many times per request."""
        known = request.__dict__.setdefault("frozen_posting_fields", {})
        if pk not in known:
            posting = Posting.objects.select_related("template").filter(pk=pk).first()
            state = posting.state() if posting else State.DRAFT
            frozen = list(posting.template.locked) if posting and posting.template else []
            frozen += ["publish_at"] if state not in State.BEFORE_OPENING else []
            known[pk] = frozen + (["closes_on", "time_zone"] if state in State.ENDED else [])
        return known[pk]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.frozen_fields(request, obj.pk) if obj else [])]

    def get_fieldsets(self, request, obj=None):
        """A frozen opening is shown in the posting's time zone."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or "publish_at" not in self.frozen_fields(request, obj.pk):
            return fieldsets
        return [
            (title, options | {"fields": ["opened_on" if name == "publish_at" else name for name in options["fields"]]})
            for title, options in fieldsets
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "role":
            kwargs["label"] = "Guide"
        if db_field.name == "publish_at":
            kwargs["form_class"] = LocalMomentField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        add_findings_to_help_texts(form.base_fields, getattr(request, "posting_findings", []))
        if field := form.base_fields.get(request.GET.get("missing", "")):
            field.widget.attrs["autofocus"] = True
        return form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method != "POST" and (posting := self.get_object(request, object_id)):
            request.posting_findings = findings(posting) if posting.state() in State.ACTIVE else []
            extra_context = findings_panel(request.posting_findings, posting) | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # Not from `obj`: a form that was not valid has changed it in memory.
        posting = self.get_object(request, str(obj.pk)) if obj else None
        context["panel"] = posting_panel(self, request, posting) if posting else None
        context["show_save_and_add_another"] = False  # the bar has room for what comes next
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if change and form.changed_data and obj.state() in State.ACTIVE:
            refill(obj)  # here, so that facts and text change in one version; places follow in save_related()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Texts may name places and days, so they follow facts and template once everything else is saved."""
        self._take_zone_of_place(request, form, formsets)
        super().save_related(request, form, formsets, change)
        if request.is_unchanged:
            return
        posting = Posting.objects.select_related("employer", "template").get(pk=form.instance.pk)
        has_kept_findings = posting.state() in State.ACTIVE and refill_posting(posting, by=request.user)
        try:
            has_kept_findings |= sync_posting(posting, by=request.user)
        except ValidationError as error:
            message = f"The locked fields did not change. {' '.join(error.messages)}"
            self.message_user(request, message, messages.WARNING)
        if not has_kept_findings:
            keep_findings(posting)
        warn_of_contradictions(self, request, [posting])

    def apply_to_rows(self, request, rows, service, done="changed"):
        changed = super().apply_to_rows(request, rows, service, done)
        warn_of_contradictions(self, request, changed)
        return changed

    def _take_zone_of_place(self, request, form, formsets):
        """A draft takes the time zone of a new or changed place, unless somebody chose another. Times keep their wording."""
        posting, places = form.instance, next((rows for rows in formsets if rows.model is PostingPlace), None)
        if "time_zone" not in form.fields or "time_zone" in form.changed_data or posting.status not in UNPUBLISHED:
            return
        if not places or not places.has_changed() or places.zone in ("", posting.time_zone):
            return
        if posting.time_zone not in ("UTC", zone_of_places(posting.places.all())):  # not that of the place before
            return
        if posting.publish_at:
            posting.publish_at = to_utc(to_local(posting.publish_at, posting.time_zone), places.zone)
        posting.time_zone = places.zone
        message = f"Time zone set to {zone_label(places.zone)}, that of the place. Change it below if needed."
        self.message_user(request, message, messages.INFO)

    def check_restored(self, obj):
        posting = Posting.objects.get(pk=obj.pk)
        if posting.state() in State.LIVE_OR_SCHEDULED and (unmet := unmet_place_requirements(posting)):
            raise ValidationError(f"Visitors can see this posting. {unmet[0].message}")

    def response_change(self, request, obj):
        return acts.run_act_after_save(self, request, obj) or super().response_change(request, obj)

    @display(description="relisting")
    def relisting(self, posting):
        """Links to the posting it was relisted from and to those it was relisted as."""
        related = [("Relisted from", posting.relisted_from)] if posting.relisted_from else []
        related += [("Relisted as", relisting) for relisting in posting.relistings.all()]
        rows = [
            (label, reverse("admin:postings_posting_change", args=[other.pk]), other.pk, other.state().label.lower())
            for label, other in related
        ]
        link = '{} <a class="text-primary-600 underline dark:text-primary-500" href="{}">no. {}</a> ({})'
        return format_html_join("; ", link, rows) or "Not relisted"

    @display(description="opens on")
    def opened_on(self, posting):
        return format_in_zone(posting.publish_at, posting.time_zone) if posting.publish_at else "Not set"

    @display(description="built from")
    def built_from(self, posting):
        if not posting.template_id:
            return "A template deleted since" if posting.template_version else "No template"
        address = reverse("admin:postings_postingtemplate_change", args=[posting.template_id])
        link = '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>, version {}'
        return format_html(link, f"{address}#template-versions", posting.template, posting.template_version)

    @display(description="source")
    def origin(self, posting):
        return f"{posting.source}: {posting.source_ref}" if posting.source else "Written here"

    # -- Permissions

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm(PUBLISH)

    def has_change_permission(self, request, obj=None):
        """Contributors change drafts and postings in review; publishers change any posting."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.status in UNPUBLISHED or self.has_publish_permission(request)

    def may_delete(self, request, posting):
        """Published postings are withdrawn instead; only administrators can delete them."""
        return posting.status != Posting.Status.PUBLISHED or request.user.has_perm("auth.change_user")

    def delete_view(self, request, object_id, extra_context=None):
        posting = self.get_object(request, object_id)
        if not self.has_delete_permission(request, posting):
            raise PermissionDenied
        if posting and not self.may_delete(request, posting):
            self.message_user(request, refusal_to_delete(posting), messages.ERROR)
            return redirect("admin:postings_posting_change", posting.pk)
        return super().delete_view(request, object_id, extra_context)

    @admin.action(description="Delete", permissions=["delete"])
    def delete_selected(self, request, queryset):
        refused = [posting for posting in queryset if not self.may_delete(request, posting)]
        for posting in refused:
            self.message_user(request, refusal_to_delete(posting), messages.ERROR)
        rest = queryset.exclude(pk__in=[posting.pk for posting in refused])
        return standard_actions.delete_selected(self, request, rest) if rest.exists() else None

    # -- Export

    def get_export_queryset(self, request):
        try:
            return super().get_export_queryset(request)
        except (IncorrectLookupParameters, OverflowError) as error:
            raise BadRequest("We cannot filter the export by this value. Choose another filter.") from error

    def get_export_formats(self):
        return [SafeCSV]


def is_review_queue(request):
    return request.GET.get("state") == "in_review" or "review" in request.GET


def refusal_to_delete(posting):
    return f"Not deleted: {posting}. It was published, so people may have saved its address. Withdraw it instead."
