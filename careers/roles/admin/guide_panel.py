"""What an editor should know of a guide before reading it: cautions, unplaced text, occupations it may belong to."""

from itertools import groupby

from django.http import HttpResponseRedirect
from django.urls import reverse

from careers.core.ids import is_row_id
from careers.roles.figures.cautions import MARKS, Code, cautions_of, guide_cautions
from careers.roles.models import OutlookClaim, PayClaim, Section
from careers.roles.occupation_suggestions import link_suggested, suggested_occupations

MOST_SUGGESTIONS = 10
ORDER = [code for code in Code if code not in MARKS] + list(MARKS)


class GuidePanel:
    """The part of a guide's admin that says what is amiss, and links the occupations it suggests."""

    change_form_outer_before_template = "admin/roles/role/panel.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        role = self.get_object(request, object_id)
        shown = {}
        if role:
            found = suggested_occupations(role)
            shown = {
                "panel": panel_of(role),
                "suggestions": found[:MOST_SUGGESTIONS],
                "more_suggestions": max(0, len(found) - MOST_SUGGESTIONS),
                "may_link": self.may_link(request, role),
            }
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def may_link(self, request, role):
        return request.user.has_perm("roles.add_occupationlink") and self.has_change_permission(request, role)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        chosen = request.POST.get("_link", "")
        if change and is_row_id(chosen) and self.may_link(request, obj):
            self.run_after_save(
                request, lambda role: link_suggested(role, int(chosen), by=request.user), "linked to the occupation"
            )

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        return HttpResponseRedirect(f"{request.path}#occupation_links") if "_link" in request.POST else response


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
    """What is amiss, with (claim, its address, sentence) of each: the grave ones first, those a word explains last."""
    pay = list(PayClaim.objects.filter(role=role).select_related("measured_for"))
    outlook = list(OutlookClaim.objects.filter(role=role).select_related("measured_for"))
    rows = [
        (caution, str(claim), address(claim))
        for claim in [*pay, *outlook]
        for caution in cautions_of(claim, linked_codes)
    ]
    rows += [(caution, where, "") for where, caution in guide_cautions(pay)]
    rows.sort(key=lambda row: ORDER.index(row[0].code))
    return [
        {"label": code.label, "rows": [(text, url, caution.for_editors) for caution, text, url in of_code]}
        for code, of_code in groupby(rows, key=lambda row: row[0].code)
    ]


def address(claim):
    return reverse(f"admin:roles_{claim._meta.model_name}_change", args=[claim.pk])
