"""Web archives: pages become documents, the rest is passed over or reported, and memory stays flat."""

import gzip
import io
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, SkippedError
from kg.model import Document
from kg.read import base, read, warc

from .pages import FOREIGN, SENTENCES, Archive, documents, page

WET = "\n".join(
    ["Flood kills two | Example News", "Home", "World", "Accept cookies", *SENTENCES, "Share", "Home", "© Example"]
)


def items(archive: Archive) -> list[Document | InputError]:
    return documents(warc.read(io.BytesIO(archive.data), source="a.warc", stem="a"))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_documents_and_other_records_are_passed_over(packed: bool, tmp_path: Path) -> None:
    archive = Archive(gzip=packed)
    archive.add("warcinfo", "", b"software: x", content_type="application/warc-fields")
    archive.add("request", "https://example.org/a", b"", content_type="application/http; msgtype=request")
    archive.response("https://example.org/a?utm=1", page())
    archive.response("https://example.org/a.png", b"\x89PNG", content_type="image/png")
    archive.response("https://example.org/old", "", status="301 Moved Permanently")
    archive.add("metadata", "https://example.org/a", b"via: x", content_type="application/warc-fields")
    archive.add(
        "resource", "https://example.org/b", page([*SENTENCES, "It was over."]).encode(), content_type="text/html"
    )
    path = tmp_path / f"crawl.warc{'.gz' if packed else ''}"
    path.write_bytes(archive.data)
    first, second = read([path])
    text = "\n\n".join(SENTENCES)
    assert first == Document("crawl-3", text, "Flood kills two", "https://example.org/a?utm=1", "2021-07-05", "en")
    assert isinstance(second, Document)
    assert (second.id, second.url) == ("crawl-7", "https://example.org/b")


def test_errors_repetitions_and_walls_are_left_out() -> None:
    archive = Archive()
    html = "text/html"
    archive.response("https://example.org/a", page(), status="404 Not Found")
    archive.response("https://example.org/b", page(), status="503 Service Unavailable")
    archive.response("https://example.org/c", "<html><body><p>We use cookies.</p></body></html>")
    archive.add("revisit", "https://example.org/d", b"", http=("200 OK", html, {}),
                WARC_Refers_To_Date="2021-07-01T00:00:00Z")  # fmt: skip
    archive.add("revisit", "https://example.org/e.png", b"", http=("200 OK", "image/png", {}))
    found = items(archive)
    assert [(item.kind, item.line) for item in found if isinstance(item, SkippedError)] == [
        ("boilerplate", 1),
        ("boilerplate", 2),
        ("boilerplate", 3),
        ("duplicate", 4),
    ]
    assert str(found[0]) == "a.warc, record 1: an error page, status 404 (https://example.org/a)"
    assert str(found[3]) == "a.warc, record 4: the same page as at 2021-07-01T00:00:00Z (https://example.org/d)"


def test_payloads_are_unpacked_and_decoded() -> None:
    archive = Archive()
    archive.response("https://example.org/a", gzip.compress(page().encode()), Content_Encoding="gzip")
    body = page().encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    archive.response("https://example.org/b", chunked, Transfer_Encoding="chunked")
    text = page([*SENTENCES, "The café was closed that day, and nobody in the town knew why."]).replace("utf-8", "")
    archive.response("https://example.org/c", text.replace("“", "").replace("”", "").encode("iso-8859-15"),
                     content_type="text/html; charset=ISO-8859-15")  # fmt: skip
    archive.response("https://example.org/d", b"\x0b\x02\x80", Content_Encoding="br")
    first, second, third, last = items(archive)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.text == second.text == "\n\n".join(SENTENCES)
    assert "The café was" in third.text
    assert str(last) == (
        "a.warc, record 4: the page is compressed with 'br', which kg does not unpack (https://example.org/d)"
    )


def test_a_date_after_the_capture_is_none() -> None:
    archive = Archive()
    archive.response("https://example.org/a", page(head='<meta name="date" content="2021-07-10">'))
    archive.response("https://example.org/b", page(head='<meta name="date" content="2021-07-08">'))
    assert [item.date for item in items(archive) if isinstance(item, Document)] == [None, "2021-07-08"]


def test_the_text_of_a_page_is_read_without_its_menu(tmp_path: Path) -> None:
    archive = Archive(gzip=True)
    archive.add("warcinfo", "", b"x", content_type="application/warc-fields")
    archive.conversion("https://example.org/2021/07/05/flood", WET, WARC_Identified_Content_Language="eng")
    path = tmp_path / "crawl.warc.wet.gz"
    path.write_bytes(archive.data)
    counts: Counter[str] = Counter()
    (found,) = read([tmp_path], counts=counts)
    assert found == Document(
        "crawl-2",
        "\n\n".join(SENTENCES),
        "Flood kills two | Example News",
        "https://example.org/2021/07/05/flood",
        "2021-07-05",
        "en",
    )
    assert counts == {"documents": 1, "lines": 7}


def test_a_text_of_menus_or_of_another_language_is_left_out() -> None:
    archive = Archive()
    archive.conversion(
        "https://example.org/a", "Home\nWorld\nSport\nRain fell on the hills above the town, the prefect said there.\n"
    )
    archive.conversion("https://example.org/b", "Accueil\nMonde\nPartager\n" + FOREIGN[0])
    archive.conversion("https://example.org/c", "\n".join(FOREIGN), WARC_Identified_Content_Language="fra,eng")
    menu, french, declared = items(archive)
    assert str(menu) == (
        "a.warc, record 1: no article: 3 of 4 lines are menus, notices or no sentences (https://example.org/a)"
    )
    assert isinstance(french, SkippedError)
    assert french.kind == "language"
    assert isinstance(declared, Document)
    assert declared.language == "fra"


def test_the_same_text_under_two_addresses_is_one_document(tmp_path: Path) -> None:
    archive = Archive()
    archive.response("https://example.org/a", page())
    archive.response("https://example.org/b", page(head="<title>Copy</title>"))
    path = tmp_path / "a.warc"
    path.write_bytes(archive.data)
    first, second = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, SkippedError)
    assert str(second) == f"{path}, record 2: the same text as 'a-1' ({path}, record 1)"
    assert all(isinstance(item, Document) for item in read([path], duplicates="keep"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.warc: the file is empty"),
        (b"Rain fell.\n" * 50, "a.warc, record 1: not a whole WARC record: "),
        (gzip.compress(b"WARC/1.0\r\n"), "a.warc, record 1: not a whole WARC record: the archive is compressed"),
        (b"WARC/1.0\r\n" + b"A" * 2**22, "a.warc, record 1: not a whole WARC record: its header is longer than 1 MiB"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n",
            "a.warc, record 1: not a whole WARC record: no length",
        ),
    ],
)
def test_what_is_no_archive_is_said(data: bytes, message: str) -> None:
    found = documents(warc.read(io.BytesIO(data), source="a.warc", stem="a"))
    assert str(found[-1]).startswith(message)


@settings(deadline=None)
@given(st.data())
def test_of_an_archive_that_is_cut_off_the_whole_records_are_read(data: st.DataObject) -> None:
    archive = Archive()
    ends = []
    for n in range(3):
        archive.conversion(
            f"https://example.org/{n}", f"{WET}\nThis was the flood number {n} of the year, the prefect said."
        )
        ends.append(len(archive.data))
    cut = data.draw(st.integers(1, ends[-1]))
    found = documents(warc.read(io.BytesIO(archive.data[:cut]), source="a", stem="a"))
    whole = sum(cut >= end - 4 for end in ends)
    assert [item.id for item in found if isinstance(item, Document)][:whole] == [f"a-{n + 1}" for n in range(whole)]
    if all(not end - 4 <= cut <= end for end in ends):  # the empty lines at the end may be missing
        assert isinstance(found[-1], InputError)


@settings(deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_stop_the_reader(data: bytes, within: bool) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(
        data
    )
    documents(warc.read(io.BytesIO(head + data + b"\r\n\r\n" if within else data), source="a", stem="a"))


def test_memory_does_not_grow_with_the_archive() -> None:
    """Forty records of two megabytes, most of them no pages."""
    archive = Archive()
    for n in range(40):
        archive.response(f"https://example.org/{n}", b"x" * 2**21, content_type="video/mp4")
    archive.response("https://example.org/a", page())
    file = io.BytesIO(archive.data)
    del archive
    tracemalloc.start()
    (found,) = warc.read(file, source="a", stem="a")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, base.Entry)
    assert peak < 16 * 2**20


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "find_spec", lambda name: None)
    assert [str(item) for item in items(Archive())] == [
        "a.warc: warcio is not installed: pip install 'kg-actors-places[read]'"
    ]
