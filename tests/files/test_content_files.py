import pytest

from careers.files.content_files import read_csv, read_front_matter, split_list, split_sections
from careers.files.errors import FileError


def write(folder, text, name="guide.md"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_front_matter_and_body_part_ways(tmp_path):
    meta, body = read_front_matter(write(tmp_path, '+++\ntitle = "T"\n+++\n\n## Section: overview\nText +++ more\n'))
    assert meta == {"title": "T"}
    assert split_sections(body) == [("Section: overview", "Text +++ more")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no front matter", "One of these lines is missing"),
        ("+++\ntitle = \n+++\n", "guide.md"),
        (b"+++\n\xff\xfe\n+++\n", "not UTF-8"),
    ],
)
def test_a_broken_guide_file_is_named(tmp_path, text, says):
    with pytest.raises(FileError, match=says) as error:
        read_front_matter(write(tmp_path, text))
    assert "guide.md" in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\n1\n", "no column b"),
        ("", "no column a, b"),
        ("a,b\n1\n", "line 2: the row has more or fewer cells"),
        ("a,b\n1,2,3\n", "line 2: the row has more or fewer cells"),
        ('a,b\n1,"2\n', "unexpected end"),
    ],
)
def test_a_broken_table_is_named_with_its_line(tmp_path, text, says):
    with pytest.raises(FileError, match=says) as error:
        list(read_csv(write(tmp_path, text, "t.csv"), ("a", "b")))
    assert "t.csv" in str(error.value)


def test_a_table_with_bom_crlf_and_quoted_line_breaks_reads_alike(tmp_path):
    path = write(tmp_path, '﻿a,b\r\n1,"two\r\nlines"\r\n', "t.csv")
    assert list(read_csv(path, ("a", "b"))) == [{"a": "1", "b": "two\nlines"}]


def test_lists_in_cells():
    assert split_list(" a | b|  | c ") == ["a", "b", "c"]
    assert split_list("") == []
