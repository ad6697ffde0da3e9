from django.contrib import admin
from django.db.models import F

from careers.core.admin.filters import YesFilter
from careers.roles.figures.cautions import Code
from careers.roles.figures.quality import AGES, having, of_age
from careers.roles.models import Section


class ChoiceFilter(admin.SimpleListFilter):
    """One of several answers; an unknown one filters nothing."""

    choices_named = {}

    def lookups(self, request, model_admin):
        return list(self.choices_named.items())

    def queryset(self, request, queryset):
        return self.those(queryset, self.value()) if self.value() in self.choices_named else queryset


# -- Guides


class DueForReview(YesFilter):
    title, parameter_name = "due for review", "due"

    def those(self, roles):
        return roles.due_for_review()


class IsLinked(YesFilter):
    title, parameter_name = "linked to an occupation", "linked"

    def those(self, roles):
        return roles.filter(occupation_links__isnull=False).distinct()


class HasUnplacedText(YesFilter):
    title, parameter_name = "has unplaced text", "unplaced"

    def those(self, roles):
        return roles.filter(pk__in=Section.objects.filter(kind=Section.Kind.UNPLACED).values("role"))


class OwnFiguresSourced(ChoiceFilter):
    title, parameter_name = "own figures sourced", "sourced"
    choices_named = {"all": "All", "some": "Some are not", "none": "None"}

    def those(self, roles, chosen):
        roles = roles.filter(number_of_figures__gt=0)
        if chosen == "all":
            return roles.filter(number_sourced=F("number_of_figures"))
        return roles.filter(number_sourced=0) if chosen == "none" else roles.filter(share_sourced__lt=1)


class OldestFigure(ChoiceFilter):
    title, parameter_name = "oldest own figure", "oldest"
    choices_named = AGES

    def those(self, roles, chosen):
        return of_age(roles, chosen)


# -- Figures


class Sourced(YesFilter):
    title, parameter_name = "source", "sourced"
    yes, no = "With source", "Without source"

    def those(self, claims):
        return claims.filter(source__isnull=False)


class HasCaution(ChoiceFilter):
    title, parameter_name = "caution", "caution"
    choices_named = dict(Code.choices)

    def those(self, claims, chosen):
        return having(claims, chosen)
