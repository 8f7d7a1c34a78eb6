"""Web archives: one document a page, from WARC (HTML) and WET (its text), read record by record.

A record gets the id of its file with its number, all records being counted from 1: "crawl-17". An address would not do:
an archive can hold it many times. The address is the document's `url`. The day of capture is not the day of
publication, so it only bounds the date that the page states (kg.read.html); a WET record has the date that is in its
address (/2021/07/01/), or none.

Requests, metadata, redirects, images and the like are no documents and are passed over. Error pages, pages without an
article and repeated captures ("revisit") are reported.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, Kind, SkippedError
from kg.read import screen
from kg.read.base import MAX_BYTES, NO_COLUMNS, Entry, entry, extra
from kg.read.html import MAX_PAGE, Page, article
from kg.read.prose import prose

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML = ("text/html", "application/xhtml+xml")
_DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)")
_LONGEST_TITLE = 200
_LONGEST_HEADER = 2**20


def read(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the article of each page of the archive, or what is wrong with it."""
    try:
        extra("warcio", source=source)
    except InputError as error:
        yield error
        return
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = whole = pages = 0
    bounded = _Headers(file)
    try:
        for number, record in enumerate(ArchiveIterator(bounded), start=1):
            bounded.allowed = None
            if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
                raise ValueError("no length in its header")
            found = _document(record, f"{stem}-{number}", _Place(source, number))
            if found is not None:
                pages += 1
                yield found
            _drain(record)
            whole = number
            bounded.allowed = _LONGEST_HEADER
    except (ArchiveLoadFailed, AttributeError, EOFError, LookupError, TypeError, ValueError) as error:
        message = f"not a whole WARC record: {' '.join(str(error).split())[:200]}"
        yield InputError(message, source=source, line=whole + 1, unit="record")
        return
    if not pages:
        message = f"no page in the archive ({number} records)" if number else "the file is empty"
        yield InputError(message, source=source)


@dataclass(frozen=True, slots=True)
class _Place:
    source: str
    number: int

    def skipped(self, message: str, kind: Kind) -> SkippedError:
        return SkippedError(message, kind=kind, source=self.source, line=self.number, unit="record")

    def failed(self, message: str) -> InputError:
        return InputError(message, source=self.source, line=self.number, unit="record")


class _Headers:
    """A file of which no header may take more than a bound; warcio reads a line to its end, however long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offset = 0
        self.allowed: int | None = _LONGEST_HEADER

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if self._offset == 0 and data.startswith(b"\x1f\x8b"):
            raise ValueError("the archive is compressed: give it a name that ends with .gz")
        self._offset += len(data)
        if self.allowed is not None:
            self.allowed -= len(data)
            if self.allowed < 0:
                raise ValueError(f"its header is longer than {_LONGEST_HEADER >> 20} MiB")
        return data

    def tell(self) -> int:
        return self._offset


def _document(record: "ArcWarcRecord", name: str, at: _Place) -> Entry | InputError | None:
    """The document of a record, what is wrong with it, or None where it is no page."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type == "conversion" and _type(record.content_type) == "text/plain":
        return _text(record, name, url, at)
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    http = record.http_headers
    kind = _type(http.get_header("Content-Type") if http else record.content_type)
    if kind not in _HTML:
        return None
    if record.rec_type == "revisit":
        first = record.rec_headers.get_header("WARC-Refers-To-Date") or "an earlier time"
        return at.skipped(f"the same page as at {first} ({url})", "duplicate")
    status = http.get_statuscode() if http else "200"
    if not status.startswith("2"):
        return None if status.startswith("3") else at.skipped(f"an error page, status {status} ({url})", "boilerplate")
    encoding = (http.get_header("Content-Encoding") or "").lower() if http else ""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        return at.failed(f"the page is compressed with {encoding!r}, which kg does not unpack ({url})")
    page = Page(
        _read(record.content_stream(), MAX_PAGE + 1),
        url=url,
        charset=_charset(http.get_header("Content-Type") if http else None),
        captured=_captured(record),
    )
    return article(page, name, source=at.source, line=at.number, unit="record")


def _text(record: "ArcWarcRecord", name: str, url: str | None, at: _Place) -> Entry | InputError:
    """The document of a WET record: the sentences of its page. The first line is the title."""
    data = _read(record.content_stream(), MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return at.failed(f"the record is longer than {MAX_BYTES >> 20} MiB")
    whole = data.decode("utf-8", "replace")
    found = prose(whole)
    if not found.is_article:
        if language := screen.foreign(whole):
            return at.skipped(f"not English: it seems to be in {language!r} ({url})", "language")
        left = f"{found.left_out} of {found.lines} lines are menus, notices or no sentences"
        return at.skipped(f"no article: {left} ({url})", "boilerplate")
    declared = (record.rec_headers.get_header("WARC-Identified-Content-Language") or "").partition(",")[0].strip()
    if screen.evidently_english(found.text):
        declared = "en"
    title = whole.strip().partition("\n")[0].strip()
    fields = {
        "id": name,
        "text": found.text,
        "title": title if len(title) <= _LONGEST_TITLE and title not in found.text else None,
        "date": _address_day(url or ""),
        "url": url,
        "language": {"eng": "en"}.get(declared, declared),
    }
    return entry(fields, source=at.source, line=at.number, unit="record", left_out=found.left_out)


def _drain(record: "ArcWarcRecord") -> None:
    """Read a record to its end.

    Raises:
        EOFError: the file ends before.
    """
    stream = record.raw_stream
    while stream.read(2**16):
        pass
    if getattr(stream, "limit", 0) > 0:
        raise EOFError("the file ends within it")


def _read(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _type(header: str | None) -> str:
    return (header or "").partition(";")[0].strip().lower()


def _charset(header: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", header or "", re.IGNORECASE)
    return found[1] if found else None


def _captured(record: "ArcWarcRecord") -> str | None:
    """The day of capture."""
    day = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def _address_day(url: str) -> str | None:
    """The day that an address has as part of its path.

    >>> _address_day("https://example.org/2021/7/01/flood.html"), _address_day("https://example.org/2021/13/01/x")
    ('2021-07-01', None)
    """
    found = _DAY.search(url)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None
