"""Word files (.docx), read in the order of the body. The archive is checked first (word_archive.py)."""

import io
import re
import zipfile

import docx
from docx.oxml.ns import qn
from lxml import etree

from careers.guide_import.text.blocks import PICTURE, ArticleError, Block, BlockKind, ParsedArticle, table_row
from careers.guide_import.text.inline import Inline, Run, split_lines

from .word_archive import check_archive

HEADING_NAME = re.compile(r"^heading ([1-9])$", re.IGNORECASE)


def read_word(content: bytes, name: str) -> ParsedArticle:
    side_parts = check_archive(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        reader = WordReader(document)
        reader.walk(document.element.body)
        title = (document.core_properties.title or "").strip()
    except (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise ArticleError(f"{name} cannot be read as a Word file. Save it again as .docx.") from error
    for reason, text in side_parts:
        reader.skip(text, reason)
    if all(block.skip_reason for block in reader.blocks):
        raise ArticleError(f"{name} has no text. A scan or picture cannot be read: type its text.")
    return ParsedArticle(reader.blocks, "Word", title=title)


class WordReader:
    """Of tracked changes, insertions are kept and deletions dropped."""

    def __init__(self, document):
        self.document, self.blocks, self.table, self.stanza = document, [], 0, 0
        self.counters = {}
        self.links = {key: part.target_ref for key, part in document.part.rels.items() if part.is_external}
        self.numbering = numbering_of(document)
        self.styles = {style.style_id: style for style in document.styles if style.style_id}

    @property
    def where(self):
        return f"paragraph {len(self.blocks) + 1}"

    def skip(self, text, reason):
        if re.search(r"\w", text):
            self.blocks.append(Block(BlockKind.PARAGRAPH, Inline.from_text(text), self.where, skip_reason=reason))

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
            self.skip(" ".join(line.text for line in split_lines(self.runs(inside))), "table of contents")
        else:
            self.walk(inside)

    def paragraph(self, paragraph):
        lines = split_lines(self.runs(paragraph))
        kind, level, marker, depth = self.classify_paragraph(paragraph) if lines else (BlockKind.PARAGRAPH, 0, "", 0)
        self.stanza += bool(lines)
        for index, line in enumerate(lines):
            if kind == BlockKind.LIST_ENTRY and index:
                kind, marker = BlockKind.PARAGRAPH, ""
            self.blocks.append(
                Block(kind, line, self.where, level=level, marker=marker, depth=depth, stanza=self.stanza)
            )
        self.pictures(paragraph)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                self.walk(box)

    def pictures(self, paragraph):
        for shape in paragraph.iter(qn("w:drawing"), qn("w:pict")):
            if next(shape.iter(qn("w:txbxContent")), None) is None:  # a text box is text
                named = next(shape.iter(qn("wp:docPr")), None)
                name = (named.get("descr") or named.get("name") or "") if named is not None else ""
                self.skip(name or PICTURE, PICTURE)

    def runs(self, parent, href=""):
        for child in parent.iterchildren():
            if child.tag == qn("w:r"):
                yield from self.run(child, href)
            elif child.tag == qn("m:t"):  # of a formula
                yield Run(child.text or "")
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

    # -- Kind of a paragraph

    def classify_paragraph(self, paragraph):
        """(kind, heading level, marker, list depth)"""
        style = self.style_of(paragraph)
        name = (style.name or "").lower() if style is not None else ""
        if name in ("title", "titel"):
            return BlockKind.HEADING, 1, "", 0
        if level := self.outline_level(paragraph, style, name):
            return BlockKind.HEADING, level, self.number(paragraph, style)[0], 0
        if name.startswith("toc ") or name == "caption":
            return BlockKind.PARAGRAPH, 0, "", 0
        marker, depth = self.number(paragraph, style)
        if not marker and re.match(r"list (?:bullet|number|paragraph)", name) and "paragraph" not in name:
            marker, depth = ("1." if "number" in name else "•"), int(name[-1]) if name[-1].isdigit() else 1
        return (BlockKind.LIST_ENTRY, 0, marker, depth) if marker else (BlockKind.PARAGRAPH, 0, "", 0)

    def style_of(self, paragraph):
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(found.get(qn("w:val"))) if found is not None else None

    def outline_level(self, paragraph, style, name):
        """Level of a heading, 0 for other paragraphs. A style may inherit it from the style it is based on."""
        if match := HEADING_NAME.match(name):
            return int(match[1])
        for element in [
            paragraph.find(qn("w:pPr")),
            *(based.element.find(qn("w:pPr")) for based in style_chain(style)),
        ]:
            found = element.find(qn("w:outlineLvl")) if element is not None else None
            if found is not None and (found.get(qn("w:val")) or "9").isdecimal():
                level = int(found.get(qn("w:val"))) + 1
                return level if level < 10 else 0
        return 0

    def number(self, paragraph, style):
        """(marker, depth) of a list entry; ('', 0) for other paragraphs. Numbers are counted as Word counts them."""
        elements = [paragraph.find(qn("w:pPr")), *(based.element.find(qn("w:pPr")) for based in style_chain(style))]
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
                self.blocks.append(table_row(cells, self.where, table=number, is_header=marked or bold))

    def cell(self, cell):
        runs = []
        for line in split_lines(self.runs(cell)):
            runs += [Run(" "), *line.runs] if runs else line.runs
        return Inline(tuple(runs))


def style_chain(style):
    """A style and the styles it is based on, at most ten."""
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
    """{(list id, depth): number format}"""
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
