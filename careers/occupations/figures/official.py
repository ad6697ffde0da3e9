"""Official figures by occupation code.

Pay and outlook are published for six-digit SOC occupations. Where a release counts an occupation together with others, its
figure is that of the combined code.
"""

from careers.core.money import Period
from careers.occupations.models import Occupation
from careers.occupations.soc import holders

UNSHOWN = ("occupation__description", "source__attribution", "source__licence", "created_at", "updated_at")


def published_codes(soc_codes):
    """The codes under which figures of these occupations are or were published."""
    codes = set(soc_codes)
    return codes | {holders()[code].code for code in codes if code in holders()}


def claims_by_code(model, codes):
    """{SOC code: its official claims}"""
    claims = {}
    if codes:
        published = model.objects.filter(occupation__in=Occupation.objects.published_for(codes))
        for claim in published.select_related("occupation", "source").defer(*UNSHOWN):
            claims.setdefault(claim.occupation.code, []).append(claim)
    return claims


def claims_by_year(code, claims, year):
    """{year: claims of a SOC code}; in years without a row of its own, of the combined code that held it then."""
    found = {}
    for claim in claims.get(code, ()):
        found.setdefault(getattr(claim, year) or 0, []).append(claim)
    own_years, holder = set(found), holders().get(code)
    for claim in claims.get(holder.code, ()) if holder else ():
        of_year = getattr(claim, year) or 0
        if of_year not in own_years and holder.is_in_force(of_year):
            found.setdefault(of_year, []).append(claim)
    return found


def most_telling(claims):
    """Pay a year before pay an hour, and any figure before none."""
    return min(claims, key=lambda claim: (not claim.has_figures, claim.period != Period.YEAR))
