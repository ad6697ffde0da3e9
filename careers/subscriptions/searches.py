"""The stored search of an alert, as a form of today."""

from collections import Counter

from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.stored_search import pairs_from_json


def forgotten_values(stored: dict, form: PostingFilterForm) -> list[str]:
    """Values of the stored search that mean nothing today: a guide or employer that was deleted, a place no longer known.

    A value under a new name is not among them: the search then has as many values of that filter as before.
    """
    before, now = list(pairs_from_json(stored)), form.search.pairs
    numbers_before, numbers_now = (Counter(name for name, _ in pairs) for pairs in (before, now))
    lost = {name for name in numbers_before if numbers_now[name] < numbers_before[name]} - set(form.display_fields)
    return [value for name, value in before if name in lost and (name, value) not in now]
