"""HTML: the article of a page and nothing else, whatever the page looks like."""

import io
import logging
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, SkippedError
from kg.model import Document
from kg.read import base, html

from .pages import FOREIGN, SENTENCES, documents, page


def read(data: str | bytes) -> Document | InputError:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    (found,) = documents(html.read(file, source="a.html", stem="a"))
    return found


def article(data: str | bytes) -> Document:
    found = read(data)
    assert isinstance(found, Document), found
    return found


def test_the_article_is_read_without_menu_comments_and_footer() -> None:
    assert article(page()) == Document(
        "a", "\n\n".join(SENTENCES), "Flood kills two", "https://example.org/flood", "2021-07-05", "en"
    )


def test_the_same_page_gives_the_same_twice() -> None:
    """The library can drop what it saw before; that must not reach from one document to another."""
    assert [read(page()) for _ in range(6)] == [read(page())] * 6


def test_entities_are_characters() -> None:
    found = article(
        page([*SENTENCES, "The caf&eacute; of Zo&#235; &amp; S&oslash;ren, &ldquo;Chez nous&rdquo;, was under water."])
    )
    assert found.text.endswith("The café of Zoë & Søren, “Chez nous”, was under water.")


def test_the_text_has_no_markup_of_scripts_styles_or_links() -> None:
    found = article(
        page(
            [
                *SENTENCES[:4],
                "The <b>prefect</b> spoke to <a href='/x'>reporters</a><script>var a = 1;</script> in the town hall.",
            ]
        )
    )
    assert "The prefect spoke to reporters in the town hall." in found.text
    assert "var a" not in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-2", "koi8-r"])
def test_the_encoding_is_that_of_the_page(encoding: str) -> None:
    more = {"koi8-r": "Мэр", "iso-8859-2": "Łódź"}.get(encoding, "Orléans’ “café”")
    text = page(
        [*SENTENCES[:2], *SENTENCES[3:], f"The paper of the town is called {more} and it was printed that day."]
    )
    text = text.replace("“We had", "We had").replace("©", "").replace("utf-8", encoding.removesuffix("-sig"))
    assert f"called {more} and" in article(text.encode(encoding)).text


def test_an_unknown_encoding_is_read_as_browsers_do() -> None:
    text = page([*SENTENCES[:2], "The café of Orléans was closed on that day, and nobody knew why."])
    assert "café of Orléans" in article(text.replace("utf-8", "x-klingon").replace("©", "").encode("cp1252")).text


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2021-07-05T23:30:00+02:00">', "2021-07-05"),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2020-02-03"}</script>',
            "2020-02-03",
        ),
        ('<link rel="canonical" href="https://example.org/2019/03/04/flood">', "2019-03-04"),
        ('<meta property="article:published_time" content="2999-07-05">', None),
        ("", None),
    ],
)
def test_the_date_is_that_of_publication(head: str, date: str | None) -> None:
    text = [*SENTENCES, "The last flood of this kind was on 3 May 1999, when forty people died in the village."]
    assert article(page(text, head=head)).date == date


COOKIES = (
    "<p>We use cookies. By continuing to browse the site you agree to our use of cookies and our privacy policy.</p>"
)
LISTING = """<div><h3><a href='/%d'>Flood number %d kills two in the north</a></h3>
<p>Two people died on Monday when rain fell near town %d …</p><a href='/%d'>Read more</a></div>"""
LINK = "<li><a href='/%d'>Flood number %d kills two in the north of France</a></li>"


@pytest.mark.parametrize(
    "body",
    [
        COOKIES,
        "<h1>404 Not Found</h1><p>The page you are looking for is not here.</p>",
        "<div id='root'></div><script>start()</script>",
        "".join(LISTING % (n, n, n, n) for n in range(30)),
        "<ul>" + "".join(LINK % (n, n) for n in range(30)) + "</ul>",
    ],
    ids=["cookies", "error", "script", "listing", "links"],
)
def test_a_page_without_an_article_is_left_out(body: str) -> None:
    found = read(f"<html><head><title>News</title></head><body>{body}</body></html>")
    assert isinstance(found, SkippedError)
    assert found.kind == "boilerplate"
    assert str(found).startswith("a.html: no article in the page")


def test_what_a_page_says_about_itself_is_left_out_and_counted() -> None:
    data = page([*SENTENCES[:3], "Sign up for our newsletter.", *SENTENCES[3:]]).encode()
    (found,) = html.read(io.BytesIO(data), source="a", stem="a")
    assert isinstance(found, base.Entry)
    assert "newsletter" not in found.document.text
    assert found.left_out == 2  # and the title


@pytest.mark.parametrize(("lang", "expected"), [("de", "en"), ("en_US", "en"), ("", "en"), ("x y", "en")])
def test_english_is_english_whatever_the_template_declares(lang: str, expected: str) -> None:
    assert article(page(lang=lang)).language == expected


def test_another_language_is_what_the_page_declares() -> None:
    assert article(page(FOREIGN, lang="fr-CA")).language == "fr-CA"


def test_a_language_that_does_not_part_words_is_not_taken_for_an_empty_page() -> None:
    text = [
        "周一，大雨落在城镇上方的山丘上，造成两人死亡，省长在当天晚上的新闻发布会上对记者们这样说。",
        "市长下令疏散两百所房屋，军队派船前往村庄，居民们说尽管河水已经上涨了三天，他们没有得到任何警告。",
        "政府宣布将重建大桥，这座桥自春天以来一直关闭，慈善机构否认曾向任何人提供过床位或者食物。",
    ]
    assert article(page(text, lang="zh")).language == "zh"


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000 + b"x",
        b"<p>" * 20_000 + b"<b>" * 5000,
        b"\0" * 10_000,
        b"<p " + b"a=1 " * 100_000 + b">x</p>",
        b"<!--" * 100_000,
        b"<meta charset=" * 50_000,
        b"<script>" * 50_000,
        b"<h1>a</h1>" * 50_000,
        b"<table><tr><td>" * 5000,
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200,
        b"<?xml version='1.0' encoding='x'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><html><p>&b;</p></html>",
    ],
)
def test_hostile_pages_are_left_out(data: bytes) -> None:
    assert isinstance(read(data), SkippedError)


def test_entities_of_a_doctype_are_not_followed() -> None:
    head = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    assert "root:" not in article(head + page([*SENTENCES, "The file says &b; and no more than that."])).text


@settings(deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_no_page_stops_the_reader(text: str, whole: bool) -> None:
    found = read(page([*SENTENCES, text]) if whole else text.encode("utf-8", "surrogatepass") + b"x")
    assert isinstance(found, Document | InputError)


@pytest.mark.parametrize(
    ("data", "message"), [(b" \n", "a.html: the file is empty"), (b"x" * 5000, "a.html: the page is longer")]
)
def test_empty_and_huge_files_are_said(data: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_PAGE", 4000)
    assert str(read(data)).startswith(message)


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "find_spec", lambda name: None)
    assert str(read(page())) == "a.html: trafilatura is not installed: pip install 'kg-actors-places[read]'"


def test_nothing_is_logged_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    read(b"<p>x</p>")
    assert logging.getLogger("trafilatura").handlers
    assert capfd.readouterr() == ("", "")


def test_nothing_heavy_is_imported_before_a_page_is_read() -> None:
    heavy = ["lxml", "numpy", "py3langid", "pyarrow", "trafilatura", "warcio", "zstandard"]
    code = (
        "import sys, kg.read.html, kg.read.warc, kg.read.table, kg.read.inputs\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"
