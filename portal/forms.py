from careers.core.forms import FilterForm, QueryField


class SearchForm(FilterForm):
    q = QueryField(label="Search guides, jobs and resources")
