"""The schema.org JobPosting data on the page of a live posting."""

import re
from datetime import datetime
from typing import cast

import nh3
from django.conf import settings

from careers.core import prose
from careers.core.urls import http_url
from careers.geo.countries import country_name, subdivision_name

from .dates import own_day, own_moment
from .models import Posting

UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}
CREDENTIALS = {
    Posting.Education.HIGH_SCHOOL: "high school",
    Posting.Education.CERTIFICATE: "professional certificate",
    Posting.Education.ASSOCIATE: "associate degree",
    Posting.Education.BACHELOR: "bachelor degree",
    Posting.Education.POSTGRADUATE: "postgraduate degree",
}
NO_REQUIREMENT = "no requirements"


def is_complete(posting: Posting) -> bool:
    """Whether it has the required parts: any text; a place, or countries to apply from."""
    return bool(posting.text_parts) and posting.states_location()


def job_posting(posting: Posting) -> dict | None:
    """The data with amounts as Decimal. None where it is not complete."""
    description = description_html(posting) if is_complete(posting) else ""
    if not description:
        return None
    opened = cast(datetime, posting.publish_at)  # it is live
    parts = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": description,
        "url": settings.SITE_URL + posting.get_absolute_url(),
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.employer.name,
            "value": posting.source_ref or str(posting.pk),
        },
        "datePosted": own_day(posting, opened).isoformat(),
        "validThrough": valid_through(posting),
        "hiringOrganization": _organization(posting.employer),
        **_location(posting),
        "employmentType": posting.employment_type.upper(),
        "baseSalary": base_salary(posting.pay),
        "educationRequirements": _education(posting.education),
        "experienceRequirements": _experience(posting.months_of_experience),
        "directApply": bool(posting.apply_email and not posting.apply_url),
    }
    return {name: value for name, value in parts.items() if value not in ("", None)}


def description_html(posting):
    """All texts of the posting in the tags that search engines read: p, ul, li and br. Each but the first has a heading."""
    parts = []
    for name, text in posting.text_parts:
        heading = f"<p>{name}</p>\n" if name else ""
        parts.append(heading + _plain_markup(prose.render_markdown(text)))
    return "\n".join(parts)


def _plain_markup(html):
    html = re.sub(r"<(/?)h\d>", r"<\1p>", html)
    html = re.sub(r"<(/?)ol\b[^>]*>", r"<\1ul>", html)
    html = re.sub(r"</?(?:tr|pre)>", "<br>", html)
    html = re.sub(r"</t[dh]>", " ", html)
    return nh3.clean(html, tags={"p", "ul", "li", "br"}, attributes={}).strip()


def valid_through(posting):
    """The end of the closing day, with the UTC offset of the posting's time zone."""
    return posting.closes_at and own_moment(posting, posting.closes_at).isoformat()


def _organization(employer):
    organization = {"@type": "Organization", "name": employer.name}
    if website := http_url(employer.website):
        organization["sameAs"] = website
    if logo := employer.logo_url:
        organization["logo"] = settings.SITE_URL + logo
    return organization


def _location(posting):
    """Places, and for remote work the countries to apply from; where none is named, those of the places.

    Hybrid work is never marked as remote. Nor is remote work that only names time zones: search engines read countries, and
    the countries of those zones would promise more than the employer does.
    """
    places = posting.places.all()
    location = {"jobLocation": [_place(place) for place in places]} if places else {}
    is_remote = posting.workplace == Posting.Workplace.REMOTE
    countries = dict.fromkeys(row.country for row in posting.remote_countries.all() or places) if is_remote else {}
    if countries:
        location["jobLocationType"] = "TELECOMMUTE"
        location["applicantLocationRequirements"] = [
            {"@type": "Country", "name": country_name(country)} for country in countries
        ]
    return location


def _place(place):
    address = {"@type": "PostalAddress", "addressCountry": place.country}
    if place.subdivision:
        address["addressRegion"] = subdivision_name(place.subdivision)
    if place.city:
        address["addressLocality"] = place.city
    return {"@type": "Place", "address": address}


def base_salary(pay):
    """Both ends or the lower one. An upper end without a lower one ("up to") is not a base salary and is left out."""
    if pay.low is None or not (pay.currency and pay.period):
        return None
    ends = {"value": pay.low} if pay.high in (None, pay.low) else {"minValue": pay.low, "maxValue": pay.high}
    return {
        "@type": "MonetaryAmount",
        "currency": pay.currency,
        "value": {"@type": "QuantitativeValue", **ends, "unitText": UNITS[pay.period]},
    }


def _education(education):
    if education == Posting.Education.NONE:
        return NO_REQUIREMENT
    if not education:
        return None
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": CREDENTIALS[education]}


def _experience(months):
    if months is None:
        return None
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months} if months else NO_REQUIREMENT
