from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from careers.core.forms import FilterForm, LenientMultipleChoiceField, QueryField

from .models import JobZone
from .soc import major_groups


class OccupationSearchForm(FilterForm):
    q = QueryField(label="Title or code")
    group = LenientMultipleChoiceField(label="Field of work")
    zone = LenientMultipleChoiceField(label="Preparation needed")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = list(major_groups().items())
        self.fields["zone"].choices = list(JobZone.objects.current().values_list("zone", "name"))

    def filter(self, occupations: QuerySet) -> QuerySet:
        """By field of work and job zone. The search words are not applied here, see lookup.find_occupations()."""
        if groups := self.criteria["group"]:
            occupations = occupations.filter(reduce(or_, (Q(code__startswith=f"{group}-") for group in groups)))
        if zones := self.criteria["zone"]:
            occupations = occupations.filter(job_zone__zone__in=zones)
        return occupations

    def group_names(self) -> list[str]:
        return [major_groups()[group] for group in self.criteria["group"]]
