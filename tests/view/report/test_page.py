"""The page of a report: every part, empty and full; nothing in it runs or is fetched."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kg.model import Annotation
from kg.view.report.figures import figures
from kg.view.report.page import render
from kg.view.report.records import Bar, Dispute, Doubt, Failed, Report, Unread, Voice


@pytest.fixture
def report(news: tuple[Annotation, ...]) -> Report:
    return Report(
        title="Brenholm",
        figures=figures(news),
        doubts=(Doubt("Lund", "Person", 2, 5, ("A. Lund",), 0.61),),
        merged=4,
        disputes=(
            Dispute("police attacked families", (Voice("asserts", "Brandt", "harbour", "2024-03-05", "They did."),)),
        ),
        disputed=3,
        failed=(Failed("broken", "no text"),),
        failures=2,
    )


def test_all_parts_are_told(report: Report) -> None:
    html = render(report)
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for said in (
        "What was not extracted", "0.61 Lund Person 2 5 A. Lund", "The least sure of 4 entities",
        "police attacked families", "They did.", "asserts", "The 1 with most voices, of 3",
        "broken no text", "2 documents or places in the inputs",
        "Documents by day of publication", "disputed facts",
    ):  # fmt: skip
        assert said in text, said


class _Tags(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_nothing_runs_and_nothing_is_fetched(report: Report) -> None:
    bad = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }} \x00\ud800"
    voice = Voice("denies", bad, bad, bad, bad)
    unread = Unread(bad, None, "javascript:alert(1)", 1, 1, bad)
    html = render(
        replace(
            report,
            title=bad,
            figures=replace(report.figures, unread=(unread,), who=(Bar(bad, 1, "person"),), hosts=(Bar(bad, 1),)),
            doubts=(Doubt(bad, "Person", 2, 5, (bad,), 0.61),),
            disputes=(Dispute(bad, (voice,)),),
            failed=(Failed(bad, bad),),
        )
    )
    html.encode()
    tags = _Tags(html).found
    assert not {"script", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "src"]
    links = [attributes["href"] or "" for _, attributes in tags if "href" in attributes]
    assert [link for link in links if not link.startswith(("#", "data:,", "https://example.org/"))] == []
    (policy,) = [attributes["content"] for _, attributes in tags if attributes.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src")
    assert "script-src" not in policy
    style = html[html.index("<style>") : html.index("</style>")]
    # As it was written: no quotation mark in it is escaped.
    assert "&#" not in style
    assert not re.search(r"url\(|@import", style)


def test_equal_reports_give_equal_bytes(report: Report) -> None:
    assert render(report) == render(report)


def test_an_empty_corpus_has_a_page() -> None:
    html = render(Report("Nothing", figures([])))
    for said in (
        "Nothing to report",
        "Nobody is named.",
        "Nobody is quoted.",
        "No source contradicts another.",
        "None: every",
    ):
        assert said in html
    assert "<svg" not in html
