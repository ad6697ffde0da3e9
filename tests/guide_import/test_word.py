import base64
import io
import zipfile
from contextlib import suppress

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from careers.guide_import.text.blocks import ArticleError
from careers.roles.models import Item

from .articles import draft, items, lost_words, pay, read

CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def ux_designer():
    """An article of the kind a studio hands out: styles for headings and lists, a table, a tracked change, a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Studio Handbook"
    document.add_heading("UX Designer", 0)
    document.add_paragraph("A UX designer decides how a product feels to the people who use it.")
    document.add_heading("What a UX designer does", 1)
    for text in ("Interviewing users", "Sketching: many ideas on paper before one on the screen"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Pay", 1)
    table = document.add_table(rows=1, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Country", "Average"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for country, amount in (("Netherlands", "€ 52.000"), ("Denmark", "480 000 kr")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = country, amount
    document.add_heading("How success is measured", 1)
    for text in ("Task success: share of users who reach their goal", "Time on task: seconds to the goal"):
        document.add_paragraph(text, style="List Number")
    paragraph = document.add_paragraph("Drawing well is ")
    paragraph._p.append(tracked("w:del", "w:delText", "essential"))
    paragraph._p.append(tracked("w:ins", "w:t", "optional"))
    return document


def tracked(change, text, words):
    return parse_xml(f'<{change} {nsdecls("w")} w:id="1" w:author="x"><w:r><{text}>{words}</{text}></w:r></{change}>')


def test_a_word_file_reads_by_its_styles():
    article = draft(saved(ux_designer()), "ux.docx", role="UX Designer")
    assert article.title == "UX Designer"
    assert items(article, Item.Kind.RESPONSIBILITY) == [
        ("Interviewing users", ""),
        ("Sketching", "many ideas on paper before one on the screen"),
    ]
    assert [lead for lead, _ in items(article, Item.Kind.KPI)] == ["Task success", "Time on task"]
    assert pay(article) == {("NL", "", "", ""): {"mean": 52000}, ("DK", "", "", ""): {"mean": 480000}}
    assert not lost_words(article)


def test_tracked_changes_read_as_if_they_were_accepted():
    texts = [block.text for block in read(saved(ux_designer()), "ux.docx").blocks]
    assert "Drawing well is optional" in texts


def test_the_header_of_a_page_is_left_out_and_listed():
    left_out = {
        block.text: block.skip_reason for block in read(saved(ux_designer()), "ux.docx").blocks if block.skip_reason
    }
    assert left_out == {"Studio Handbook": "page header"}


def test_numbered_and_nested_lists_keep_their_numbers_and_depth():
    document = docx.Document()
    document.add_paragraph("one", style="List Number")
    document.add_paragraph("deeper", style="List Bullet 2")
    document.add_paragraph("two", style="List Number")
    blocks = read(saved(document), "a.docx").blocks
    assert [(block.marker, block.text) for block in blocks] == [("1.", "one"), ("•", "deeper"), ("2.", "two")]


def with_member(name, content, base=None):
    """A Word file with one more part, or a part put in the place of its own."""
    source = zipfile.ZipFile(io.BytesIO(base or saved(docx.Document())))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            if member != name:
                archive.writestr(member, source.read(member))
        archive.writestr(name, content)
    return target.getvalue()


def archive_of(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: with_member("word/media/image1.png", b"\0" * 30_000_000), "far more than an article needs"),
        (lambda: with_member("word/vbaProject.bin", b"macro"), "contains macros"),
        (lambda: with_member("word/document.xml", ENTITY), "files outside itself"),
        (lambda: with_member("../evil.xml", b"<x/>"), "outside itself"),
        (lambda: with_member("word/document.xml", b"<broken"), "cannot be read as a Word file"),
        (lambda: archive_of(xl__workbook="", **{"xl/workbook.xml": "<x/>"}), "an Excel file"),
        (
            lambda: archive_of(**{"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}),
            "OpenDocument",
        ),
        (lambda: archive_of(**{"readme.txt": "hello"}), "without a Word text"),
        (lambda: saved(docx.Document()), "has no text"),
    ],
)
def test_a_dangerous_or_wrong_archive_is_refused(content, says):
    with pytest.raises(ArticleError, match=r"^article\.docx ") as error:
        read(content(), "article.docx")
    assert says in str(error.value)


def test_an_archive_that_lies_about_its_size_is_measured():
    """The declared sizes are small, what comes out is not."""
    bomb = bytearray(with_member("word/media/a.xml", b"<a>" + b" " * 40_000_000 + b"</a>"))
    directory = zipfile.ZipFile(io.BytesIO(bytes(bomb))).getinfo("word/media/a.xml")
    honest = directory.file_size.to_bytes(4, "little")
    while (position := bytes(bomb).find(honest)) >= 0:
        bomb[position : position + 4] = (100).to_bytes(4, "little")
    with pytest.raises(ArticleError):
        read(bytes(bomb), "article.docx")


# -- Damaged files


def parts_of(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def with_raw_name(content, name, damaged):
    """The archive with the bytes of one name replaced, and all names marked as UTF-8."""
    content = bytearray(content.replace(name, damaged))
    for signature, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        start = -1
        while (start := content.find(signature, start + 1)) >= 0:
            content[start + flags] |= 0x08
    return bytes(content)


@pytest.mark.parametrize("inside", [b"", b"<broken", b"<a/>", b"\xff\xfe\x00", b"<?xml version='1.0'?><!-- open"])
def test_a_word_file_with_any_damaged_part_is_read_or_refused(inside):
    whole = saved(ux_designer())
    for name in [*parts_of(whole), "word/header1.xml", "word/footnotes.xml"]:
        with suppress(ArticleError):
            assert draft(with_member(name, inside, base=whole), "ux.docx").outcomes


def test_a_broken_header_is_refused_in_a_sentence():
    with pytest.raises(ArticleError, match=r"^article\.docx is a broken or locked archive"):
        read(with_member("word/header1.xml", b"<w:hdr", base=saved(ux_designer())), "article.docx")


def test_damaged_deflate_data_is_refused_in_a_sentence():
    whole = saved(ux_designer())
    for name in parts_of(whole):
        member = zipfile.ZipFile(io.BytesIO(whole)).getinfo(name)
        start = member.header_offset + 30 + len(name)
        damaged = bytearray(whole)
        for position in range(start, start + min(member.compress_size, 40)):
            damaged[position] ^= 0xFF
        with pytest.raises(ArticleError, match=r"^article\.docx "):
            read(bytes(damaged), "article.docx")


@pytest.mark.parametrize("damaged", [b"\xff" * 15, b"word/styles.\xe9ml", b"word/\xc3tyles.xml"])
def test_names_that_are_no_text_are_refused_in_a_sentence(damaged):
    content = with_raw_name(saved(ux_designer()), b"word/styles.xml", damaged)
    with pytest.raises(ArticleError, match=r"^article\.docx is a broken or locked archive"):
        read(content, "article.docx")


# -- Pictures and formulas


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)


def test_a_picture_is_listed_by_what_it_says_of_itself_and_a_formula_is_text():
    document = docx.Document()
    document.add_paragraph("Pay by city:")
    document.add_picture(io.BytesIO(PIXEL))
    named = next(document.element.body.iter(qn("wp:docPr")))
    named.set("descr", "Bars of pay in five cities")
    formula = parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t>E = mc</m:t></m:r></m:oMath>")
    document.add_paragraph("It is ")._p.append(formula)
    blocks = read(saved(document), "a.docx").blocks
    assert [(block.text, block.skip_reason) for block in blocks] == [
        ("Pay by city:", ""), ("Bars of pay in five cities", "picture"), ("It is E = mc", ""),
    ]  # fmt: skip
