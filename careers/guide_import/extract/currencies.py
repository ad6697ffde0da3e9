"""The signs and words of currencies, and which currency a sign means at a place."""

from babel.numbers import get_territory_currencies

from careers.core.money import currency_codes

# Of one currency each.
CERTAIN_SIGNS = """
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
# Of several: the signs | the currencies | the one that is meant where no place is named, if any.
SHARED_SIGNS = f"""
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
CERTAIN = {sign.strip(): line[:3] for line in CERTAIN_SIGNS.strip().split("\n") for sign in line[4:].split(" | ")}
SHARED = {
    sign.strip(): (codes.split(), usual.strip())
    for line in SHARED_SIGNS.strip().split("\n")
    for signs, codes, usual in [line.split("|")]
    for sign in signs.split(",")
}
CODES = sorted(currency_codes())
# Codes that are words as well: taken for a currency only beside a large number.
WORDS = {"ALL", "TOP", "TRY", "ANG", "CUP", "GEL", "MOP", "PEN", "SOS", "BAM", "LAK", "MAD", "CAD", "RON", "STN"}


def currency_of(sign, country):
    """(ISO code or '', what is uncertain about it or '') of a sign written about a place."""
    if sign in CERTAIN:
        return CERTAIN[sign], ""
    local = get_territory_currencies(country) if country else []
    if not sign:
        return (local[0], f"names no currency: {local[0]} taken, the currency of the place") if local else ("", "")
    if sign not in SHARED:
        return sign, ""
    meant, usual = SHARED[sign]
    here = [code for code in local if code in meant]
    if here:
        return here[0], ""
    if sign in ("$", "dollars") and set(local) & set(PESOS.split()):
        return "", f"“{sign}” may mean {local[0]} or US dollars here"
    if usual:
        doubt = "" if country or usual == "GBP" or len(meant) == 1 else f"“{sign}” without a place: {usual} taken"
        return usual, doubt
    return "", f"“{sign}” is the sign of several currencies ({', '.join(meant[:4])}) and no place tells which"
