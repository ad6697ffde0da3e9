"""Safety checks of a Word file before its XML is parsed: unpacked size, macros, external entities, other archives.

Workbooks have their own rules and messages (careers/files/tables/workbook_guard.py); both use careers/files/zip_guard.py.
"""

import io
import re
import zipfile

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError

from careers.files.zip_guard import (
    DAMAGED,
    MEGABYTE,
    UnsafeZipError,
    XmlFault,
    ZipFault,
    ZipLimits,
    check_members,
    xml_fault,
)
from careers.guide_import.text.blocks import ArticleError

from .decoding import SUPPORTED_FILES

LIMITS = ZipLimits(members=2_000, unpacked=60 * MEGABYTE, member=25 * MEGABYTE, ratio=200)
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
PROGRAM = re.compile(r"vbaProject|vbaData|activeX|\.(?:bin|exe|dll|js|vbs)$", re.IGNORECASE)
TOO_LARGE = "would unpack to far more than an article needs; it is refused."
MESSAGES = {
    ZipFault.DUPLICATE_NAMES: "holds two parts of the same name; it is refused.",
    ZipFault.ENCRYPTED: "is locked with a password; save it without one.",
    ZipFault.PATH_OUTSIDE: "names parts outside itself; it is refused.",
}
SIDE_PART = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")


def check_archive(content: bytes, name: str) -> list[tuple[str, str]]:
    """Returns [(reason to skip, text)] of headers, footers, notes and comments.

    Raises ArticleError for an archive that is unsafe to open or is not a Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            reject_other_archives({member.filename for member in members}, name)
            check_members(members, LIMITS)
            return [part for member in members if (part := check_part(archive, member, name))]
    except UnsafeZipError as error:
        raise ArticleError(f"{name} {MESSAGES.get(error.fault, TOO_LARGE)}") from error
    except (*DAMAGED, XMLSyntaxError) as error:
        raise ArticleError(
            f"{name} is a broken or locked archive. Save it again as .docx, without a password."
        ) from error


def reject_other_archives(names: set[str], name: str) -> None:
    if "word/document.xml" not in names:
        file_type = next(
            (file_type for part, file_type in OTHER_ARCHIVES.items() if part in names), "an archive without a Word text"
        )
        raise ArticleError(f"{name} is {file_type}. {SUPPORTED_FILES}")
    if any(PROGRAM.search(member) for member in names):
        raise ArticleError(f"{name} contains macros or programs. Save it without them as .docx.")


def check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> tuple[str, str] | None:
    """Unpacks one part, which checks its size and checksum, and rejects XML that can declare entities."""
    content = archive.read(member)
    if member.filename.endswith((".xml", ".rels")) and xml_fault(io.BytesIO(content)) is XmlFault.DOCTYPE:
        raise ArticleError(f"{name} refers to files outside itself. Save it again as .docx.")
    if side_part := SIDE_PART.fullmatch(member.filename):
        text = text_of_part(content)
        return (SIDE_PARTS[side_part[1]], text) if text else None
    return None


def text_of_part(content: bytes) -> str:
    """The text of all paragraphs, joined by spaces."""
    root = parse_xml(content)
    paragraphs = ["".join(text.text or "" for text in found.iter(qn("w:t"))) for found in root.iter(qn("w:p"))]
    return " ".join(text.strip() for text in paragraphs if re.search(r"\w", text))
