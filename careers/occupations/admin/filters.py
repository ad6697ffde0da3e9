from django.db.models.functions import Substr
from unfold.contrib.filters.admin import DropdownFilter

from careers.core.admin.filters import YesNoFilter
from careers.occupations.models import Occupation


class IsCurrent(YesNoFilter):
    title, parameter_name = "standing", "current"
    yes, no = "Current", "Withdrawn"

    def matching(self, occupations):
        return occupations.filter(withdrawn_in__isnull=True)


class MajorGroup(DropdownFilter):
    """?group=15: the first two digits of the code, followed by the title of the SOC group if it is imported."""

    title, parameter_name = "major group", "group"

    def lookups(self, request, model_admin):
        titles = Occupation.objects.filter(level=Occupation.Level.MAJOR).values_list("code", "title")
        named = {code[:2]: title for code, title in titles}
        groups = Occupation.objects.onet().annotate(group=Substr("code", 1, 2)).order_by("group")
        groups = groups.values_list("group", flat=True).distinct()
        return [(group, f"{group} {named.get(group, '')}".strip()) for group in groups]

    def queryset(self, request, occupations):
        chosen = self.value()
        return occupations.filter(code__startswith=f"{chosen}-") if chosen else occupations
