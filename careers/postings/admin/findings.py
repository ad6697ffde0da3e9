"""The check panel: what the checks say of a posting, at the top of its form, beside its fields, and in the list."""

from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from careers.postings.checks import Severity, findings, rule_labels
from careers.postings.checks.store import ENDED, keep_findings
from careers.postings.models import Posting, PostingFinding

TABS = {"places", "remote_countries"}
COLOURS = {Severity.BLOCKING: "danger", Severity.ADVISORY: "warning"}
MOST_LABELS = 3
OPEN_UP_TO = 6  # more pieces of advice are folded away
# Of what is missing the list says what it is.
MISSING_LABELS = {
    "description": "No description",
    "places": "No place",
    "remote_countries": "No countries",
    "workplace": "No workplace",
    "apply_url": "No way to apply",
}


class SeverityFilter(DropdownFilter):
    """?findings=blocking, advisory (no blocking one among them) or none; as of the last check."""

    title = "findings"
    parameter_name = "findings"

    def lookups(self, request, model_admin):
        return [("blocking", "Something blocks"), ("advisory", "Advice alone"), ("none", "None")]

    def queryset(self, request, queryset):
        rows = PostingFinding.objects.filter(posting=OuterRef("pk"))
        blocking = Exists(rows.filter(severity=Severity.BLOCKING))
        conditions = {"blocking": blocking, "advisory": Exists(rows) & ~blocking, "none": ~Exists(rows)}
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class RuleFilter(DropdownFilter):
    """?rule=title_capitals and so on; an unknown rule filters nothing."""

    title = "rule"
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return sorted(rule_labels().items(), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        if self.value() not in rule_labels():
            return queryset
        return queryset.filter(Exists(PostingFinding.objects.filter(posting=OuterRef("pk"), rule=self.value())))


class FindingsPanel:
    """The part of the posting's admin that shows findings."""

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("findings")

    @display(description="blocks", label=COLOURS)
    def blocking_labels(self, posting):
        return Severity.BLOCKING, labels_of(posting, Severity.BLOCKING)

    @display(description="advice", label=COLOURS)
    def advice_labels(self, posting):
        return Severity.ADVISORY, labels_of(posting, Severity.ADVISORY)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        keep_findings(Posting.objects.get(pk=form.instance.pk))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        posting = self.get_object(request, object_id) if request.method != "POST" else None
        request.posting_findings = findings(posting) if posting and posting.state() not in ENDED else []
        shown = findings_panel(request.posting_findings, posting) if posting else {}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for name, field in form.base_fields.items():
            said = [finding for finding in getattr(request, "posting_findings", []) if finding.field == name]
            if said:
                field.help_text = format_html("{}{}", field.help_text, beside(said))
        return form


def labels_of(posting, severity):
    """A few words for each rule that found something, the first few of many."""
    if posting.state() in ENDED:
        return []
    words = rule_labels()
    found = [finding for finding in posting.findings.all() if finding.severity == severity]
    labels = list(dict.fromkeys(label_of(finding, words) for finding in found))
    more = len(labels) - MOST_LABELS
    return [*labels[:MOST_LABELS], f"{more} more"] if more > 0 else labels


def label_of(finding, words):
    if finding.rule == "missing":
        return MISSING_LABELS.get(finding.field, finding.field)
    return words.get(finding.rule, finding.rule)


def beside(said):
    """What stands under a field; its weight is said in words, not by colour alone."""
    lines = ((f"is-{finding.severity}", finding.severity.label, finding.sentence) for finding in said)
    return format_html_join("", '<span class="field-finding {}"><strong>{}:</strong> {}</span>', lines)


def findings_panel(found, posting):
    rows = [(finding, field_label(posting, finding.field), anchor_of(finding.field)) for finding in found]
    advice = [row for row in rows if not row[0].blocks]
    return {
        "blocking_findings": [row for row in rows if row[0].blocks],
        "advice_findings": advice,
        "advice_open": len(advice) <= OPEN_UP_TO,
    }


def field_label(posting, name):
    field = posting._meta.get_field(name)
    label = str(getattr(field, "verbose_name", "") or name.replace("_", " "))
    return label[:1].upper() + label[1:]


def anchor_of(name):
    return name if name in TABS else f"id_{name}"
