"""Safety checks of a Word file before its XML is parsed: unpacked size, macros, external entities, other archives.

Workbooks have an own guard (careers/files/tables/workbook_guard.py) with other limits, rules and messages.
"""

import io
import re
import zipfile

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from careers.guide_import.text.blocks import ArticleError

from .decoding import SUPPORTED_FILES

MAX_MEMBERS = 2000
MAX_UNPACKED = 60 * 1024 * 1024  # bytes, all parts together
MAX_PART = 25 * 1024 * 1024  # bytes
CHUNK = 1024 * 1024  # bytes
# {part name: the reason shown in the import report}
SIDE_PARTS = {
    "header": "page header",
    "footer": "page footer",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "comment in the margin",
}
OTHER_ARCHIVES = {
    "xl/workbook.xml": "an Excel file",
    "ppt/presentation.xml": "a presentation",
    "content.xml": "an OpenDocument file (.odt)",
}
SIDE_PART = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")


def check_archive(content: bytes, name: str) -> list[tuple[str, str]]:
    """Returns [(reason to skip, text)] of headers, footers, notes and comments.

    Raises ArticleError for an archive that is unsafe to open or is not a Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            reject_oversized_archive(members, name)
            names = {member.filename for member in members}
            reject_other_archives(names, name)
            return [part for member in members if (part := check_part(archive, member, name))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArticleError(f"{name} is a broken or locked archive, not a Word file that can be read.") from error


def reject_oversized_archive(members, name):
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ArticleError(f"{name} would unpack to far more than an article needs; it is refused.")
    if len({member.filename for member in members}) < len(members):
        raise ArticleError(f"{name} holds two parts of the same name; it is refused.")


def reject_other_archives(names, name):
    if "word/document.xml" not in names:
        file_type = next(
            (file_type for part, file_type in OTHER_ARCHIVES.items() if part in names), "an archive without a Word text"
        )
        raise ArticleError(f"{name} is {file_type}. {SUPPORTED_FILES}")
    if any(
        re.search(r"vbaProject|vbaData|activeX|\.(?:bin|exe|dll|js|vbs)$", member, re.IGNORECASE) for member in names
    ):
        raise ArticleError(f"{name} holds macros or programs; save it without them, as .docx.")
    if any(member.startswith("/") or ".." in member.split("/") for member in names):
        raise ArticleError(f"{name} names parts outside itself; it is refused.")


def check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> tuple[str, str] | None:
    """Unpacks one part up to the size limit, whatever size it declares, and checks its XML for entities."""
    limit, unpacked = MAX_PART, []
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            limit -= len(chunk)
            if limit < 0:
                raise ArticleError(f"{name} would unpack to far more than an article needs; it is refused.")
            unpacked.append(chunk)
    if not member.filename.endswith((".xml", ".rels")):
        return None
    content = b"".join(unpacked)
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content.replace(b"\0", b""), re.IGNORECASE):
        raise ArticleError(f"{name} refers to entities outside itself; it is refused.")
    if side_part := SIDE_PART.fullmatch(member.filename):
        text = text_of_part(content)
        return (SIDE_PARTS[side_part[1]], text) if text else None
    return None


def text_of_part(content):
    """The text of all paragraphs, joined by spaces."""
    root = parse_xml(content)
    paragraphs = ["".join(text.text or "" for text in found.iter(qn("w:t"))) for found in root.iter(qn("w:p"))]
    return " ".join(text.strip() for text in paragraphs if re.search(r"\w", text))
