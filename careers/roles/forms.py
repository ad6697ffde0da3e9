from django import forms

from careers.core.forms import FilterForm, KnownChoices, QueryField

from .models import Industry, Role


class RoleIndexForm(FilterForm):
    q = QueryField(label="Title or subject")
    industry = KnownChoices(label="Industry")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        industries = Industry.objects.filter(roles__in=Role.objects.published()).distinct()
        self.fields["industry"].choices = list(industries.values_list("slug", "name"))

    def filter(self, roles):
        roles = roles.matching(self.criteria["q"])
        if slugs := self.criteria["industry"]:
            roles = roles.filter(pk__in=Industry.roles.through.objects.filter(industry__slug__in=slugs).values("role"))
        return roles


class CompareForm(FilterForm):
    """Two to four published guides; further ones and repetitions are dropped."""

    MOST = 4

    role = KnownChoices(label="Roles", widget=forms.MultipleHiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(Role.objects.published().values_list("slug", "title"))

    @property
    def slugs(self):
        return self.criteria["role"][: self.MOST]

    def slots(self):
        """The choice of each of the four boxes, '' where it is free."""
        return [*self.slugs, *[""] * (self.MOST - len(self.slugs))]
