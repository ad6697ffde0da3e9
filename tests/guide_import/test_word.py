import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

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
    document.add_heading("How the work is measured", 1)
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
        (lambda: with_member("word/vbaProject.bin", b"macro"), "holds macros"),
        (lambda: with_member("word/document.xml", ENTITY), "entities outside itself"),
        (lambda: with_member("../evil.xml", b"<x/>"), "outside itself"),
        (lambda: with_member("word/document.xml", b"<broken"), "no Word file that can be read"),
        (lambda: archive_of(xl__workbook="", **{"xl/workbook.xml": "<x/>"}), "an Excel file"),
        (
            lambda: archive_of(**{"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}),
            "OpenDocument",
        ),
        (lambda: archive_of(**{"readme.txt": "hello"}), "without a Word text"),
        (lambda: saved(docx.Document()), "holds no text"),
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
