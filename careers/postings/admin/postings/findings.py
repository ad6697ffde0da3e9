"""Findings of the checks in the admin: at the top of the form, beside its fields, and in the list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from careers.postings.checks import Finding, Severity, rule_labels
from careers.postings.checks.facts import CONTRADICTIONS
from careers.postings.models import Posting, PostingFinding

TABS = {"places", "remote_countries"}
MOST_LABELS = 3
MOST_WARNINGS = 10
OPEN_UP_TO = 6  # more suggestions than this are folded away
# In the list, instead of the rule's own label.
MISSING_LABELS = {
    "description": "No description",
    "places": "No place",
    "remote_countries": "No countries",
    "workplace": "No workplace",
    "apply_url": "No way to apply",
}


def finding_labels(posting: Posting, severity: Severity) -> list[str]:
    """Labels of the rules with a stored finding of this severity; beyond MOST_LABELS only their number."""
    if posting.state() in Posting.State.ENDED:
        return []
    by_rule = rule_labels()
    found = [finding for finding in posting.findings.all() if finding.severity == severity]
    labels = list(dict.fromkeys(_label(finding, by_rule) for finding in found))
    more = len(labels) - MOST_LABELS
    return [*labels[:MOST_LABELS], f"{more} more"] if more > 0 else labels


def _label(finding: PostingFinding, by_rule: dict[str, str]) -> str:
    if finding.rule == "missing":
        return MISSING_LABELS.get(finding.field, finding.field)
    return by_rule.get(finding.rule, finding.rule)


def add_findings_to_help_texts(fields: dict[str, forms.Field], found: Iterable[Finding]) -> None:
    for name, field in fields.items():
        if own := [finding for finding in found if finding.field == name]:
            field.help_text = format_html("{}{}", field.help_text, findings_html(own))


def findings_html(found: Iterable[Finding]) -> str:
    """Names the severity in words, not only by colour."""
    rows = ((f"is-{finding.severity}", finding.severity.label, finding.sentence) for finding in found)
    return format_html_join("", '<span class="field-finding {}"><strong>{}:</strong> {}</span>', rows)


def findings_panel(found: Iterable[Finding], posting: Posting) -> dict:
    rows = [(finding, field_label(posting, finding.field), field_anchor(finding.field)) for finding in found]
    advice = [row for row in rows if not row[0].blocks]
    return {
        "blocking_findings": [row for row in rows if row[0].blocks],
        "advice_findings": advice,
        "advice_open": len(advice) <= OPEN_UP_TO,
    }


def field_label(posting: Posting, name: str) -> str:
    field = posting._meta.get_field(name)
    label = str(getattr(field, "verbose_name", "") or name.replace("_", " "))
    return label[:1].upper() + label[1:]


def warn_of_contradictions(model_admin: Any, request: HttpRequest, postings: Iterable[Posting]) -> None:
    """After an act: says which words of the text contradict the fields and were not filled in again, being edited by hand."""
    found = PostingFinding.objects.filter(rule__in=CONTRADICTIONS, posting__in=[posting.pk for posting in postings])
    found = found.select_related("posting__employer").order_by("posting", "pk")
    found = list(found)
    for finding in found[:MOST_WARNINGS]:
        label = f"{model_admin.row_label(finding.posting)}, {field_label(finding.posting, finding.field)}"
        model_admin.message_user(request, f"{label}: {finding.sentence}", messages.WARNING)
    if (more := len(found) - MOST_WARNINGS) > 0:
        model_admin.message_user(
            request, f"{more} more texts and fields disagree: filter the list by “Rule”.", messages.WARNING
        )


def field_anchor(name: str) -> str:
    return name if name in TABS else f"id_{name}"
