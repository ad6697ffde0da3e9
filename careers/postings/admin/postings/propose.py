"""The page on which people who may not publish propose a change of a live or scheduled posting."""

from functools import partial
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from unfold import widgets

from careers.core.admin.formsets import LimitedFormSet
from careers.geo.countries import country_choices
from careers.geo.forms import PlaceForm
from careers.postings.admin.pages import object_or_404, render_page
from careers.postings.checks.requirements import place_requirement
from careers.postings.models import PendingChange, Posting, PostingPlace
from careers.postings.review.proposals import propose
from careers.postings.review.snapshot import PLACE_FIELDS, apply_fields, content_fields, posting_content

from .forms import PostingForm

OPENED_CONTENT = "_opened_content"  # name of a form input


class ProposedPlaceForm(PlaceForm):
    class Meta:
        model = PostingPlace
        fields = PLACE_FIELDS
        widgets = {"country": widgets.UnfoldAdminSelectWidget, "city": widgets.UnfoldAdminTextInputWidget}


PlaceForms = forms.formset_factory(ProposedPlaceForm, formset=LimitedFormSet, extra=2, can_delete=True)


class ProposalForm(PostingForm):
    """The posting's form with its places and countries in one. Nothing is saved; see ``wanted``."""

    remote_countries = forms.MultipleChoiceField(
        label="Countries to apply from",
        required=False,
        choices=country_choices,
        widget=widgets.UnfoldAdminSelect2MultipleWidget,
        help_text="For remote work: the countries people can apply from.",
    )

    def __init__(self, *args, instance, opened, wanted=None, **kwargs):
        """It starts with ``opened``, a posting_content(), and ``wanted``, the content of an earlier proposal."""
        content = opened | (wanted or {})
        apply_fields(instance, content)
        initial = {"skills": content["skills"], "remote_countries": content["remote_countries"]}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.places = PlaceForms(self.data if self.is_bound else None, initial=content["places"], prefix="places")

    def is_valid(self):
        return all([super().is_valid(), self.places.is_valid(), self._meets_place_requirement()])

    def _meets_place_requirement(self):
        if not self.places.is_valid() or not hasattr(self, "cleaned_data"):
            return True
        unmet = place_requirement(
            self.instance.workplace,
            has_places=bool(self._places()),
            has_countries=bool(self.cleaned_data.get("remote_countries")),
            has_span=bool(self.instance.remote_span),
        )
        if unmet:
            self.add_error(
                None, "Visitors can see this posting, so it must say where the work is. Add a place or a country."
            )
        return unmet is None

    def _places(self):
        rows = [row for row in self.places.cleaned_data if row and not row.get("DELETE")]
        places = [{field: row[field] for field in PLACE_FIELDS} for row in rows if row.get("country")]
        return [place for number, place in enumerate(places) if place not in places[:number]]

    @property
    def wanted(self) -> dict:
        """The whole posting_content() the author asks for."""
        skills = [skill.pk for skill in self.cleaned_data.get("skills", [])]
        return posting_content(self.instance, self._places(), self.cleaned_data["remote_countries"], skills)


def may_propose(model_admin: Any, request: HttpRequest, posting: Posting) -> bool:
    if not request.user.has_perms(["postings.change_posting", "postings.add_pendingchange"]):
        return False
    return posting.state() in Posting.State.LIVE_OR_SCHEDULED and not model_admin.has_publish_permission(request)


def pending_panel(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> dict:
    change = posting.pending_changes.unsettled().select_related("submitted_by").first()
    is_free = not change or change.submitted_by == request.user
    return {"change": change, "may_propose": is_free and may_propose(model_admin, request, posting)}


def propose_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    posting = object_or_404(model_admin, request, pk)
    if not may_propose(model_admin, request, posting):
        raise PermissionDenied
    title = f"Change {posting}"  # before the form changes the posting in memory
    change = posting.pending_changes.unsettled().filter(submitted_by=request.user).first()
    opened = _opened_content(request, posting)
    form = _proposal_form(model_admin, request, posting, opened, change)
    if request.method == "POST" and form.is_valid():
        try:
            change = propose(Posting.objects.get(pk=pk), wanted=form.wanted, opened=opened, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            message = "You have submitted your change. Visitors see the old version until an editor approves it."
            model_admin.message_user(request, message)
            return redirect("admin:postings_pendingchange_change", change.pk)
    return render_page(
        model_admin,
        request,
        "admin/postings/posting/propose.html",
        title,
        form=form,
        change=change,
        opened_content=signing.dumps(opened, salt=_salt(posting), compress=True),
        media=model_admin.media + form.media + form.places.media,
        back=reverse("admin:postings_posting_change", args=[posting.pk]),
    )


def _opened_content(request: HttpRequest, posting: Posting) -> dict:
    """What the posting said when the form was opened. The form carries it, since others may save the posting meanwhile."""
    now = posting_content(posting)
    try:
        opened = signing.loads(request.POST.get(OPENED_CONTENT, ""), salt=_salt(posting))
    except signing.BadSignature:
        return now
    return opened if opened.keys() == now.keys() else now


def _salt(posting: Posting) -> str:
    return f"proposal for posting {posting.pk}"


def _proposal_form(
    model_admin: ModelAdmin, request: HttpRequest, posting: Posting, opened: dict, change: PendingChange | None
) -> ProposalForm:
    frozen = set(model_admin.get_readonly_fields(request, posting))
    names = [field.name for field in content_fields() if field.name not in frozen]
    names += [] if "skills" in frozen else ["skills"]
    callback = partial(model_admin.formfield_for_dbfield, request=request)
    form_class: Any = modelform_factory(Posting, form=ProposalForm, fields=names, formfield_callback=callback)
    wanted = change.wanted if change else None
    return form_class(request.POST or None, instance=posting, opened=opened, wanted=wanted)
