"""Pages and archives that the tests of the readers write, in the project's own words."""

import io
from collections.abc import Iterable
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import InputError
from kg.model import Document
from kg.read.base import Entry

SENTENCES = (
    "Two people died on Monday when heavy rain fell on the hills above the town of Calais, the prefect said.",
    "The mayor, Anne Leroy, ordered the evacuation of two hundred houses, and the army sent boats to the village.",
    "“We had no choice,” she told reporters.",
    "The government announced that it would rebuild the bridge, which had been closed since the spring.",
    "Residents said that they had not been warned, although the river had risen for three days.",
)
HEAD = """<title>Flood kills two | Example News</title><meta property="og:title" content="Flood kills two">
<meta property="article:published_time" content="2021-07-05T10:00:00Z">
<meta property="article:modified_time" content="2021-07-20T10:00:00Z">
<link rel="canonical" href="https://example.org/flood">"""
FOREIGN = (
    "Deux personnes sont mortes lundi lorsque de fortes pluies sont tombées sur les collines au-dessus de la ville.",
    "Le maire a ordonné l'évacuation de deux cents maisons, et l'armée a envoyé des bateaux au village dans la nuit.",
    "Les habitants ont dit qu'ils n'avaient pas été prévenus, bien que la rivière ait monté pendant trois jours.",
)


def page(sentences: Iterable[str] = SENTENCES, *, head: str = HEAD, lang: str = "en-GB") -> str:
    """A page with a menu, an article, comments and a footer."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Flood kills two</h1>{paragraphs}</article>
<div id="comments"><p>Great article, I think that all of this is very sad for the people of the town.</p></div>
<footer>© 2021 Example News. All rights reserved.</footer></body></html>"""


class Archive:
    """A WARC file in memory."""

    def __init__(self, *, gzip: bool = False) -> None:
        self.file = io.BytesIO()
        self._writer = WARCWriter(self.file, gzip=gzip)

    @property
    def data(self) -> bytes:
        return self.file.getvalue()

    def add(self, kind: str, url: str, payload: bytes, http: tuple[str, str, dict[str, str]] | None = None,
            content_type: str | None = None, **headers: str) -> None:  # fmt: skip
        """Add a record; `http` is its status, its type and more headers."""
        head: Any = None
        if http is not None:
            status, kind_of, more = http
            head = StatusAndHeaders(status, [("Content-Type", kind_of), *more.items()], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=head,
            warc_content_type=content_type or "",
            warc_headers_dict={
                "WARC-Date": "2021-07-09T12:00:00Z",
                **{key.replace("_", "-"): value for key, value in headers.items()},
            },
        )
        self._writer.write_record(record)

    def response(self, url: str, payload: str | bytes, *, status: str = "200 OK",
                 content_type: str = "text/html; charset=utf-8", **more: str) -> None:  # fmt: skip
        """Add what a server answered."""
        data = payload.encode() if isinstance(payload, str) else payload
        self.add("response", url, data, http=(status, content_type, {k.replace("_", "-"): v for k, v in more.items()}))

    def conversion(self, url: str, text: str, **headers: str) -> None:
        """Add the text of a page."""
        self.add("conversion", url, text.encode(), None, "text/plain", **headers)


def documents(found: Iterable[Entry | InputError]) -> list[Document | InputError]:
    return [item.document if isinstance(item, Entry) else item for item in found]
