"""HTML pages: one document a file, the article of the page, as trafilatura finds it.

The text is that of the article without menus, comments and tables, its paragraphs parted by an empty line; offsets
refer to it. The title, the address and the language come from the page, the date too where it is the date of
publication: what the page states about itself, or its address has, never a date that only stands somewhere in the page.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, SkippedError, Unit
from kg.read import screen
from kg.read.base import NO_COLUMNS, Entry, entry, extra
from kg.read.prose import cleaned

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PAGE = 16 * 2**20  # the tree of a page takes ten times as much
MAX_ELEMENTS = 40_000  # some steps of the extraction take the square of their number; long articles have 5,000
FEWEST = 20  # words of an article
LATEST = "2100-01-01"  # htmldate's own bound is today, which would be another tomorrow
# What a browser reads where these are declared.
BROWSERS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was stored, and what its archive knows of it."""

    data: bytes
    url: str | None = None
    charset: str | None = None
    captured: str | None = None


def read(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the article of the page that the file is, or what is wrong with it."""
    data = file.read(MAX_PAGE + 1)
    if not data.strip():
        yield InputError("the file is empty", source=source)
        return
    yield article(Page(data), stem, source=source)


def article(page: Page, name: str, *, source: str, line: int | None = None, unit: Unit = "line") -> Entry | InputError:
    """The document `name` that a page holds, or what is wrong with it."""
    if len(page.data) > MAX_PAGE:
        return InputError(f"the page is longer than {MAX_PAGE >> 20} MiB", source=source, line=line, unit=unit)
    try:
        for package in ("trafilatura", "lxml"):
            extra(package, source=source)
    except InputError as error:
        return error
    fields = extracted(page)
    found = cleaned(fields.get("text", ""), fields.get("title"))
    # Chinese and Japanese don't part words: what is in another language is said to be so by whoever screens it.
    if len(found.text.split()) < FEWEST and not screen.foreign(found.text):
        message = "no article in the page: a listing, an error, a wall, or made by scripts when it is opened"
        return SkippedError(message, kind="boilerplate", source=source, line=line, unit=unit)
    if screen.evidently_english(found.text):
        fields["language"] = "en"  # whatever the template declares
    fields |= {"id": name, "text": found.text}
    return entry(fields, source=source, line=line, unit=unit, left_out=found.left_out)


def extracted(page: Page) -> dict[str, str]:
    """The fields of the contract that the page holds, but for the id; none where nothing looks like an article."""
    _quiet()
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    try:
        markup = decode(page.data, page.charset)
        # trafilatura takes what doesn't say at once that it is HTML for something else: a fragment, a long comment.
        tree = load_html(markup if "html" in markup[:50].lower() else f"<!doctype html>\n{markup}")
        if tree is None or sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
            return {}
        found = bare_extraction(
            tree,
            url=page.url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "deferred_url_extractor": True,
                "max_date": LATEST,
            },
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return {}
    if found is None or isinstance(found, dict):
        return {}
    # htmldate's own bound would make a month of a day that is too late: 2021-07-01 of 2021-07-10.
    late = found.date is not None and page.captured is not None and found.date > page.captured
    fields = {
        "text": found.text,
        "title": found.title,
        "date": None if late else found.date,
        "url": page.url or found.url,
        "language": language(tree),
    }
    return {key: value for key, value in fields.items() if value}


def language(tree: "HtmlElement") -> str | None:
    """The language that a page declares: "en-GB" for <html lang="en-GB">."""
    root = tree.getroottree().getroot()
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    return declared.strip() if _LANGUAGE.fullmatch(declared.strip()) else None


def decode(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: of its byte order mark, as UTF-8 if it is, as it declares, or as browsers guess.

    >>> decode("<p>Zoë".encode("cp1252")), decode('<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2"))[-4:]
    ('<p>Zoë', 'Łódź')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _META.search(data[:4096])
    # A page that is valid UTF-8 is UTF-8, whatever it declares.
    stated = declared[1].decode("ascii", "replace") if declared else None
    for encoding in filter(None, ("utf-8", charset, stated)):
        try:
            return data.decode(BROWSERS.get(encoding.lower(), encoding))
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


@cache
def _quiet() -> None:
    """Keep trafilatura's log of each page that holds nothing off standard error, unless logging was set up."""
    for package in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(package).addHandler(logging.NullHandler())
