"""Plain text and Markdown files: odd bytes, front matter, the text unchanged."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document
from kg.read.base import Entry
from kg.read.text import front_matter, read


def one(data: bytes) -> Document | InputError:
    (item,) = read(io.BytesIO(data), source="a.txt", stem="a")
    return item.document if isinstance(item, Entry) else item


def document(data: bytes) -> Document:
    found = one(data)
    assert isinstance(found, Document), found
    return found


def message(data: bytes) -> str:
    found = one(data)
    assert isinstance(found, InputError)
    return str(found)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Rain fell.\r\nIt stopped.\r\n", "Rain fell.\r\nIt stopped.\r\n"),
        (b"\xef\xbb\xbfRain fell.", "Rain fell."),
        ("Jose\u0301 and José".encode(), "Jose\u0301 and José"),
        (b"  Rain\tfell.\x0c\n", "  Rain\tfell.\x0c\n"),
        ("Rain\u2028fell \u202eupwards\ufeff.".encode(), "Rain\u2028fell \u202eupwards\ufeff."),
        (b"Rain fell in the town of Ay.\x00", "Rain fell in the town of Ay.\x00"),
        (b"Profits &amp; losses of <b>Smith</b> & Co", "Profits &amp; losses of <b>Smith</b> & Co"),
        (b"---\n\nA rule above.", "---\n\nA rule above."),
    ],
    ids=["CRLF", "BOM", "NFD", "white space", "format characters", "NUL", "HTML", "horizontal rule"],
)
def test_every_character_is_kept(data: bytes, text: str) -> None:
    assert document(data).text == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "a.txt: the file is empty"),
        (b" \r\n\t ", "a.txt: the text is empty"),
        (b"12, 13 -- 14!", "a.txt: the text has not one letter"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01", "a.txt: a binary file (byte 0x89 at offset 0)"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00", "a.txt: a binary file, not a text"),
        ("Übergabe".encode("cp1252"), "a.txt: not UTF-8 text: convert it with iconv -f cp1252"),
        ("Übergabe".encode("utf-16"), "a.txt: the text is in UTF-16"),
        (b"\xed\xa0\x80 Rain fell in all of the eastern towns.", "a.txt: not UTF-8 text"),
        (b"---\ntitle: Rain\ndate: yesterday\n---\nRain fell.", "a.txt: the date 'yesterday' is not ISO 8601"),
        (b"---\ntitle: Rain\nfell\n---\nRain fell.", "a.txt, line 3: not 'key: value' in the front matter: 'fell'"),
        (
            b"---\ntitle: Rain\ntitle: Snow\n---\nRain fell.",
            "a.txt, line 3: the front matter has the key 'title' twice",
        ),
        (b"---\ntitle: Rain\nRain fell.", "a.txt, line 3: not 'key: value'"),
        (b"---\ntitle: Rain\n", "a.txt, line 1: the front matter that begins here has no closing line"),
        (b"---\ntitle: Rain\n---\n", "a.txt: the text is empty"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, expected: str) -> None:
    assert message(data).startswith(expected)


def test_a_text_of_5_mb_in_one_line_is_read() -> None:
    text = "Rain fell on the town. " * 220_000
    assert document(text.encode()).text == text


def test_front_matter_is_read_and_the_text_begins_after_it() -> None:
    data = (
        b"\xef\xbb\xbf---\r\nTitle: 'Rain: two \"die\"'\r\ndate: 2021-07-01\r\nurl: https://example.org/a:b\r\n"
        b"tags:\r\n  - rain\r\n  - wind\r\n# a comment\r\nauthor: N. N.\r\n---\r\n\r\n \r\nRain fell.\r\n"
    )
    assert document(data) == Document(
        id="a", text="Rain fell.\r\n", title='Rain: two "die"', date="2021-07-01", url="https://example.org/a:b"
    )


def test_an_id_and_a_language_may_be_given() -> None:
    found = document(b"---\nid: rain-1\nlanguage: fr\ntitle:\n---\nIl pleut.")
    assert (found.id, found.language, found.title) == ("rain-1", "fr", None)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_front_matter_never_fails_but_with_a_line(text: str) -> None:
    try:
        _, offset = front_matter("---\ntitle: x\n" + text)
    except InputError as error:
        offset = error.line or 0
    assert 0 < offset <= len(text) + 13
