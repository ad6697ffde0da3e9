"""The panel above a guide's form: cautions about its figures, unplaced text, suggested occupations."""

from itertools import groupby

from django.urls import reverse

from careers.roles.figures.cautions import MARKS, Code, cautions_of, guide_cautions
from careers.roles.models import OutlookClaim, PayClaim, Section
from careers.roles.occupation_suggestions import suggested_occupations

MAX_SUGGESTIONS = 10
CAUTION_ORDER = [code for code in Code if code not in MARKS] + list(MARKS)


def panel_context(role):
    """The context of templates/admin/roles/role/: panel.html and suggestions.html."""
    suggestions = suggested_occupations(role)
    return {
        "panel": panel_of(role),
        "suggestions": suggestions[:MAX_SUGGESTIONS],
        "more_suggestions": max(0, len(suggestions) - MAX_SUGGESTIONS),
    }


def panel_of(role):
    links = list(role.occupation_links.select_related("occupation"))
    groups = caution_groups(role, [link.occupation.code for link in links])
    return {
        "has_links": bool(links),
        "has_unplaced": role.sections.filter(kind=Section.Kind.UNPLACED).exists(),
        "cautions": groups,
        "caution_count": sum(len(group["rows"]) for group in groups),
    }


def caution_groups(role, linked_codes):
    """Cautions by kind, each with (figure, its admin address, text for editors); those that are only marks come last."""
    pay = list(PayClaim.objects.filter(role=role).select_related("measured_for"))
    outlook = list(OutlookClaim.objects.filter(role=role).select_related("measured_for"))
    rows = [
        (caution, str(claim), admin_url(claim))
        for claim in [*pay, *outlook]
        for caution in cautions_of(claim, linked_codes)
    ]
    rows += [(caution, where, "") for where, caution in guide_cautions(pay)]
    rows.sort(key=lambda row: CAUTION_ORDER.index(row[0].code))
    return [
        {"label": code.label, "rows": [(text, url, caution.for_editors) for caution, text, url in of_code]}
        for code, of_code in groupby(rows, key=lambda row: row[0].code)
    ]


def admin_url(claim):
    return reverse(f"admin:roles_{claim._meta.model_name}_change", args=[claim.pk])
