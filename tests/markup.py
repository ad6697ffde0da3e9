"""Pages as readers see them: the text without its markup."""

import re
from html import unescape


def text_of(response):
    return words_of(response.content.decode())


def words_of(markup):
    """One space stands for every gap and every tag."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))
