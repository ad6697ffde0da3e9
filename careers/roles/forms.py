from django import forms

from careers.core.forms import FilterForm, LenientMultipleChoiceField

from .models import Role


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
