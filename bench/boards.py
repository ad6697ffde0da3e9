"""Real job boards as the checks read postings: unsaved postings with their places and pay. Nothing of them is kept."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pycountry

from careers.geo.countries import country_names
from careers.postings.checks.requirements import unmet_field_requirements
from careers.postings.checks.subject import OpenPosting, subject_of
from careers.postings.models import Employer, Posting
from careers.postings.text.render import Place

EMPLOYMENT = {
    "FullTime": "full_time", "PartTime": "part_time", "Intern": "intern", "Contract": "contractor", "Temporary": "temporary",
}  # fmt: skip
COUNTRIES = {"usa": "US", "us": "US", "united states of america": "US", "uk": "GB", "england": "GB"}
BLOCKS = {"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "br", "table", "tr", "blockquote"}


class Markdown(HTMLParser):
    """The HTML of a description as Markdown: headings, lists, paragraphs."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.lists = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self.lists += 1
        if tag == "li":
            self.parts.append("\n- ")
        elif tag in BLOCKS and not (self.lists and tag == "p"):
            self.parts.append("\n\n" if tag != "br" else "\n")
            if re.fullmatch(r"h\d", tag):
                self.parts.append("#" * int(tag[1]) + " ")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self.lists = max(0, self.lists - 1)
        if tag in BLOCKS and not (self.lists and tag == "p"):
            self.parts.append("\n\n")

    def handle_data(self, data):
        self.parts.append(re.sub(r"\s+", " ", data))


def markdown_of(html):
    parser = Markdown()
    parser.feed(html)
    text = "".join(parser.parts)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def country_of(name):
    names = {label.casefold(): code for code, label in country_names().items()}
    name = (name or "").strip().casefold()
    return COUNTRIES.get(name) or names.get(name, "")


def subdivision_of(country, name):
    name = (name or "").strip()
    for subdivision in pycountry.subdivisions.get(country_code=country) or [] if country else []:
        if name and name.casefold() in (subdivision.name.casefold(), subdivision.code[3:].casefold()):
            return subdivision.code
    return ""


def place_of(address):
    address = (address or {}).get("postalAddress") or {}
    country = country_of(address.get("addressCountry"))
    if not country:
        return None
    return Place(
        country, subdivision_of(country, address.get("addressRegion")), (address.get("addressLocality") or "").strip()
    )


def posting_of(job, employer):
    pay = next(
        (part for part in job["compensation"]["summaryComponents"] if part["compensationType"] == "Salary"), None
    )
    posting = Posting(
        title=job["title"].strip()[:120],
        employer=employer,
        description=markdown_of(job["descriptionHtml"]),
        employment_type=EMPLOYMENT.get(job["employmentType"], ""),
        workplace="remote" if job["isRemote"] else "",
        apply_url=job["applyUrl"],
    )
    if pay and pay["currencyCode"] and pay["interval"].startswith("1 ") and pay["interval"] != "1 TIME":
        posting.pay_min, posting.pay_max = (decimal_of(pay[name]) for name in ("minValue", "maxValue"))
        posting.pay_currency, posting.pay_period = pay["currencyCode"], pay["interval"].removeprefix("1 ").lower()
    return posting


def decimal_of(number):
    return None if number is None else Decimal(str(number))


def job_subject(job, employer, at):
    posting = posting_of(job, employer)
    addresses = [job["address"], *(place.get("address") for place in job["secondaryLocations"])]
    places = tuple(dict.fromkeys(place for place in map(place_of, addresses) if place))
    countries = tuple(dict.fromkeys(place.country for place in places)) if job["isRemote"] else ()
    return replace(
        subject_of(posting, at), employer=employer.name, places=places, remote_countries=countries,
        unmet=tuple(unmet_field_requirements(posting, at)),
    )  # fmt: skip


def board_subjects(folder, at):
    """Of every board in the folder; each posting beside the others of its board."""
    subjects = []
    for number, path in enumerate(sorted(folder.glob("*.json")), start=1):
        employer = Employer(pk=number, name=path.stem)
        board = [job_subject(job, employer, at) for job in json.loads(path.read_text())["jobs"] if job["isListed"]]
        candidates = [(subject, OpenPosting(subject.title, subject.text, subject.places)) for subject in board]
        subjects += [
            replace(subject, candidates=tuple(other for one, other in candidates if one is not subject)[:40])
            for subject in board
        ]
    return subjects
