"""The fields of the index. Text fields hold words that text.py has split.

A change in this module or in text.py needs a higher VERSION; a change of the registered fields makes a new
`schema_version` by itself. Either way each host builds a new index.
"""

import zlib
from functools import cache
from typing import NamedTuple

import tantivy
from tantivy import SchemaBuilder

from . import text
from .documents import KINDS

VERSION = 6
NEWEST = "newest"  # number field by which results without words are sorted, highest first


class Fields(NamedTuple):
    """Names of the fields of all registered kinds, sorted."""

    facets: tuple[str, ...]
    key_facets: tuple[str, ...]
    numbers: tuple[str, ...]


@cache
def fields() -> Fields:
    facets, key_facets, numbers = set(), set(), {"opens", "closes", NEWEST}
    for kind in KINDS.values():
        facets.update(kind.facets)
        key_facets.update(kind.key_facets)
        numbers.update(kind.numbers)
    return Fields(tuple(sorted(facets)), tuple(sorted(key_facets)), tuple(sorted(numbers)))


def schema_version() -> str:
    """'6-1a2b3c4d': VERSION, and a checksum of the registered fields."""
    return f"{VERSION}-{zlib.crc32(repr(tuple(fields())).encode()):08x}"


@cache
def schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("pk", indexed=True, fast=True)
    for name in ("all", "title", "names"):
        builder.add_text_field(name, tokenizer_name="stems")
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    builder.add_text_field("exact_title", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title_words", tokenizer_name="words", index_option="basic")
    for name in fields().facets:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in fields().key_facets:
        builder.add_unsigned_field(name, indexed=True, fast=True)  # counting a number needs no look-up of its text
    for name in fields().numbers:
        builder.add_integer_field(name, fast=True)
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("epoch", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("stems", text.stem_analyzer())
    index.register_tokenizer("words", text.word_analyzer())
    return index
