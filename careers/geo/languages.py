"""Languages (ISO 639) and their names."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=1)
def language_names(locale: str = "en") -> dict[str, str]:
    """{code of two or three letters: name in the locale}, sorted by name."""
    names = Locale.parse(locale).languages
    return {code: name for code, name in sorted(names.items(), key=lambda pair: pair[1]) if "_" not in code}


def language_choices() -> list[tuple[str, str]]:
    return list(language_names().items())


def language_name(code: str) -> str:
    return language_names().get(code.lower(), code)
