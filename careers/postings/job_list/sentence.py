"""A search of /jobs/ in words: 'Data Engineer jobs in Germany or France, remote, posted in the last 7 days'."""

from careers.core.facets import join_with_or
from careers.geo.countries import country_with_article

PATTERNS = {
    "role": "{} jobs",
    "q": " matching “{}”",
    "employer": " at {}",
    "country": " in {}",
    "near": " {}",
    "remote": ", remote jobs {}",
    "workplace": ", {}",
    "type": ", {}",
    "level": ", {}",
    "skill": ", asking for {}",
    "pay": ", pay {}",
    "posted": ", posted in {}",
}
LOWER_CASE = {"remote", "workplace", "type", "level", "posted"}


def sentence_for(form) -> str:
    parts = [pattern.format(words) for name, pattern in PATTERNS.items() if (words := _words(form, name))]
    return "".join(parts if form.chosen("role") else ["Jobs", *parts])


def _words(form, name):
    chosen = form.chosen(name)
    if not chosen:
        return ""
    if name == "country":
        return join_with_or([country_with_article(code) for code in chosen])
    if name == "pay":
        return join_with_or([_pay_words(label) for label in chosen.values()])
    words = join_with_or(list(chosen.values()))
    return words.lower() if name in LOWER_CASE else words


def _pay_words(label):
    return "not stated" if label == "Pay not stated" else f"of {label} a year"
