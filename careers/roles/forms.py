from typing import Any

from django import forms
from django.db.models import QuerySet

from careers.core.forms import FilterForm, LenientMultipleChoiceField, QueryField
from careers.search.lookup import matching_pks

from .models import Industry, Role
from .search_documents import GUIDE


class RoleIndexForm(FilterForm):
    q = QueryField(label="Title or subject")
    industry = LenientMultipleChoiceField(label="Industry")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        industries = Industry.objects.filter(roles__in=Role.objects.published()).distinct()
        self.fields["industry"].choices = list(industries.values_list("slug", "name"))

    def filter(self, roles: Any) -> QuerySet:
        if words := self.criteria["q"]:
            keys = matching_pks(GUIDE, words)
            roles = roles.matching(words) if keys is None else roles.filter(pk__in=keys)
        if slugs := self.criteria["industry"]:
            roles = roles.filter(pk__in=Industry.roles.through.objects.filter(industry__slug__in=slugs).values("role"))
        return roles


class OccupationForm(FilterForm):
    """The occupation whose figures a guide shows. Codes that it is not linked to are ignored."""

    occupation = LenientMultipleChoiceField(label="Occupation")

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["occupation"].choices = [(code, code) for code in codes]

    @property
    def code(self) -> str:
        return next(iter(self.criteria["occupation"]), "")


class CompareForm(FilterForm):
    """Two to four published guides; more, and repeated ones, are ignored."""

    MAX_ROLES = 4

    role = LenientMultipleChoiceField(label="Roles", widget=forms.MultipleHiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(Role.objects.published().values_list("slug", "title"))

    @property
    def slugs(self) -> list[str]:
        return self.criteria["role"][: self.MAX_ROLES]

    def slots(self) -> list[str]:
        """The selected slug of each of the four select boxes; '' for an empty one."""
        return [*self.slugs, *[""] * (self.MAX_ROLES - len(self.slugs))]
