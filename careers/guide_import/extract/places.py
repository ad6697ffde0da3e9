"""Places named in a text: countries under any English name, states and emirates, well-known cities."""

import re
from dataclasses import dataclass
from functools import lru_cache

import pycountry
from babel.core import get_global

from careers.geo.countries import country_names

OTHER_NAMES = {
    "US": ["USA", "U.S.A.", "U.S.", "U.S", "US", "United States of America", "the States", "America", "Stateside"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain", "U.K"], "AE": ["UAE", "U.A.E.", "Emirates"],
    "KR": ["Korea", "Republic of Korea"], "NL": ["Holland", "The Netherlands"], "CZ": ["Czech Republic"], "TR": ["Turkey"],
    "CI": ["Ivory Coast"], "RU": ["Russian Federation"], "VN": ["Viet Nam"], "SA": ["KSA"], "NZ": ["Aotearoa"],
    "HK": ["Hong Kong"], "MO": ["Macau"], "CN": ["PRC"], "CD": ["DRC"], "MM": ["Burma"], "BA": ["Bosnia"], "IE": ["Eire"],
}  # fmt: skip
ADJECTIVES = {
    "American": "US", "British": "GB", "Canadian": "CA", "Australian": "AU", "German": "DE", "French": "FR", "Spanish": "ES",
    "Italian": "IT", "Dutch": "NL", "Irish": "IE", "Swiss": "CH", "Austrian": "AT", "Indian": "IN", "Nigerian": "NG",
    "Japanese": "JP", "Swedish": "SE", "Norwegian": "NO", "Danish": "DK", "Finnish": "FI", "Polish": "PL", "Kenyan": "KE",
    "Brazilian": "BR", "Mexican": "MX", "Singaporean": "SG", "Portuguese": "PT", "Belgian": "BE", "Emirati": "AE",
}  # fmt: skip
# Countries whose states are recognised in running text; states of others only as a whole label.
STATES_OF = ("US", "CA", "AU", "AE")
STATES = """
AE-DU: Dubai
AE-AZ: Abu Dhabi
AE-SH: Sharjah
AE-AJ: Ajman
AE-FU: Fujairah
US-DC: Washington, D.C.; Washington, DC; Washington DC; Washington D.C.
GB-ENG: England
GB-SCT: Scotland
GB-WLS: Wales
GB-NIR: Northern Ireland
DE-BY: Bavaria
DE-HE: Hesse
DE-SN: Saxony
DE-BW: Baden-Württemberg
DE-NW: North Rhine-Westphalia
DE-NI: Lower Saxony
ES-CT: Catalonia
ZA-GP: Gauteng
ZA-WC: Western Cape
CA-QC: Quebec
IN-MH: Maharashtra
IN-KA: Karnataka
US-NY: New York State
US-WA: Washington State
"""
CITIES = """
US-CA: San Francisco, San Diego, San Jose, Sacramento, Oakland, Silicon Valley
US-NY: New York City, NYC, Brooklyn
US-WA: Seattle
US-MA: Boston
US-TX: Austin, Houston, Dallas, San Antonio
US-GA: Atlanta
US-FL: Miami, Orlando, Tampa
US-PA: Philadelphia, Pittsburgh
US-MN: Minneapolis
US-NC: Charlotte, Raleigh
US-IL: Chicago
US-CO: Denver
US-AZ: Phoenix
US-TN: Nashville
GB: Manchester, Birmingham, Leeds, Bristol, Liverpool, Sheffield, Nottingham
GB-SCT: Edinburgh, Glasgow
GB-WLS: Cardiff
GB-NIR: Belfast
DE-BY: Munich
DE-HH: Hamburg
DE-BE: Berlin
DE-HE: Frankfurt
DE-NW: Cologne, Düsseldorf
DE-BW: Stuttgart
ES: Barcelona, Valencia, Seville
FR: Lyon, Marseille, Toulouse
IT: Milan, Turin, Naples
CA-QC: Montreal, Montréal
CA-ON: Ottawa, Toronto
CA-AB: Calgary, Edmonton
CA-BC: Vancouver
AU-NSW: Sydney
AU-VIC: Melbourne
AU-QLD: Brisbane
AU-WA: Perth
AU-SA: Adelaide
IN-KA: Bangalore, Bengaluru
IN-MH: Mumbai, Pune
IN-DL: Delhi, New Delhi
IN-TG: Hyderabad
IN-TN: Chennai
ZA-WC: Cape Town
ZA-KZN: Durban
ZA-GP: Johannesburg, Pretoria
NG-FC: Abuja
NG-LA: Lagos
CH-GE: Geneva
CH-ZH: Zurich, Zürich
CH-BS: Basel
CH-BE: Bern
NL: Rotterdam, The Hague, Utrecht
CN: Beijing, Shenzhen, Guangzhou
IL: Tel Aviv
AT: Graz, Salzburg
PL: Krakow, Kraków, Wrocław
BR: Rio de Janeiro
NZ: Wellington
PT: Porto
SE: Gothenburg
JP: Osaka
SA: Jeddah
PK: Lahore, Islamabad
"""
REGIONS = (
    "Europe", "European Union", "EU", "Asia", "Africa", "Latin America", "South America", "Middle East", "Scandinavia",
    "worldwide", "globally",
)  # fmt: skip
US_CODES = {state.code[3:] for state in pycountry.subdivisions.get(country_code="US")}


@dataclass(frozen=True)
class Place:
    country: str = ""
    subdivision: str = ""
    city: str = ""
    region: str = ""

    def __bool__(self):
        return bool(self.country or self.region)

    def within(self, wider):
        """This place completed by a wider one named beside it: Austin and Texas, Dubai and the UAE."""
        subdivision = self.subdivision or (wider.subdivision if wider.country == self.country else "")
        return Place(self.country or wider.country, subdivision, self.city or wider.city)

    def is_compatible(self, other):
        """Whether both can be one place: same country, not two states, not two cities."""
        same_state = not (self.subdivision and other.subdivision) or self.subdivision == other.subdivision
        return self.country == other.country and same_state and not (self.city and other.city)


@dataclass(frozen=True)
class Mention:
    place: Place
    start: int
    end: int


def _table(text, separator):
    """'DE-BY: Munich, Nuremberg' in lines -> [('DE-BY', ['Munich', 'Nuremberg'])]"""
    lines = [line.split(": ") for line in text.strip().split("\n")]
    return [(code, names.split(separator)) for code, names in lines]


@lru_cache(maxsize=1)
def _countries():
    names = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name"):
            if name := getattr(country, attribute, ""):
                names[name] = Place(country.alpha_2)
    names |= {name: Place(code) for code, name in country_names().items()}
    names |= {name: Place(code) for code, others in OTHER_NAMES.items() for name in others}
    return names


@lru_cache(maxsize=1)
def _names_in_text():
    """{name: place} of names recognised anywhere in a text."""
    names = dict(_countries())
    names |= {name: Place(code) for name, code in ADJECTIVES.items()}
    for subdivision in pycountry.subdivisions:
        if subdivision.country_code in STATES_OF and subdivision.name not in names:
            names[subdivision.name] = Place(subdivision.country_code, subdivision.code)
    names |= {name: Place(code[:2], code) for code, others in _table(STATES, "; ") for name in others}
    return names | {name: Place(region=name) for name in REGIONS}


@lru_cache(maxsize=1)
def _cities():
    """{name: place} of cities that time zones are named after, and of others common in pay lists."""
    cities = {}
    for zone, code in get_global("zone_territories").items():
        area, _, city = zone.rpartition("/")
        if area in ("America", "Europe", "Asia", "Africa", "Australia", "Pacific") and len(city) > 3:
            cities[city.replace("_", " ")] = Place(code, city=city.replace("_", " "))
    for code, names in _table(CITIES, ", "):
        cities |= {name: Place(code[:2], code if "-" in code else "", name) for name in names}
    return {
        name: place
        for name, place in cities.items()
        if name not in _names_in_text() and place.country in country_names()
    }


@lru_cache(maxsize=1)
def _pattern():
    names = sorted([*_names_in_text(), *_cities()], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w])")


AFTER_PREPOSITION = re.compile(
    r"\b(?:in|for|around|near|outside|across|of|from|within|to)(?: the)?(?: city of)?\s*$", re.IGNORECASE
)


def places_in(text: str) -> list[Mention]:
    """Mentions in order; “Austin, Texas” and “Dubai (UAE)” are one mention each."""
    mentions = []
    for match in _pattern().finditer(text):
        if match[0] in ("US", "AMERICA") and text.isupper():
            continue
        place = _names_in_text().get(match[0]) or _cities()[match[0]]
        if place.city and not _is_city_in_context(text, match):
            continue
        mentions.append(_with_state_code(Mention(place, match.start(), match.end()), text))
    return _merge_adjacent(mentions, text)


def _is_city_in_context(text, match):
    starts = not text[: match.start()].strip(" \t•*-–(|:,/")
    before = text[max(0, match.start() - 40) : match.start()]
    return (
        starts or bool(AFTER_PREPOSITION.search(before)) or bool(re.search(r"[,/(|;]\s*$|\b(?:and|or|&)\s*$", before))
    )


def _with_state_code(mention, text):
    code = re.match(r",\s([A-Z]{2})\b", text[mention.end :])
    if code and mention.place.country == "US" and code[1] in US_CODES:
        place = Place("US", f"US-{code[1]}", mention.place.city)
        return Mention(place, mention.start, mention.end + code.end())
    return mention


def _merge_adjacent(mentions, text):
    result = []
    for mention in mentions:
        last = result[-1] if result else None
        if (
            last
            and last.place.is_compatible(mention.place)
            and re.fullmatch(r"\s*[,(/–-]?\s*(?:the )?", text[last.end : mention.start])
        ):
            result[-1] = Mention(last.place.within(mention.place), last.start, mention.end)
        else:
            result.append(mention)
    return result


def place_of_label(label: str) -> Place | None:
    """The place of a cell, lead or heading that names a place and nothing else; None for other labels."""
    plain = re.sub(r"\([^)]*\)|[\U0001f1e6-\U0001f1ff]", " ", label)
    plain = re.sub(r"\s+", " ", plain).strip(" :–—-.,*•\t")
    bare = re.sub(r"^(?:in )?(?:the )?", "", plain, flags=re.IGNORECASE)
    for name in (plain, bare, bare.title() if bare.isupper() and len(bare) > 3 else bare):
        if name in _names_in_text() and name not in ADJECTIVES:
            return _names_in_text()[name]
        if name in _cities():
            return _cities()[name]
    mentions = places_in(bare)
    if len(mentions) == 1 and not bare[: mentions[0].start].strip() and not bare[mentions[0].end :].strip(" .,()"):
        return mentions[0].place
    return _subdivision_of_label(bare)


def place_of_heading(text: str) -> Place | None:
    """The place of a heading: its whole label, or the only place it mentions."""
    if place := place_of_label(text):
        return place
    mentions = places_in(text)
    return mentions[0].place if len(mentions) == 1 else None


def _subdivision_of_label(name):
    found = _subdivisions().get(name.casefold(), [])
    return Place(found[0].country_code, found[0].code) if len(found) == 1 else None


@lru_cache(maxsize=1)
def _subdivisions():
    by_name = {}
    for subdivision in pycountry.subdivisions:
        by_name.setdefault(subdivision.name.casefold(), []).append(subdivision)
    return by_name
