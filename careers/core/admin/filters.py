from django.contrib import admin


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
