from django.contrib import admin


class YesNoFilter(admin.SimpleListFilter):
    """A list filter with the choices yes and no. A subclass returns from `matching(rows)` the rows for yes."""

    yes, no = "Yes", "No"

    def lookups(self, request, model_admin):
        return [("yes", self.yes), ("no", self.no)]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return self.matching(queryset)
        if self.value() == "no":
            return queryset.exclude(pk__in=self.matching(queryset.model.objects.order_by()).values("pk"))
        return queryset
