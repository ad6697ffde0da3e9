"""Signs and names of currencies, and the currency that a sign means in a country."""

from babel.numbers import get_territory_currencies

from careers.core.money import currency_codes

# currency | sign | sign ...
UNAMBIGUOUS_TABLE = """
USD US$ | US $ | U.S.$ | USD$ | US dollars | U.S. dollars | American dollars
AUD AU $ | A$ | AU$ | AUD$ | Australian dollars
CAD CA $ | C$ | CA$ | CAD$ | CDN$ | Can$ | Canadian dollars
NZD NZ$ | NZD$ | New Zealand dollars
SGD S$ | SG$ | Singapore dollars
HKD HK$
TWD NT$
BRL R$ | reais
MXN MX$
JMD J$
TTD TT$
EUR € | euros | euro | Euro
GBP pounds sterling | British pounds
INR ₹ | Indian rupees
NGN ₦ | naira | Naira
KRW ₩ | Korean won
PHP ₱
THB ฿ | baht
VND ₫
ILS ₪ | shekels
PLN zł | zloty | zlotys
CZK Kč
HUF Ft | forints
TRY ₺
RUB ₽ | roubles | rubles
UAH ₴ | hryvnias
RON lei
MYR RM | ringgit
IDR Rp
KES KSh | Ksh | KShs
TZS TSh
UGX USh
GHS GH₵ | GH¢ | ₵ | cedis
EGP E£
CNY RMB | CN¥ | yuan
JPY JP¥ | yen
ZAR rand | Rand | South African rand
CHF SFr. | SFr | Swiss francs
AED Dhs | Dhs. | UAE dirhams | Emirati dirhams
SEK Swedish kronor
NOK Norwegian kroner
DKK Danish kroner
SAR SR
QAR QR
ETB Birr
BDT taka | ৳
"""
DOLLARS = "USD CAD AUD NZD SGD HKD TWD BSD BBD BZD BMD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD BND"
PESOS = "MXN ARS CLP COP UYU DOP CUP PHP"
POUNDS = "GBP EGP LBP SDG SSP SYP GIP FKP SHP"
CROWNS = "SEK NOK DKK ISK CZK"
RUPEES = "INR PKR LKR NPR MUR SCR"
FRANCS = "CHF XOF XAF RWF BIF DJF GNF KMF CDF"
# signs | possible currencies | currency assumed without a country, if any
AMBIGUOUS_TABLE = f"""
$, dollars | {DOLLARS} | USD
£, pounds | {POUNDS} | GBP
kr, kr., kroner, crowns | {CROWNS} |
Rs, Rs., ₨, rupees | {RUPEES} |
Fr., Fr, francs | {FRANCS} |
pesos | {PESOS} |
¥ | JPY CNY |
kronor | SEK | SEK
krona | SEK ISK |
R | ZAR | ZAR
N | NGN NAD |
dirhams, Dh, DH | AED MAD |
riyals | SAR QAR OMR YER |
shillings | KES TZS UGX SOS |
dinars | KWD BHD JOD RSD TND DZD IQD |
lira | TRY | TRY
"""
UNAMBIGUOUS_SIGNS = {
    sign.strip(): line[:3] for line in UNAMBIGUOUS_TABLE.strip().split("\n") for sign in line[4:].split(" | ")
}
AMBIGUOUS_SIGNS = {
    sign.strip(): (codes.split(), default.strip())
    for line in AMBIGUOUS_TABLE.strip().split("\n")
    for signs, codes, default in [line.split("|")]
    for sign in signs.split(",")
}
CODES = sorted(currency_codes())
# Codes that are also words: read as a currency only beside a number of 1,000 or more.
AMBIGUOUS_CODES = {
    "ALL",
    "TOP",
    "TRY",
    "ANG",
    "CUP",
    "GEL",
    "MOP",
    "PEN",
    "SOS",
    "BAM",
    "LAK",
    "MAD",
    "CAD",
    "RON",
    "STN",
}


def find_currency(sign: str, country: str) -> tuple[str, str]:
    """(ISO code or '', doubt or '') of a sign in a text about a country."""
    if sign in UNAMBIGUOUS_SIGNS:
        return UNAMBIGUOUS_SIGNS[sign], ""
    local = get_territory_currencies(country) if country else []
    if not sign:
        return (local[0], f"names no currency: {local[0]} taken, the currency of the place") if local else ("", "")
    if sign not in AMBIGUOUS_SIGNS:
        return sign, ""
    candidates, default = AMBIGUOUS_SIGNS[sign]
    used_here = [code for code in local if code in candidates]
    if used_here:
        return used_here[0], ""
    if sign in ("$", "dollars") and set(local) & set(PESOS.split()):
        return "", f"“{sign}” may mean {local[0]} or US dollars here"
    if default:
        doubt = (
            "" if country or default == "GBP" or len(candidates) == 1 else f"“{sign}” without a place: {default} taken"
        )
        return default, doubt
    return "", f"“{sign}” is the sign of several currencies ({', '.join(candidates[:4])}) and no place tells which"
