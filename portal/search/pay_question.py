"""Recognises a search that asks for pay: "data engineer salary canada", "how much does a nurse make in Ohio"."""

import re
from dataclasses import dataclass

from careers.geo.place_search import PlaceMatch, place_named
from careers.search.parser import parse_clauses

PAY_WORDS = frozenset([
    "earn", "earned", "earning", "earnings", "earns", "income", "paid", "pay", "pays", "salaries", "salary", "wage", "wages",
    "gehalt", "lohn", "salaire", "salario", "sueldo",
])  # fmt: skip
HOW_MUCH = re.compile(r"\bhow\s+much\b", re.IGNORECASE)
BESIDES = frozenset(
    ["average", "does", "get", "gets", "make", "makes", "median", "much", "per", "typical", "year", "yearly"]
)
MAX_PLACE_WORDS = 3


@dataclass(frozen=True)
class PayQuestion:
    """`title` is what is left for the job title, `place` the place that was named."""

    title: str
    place: PlaceMatch | None
    pay_words: tuple[str, ...]
    without_pay: str  # the title and the place, as typed

    @property
    def country(self) -> str:
        """Alpha-2 code; '' where no country or several are named."""
        return self.place.countries[0] if self.place and len(self.place.countries) == 1 else ""


def read_pay_question(words: str) -> PayQuestion | None:
    """None where the words do not ask for pay, or for nobody's pay. Quoted and excluded words are taken literally."""
    clauses = parse_clauses(words)
    if any(not clause.is_single for clause in clauses):
        return None
    asks = HOW_MUCH.search(words) is not None
    pay = [clause for clause in clauses if clause.words[0] in PAY_WORDS]
    left_out = PAY_WORDS | BESIDES if pay or asks else PAY_WORDS
    kept = [clause.typed for clause in clauses if clause.words[0] not in left_out]
    if not kept or not (pay or asks):
        return None
    title, place = split_place(kept)
    pay_words = tuple(clause.typed for clause in pay) or ("how much",)
    return PayQuestion(" ".join(title), place, pay_words, " ".join(kept)) if title else None


def split_place(words: list[str]) -> tuple[list[str], PlaceMatch | None]:
    """(the words without the place, the place). The longest name wins, then the last one.

    A city or region is only meant at the end: a mobile developer is not one from Mobile, Alabama.
    """
    for length in range(MAX_PLACE_WORDS, 0, -1):
        for start in range(len(words) - length, -1, -1):
            place = place_named(" ".join(words[start : start + length]))
            if place and (start + length == len(words) or not (place.city or place.subdivision)):
                return words[:start] + words[start + length :], place
    return words, None
