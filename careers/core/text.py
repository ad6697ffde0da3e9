import re
import unicodedata


def fold_text(text: str) -> str:
    """Without case, accents and punctuation, to compare titles: 'Café-Manager (Ü 50)' -> 'cafe manager u 50'."""
    plain = text if text.isascii() else _without_accents(text)
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def _without_accents(text):
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
