from django.contrib import admin
from django.db.models import Q

from careers.roles.models import OutlookClaim, PayClaim


class YesFilter(admin.SimpleListFilter):
    """One question that a row answers with yes or no."""

    yes, no = "Yes", "No"

    def lookups(self, request, model_admin):
        return [("yes", self.yes), ("no", self.no)]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return self.those(queryset)
        if self.value() == "no":
            return queryset.exclude(pk__in=self.those(queryset.model.objects.order_by()).values("pk"))
        return queryset


class DueForReview(YesFilter):
    title, parameter_name = "due for review", "due"

    def those(self, roles):
        return roles.due_for_review()


class HasUnsourcedFigures(YesFilter):
    title, parameter_name = "has figures without source", "unsourced"

    def those(self, roles):
        return roles.filter(
            Q(pk__in=PayClaim.objects.unsourced().values("role"))
            | Q(pk__in=OutlookClaim.objects.unsourced().values("role"))
        )


class Sourced(YesFilter):
    title, parameter_name = "source", "sourced"
    yes, no = "With source", "Without source"

    def those(self, claims):
        return claims.filter(source__isnull=False)
