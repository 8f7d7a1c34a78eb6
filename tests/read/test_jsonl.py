"""JSON lines: what is wrong with one line does not touch the others."""

import io
import json

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.read import base, jsonl
from kg.read.base import Entry

GOOD = b'{"id": "a", "text": "Rain fell."}\n'


def items(data: bytes) -> list[Document | InputError]:
    found = jsonl.read(io.BytesIO(data), source="a.jsonl", stem="a")
    return [item.document if isinstance(item, Entry) else item for item in found]


def test_all_keys_of_the_contract_are_read() -> None:
    row = {
        "id": "a",
        "text": "Il pleut.",
        "title": "T",
        "date": "2021-07-01",
        "url": "u",
        "language": "fr",
        "more": [1],
    }
    assert items(json.dumps(row).encode()) == [Document("a", "Il pleut.", "T", "u", "2021-07-01", "fr")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id": "b", "text": "Rain', "not JSON (column 21)"),
        (b"Rain fell.", "not JSON (column 1)"),
        (b"[1, 2]", "not a JSON object"),
        (b"{}", "no key 'text'"),
        (b'{"id": "b"}', "no key 'text'"),
        (b'{"id": "b", "text": null}', "'text' is missing, not a string"),
        (b'{"id": "b", "text": 7}', "'text' is a number, not a string"),
        (b'{"id": "b", "text": ["Rain"]}', "'text' is a list, not a string"),
        (b'{"id": "b", "text": ""}', "the text is empty"),
        (b'{"id": "b", "text": "1 2 3"}', "the text has not one letter"),
        (b'{"id": "b", "text": "Rain \\ud800 fell."}', "a lone surrogate at character 5 of 'text'"),
        (b'{"id": "\\udc00", "text": "Rain."}', "a lone surrogate at character 0 of 'id'"),
        (b'{"id": " ", "text": "Rain."}', "'id' is empty"),
        (b'{"id": true, "text": "Rain."}', "'id' is true or false"),
        (b'{"id": "b", "text": "Rain.", "date": "1 July 2021"}', "the date '1 July 2021' is not ISO 8601"),
        (b'{"id": "b", "text": "Rain.", "date": 2021}', "'date' is a number"),
        (b'{"id": "b", "text": "Rain.", "title": {}}', "'title' is an object"),
        (b'{"id": "b", "text": "Rain \xff."}', "not UTF-8 (byte 27 of the line)"),
        (b"[" * 100_000, "JSON that can't be read"),
        (b'{"id": "b", "text": ' + b"1" * 5000 + b"}", "JSON that can't be read"),
    ],
)
def test_a_bad_line_3_is_named_and_the_others_are_read(line: bytes, expected: str) -> None:
    first, error, last = items(GOOD + b"\n" + line + b"\n" + GOOD)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(error, InputError)
    assert str(error).startswith(f"a.jsonl, line 3: {expected}")
    assert error.line == 3


def test_line_ends_bom_and_no_last_line_end() -> None:
    assert [item.id for item in items(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n") + GOOD.strip()) if
            isinstance(item, Document)] == ["a", "a"]  # fmt: skip


def test_escapes_are_characters() -> None:
    (found,) = items(b'{"id": "a", "text": "R\\u0000ain \\ud83d\\udd25 \\u202efell."}')
    assert isinstance(found, Document)
    assert found.text == "R\x00ain 🔥 \u202efell."


def test_a_document_without_id_gets_file_and_line() -> None:
    assert [
        item.id for item in items(b'\n{"text": "Rain."}\n{"id": 17, "text": "Rain."}') if isinstance(item, Document)
    ] == [
        "a-2",
        "17",
    ]


@pytest.mark.parametrize("data", [b"", b"\n \r\n"])
def test_an_empty_file_is_said(data: bytes) -> None:
    (error,) = items(data)
    assert str(error) == "a.jsonl: the file is empty"


def test_an_overlong_line_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 1000)
    first, error, last = items(GOOD + b'{"id": "b", "text": "' + b"Rain. " * 1_000_000 + b'"}\n' + GOOD)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert str(error).startswith("a.jsonl, line 2: the line is longer than")
    assert base.MAX_BYTES >= 2**26
