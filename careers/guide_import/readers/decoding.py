"""Bytes of an article file -> text. Unsupported files are rejected by name, and an undecodable byte with its line.

Byte order marks are those of careers/files/encodings.py. The rest differs from tables: articles may be UTF-16 without a mark
or declare their encoding in HTML, and one that mixes UTF-8 and Windows-1252 is read, not refused.
"""

import codecs
import re
from dataclasses import dataclass

from careers.files.encodings import marked_encoding
from careers.guide_import.text.blocks import ArticleError

MAX_BYTES = 5 * 1024 * 1024
SUPPORTED_FILES = "Choose a .md, .txt, .html or .docx file."
# First bytes of files that are no articles.
SIGNATURES = [
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc), or one locked with a password; save it as .docx"),
    (b"{\\rtf", "a rich-text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"7z\xbc\xaf", "a compressed file (.7z)"),
    (b"Rar!", "a compressed file (.rar)"),
    (b"bplist", "a web archive of a browser"),
    (b"version https://git-lfs", "a pointer to a file that is kept elsewhere"),
]
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.I)
NO_ENCODINGS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape"}  # codecs of Python, not of files
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class DecodedText:
    text: str
    encoding: str


def reject_unsupported_file(content: bytes, name: str) -> None:
    """Raises ArticleError for empty, too large and foreign files."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ArticleError(f"{name} is empty.")
    if len(content) > MAX_BYTES:
        size, limit = len(content) / 1024 / 1024, MAX_BYTES // 1024 // 1024
        raise ArticleError(f"{name} is {size:.1f} MB. Choose a file of at most {limit} MB.")
    for signature, file_type in SIGNATURES:
        if content.startswith(signature):
            raise ArticleError(f"{name} is {file_type}. {SUPPORTED_FILES}")


def decode_text(content: bytes, name: str) -> DecodedText:
    """Tries UTF-8, UTF-16 and UTF-32, then the encoding an HTML file declares, then Windows-1252. Line ends become \\n.

    Raises ArticleError for bytes of no such encoding, binary content and replacement characters.
    """
    text, encoding = _decode(content, name)
    text = LINE_ENDS.sub("\n", text)
    if "\0" in text or len(re.findall("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", text)) > len(text) / 100:
        raise ArticleError(f"{name} has no text: it is another kind of file. {SUPPORTED_FILES}")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise ArticleError(
            f"{name}, line {line}: contains a � where a letter was lost. Export the text again from the original."
        )
    return DecodedText(text, encoding)


def _decode(content, name):
    if marked := marked_encoding(content):
        return _decode_strictly(content[len(marked.mark) :], marked.codec, marked.label, name), marked.label
    if codec := _utf16_without_byte_order_mark(content):
        return _decode_strictly(content, codec, "UTF-16", name), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        broken_at = error.start
    codec, label = _declared_encoding(content)
    try:
        return content.decode(codec), label
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, max(broken_at, error.start)) + 1
        raise ArticleError(f"{name}, line {line}: neither UTF-8 nor {label}. Save it as UTF-8.") from error


def _decode_strictly(content, codec, label, name):
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} begins as {label} and is broken at byte {error.start}. Save it as UTF-8."
        ) from error


def _utf16_without_byte_order_mark(content):
    """Latin text in UTF-16 has a zero byte per letter, always at even or always at odd offsets."""
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(len(head[::2]), len(head[1::2])) < 4 or max(even, odd) < len(head) * 0.3:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared_encoding(content):
    """(codec, label) declared in the first 4 KB of a file that is not UTF-8.

    Without a declaration, and where UTF-8, ASCII or Latin-1 is declared, it is Windows-1252.
    """
    match = DECLARED.search(content[:4096])
    if match:
        name = (match[1] or match[2]).decode("ascii")
        try:
            codec = codecs.lookup(name).name
            "x".encode(codec)  # LookupError for a codec of bytes, such as hex
        except (LookupError, UnicodeError):
            codec = ""
        if codec and codec not in ("utf-8", "ascii", "iso8859-1", *NO_ENCODINGS):
            return codec, name
    return "cp1252", "Windows-1252"
