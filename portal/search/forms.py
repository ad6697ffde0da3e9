from careers.core.forms import FilterForm, LenientMultipleChoiceField, QueryField


class SearchForm(FilterForm):
    q = QueryField(label="Search guides, jobs and resources")


class SuggestForm(FilterForm):
    """The text typed so far, and the list whose search box it was typed into."""

    q = QueryField(label="Keywords")
    among = LenientMultipleChoiceField(label="List", choices=[("jobs", "Jobs")])
