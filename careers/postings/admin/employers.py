from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.postings.models import Employer, Posting
from careers.postings.permissions import PUBLISH
from careers.postings.posting_templates.sync import refill_employer

from .postings.findings import warn_of_contradictions


class LogoField(forms.ImageField):
    """validate_logo() of the model names the endings of a logo; Django would list those of all pictures it can read."""

    default_validators = []


@admin.register(Employer)
class EmployerAdmin(EditorialAdmin):
    list_display = ["name", "posting_count", "template_count", "verified_on", "website"]
    list_filter = [("verified_on", admin.EmptyFieldListFilter)]
    search_fields = ["name", "website", "contact_email"]
    ordering = ["name"]
    change_form_outer_before_template = "admin/postings/employer/panel.html"
    fieldsets = [
        (
            None,
            {
                "description": "A new name shows on all of the employer's postings. Its old address keeps redirecting.",
                "fields": ["name", "slug", "website", "contact_email", "verified_on", "logo", "about"],
            },
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]

    def get_queryset(self, request):
        employers = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "postings_employer_changelist":
            published = Q(postings__status=Posting.Status.PUBLISHED)
            employers = employers.annotate(
                published_count=Count("postings", filter=published, distinct=True),
                own_templates=Count("templates", distinct=True),
            )
        return employers

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "logo":
            kwargs["form_class"] = LogoField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """An employer with a published posting can be changed only by publishers."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None or request.user.has_perm(PUBLISH):
            return True
        return not Posting.objects.filter(employer_id=obj.pk, status=Posting.Status.PUBLISHED).exists()

    def save_model(self, request, obj, form, change):
        """A new name is filled into the texts of the employer's postings again."""
        before = Employer.objects.filter(pk=obj.pk).values_list("name", flat=True).first() if change else None
        super().save_model(request, obj, form, change)
        if before in (None, obj.name):
            return
        refilled, others = refill_employer(obj, before, by=request.user)
        if number := len(refilled):
            text = f"The new name was filled into the text of {number} posting{'s' if number > 1 else ''}."
            self.message_user(request, text, messages.SUCCESS)
        warn_of_contradictions(self.admin_site.get_model_admin(Posting), request, [*refilled, *others])

    @display(description="published postings", ordering="published_count")
    def posting_count(self, employer):
        return employer.published_count

    @display(description="own templates", ordering="own_templates")
    def template_count(self, employer):
        return employer.own_templates

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["panel"] = {
                "employer": obj,
                "may_build": request.user.has_perm("postings.add_posting"),
                "published": obj.postings.filter(status=Posting.Status.PUBLISHED).count(),
                "postings": obj.postings.count(),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)
