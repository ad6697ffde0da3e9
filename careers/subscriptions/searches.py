"""The stored search of an alert, as a search of today."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.stored_search import pairs_from_json


@dataclass(frozen=True)
class AlertSearch:
    stored: dict  # of PostingSearch.to_json()

    @cached_property
    def form(self) -> PostingFilterForm:
        return PostingFilterForm.from_json(self.stored)

    @property
    def sentence(self) -> str:
        return self.form.search.sentence

    @property
    def is_empty(self) -> bool:
        """Nothing is left of it, since all it named was deleted. It finds nothing: without filters it would find every job."""
        return bool(self.stored["pairs"]) and not self.form.search.pairs

    @property
    def path(self) -> str:
        """The list of jobs it finds."""
        query = self.form.search.query
        return reverse("postings:list") + (f"?{query}" if query else "")

    @cached_property
    def forgotten(self) -> list[str]:
        """Values that mean nothing today: a guide or employer that was deleted, a place no longer known.

        A value under a new name is not among them: the search then has as many values of that filter as before.
        """
        before, now = pairs_from_json(self.stored), self.form.search.pairs
        numbers_before, numbers_now = (Counter(name for name, _ in pairs) for pairs in (before, now))
        lost = {name for name in numbers_before if numbers_now[name] < numbers_before[name]}
        lost -= set(self.form.display_fields)
        return [value for name, value in before if name in lost and (name, value) not in now]
