from careers.core.forms import FilterForm, KnownChoices, QueryField


class SearchForm(FilterForm):
    q = QueryField(label="Search guides, jobs and resources")


class SuggestForm(FilterForm):
    """The text typed so far, and the list whose search box it was typed into."""

    q = QueryField(label="Words")
    among = KnownChoices(label="List", choices=[("jobs", "Jobs")])
