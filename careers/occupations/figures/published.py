"""What is published of the pay and the outlook of one occupation: its own figures, or those of the group that holds it."""

from dataclasses import dataclass

from careers.core.money import Period
from careers.files.cells import Absence
from careers.occupations import soc
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay

from .format import percentage
from .official import claims_by_code, claims_by_year, published_codes
from .pay_history import PayHistory, pay_history

PAY_COLUMNS = {
    "p10": "10th percentile",
    "p25": "25th",
    "median": "Median",
    "p75": "75th",
    "p90": "90th",
    "mean": "Mean",
}


@dataclass(frozen=True)
class PayRow:
    claim: OfficialPay

    @property
    def period(self):
        """'A year', 'An hour'"""
        return self.claim.period_spoken.capitalize()

    @property
    def cells(self):
        """[(column, text)]: a figure, or why there is none."""
        return [
            (label, self.claim.text_of(name) or absence_label(self.claim, name)) for name, label in PAY_COLUMNS.items()
        ]


@dataclass(frozen=True)
class Pay:
    """The newest year's figures, and the years before."""

    rows: list[PayRow]
    history: PayHistory | None

    @property
    def newest(self):
        return self.rows[0].claim

    @property
    def employment(self):
        """'233,440': how many people the figures stand for; '' where that is not published."""
        return counted_text(self.newest.employment)

    @property
    def only_period(self):
        """'an hour' where pay is published per hour alone; '' where there are both."""
        return self.newest.period_spoken if len(self.rows) == 1 else ""


@dataclass(frozen=True)
class Population:
    """Whom the newest figures of pay and outlook are for: a six-digit occupation, or a combined code that holds it."""

    occupation: Occupation
    members: list[Occupation]  # the O*NET occupations counted in it
    is_combined: bool

    @property
    def name(self):
        return f"{self.occupation.title} ({self.occupation.code})"

    @property
    def is_wider(self):
        return self.is_combined or len(self.members) > 1


@dataclass(frozen=True)
class Outlook:
    claim: OfficialOutlook

    @property
    def growth(self):
        return percentage(self.claim.growth_percent, "+") or absence_label(self.claim, "growth_percent")

    @property
    def openings(self):
        return counted_text(self.claim.annual_openings) or absence_label(self.claim, "annual_openings")

    @property
    def employment(self):
        """'245,900 to 328,300'; '' unless both ends are known."""
        ends = [counted_text(number) for number in (self.claim.base_employment, self.claim.target_employment)]
        return " to ".join(ends) if all(ends) else ""


def counted_text(number):
    return "" if number is None else f"{number:,}"


def absence_label(claim, name):
    return Absence(claim.absences.get(name, Absence.NO_DATA)).label


def official_claims(occupation):
    """(pay, outlook), the newest first, of a year the yearly pay first."""
    pay, outlook = (
        claims_of(occupation, OfficialPay, "reference_year"),
        claims_of(occupation, OfficialOutlook, "base_year"),
    )
    pay.sort(key=lambda claim: (-(claim.reference_year or 0), claim.period != Period.YEAR))
    outlook.sort(key=lambda claim: -(claim.base_year or 0))
    return pay, outlook


def claims_of(occupation, model, year):
    """Of a detailed occupation also those of the combined code that held it, in years without figures of its own."""
    if occupation.level != Occupation.Level.DETAILED:
        return list(model.objects.filter(occupation=occupation).select_related("occupation", "source"))
    by_code = claims_by_code(model, published_codes([occupation.soc_code]))
    by_year = claims_by_year(occupation.soc_code, by_code, year)
    return [claim for claims in by_year.values() for claim in claims]


def population_of(occupation, claim):
    """Whom a figure is for; None without a figure."""
    if claim is None:
        return None
    counted = claim.occupation
    combined = soc.combined_codes().get(counted.code)
    codes = combined.members if combined else (counted.code,)
    members = Occupation.objects.listed().filter(soc_code__in=codes).only("code", "title")
    return Population(counted, list(members), counted.code not in (occupation.code, occupation.soc_code))


def pay_of(occupation, claims):
    if not claims:
        return None
    newest = [PayRow(claim) for claim in claims if claim.reference_year == claims[0].reference_year]
    return Pay(newest, pay_history(occupation.soc_code, claims))
