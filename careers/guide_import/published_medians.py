"""Published medians that figures of an article equal: articles quote the pay of other occupations without saying so."""

from collections.abc import Collection, Iterable

from django.db.models import F, Q

from careers.core.money import amount_text
from careers.occupations.models import OfficialPay

from .extract.pay import PayFigures

MAX_NAMED = 3  # occupations of one amount


def note_published_medians(figures: Iterable[PayFigures], linked_codes: Collection[str]) -> None:
    """Adds a doubt to each figure in US dollars with an amount that is a published median, of whatever occupation.

    `linked_codes` are SOC codes; occupations of the guide are named first.
    """
    in_dollars = [figure for figure in figures if figure.currency == "USD" and figure.place.country in ("", "US")]
    amounts = {amount for figure in in_dollars for amount in figure.amounts.values()}
    published = OfficialPay.objects.filter(currency="USD", median__in=amounts)
    published = published.filter(Q(top_code__isnull=True) | ~Q(top_code=F("median"))).select_related("occupation")
    rows = list(published.order_by("-reference_year", "occupation__code"))
    rows.sort(key=lambda row: row.occupation.code not in linked_codes)
    for figure in in_dollars:
        for amount in dict.fromkeys(figure.amounts.values()):
            found = [row for row in rows if row.median == amount and row.period == figure.period]
            if found:
                figure.doubts.append(sentence_about(found, amount_text(amount, "USD")))


def sentence_about(rows: list[OfficialPay], amount: str) -> str:
    """'$85,720 equals the May 2022 median of 15-2031 Operations Research Analysts'"""
    medians = [
        f"the {row.reference_period or row.reference_year or ''} median of {row.occupation.code} {row.occupation.title}"
        for row in rows
    ]
    named = list(dict.fromkeys(medians))
    more = f" and of {len(named) - MAX_NAMED} more occupations" if len(named) > MAX_NAMED else ""
    return f"{amount} equals {' and '.join(named[:MAX_NAMED])}{more}"
