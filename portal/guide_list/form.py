"""The query string of the list of guides: filters, order and currency.

A portal has hundreds of guides, not millions: they are loaded once, and filtered, sorted and counted in memory.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.utils.functional import cached_property

from careers.core.facets import FacetForm
from careers.core.forms import LenientMultipleChoiceField, QueryField
from careers.postings.job_list import pay_filter
from careers.postings.job_list.form import PayField
from careers.roles.models import Role
from careers.roles.search_documents import GUIDE
from careers.search.lookup import matching_pks

from .rows import NONE, OPENINGS, GuideRow, slug_of

NO_FIGURE = "No official figure"
SORTS = {
    "title": "A to Z",
    "pay": "highest pay",
    "growth": "fastest growth",
    "openings": "most openings",
    "education": "least education",
    "jobs": "most open jobs",
}


class GuideListForm(FacetForm):
    """Its options are those of the guides given, so that none leads to an empty list by itself."""

    q = QueryField(label="Keywords")
    pay = PayField(required=False, label="Official yearly pay")
    growth = LenientMultipleChoiceField(label="Expected growth")
    education = LenientMultipleChoiceField(label="Entry education")
    openings = LenientMultipleChoiceField(
        choices=[*OPENINGS.items(), (NONE, NO_FIGURE)], label="Job openings a year, nationwide"
    )
    industry = LenientMultipleChoiceField(label="Industry")
    jobs = LenientMultipleChoiceField(choices=[("open", "With open jobs here")], label="Open jobs")
    currency = LenientMultipleChoiceField(label="Currency")
    sort = LenientMultipleChoiceField(choices=list(SORTS.items()), label="Sort by")

    facets = ("pay", "growth", "education", "openings", "industry", "jobs")
    inputs = ("q", "currency")
    display_fields = ("page", "currency", "sort")

    def __init__(self, data: Mapping, guides: list[GuideRow]):
        super().__init__(data)
        self.guides = guides
        for name, choices in (
            ("growth", growth_choices(guides)),
            ("education", education_choices(guides)),
            ("industry", industry_choices(guides)),
            ("currency", [(code, code) for code in self.currencies]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_currency(self) -> list[str]:
        return self.cleaned_data["currency"][:1]

    def clean_sort(self) -> list[str]:
        return self.cleaned_data["sort"][:1]

    @cached_property
    def currencies(self) -> list[str]:
        """Those of official medians, the one of most guides first."""
        counts = Counter(row.figures.pay.currency for row in self.guides if row.figures.pay)
        return sorted(counts, key=lambda code: (-counts[code], code))

    @property
    def pay_currency(self) -> str:
        """Pay is filtered, sorted and drawn in one currency."""
        return next(iter(self.criteria["currency"] or self.currencies), settings.PAY_CURRENCY)

    @property
    def order(self) -> str:
        return next(iter(self.criteria["sort"]), "title")

    @property
    def order_words(self) -> str:
        return SORTS[self.order]

    @property
    def ignored(self) -> list[str]:
        """The labels of filters that were given a value they do not offer."""
        return [str(self.fields[name].label) for name in (*self.facets, "currency", "sort") if self._has_unknown(name)]

    def _has_unknown(self, name: str) -> bool:
        given = {value for value in self.data.getlist(name) if value}  # type: ignore[attr-defined]
        if name == "pay":
            return any(not pay_filter.clean_amounts([value]) for value in given)
        return not given <= self.fields[name].labels.keys()  # type: ignore[attr-defined]

    # -- Filters and order

    def filter(self, rows: Iterable[GuideRow], skip: str | None = None) -> list[GuideRow]:
        """The rows that meet all filters in use but the one named `skip`."""
        names = [name for name in ("q", *self.facets) if name != skip and self.criteria[name]]
        return [row for row in rows if all(self.meets(row, name) for name in names)]

    def meets(self, row: GuideRow, name: str) -> bool:
        if name == "q":
            return row.role.pk in self.matching
        if name == "pay":
            return any(self.reaches(row, value) for value in self.criteria["pay"])
        return not set(self.criteria[name]).isdisjoint(row.filter_values[name])

    def reaches(self, row: GuideRow, value: str) -> bool:
        if value == pay_filter.UNSTATED:
            return row.figures.pay is None
        pay = row.yearly_pay(self.pay_currency)
        return pay is not None and pay >= int(value)

    @cached_property
    def matching(self) -> set[int]:
        """The keys of guides that match the words."""
        words = self.criteria["q"]
        keys = matching_pks(GUIDE, words)
        return set(Role.objects.published().matching(words).values_list("pk", flat=True) if keys is None else keys)

    def sorted(self, rows: list[GuideRow]) -> list[GuideRow]:
        """In the order chosen, guides without that figure last; equal ones from A to Z."""
        rows = sorted(rows, key=lambda row: row.title_key)
        if self.order == "title":
            return rows
        value = sort_values(self.pay_currency)[self.order]
        return sorted(rows, key=lambda row: (value(row) is None, -(value(row) or 0)))

    # -- The canonical spelling

    def chosen(self, name: str) -> dict[str, str]:
        if name == "pay":
            return {value: self.pay_words(value) for value in self.criteria["pay"]}
        return super().chosen(name)

    def pay_words(self, value: str) -> str:
        return NO_FIGURE if value == pay_filter.UNSTATED else pay_filter.pay_words(value, self.pay_currency)

    def pairs(self, without: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """Without what is the default: the first currency, the order from A to Z."""
        defaults = [("sort", "title"), *(("currency", code) for code in self.currencies[:1])]
        return [pair for pair in super().pairs(without) if pair not in defaults]

    def query_with(self, name: str, value: str) -> str:
        """The query string of this list with one value of a filter, or of the order, in place of those in use."""
        pairs = [pair for pair in self.pairs() if pair[0] != name]
        return urlencode(pairs if (name, value) == ("sort", "title") else [*pairs, (name, value)])


def sort_values(currency: str) -> dict[str, Callable[[GuideRow], Decimal | int | None]]:
    """{order: the number that is sorted by, highest first}"""
    return {
        "pay": lambda row: row.yearly_pay(currency),
        "growth": lambda row: row.figures.growth.percent if row.figures.growth else None,
        "openings": lambda row: row.figures.openings,
        "education": lambda row: -row.education_level if row.figures.education else None,
        "jobs": lambda row: row.role.live_count or None,
    }


# -- Choices


def growth_choices(rows: list[GuideRow]) -> list[tuple[str, str]]:
    """BLS's words for growth, the fastest first."""
    found = [row.figures.growth for row in rows if row.figures.growth]
    fastest_first = sorted(found, key=lambda growth: -growth.percent)
    words = {slug_of(growth.words): growth.words.capitalize() for growth in fastest_first if growth.words}
    return [*words.items(), *no_figure(rows, "growth")]


def education_choices(rows: list[GuideRow]) -> list[tuple[str, str]]:
    """The lowest level first."""
    named = sorted((row for row in rows if row.figures.education), key=lambda row: row.education_level)
    levels = {slug_of(row.figures.education): row.figures.education for row in named}
    return [*levels.items(), *no_figure(rows, "education")]


def no_figure(rows: list[GuideRow], name: str) -> list[tuple[str, str]]:
    return [(NONE, NO_FIGURE)] if any(row.filter_values[name] == [NONE] for row in rows) else []


def industry_choices(rows: list[GuideRow]) -> list[tuple[str, str]]:
    names = {slug: name for row in rows for slug, name in row.industries.items()}
    return sorted(names.items(), key=lambda pair: pair[1].lower())
