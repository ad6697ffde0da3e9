"""From bytes to text, without guessing silently: a file that is something else is named, a broken byte has a place."""

import codecs
import re
from dataclasses import dataclass

from careers.guide_import.text.blocks import ArticleError

MAX_BYTES = 5 * 1024 * 1024
WANTED = "Give a .md, .txt, .html or .docx file."
# What begins so is none of the files an article comes in.
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
MARKS = [
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
]
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.I)
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str


def refuse_other_files(content, name):
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ArticleError(f"{name} is empty.")
    if len(content) > MAX_BYTES:
        size, most = len(content) / 1024 / 1024, MAX_BYTES // 1024 // 1024
        raise ArticleError(f"{name} has {size:.1f} MB; an article may have {most} MB.")
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            raise ArticleError(f"{name} is {what}. {WANTED}")


def decoded(content, name):
    """UTF-8, UTF-16, UTF-32, what an HTML file declares, or else Windows-1252, with line ends as \\n."""
    text, encoding = _text_of(content, name)
    text = LINE_ENDS.sub("\n", text)
    if "\0" in text or len(re.findall("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", text)) > len(text) / 100:
        raise ArticleError(f"{name} holds no text: it is some other kind of file. {WANTED}")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise ArticleError(
            f"{name}, line {line}: holds a � where a letter was lost. Save the text anew from its origin."
        )
    return Decoded(text, encoding)


def _text_of(content, name):
    for mark, codec, label in MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], codec, label, name), label
    if codec := _utf16_without_mark(content):
        return _strict(content, codec, "UTF-16", name), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        broken_at = error.start
    codec, label = _declared(content)
    try:
        return content.decode(codec), label
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, max(broken_at, error.start)) + 1
        raise ArticleError(f"{name}, line {line}: neither UTF-8 nor {label}. Save it as UTF-8.") from error


def _strict(content, codec, label, name):
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} begins as {label} and is broken at byte {error.start}. Save it as UTF-8."
        ) from error


def _utf16_without_mark(content):
    """Latin letters in UTF-16 have a zero byte each, always on the same side."""
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(len(head[::2]), len(head[1::2])) < 4 or max(even, odd) < len(head) * 0.3:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(content):
    match = DECLARED.search(content[:4096])
    if match:
        name = (match[1] or match[2]).decode("ascii")
        try:
            codec = codecs.lookup(name)
        except LookupError:
            codec = None
        if codec and codec._is_text_encoding and codec.name not in ("utf-8", "ascii", "iso8859-1"):
            return codec.name, name
    return "cp1252", "Windows-1252"
