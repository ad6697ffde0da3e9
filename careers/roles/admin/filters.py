from django.contrib import admin
from django.db.models import F

from careers.core.admin.filters import YesNoFilter
from careers.roles.figures.cautions import Code
from careers.roles.figures.quality import AGES, filter_by_age, with_caution
from careers.roles.models import Section


class ChoiceFilter(admin.SimpleListFilter):
    """A filter with fixed choices; unknown values are ignored."""

    options = {}

    def lookups(self, request, model_admin):
        return list(self.options.items())

    def queryset(self, request, queryset):
        return self.matching(queryset, self.value()) if self.value() in self.options else queryset


# -- Guides


class DueForReview(YesNoFilter):
    title, parameter_name = "due for review", "due"

    def matching(self, roles):
        return roles.due_for_review()


class IsLinked(YesNoFilter):
    title, parameter_name = "linked to an occupation", "linked"

    def matching(self, roles):
        return roles.filter(occupation_links__isnull=False).distinct()


class HasUnplacedText(YesNoFilter):
    title, parameter_name = "has unplaced text", "unplaced"

    def matching(self, roles):
        return roles.filter(pk__in=Section.objects.filter(kind=Section.Kind.UNPLACED).values("role"))


class OwnFiguresSourced(ChoiceFilter):
    title, parameter_name = "own figures sourced", "sourced"
    options = {"all": "All", "some": "Some are not", "none": "None"}

    def matching(self, roles, chosen):
        roles = roles.filter(number_of_figures__gt=0)
        if chosen == "all":
            return roles.filter(number_sourced=F("number_of_figures"))
        return roles.filter(number_sourced=0) if chosen == "none" else roles.filter(share_sourced__lt=1)


class OldestFigure(ChoiceFilter):
    title, parameter_name = "oldest own figure", "oldest"
    options = AGES

    def matching(self, roles, chosen):
        return filter_by_age(roles, chosen)


# -- Figures


class Sourced(YesNoFilter):
    title, parameter_name = "source", "sourced"
    yes, no = "With source", "Without source"

    def matching(self, claims):
        return claims.filter(source__isnull=False)


class HasCaution(ChoiceFilter):
    title, parameter_name = "caution", "caution"
    options = dict(Code.choices)

    def matching(self, claims, chosen):
        return with_caution(claims, chosen)
