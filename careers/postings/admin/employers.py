from django.contrib import admin
from django.db.models import Count, Q
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.postings.models import Employer, Posting


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

    def has_change_permission(self, request, obj=None):
        """Once readers see one of its postings, those who publish change an employer."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None or request.user.has_perm("postings.publish_posting"):
            return True
        return not Posting.objects.filter(employer_id=obj.pk, status=Posting.Status.PUBLISHED).exists()

    @display(description="published postings", ordering="published_count")
    def posting_count(self, employer):
        return employer.published_count

    @display(description="own templates", ordering="own_templates")
    def template_count(self, employer):
        return employer.own_templates

    def change_view(self, request, object_id, form_url="", extra_context=None):
        employer = self.get_object(request, object_id)
        panel = {
            "employer": employer,
            "may_build": request.user.has_perm("postings.add_posting"),
            "published": employer.postings.filter(status=Posting.Status.PUBLISHED).count(),
            "postings": employer.postings.count(),
        } if employer else None  # fmt: skip
        return super().change_view(request, object_id, form_url, {"panel": panel, **(extra_context or {})})
