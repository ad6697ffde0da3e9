import re
import unicodedata


def fold_text(text):
    """'Café-Manager (Ü 50)' -> 'cafe manager u 50': what two spellings of one title have in common."""
    plain = text if text.isascii() else _without_marks(text)
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def _without_marks(text):
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
