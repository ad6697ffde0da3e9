"""The filters of the list of guides, each option with the number of guides it leads to."""

from collections import Counter
from dataclasses import replace

from careers.core.facets import Facet, Option
from careers.postings.job_list import pay_filter

from .form import GuideListForm


def guide_facets(form: GuideListForm) -> list[Facet]:
    return [pay_facet(form) if name == "pay" else choice_facet(form, name) for name in form.facets]


def choice_facet(form: GuideListForm, name: str) -> Facet:
    """The options that find a guide, and the chosen ones, in their fixed order. Industries: chosen and frequent ones first."""
    counts = Counter(value for row in form.filter(form.guides, skip=name) for value in row.filter_values[name])
    chosen = form.criteria[name]
    options = [
        Option(value, label, counts[value], value in chosen)
        for value, label in form.labels[name].items()
        if counts[value] or value in chosen
    ]
    if name == "industry":
        options.sort(key=lambda option: (not option.is_chosen, -(option.count or 0)))
    return Facet(name, str(form.fields[name].label), options)


def pay_facet(form: GuideListForm) -> pay_filter.PayFacet:
    rows, chosen = form.filter(form.guides, skip="pay"), form.criteria["pay"]
    counts: Counter[str] = Counter()
    for row in rows:
        pay = row.figures.pay
        counts[pay_filter.pay_band(pay and pay.yearly, None, pay and pay.currency, "year")] += 1
        counts.update(value for value in chosen if value != pay_filter.UNSTATED and form.reaches(row, value))
    facet = pay_filter.pay_facet(str(form.fields["pay"].label), counts, chosen, form.pay_currency)
    return replace(facet, options=[replace(option, label=form.pay_words(option.value)) for option in facet.options])
