"""The fields of the index, and how text becomes words. A change here raises VERSION, and every index is built anew."""

import tantivy
from tantivy import Filter, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

VERSION = 4

# Values as they stand, several to a document; each can be filtered by and counted.
FACETS = (
    "role", "country", "region", "city", "place", "workplace", "type", "level", "skill",
    "category", "form", "cost", "language", "currency", "band", "mark",
)  # fmt: skip

# Facets by primary key, for rows of which there may be many thousands: a number is counted without looking up its text.
KEYS = ("employer",)

# Whole numbers that can be filtered and sorted by.
NUMBERS = ("opens", "closes", "newest", "posted", "pay_low", "pay_high", "pay_order")

WORD = r"[\p{L}\p{M}\p{N}]+[+#]*"
MAX_WORD_LENGTH = 40


def build():
    builder = SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("pk", indexed=True, fast=True)
    for name in ("all", "title", "names"):
        builder.add_text_field(name, tokenizer_name="stems")
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    builder.add_text_field("called", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("begun", tokenizer_name="words", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in KEYS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, fast=True)
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("epoch", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def words_analyzer():
    """Folded words: 'Développeur C++' -> 'developpeur', 'c++'."""
    return _plain().build()


def stems_analyzer():
    """Folded words without their English endings: 'machines' and 'machine' -> 'machin'."""
    return _plain().filter(Filter.stemmer("english")).build()


def normalize_title(text):
    """What two spellings of one title have in common: 'C++-Entwickler (Köln)' -> 'c++ entwickler koln'."""
    return " ".join(WORD_ANALYZER.analyze(text))


def _plain():
    builder = TextAnalyzerBuilder(Tokenizer.regex(WORD))
    return builder.filter(Filter.remove_long(MAX_WORD_LENGTH)).filter(Filter.lowercase()).filter(Filter.ascii_fold())


SCHEMA = build()
STEM_ANALYZER, WORD_ANALYZER = stems_analyzer(), words_analyzer()


def register_tokenizers(index: tantivy.Index):
    index.register_tokenizer("stems", stems_analyzer())
    index.register_tokenizer("words", words_analyzer())
    return index
