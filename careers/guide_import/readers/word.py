"""Word files. The archive is measured before anything opens it; macros and outside entities are refused."""

import io
import re
import zipfile

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from careers.guide_import.text.blocks import ArticleError, Block, Kind, Reading, row
from careers.guide_import.text.inline import Inline, Run, lines_of

MAX_MEMBERS = 2000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PART = 25 * 1024 * 1024
PIECE = 1024 * 1024
HEADING_NAME = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
SIDE_PARTS = {"header": "page header", "footer": "page footer", "footnotes": "footnote", "endnotes": "footnote"}
SIDE_PARTS |= {"comments": "comment in the margin"}
SIDE_PART = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")


def read_word(content, name):
    parts = checked_parts(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        reader = Reader(document)
        reader.walk(document.element.body)
    except (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise ArticleError(f"{name} is no Word file that can be read; save it anew as .docx.") from error
    for part, text in parts:
        reader.leave_out(text, part)
    if all(block.left_out for block in reader.blocks):
        raise ArticleError(f"{name} holds no text.")
    return Reading(reader.blocks, "Word", title=(document.core_properties.title or "").strip())


# -- Before anything is opened


def checked_parts(content, name):
    """Refuse what is dangerous or no Word file; returns [(what, text)] of headers, footers and notes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            refuse_bomb_by_its_word(members, name)
            names = {member.filename for member in members}
            refuse_other_archives(names, name)
            return [part for member in members if (part := checked_part(archive, member, name))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArticleError(f"{name} is a broken or locked archive, not a Word file that can be read.") from error


def refuse_bomb_by_its_word(members, name):
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ArticleError(f"{name} would unpack to far more than an article needs; it is refused.")
    if len({member.filename for member in members}) < len(members):
        raise ArticleError(f"{name} holds two parts of the same name; it is refused.")


def refuse_other_archives(names, name):
    if "word/document.xml" not in names:
        what = (
            "an Excel file"
            if "xl/workbook.xml" in names
            else "a presentation"
            if "ppt/presentation.xml" in names
            else ""
        )
        what = what or ("an OpenDocument file (.odt)" if "content.xml" in names else "an archive without a Word text")
        raise ArticleError(f"{name} is {what}. Give a .md, .txt, .html or .docx file.")
    if any(
        re.search(r"vbaProject|vbaData|activeX|\.(?:bin|exe|dll|js|vbs)$", member, re.IGNORECASE) for member in names
    ):
        raise ArticleError(f"{name} holds macros or programs; save it without them, as .docx.")
    if any(member.startswith("/") or ".." in member.split("/") for member in names):
        raise ArticleError(f"{name} names parts outside itself; it is refused.")


def checked_part(archive, member, name):
    """Unpacks one part, counting what really comes out, and looks into it where it is XML."""
    limit, unpacked = MAX_PART, []
    with archive.open(member) as part:
        while piece := part.read(PIECE):
            limit -= len(piece)
            if limit < 0:
                raise ArticleError(f"{name} would unpack to far more than an article needs; it is refused.")
            unpacked.append(piece)
    if not member.filename.endswith((".xml", ".rels")):
        return None
    content = b"".join(unpacked)
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content.replace(b"\0", b""), re.IGNORECASE):
        raise ArticleError(f"{name} refers to entities outside itself; it is refused.")
    side = SIDE_PART.fullmatch(member.filename)
    text = text_of_part(content) if side else ""
    return (SIDE_PARTS[side[1]], text) if text else None


def text_of_part(content):
    """The words of a part, paragraph by paragraph."""
    root = parse_xml(content)
    paragraphs = ["".join(text.text or "" for text in found.iter(qn("w:t"))) for found in root.iter(qn("w:p"))]
    return " ".join(text.strip() for text in paragraphs if re.search(r"\w", text))


# -- The text


class Reader:
    """Walks the body in order; what was deleted under “track changes” stays out, what was added stays in."""

    def __init__(self, document):
        self.document, self.blocks, self.table = document, [], 0
        self.counters = {}
        self.links = {key: part.target_ref for key, part in document.part.rels.items() if part.is_external}
        self.numbering = numbering_of(document)
        self.styles = {style.style_id: style for style in document.styles if style.style_id}

    @property
    def where(self):
        return f"paragraph {len(self.blocks) + 1}"

    def leave_out(self, text, reason):
        if re.search(r"\w", text):
            self.blocks.append(Block(Kind.PARAGRAPH, Inline.of(text), self.where, left_out=reason))

    def walk(self, parent):
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.rows(child)
            elif child.tag == qn("w:sdt"):
                self.content_control(child)
            elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                self.walk(child)

    def content_control(self, control):
        gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
        inside = control.find(qn("w:sdtContent"))
        if inside is None:
            return
        if gallery is not None and "contents" in (gallery.get(qn("w:val")) or "").lower():
            self.leave_out(" ".join(line.text for line in lines_of(self.runs(inside))), "table of contents")
        else:
            self.walk(inside)

    def paragraph(self, paragraph):
        lines = lines_of(self.runs(paragraph))
        kind, level, marker, depth = self.look(paragraph) if lines else (Kind.PARAGRAPH, 0, "", 0)
        for index, line in enumerate(lines):
            if kind == Kind.ENTRY and index:
                kind, marker = Kind.PARAGRAPH, ""
            self.blocks.append(Block(kind, line, self.where, level=level, marker=marker, depth=depth))
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                self.walk(box)

    def runs(self, parent, href=""):
        for child in parent.iterchildren():
            if child.tag == qn("w:r"):
                yield from self.run(child, href)
            elif child.tag == qn("w:hyperlink"):
                yield from self.runs(child, self.links.get(child.get(qn("r:id")), ""))
            elif child.tag not in (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:sdtPr")):
                yield from self.runs(child, href)
                if child.tag == qn("w:p"):
                    yield Run("\n")

    def run(self, run, href):
        bold, italic = is_on(run, "w:b"), is_on(run, "w:i")
        for child in run.iterchildren():
            if child.tag == qn("w:t"):
                yield Run(child.text or "", bold, italic, href)
            elif child.tag in (qn("w:tab"), qn("w:ptab")):
                yield Run(" ", bold, italic, href)
            elif child.tag in (qn("w:br"), qn("w:cr")):
                yield Run("\n")
            elif child.tag in (qn("w:noBreakHyphen"),):
                yield Run("-", bold, italic, href)

    # -- What a paragraph is

    def look(self, paragraph):
        style = self.style_of(paragraph)
        name = (style.name or "").lower() if style is not None else ""
        if name in ("title", "titel"):
            return Kind.HEADING, 1, "", 0
        if level := self.outline_level(paragraph, style, name):
            return Kind.HEADING, level, self.number(paragraph, style)[0], 0
        if name.startswith("toc ") or name == "caption":
            return Kind.PARAGRAPH, 0, "", 0
        marker, depth = self.number(paragraph, style)
        if not marker and re.match(r"list (?:bullet|number|paragraph)", name) and "paragraph" not in name:
            marker, depth = ("1." if "number" in name else "•"), int(name[-1]) if name[-1].isdigit() else 1
        return (Kind.ENTRY, 0, marker, depth) if marker else (Kind.PARAGRAPH, 0, "", 0)

    def style_of(self, paragraph):
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(found.get(qn("w:val"))) if found is not None else None

    def outline_level(self, paragraph, style, name):
        """The level of a heading, 0 where it is none; a style may take it from the one it is based on."""
        if match := HEADING_NAME.match(name):
            return int(match[1])
        for element in [paragraph.find(qn("w:pPr")), *(based.element.find(qn("w:pPr")) for based in bases_of(style))]:
            found = element.find(qn("w:outlineLvl")) if element is not None else None
            if found is not None and (found.get(qn("w:val")) or "9").isdecimal():
                level = int(found.get(qn("w:val"))) + 1
                return level if level < 10 else 0
        return 0

    def number(self, paragraph, style):
        """(marker, depth) of a list entry; ('', 0) where it is none. Numbers are counted as Word would."""
        elements = [paragraph.find(qn("w:pPr")), *(based.element.find(qn("w:pPr")) for based in bases_of(style))]
        for element in elements:
            found = element.find(qn("w:numPr")) if element is not None else None
            if found is None or (key := value_of(found, "w:numId")) is None:
                continue
            if key == "0":
                return "", 0
            depth = int(value_of(found, "w:ilvl") or 0)
            if self.numbering.get((key, depth), "bullet") in ("bullet", "none"):
                return "•", depth + 1
            self.counters[key, depth] = self.counters.get((key, depth), 0) + 1
            for deeper in [entry for entry in self.counters if entry[0] == key and entry[1] > depth]:
                del self.counters[deeper]
            return f"{self.counters[key, depth]}.", depth + 1
        return "", 0

    # -- Tables

    def rows(self, table):
        rows = table.findall(qn("w:tr"))
        if max((len(found.findall(qn("w:tc"))) for found in rows), default=0) < 2:
            for cell in table.iter(qn("w:tc")):
                self.walk(cell)
            return
        self.table += 1
        number = self.table
        for index, found in enumerate(rows):
            cells = [self.cell(cell) for cell in found.iter(qn("w:tc"))]
            marked = found.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            bold = index == 0 and all(cell.is_bold for cell in cells if cell.text)
            if any(cell.text for cell in cells):
                self.blocks.append(row(cells, self.where, table=number, is_header=marked or bold))

    def cell(self, cell):
        runs = []
        for line in lines_of(self.runs(cell)):
            runs += [Run(" "), *line.runs] if runs else line.runs
        return Inline(tuple(runs))


def bases_of(style):
    """A style and those it is based on, at most ten."""
    found = []
    while style is not None and len(found) < 10:
        found.append(style)
        style = style.base_style
    return found


def value_of(element, name):
    found = element.find(qn(name))
    return found.get(qn("w:val")) if found is not None else None


def is_on(run, name):
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off", "none")


def numbering_of(document):
    """{(list, depth): its number format}"""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    formats = {}
    for abstract in root.findall(qn("w:abstractNum")):
        key = abstract.get(qn("w:abstractNumId"))
        for level in abstract.findall(qn("w:lvl")):
            formats[key, int(level.get(qn("w:ilvl")) or 0)] = value_of(level, "w:numFmt") or "bullet"
    return {
        (number.get(qn("w:numId")), depth): style
        for number in root.findall(qn("w:num"))
        for (key, depth), style in formats.items()
        if key == value_of(number, "w:abstractNumId")
    }
