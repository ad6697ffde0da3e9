from django.contrib.admin.options import IncorrectLookupParameters
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from careers.core.ids import is_row_id


class RowFilter(AutocompleteSelectFilter):
    """A related row chosen by its name. Django answers an invalid value with a redirect to the whole list."""

    def __init__(self, field, request, params, *args, **kwargs):
        if not all(is_row_id(pk) for pk in params.get(f"{field.name}__id__exact", [])):
            raise IncorrectLookupParameters
        super().__init__(field, request, params, *args, **kwargs)
