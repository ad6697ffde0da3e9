"""Subjects for the tests of the rules: a minimal posting, changed in one respect."""

from datetime import date
from decimal import Decimal

from careers.core.money import Pay
from careers.postings.checks.rules import run_rules
from careers.postings.checks.subject import Subject
from careers.postings.text.render import Place

DAY = date(2026, 9, 1)


def subject(description="", **values):
    texts = {"description": description, **values.pop("texts", {})}
    return Subject(**{"title": "Data analyst", "texts": texts, "employer": "Ostrava Mills", "on": DAY, **values})


def rules_of(one):
    return {finding.rule for finding in run_rules(one)}


def said(one, rule):
    return [finding for finding in run_rules(one) if finding.rule == rule]


def pay(low, high, currency="USD", period="year"):
    low, high = (None if end is None else Decimal(str(end)) for end in (low, high))
    return Pay(low, high, currency, period)


def at(*codes, city=""):
    """at("US-CO") -> one place for each code."""
    return tuple(Place(code[:2], code if "-" in code else "", city) for code in codes)
