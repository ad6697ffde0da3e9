from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import actions as standard_actions
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.contrib.import_export.forms import ExportForm
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import HistoryWithParts
from careers.core.time_zones import moment_words
from careers.postings.admin.forms import LocalMomentField, PostingForm
from careers.postings.lifecycle import is_possible
from careers.postings.models import Posting, PostingPlace, RemoteCountry

from .acts import ACTS, PostingActs
from .export import PostingResource
from .filters import LackingFilter, RowFilter, SourceFilter, StateFilter, TemplateDriftFilter
from .findings import FindingsPanel, RuleFilter, SeverityFilter
from .inlines import PlaceRows, RemoteCountryRows
from .page_status import AnswerPages, answer_lines, unmarked_reason
from .proposals import ProposedChanges
from .review_queue import ReviewFilter, ReviewQueue
from .statistics import StatisticsPages
from .status_text import COLOURS, closing_text, what_readers_see
from .template_from_posting import SavingAsTemplate
from .template_updates import FollowingTemplate

State = Posting.State
OPEN_TO_CHANGE = {State.DRAFT, State.IN_REVIEW, State.SCHEDULED}
CLOSED_STATES = {State.CLOSED, State.FILLED, State.WITHDRAWN, State.REJECTED}


@admin.register(Posting)
class PostingAdmin(
    FindingsPanel,
    HistoryWithParts,
    ReviewQueue,
    ProposedChanges,
    FollowingTemplate,
    SavingAsTemplate,
    PostingActs,
    AnswerPages,
    StatisticsPages,
    ExportMixin,
    EditorialAdmin,
):
    form = PostingForm
    export_form_class = ExportForm
    resource_classes = [PostingResource]
    inlines = [PlaceRows, RemoteCountryRows]
    history_parts = (PostingPlace, RemoteCountry)
    history_whole = "posting"
    list_display = [
        "title", "employer", "role", "state_label", "closing", "opens", "pay_text", "blocking_labels",
        "advice_labels",
    ]  # fmt: skip
    list_select_related = ["employer", "role", "template", "submitted_by", "reviewer"]
    list_filter_submit = True
    list_filter = [
        StateFilter,
        ReviewFilter,
        LackingFilter,
        SeverityFilter,
        RuleFilter,
        ("employer", RowFilter),
        ("role", RowFilter),
        ("template", RowFilter),
        TemplateDriftFilter,
        ("workplace", ChoicesDropdownFilter),
        ("employment_type", ChoicesDropdownFilter),
        SourceFilter,
    ]
    search_fields = ["title", "employer__name", "=id", "source_ref", "apply_email", "contact_email"]
    search_help_text = "Title, employer, number, reference at the source, or e-mail address."
    date_hierarchy = "publish_at"
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["employer", "role", "skills"]
    actions = [
        "publish_selected", "schedule_selected", "submit_selected", "claim_selected", "release_selected", "return_selected",
        "extend_selected", "fill_selected", "close_selected", "reopen_selected", "relist_selected", "clone_selected",
        "withdraw_selected", "reject_selected", "delete_selected",
    ]  # fmt: skip
    change_form_outer_before_template = "admin/postings/posting/panel.html"
    readonly_fields = ["built_from", "origin", "relisting", "opened_on"]

    class Media:
        js = ["admin/js/autofocus.js"]

    fieldsets = [
        (None, {"fields": ["title", "employer", "role"]}),
        (
            "Text",
            {
                "description": "Words in braces such as {team} are blanks: fill them in or take them out before publishing.",
                "fields": [*Posting.TEXT_FIELDS],
            },
        ),
        (
            "Terms",
            {
                "description": "The places of work and the countries remote workers may apply from have tabs of their own.",
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
                "description": "Leave both ends empty where pay is not stated. One end alone reads “from” or “up to”.",
                "fields": [("pay_min", "pay_max"), "pay_currency", "pay_period"],
            },
        ),
        (
            "Opening and closing",
            {
                "description": "All times are read in the time zone below: one its clocks skip is the moment they jump; "
                "of one that comes twice the first is meant. Once readers have seen it, its opening stays.",
                "fields": ["publish_at", "closes_on", "time_zone"],
            },
        ),
        ("How to apply", {"description": "One of the two is needed.", "fields": ["apply_url", "apply_email"]}),
        ("For us only", {"fields": ["contact_email"]}),
        ("Where it comes from", {"fields": [("built_from", "origin"), "relisting", ("created_at", "updated_at")]}),
    ]

    # -- List

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("places", "remote_countries")

    @display(description="state", label=COLOURS)
    def state_label(self, posting):
        state = posting.state()
        return state, state.label

    @display(description="closing day", ordering="closes_at")
    def closing(self, posting):
        return closing_text(posting)

    @display(description="opens", ordering="publish_at")
    def opens(self, posting):
        return date_format(localtime(posting.publish_at), "j M Y") if posting.publish_at else ""

    @display(description="pay", ordering="pay_max")
    def pay_text(self, posting):
        return str(posting.pay)

    # -- Form

    def settled_fields(self, request, pk):
        """What no longer changes, by the state in the database now: on a history page `obj` is an old version."""
        known = request.__dict__.setdefault("settled_posting_fields", {})
        if pk not in known:
            posting = Posting.objects.select_related("template").filter(pk=pk).first()
            state = posting.state() if posting else State.DRAFT
            settled = list(posting.template.locked) if posting and posting.template else []
            settled += ["publish_at"] if state not in OPEN_TO_CHANGE else []
            known[pk] = settled + (["closes_on", "time_zone"] if state in CLOSED_STATES else [])
        return known[pk]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.settled_fields(request, obj.pk) if obj else [])]

    def get_fieldsets(self, request, obj=None):
        """An opening that is settled is told with its zone instead of asked for."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or "publish_at" not in self.settled_fields(request, obj.pk):
            return fieldsets
        return [
            (title, given | {"fields": ["opened_on" if name == "publish_at" else name for name in given["fields"]]})
            for title, given in fieldsets
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "publish_at":
            kwargs["form_class"] = LocalMomentField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if field := form.base_fields.get(request.GET.get("missing", "")):
            field.widget.attrs["autofocus"] = True
        return form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        posting = self.get_object(request, object_id)
        panel = self.panel(request, posting) if posting else None
        return super().change_view(request, object_id, form_url, {"panel": panel, **(extra_context or {})})

    def panel(self, request, posting):
        state = posting.state()
        return {
            "posting": posting,
            "state": state,
            "colour": COLOURS[state],
            "readers": what_readers_see(posting),
            "acts": [
                act for act in ACTS.values() if is_possible(act.name, posting) and self.may(request, act, posting)
            ],
            "is_public": posting.is_readable(),
            "drift": self.drift_panel(request, posting),
            "may_save_as_template": self.may_save_as_template(request),
            "answers": answer_lines(posting),
            "unmarked": unmarked_reason(posting) if state not in CLOSED_STATES else "",
            "may_share": self.may_share(request, posting),
            "days_of_link": settings.PREVIEW_LINK_DAYS,
            "is_ended": state in CLOSED_STATES,
            "review": self.review_panel(request, posting),
            "pending": self.pending_panel(request, posting),
        }

    @display(description="relisting")
    def relisting(self, posting):
        """Both ends of the tie: what it was relisted from, and as what it was relisted."""
        ties = [("Relisted from", posting.relisted_from), *(("Relisted as", new) for new in posting.relistings.all())]
        rows = [
            (words, reverse("admin:postings_posting_change", args=[other.pk]), other.pk, other.state().label.lower())
            for words, other in ties
            if other
        ]
        link = '{} <a class="text-primary-600 underline dark:text-primary-500" href="{}">no. {}</a> ({})'
        return format_html_join("; ", link, rows) or "Not relisted"

    @display(description="opens on")
    def opened_on(self, posting):
        return moment_words(posting.publish_at, posting.time_zone) if posting.publish_at else "Not set"

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

    def has_change_permission(self, request, obj=None):
        """Contributors write drafts. What was published is changed by those who publish."""
        if not super().has_change_permission(request, obj):
            return False
        unpublished = (Posting.Status.DRAFT, Posting.Status.IN_REVIEW)
        return obj is None or obj.status in unpublished or self.has_publish_permission(request)

    def may_delete(self, request, posting):
        """What readers have seen is withdrawn, not deleted; those who keep the accounts may delete it all the same."""
        return posting.status != Posting.Status.PUBLISHED or request.user.has_perm("auth.change_user")

    def delete_view(self, request, object_id, extra_context=None):
        posting = self.get_object(request, object_id)
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
            raise BadRequest("The export cannot be filtered by this.") from error

    def get_export_formats(self):
        return [CSV]


def refusal_to_delete(posting):
    return f"Not deleted: {posting}. It was published, so people may hold its address. Withdraw it instead."
