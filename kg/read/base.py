"""What a reader is given and gives, and the checks that every document passes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from types import MappingProxyType
from typing import BinaryIO, Protocol

from kg.errors import InputError, Unit
from kg.model import Document

MAX_BYTES = 64 * 2**20
FIELDS = ("id", "text", "title", "date", "url", "language")
NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_FIELDS = ("title", "url", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, the line (row, record) of its file that holds it, and what of the file was no part of its text.

    `line` is counted from 1 and None where the whole file is the document; `left_out` counts the lines of menus,
    notices and the like that the reader took out.
    """

    document: Document
    line: int | None = None
    unit: Unit = "line"
    left_out: int = 0


class Reader(Protocol):
    """Reads the documents of one open file.

    `source` is the name of the file for messages and `stem` the id of the document, or the beginning of the ids where
    a file holds many and they have none. `columns` says which column or key of the file holds a field of the contract
    ({"text": "story"}); readers of files without any pay no heed to it, and it is passed on only where it was given.
    What can't be read is yielded as an InputError in its place, never raised, but for an InputError that reading `file`
    raises: the archive is broken.
    """

    def __call__(
        self, file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
    ) -> Iterator[Entry | InputError]:
        """Yield the documents of `file` in their order."""
        ...


def entry(
    fields: Mapping[str, object], *, source: str, line: int | None = None, unit: Unit = "line", left_out: int = 0
) -> Entry | InputError:
    """The document that `fields` describe (keys of the contract), or what is wrong with it.

    >>> entry({"id": "a", "text": "Rain fell.", "date": "2021-07-01T09:30:00Z"}, source="a.jsonl").document.date
    '2021-07-01'
    >>> str(entry({"id": "a", "text": 7}, source="a.jsonl", line=3))
    "a.jsonl, line 3: 'text' is a number, not a string"
    """
    try:
        known = {key: _optional(key, fields[key]) for key in _FIELDS if fields.get(key) not in (None, "")}
        document = Document(id=_id(fields.get("id")), text=_text(fields), date=day(fields.get("date")), **known)
    except ValueError as error:
        return InputError(str(error), source=source, line=line, unit=unit)
    return Entry(document, line, unit, left_out)


def extra(package: str, *, source: str) -> None:
    """Nothing where `package` of the extra `read` is installed.

    Raises:
        InputError: it is not.
    """
    if find_spec(package) is None:
        message = f"{package} is not installed: pip install 'kg-actors-places[read]'"
        raise InputError(message, source=source)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, every character kept but the byte order mark, which is none of the text's.

    Raises:
        ValueError: it is another encoding, or no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("the text is in UTF-16: convert it with iconv -f utf-16 -t utf-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = "a binary file" if _is_binary(data) else "not UTF-8 text: convert it with iconv -f cp1252 -t utf-8"
        raise ValueError(f"{what} (byte {data[error.start]:#04x} at offset {error.start})") from None
    if _is_binary(data):
        raise ValueError("a binary file, not a text")
    return text


def day(value: object) -> str | None:
    """The ISO 8601 day of a publication date; None for none.

    >>> day("2021-07-01T09:30:00+02:00"), day(None), day("")
    ('2021-07-01', None, None)

    Raises:
        ValueError: it is no ISO 8601 date, or no string.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"'date' is {_kind(value)}, not a string such as \"2021-07-01\"")
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        raise ValueError(f"the date {value[:40]!r} is not ISO 8601: write it as 2021-07-01") from None


def _id(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"'id' is {_kind(value)}, not a string")
    if not value.strip():
        raise ValueError("'id' is empty")
    return _valid("id", value)


def _text(fields: Mapping[str, object]) -> str:
    if "text" not in fields:
        raise ValueError("no key 'text'")
    text = fields["text"]
    if not isinstance(text, str):
        raise ValueError(f"'text' is {_kind(text)}, not a string")
    if not text.strip():
        raise ValueError("the text is empty")
    if not any(map(str.isalpha, text)):
        raise ValueError("the text has not one letter: there is nothing to read")
    return _valid("text", text)


def _optional(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"'{key}' is {_kind(value)}, not a string")
    return _valid(key, value)


def _valid(key: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"a lone surrogate at character {error.start} of '{key}': not valid Unicode") from None
    return value


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), f"a {type(value).__name__}")


def _is_binary(data: bytes) -> bool:
    """More than 1 in 10 of the first bytes are control characters that no text editor writes."""
    head = data[:8192]
    odd = sum((byte < 32 and byte not in b"\t\n\x0b\x0c\r\x1b") or byte == 127 for byte in head)
    return odd * 10 > len(head)
