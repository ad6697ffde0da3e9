from careers.core.forms import FilterForm, KnownChoices, QueryField


class SearchForm(FilterForm):
    q = QueryField(label="Search guides, jobs and resources")


class SuggestForm(FilterForm):
    """What is typed so far, and on which list."""

    q = QueryField(label="Words")
    among = KnownChoices(label="List", choices=[("jobs", "Jobs")])
